"""What was understood of a family's words, and what they can do about it."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.council import load_council
from app.criteria.help_cards import contacts_of, load_help_cards
from app.directory.help import MOST_CONTACTS
from app.search.files import FILES, read_file, ways
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

EXACTLY, ALIKE = "Search for exactly these words", "Search for words that mean the same too"
CLOSE = "Close to what you asked for"


@pytest.fixture
def quick(demo_app: Flask) -> FlaskClient:
    """A browser on the demonstration directory that checks no markup: for long sweeps."""
    return FlaskClient(demo_app, demo_app.response_class)


@pytest.fixture
def clubs(app: Flask, site: Site) -> FlaskClient:
    """Clubs that differ in what a family's words may be taken for."""
    factories.show(
        site,
        factories.service("Otter Swimming", activities=["swimming"], needs=["autism"],
                          when=["saturday"], min_age=5, max_age=10),
        factories.service("Heron Football", activities=["football"], when=["saturday"]),
        factories.service("Wren Drama", activities=["drama"], needs=["adhd"], min_age=11),
        factories.service("Dunce Corner", activities=["cooking"]),
        factories.service("Ballet Bees", activities=["dance"]),
        factories.service("A Night Away", breaks=["overnight_residential"], tier="specialist"),
    )  # fmt: skip
    index(app)
    return app.test_client()


# Chips


def test_each_chip_takes_out_its_own_words_and_no_others(clubs: FlaskClient) -> None:
    html = page(clubs, q="swiming for my autistic 7 year old on saturdays in exeter")
    found = chips(html)
    assert list(found) == ["Age 7", "Swimming", "Autism", "Saturdays", "Near Exeter"]
    for words, address in found.items():
        left = chips(clubs.get(address).get_data(as_text=True))
        assert list(left) == [other for other in found if other != words], address


def test_chips_of_one_kind_are_taken_out_one_by_one(clubs: FlaskClient) -> None:
    html = page(clubs, q="football swimming drama")
    assert list(chips(html)) == ["Football", "Swimming", "Drama and theatre"]
    html = clubs.get(chips(html)["Swimming"]).get_data(as_text=True)
    assert list(chips(html)) == ["Football", "Drama and theatre"]
    assert 'value="football drama"' in html, "the words are still in their field"
    html = clubs.get(chips(html)["Football"]).get_data(as_text=True)
    assert names(html)[0] == "Wren Drama"
    html = clubs.get(chips(html)["Drama and theatre"]).get_data(as_text=True)
    assert chips(html) == {} and total(html) == 6


def test_taking_all_chips_out_in_turn_ends_with_the_whole_directory(clubs: FlaskClient) -> None:
    address = (
        "/services?q=swimming+for+autistic+teenager+saturday&near=Exeter&age=12&tier=universal"
    )
    for _ in range(12):
        html = clubs.get(address).get_data(as_text=True)
        found = chips(html)
        if not found:
            break
        address = list(found.values())[-1]
    assert total(html) == 6


def test_each_chip_says_to_a_screen_reader_what_pressing_it_does(clubs: FlaskClient) -> None:
    html = page(clubs, q="swimming autism", tier="universal")
    assert html.count('<span class="govuk-visually-hidden">Remove </span>') == len(chips(html)) == 3
    assert '<ul class="chips" aria-labelledby="understood">' in html
    assert link(html, "Clear all") == "/services"


def test_what_was_mended_is_said(clubs: FlaskClient) -> None:
    assert "We read “danse” as “dance”." in page(clubs, q="danse")
    assert "We read" not in page(clubs, q="dance")
    assert "We read “danse” as “dance”." in page(clubs, q="<i>danse</i>")


# The very words


def test_the_very_words_can_be_asked_for_and_given_up_again(clubs: FlaskClient) -> None:
    html = page(clubs, q="saturdays", tier="universal")
    found = names(html)
    assert {"Otter Swimming", "Heron Football"} <= set(found)
    exact = clubs.get(link(html, EXACTLY)).get_data(as_text=True)
    assert list(chips(exact)) == ["“saturdays”", "Open to everyone"]
    assert EXACTLY not in exact
    assert 'name="exact" value="1"' in exact, "the next search from this page stays exact"
    back = clubs.get(link(exact, ALIKE)).get_data(as_text=True)
    assert names(back) == found
    assert list(chips(back)) == list(chips(html))


