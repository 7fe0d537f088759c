"""The story of a search, told to a family that reads and types Polish."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.site import Site
from tests import factories
from tests.pages.searching import (
    cards_of_help,
    chips,
    close,
    index,
    link,
    names,
    offers,
    page,
    total,
)

EXACTLY = "Szukaj dokładnie tych słów"


@pytest.fixture
def kluby(app: Flask, site: Site) -> FlaskClient:
    """Three clubs, and a browser that has chosen Polish."""
    factories.show(
        site,
        factories.service("Otter Swimming", activities=["swimming"], needs=["autism"],
                          when=["saturday"], min_age=5, max_age=10),
        factories.service("Heron Football", activities=["football"], when=["saturday"]),
        factories.service("Wren Drama", activities=["drama"], min_age=11),
    )  # fmt: skip
    index(app)
    client = app.test_client()
    client.get("/?lang=pl")
    return client


def test_a_mother_is_understood_in_her_language(kluby: FlaskClient) -> None:
    html = page(kluby, q="basen dla 7 letniego syna z autyzmem w soboty koło Exeter")
    assert names(html)[0] == "Otter Swimming"
    found = chips(html)
    assert list(found) == ["Wiek: 7", "Pływanie", "Autyzm", "Soboty", "Blisko: Exeter"]
    for words, address in found.items():
        left = chips(kluby.get(address).get_data(as_text=True))
        assert list(left) == [other for other in found if other != words]


def test_english_words_are_understood_on_a_polish_page_too(kluby: FlaskClient) -> None:
    html = page(kluby, q="swimming dla syna")
    assert names(html)[0] == "Otter Swimming"
    assert list(chips(html)) == ["Pływanie"]


def test_she_asks_for_the_very_words_and_back(kluby: FlaskClient) -> None:
    html = page(kluby, q="basen")
    exact = kluby.get(link(html, EXACTLY)).get_data(as_text=True)
    assert total(exact) == 0, "listings are in English"
    assert list(chips(exact)) == ["„basen”"]
    assert total(kluby.get(offers(exact)[0][1]).get_data(as_text=True)) == offers(exact)[0][2]


def test_what_to_change_promises_what_it_gives_and_close_ones_follow(kluby: FlaskClient) -> None:
    html = page(kluby, q="basen", tier="specialist")
    assert total(html) == 0
    assert offers(html) and close(html)
    for _, address, promised in offers(html):
        assert total(kluby.get(address).get_data(as_text=True)) == promised


def test_the_order_is_said_and_nothing_in_the_story_is_english(kluby: FlaskClient) -> None:
    html = page(kluby, q="basen dla syna")
    (said,) = re.findall(r'<p class="how">(.*?)</p>', html)
    assert said and not re.search(r"\b(match|first|near)\b", said)
    for english in ("We understood", "Remove", "Clear all", "Search for exactly"):
        assert english not in html


def test_a_cry_for_help_and_a_word_of_process_have_their_cards(kluby: FlaskClient) -> None:
    assert cards_of_help(page(kluby, q="nie daję rady"))[:1] == ["get_help"]
    (card,) = cards_of_help(page(kluby, q="ehcp dla syna"))
    assert card == "ehcp"


def test_a_name_is_found_by_its_own_words(kluby: FlaskClient) -> None:
    assert names(page(kluby, q="heron football"))[0] == "Heron Football"