def test_the_very_words_must_all_be_there(clubs: FlaskClient) -> None:
    assert names(page(clubs, q="otter swimming", exact="1")) == ["Otter Swimming"]
    assert total(page(clubs, q="otter football", exact="1")) == 0
    assert "We read" not in page(clubs, q="danse", exact="1"), "nothing is mended"


def test_where_nothing_was_read_into_the_words_there_is_no_such_link(clubs: FlaskClient) -> None:
    html = page(clubs, q="otter")
    assert EXACTLY not in html and ALIKE not in html
    assert EXACTLY not in page(clubs)


# Did you mean


def test_another_word_is_asked_about_and_finds_something_else(clubs: FlaskClient) -> None:
    html = page(clubs, q="dunce for my son", tier="universal")
    assert names(html)[0] == "Dunce Corner"
    assert "Did you mean" in html
    other = clubs.get(link(html, "dance for my son")).get_data(as_text=True)
    assert names(other)[0] == "Ballet Bees"
    assert "Open to everyone" in chips(other), "the filters stay"
    assert "Did you mean" not in other


def test_another_word_that_changes_nothing_is_not_asked_about(clubs: FlaskClient) -> None:
    assert "Did you mean" not in page(clubs, q="dunce", tier="specialist")
    assert "Did you mean" not in page(clubs, q="dunce", exact="1")
    assert "Did you mean" not in page(clubs, q="dance")


def test_whenever_it_is_asked_the_first_services_differ(quick: FlaskClient) -> None:
    """Every word of the directory's names, as the whole search."""
    names_of = set()
    for number in range(1, 13):
        names_of |= set(names(page(quick, sort="name", page=number)))
    typed = sorted({word.lower() for name in names_of for word in name.split() if len(word) > 4})
    asked = 0
    for word in typed[::3]:
        html = page(quick, q=word)
        meant = re.search(r'Did you mean <a href="([^"]+)">', html)
        if meant:
            asked += 1
            other = quick.get(unescape(meant[1])).get_data(as_text=True)
            assert total(other) > 0
            assert names(other)[:5] != names(html)[:5], word
    assert asked < len(typed) / 10, "seldom enough to be read"


# Little found


def test_what_to_change_promises_what_it_gives(clubs: FlaskClient) -> None:
    for query in (
        {"q": "swimming for my 7 year old", "tier": "specialist"},
        {"q": "drama", "age": "7"},
        {"q": "football", "near": "Barnstaple", "within": "3"},
        {"q": "otter hoist", "exact": "1"},
    ):
        html = page(clubs, **query)
        found = offers(html)
        assert found, query
        for words, address, promised in found:
            given = total(clubs.get(address).get_data(as_text=True))
            assert given == promised > total(html), (query, words)


def test_what_comes_close_stands_under_a_heading_of_its_own(clubs: FlaskClient) -> None:
    html = page(clubs, q="swimming", tier="specialist")
    assert total(html) == 0 and names(html) == []
    assert "We did not find a service that fits all of this." in html
    assert close(html)[0] == "Otter Swimming"
    main = html.split("<main")[1]
    assert main.index("data-total=") < main.index(f"<h2>{CLOSE}</h2>") < main.index("data-close=")


def test_with_enough_found_nothing_else_is_listed(clubs: FlaskClient) -> None:
    html = page(clubs, tier="universal")
    assert CLOSE not in html and not close(html) and not offers(html)


ODD = [
    "xyzzy", "zzzzzzzz qqqqqq", "?", "…", "🙂", "-", "\"\"", "&", "<b>", "the", "a of the", "12345",
    "7", "99 year old", "no", "not swimming", "سباحة", "游泳", "плавание", "swimswimswimswim",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "w" * 400, "' OR 1=1 --", "NOT NOT a",
    "wheelchair hoist blind deaf autism adhd epilepsy tube feeding overnight sunday free exeter",
    "my 3 year old teenager aged 45", "christmas easter sunday half term saturdays", "near",
    "in plymouth", "london", "near atlantis", "cheap", "£5", "tesco", "ąęść", "club club club",
]  # fmt: skip


@pytest.mark.parametrize("more", [{}, {"tier": "specialist", "cost": "free"}, {"exact": "1"}])
@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_no_search_ends_in_an_empty_page(
    quick: FlaskClient, typed: str, more: dict[str, str]
) -> None:
    html = page(quick, q=typed, **more)
    shown = names(html) + close(html)
    assert shown, "some service to look at"
    if not names(html):
        assert 'href="tel:' in html and "See all services" in html


# Help


def crisis_phrases(name: str) -> list[str]:
    """One way to type each phrase of every language's list."""
    return [ways(text)[0] for file in FILES for text in read_file(file)["crisis"][name]]


@pytest.fixture
def empty(app: Flask) -> FlaskClient:
    """A browser on a directory with nothing in it, whose pages are quickly made."""
    index(app)
    return FlaskClient(app, app.response_class)


def test_every_crisis_phrase_of_every_language_brings_help_first(
    empty: FlaskClient, quick: FlaskClient
) -> None:
    phrases = crisis_phrases("phrases")
    assert len(phrases) > 400
    for number, phrase in enumerate(phrases):
        html = page(empty if number % 10 else quick, q=phrase)
        assert cards_of_help(html)[:1] == ["get_help"], phrase
        main = html.split("<main")[1]
        assert main.index("data-help=") < main.index("<form"), phrase


def test_no_innocent_phrase_of_any_language_brings_it(
    empty: FlaskClient, quick: FlaskClient
) -> None:
    for number, phrase in enumerate(crisis_phrases("innocent")):
        html = page(empty if number % 10 else quick, q=phrase)
        assert "get_help" not in cards_of_help(html), phrase


def test_the_lists_of_the_domain_are_kept_on_the_page(empty: FlaskClient, shared: Path) -> None:
    said = json.loads((shared / "domain" / "synonyms.json").read_text("utf-8"))
    for phrase in said["always_show_help_for"]:
        assert cards_of_help(page(empty, q=phrase))[:1] == ["get_help"], phrase
    for phrase in said["innocent"]:
        assert "get_help" not in cards_of_help(page(empty, q=phrase)), phrase


@pytest.mark.parametrize("wrapped", ["{} please", "my son {} and wants to swim in exeter", "{}!!"])
def test_a_crisis_among_other_words_brings_help_first_too(quick: FlaskClient, wrapped: str) -> None:
    for phrase in ("hits me", "can't cope", "wants to die", "nie daję rady"):
        html = page(quick, q=wrapped.format(phrase))
        assert cards_of_help(html)[:1] == ["get_help"], wrapped.format(phrase)


def test_help_comes_first_however_the_page_is_asked_for(quick: FlaskClient) -> None:
    for more in ({"exact": "1"}, {"page": "2"}, {"sort": "name"}, {"tier": "specialist"},
                 {"near": "nowhere at all"}, {"lang": "pl"}, {"age": "500"}):  # fmt: skip
        html = page(quick, q="he hits me", **more)
        assert cards_of_help(html)[:1] == ["get_help"], more


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        ("assessment", "assessment"),
        ("respite", "short_break"),
        ("EHCP", "ehcp"),
        ("direct payment", "direct_payments_info"),
        ("carers assessment", "parent_carer_assessment"),
        ("social worker", "social_care_assessment"),
    ],
)
def test_a_word_of_process_puts_its_card_above_the_results(
    quick: FlaskClient, typed: str, card: str
) -> None:
    html = page(quick, q=f"{typed} near Exeter")
    assert cards_of_help(html) == [card]
    assert names(html)
    assert html.index(f'data-help="{card}"') < html.index("data-service=")
    body = html.split(f'data-help="{card}"')[1].split('<ul class="list">')[0]
    contacts = contacts_of(load_help_cards()[card], load_council("devon"))
    assert contacts
    for contact in contacts[:MOST_CONTACTS]:
        assert escape(contact.dial or contact.email or contact.url or contact.label) in body
