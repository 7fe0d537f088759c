"""Help cards on the results page: which, where, and with whose numbers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from app.criteria.help_cards import load_help_cards
from app.site import Site
from tests import factories
from tests.conftest import close
from tests.strict import StrictClient

PHRASE = "I cant cope"


@pytest.fixture
def clubs(app: Flask, site: Site) -> FlaskClient:
    """A directory of three clubs for parents, which a search for a club or for advice finds."""
    breaks = ["saturday_club", "parent_support"]
    made = (factories.service(f"Otter Club {number}", breaks=breaks) for number in range(3))
    factories.show(site, *made)
    app.extensions["search"].rebuild()
    return app.test_client()


def html_of(client: FlaskClient, words: str, more: str = "") -> str:
    return client.get(f"/services?q={quote_plus(words)}{more}").get_data(as_text=True)


def cards(html: str) -> list[str]:
    return re.findall(r'data-help="(\w+)"', html)


def part(html: str, code: str) -> str:
    """A help card from its mark to its last link."""
    return html.split(f'data-help="{code}"')[1].split('href="/self-check"', maxsplit=1)[0]


def test_help_at_once_comes_before_everything(clubs: FlaskClient) -> None:
    html = html_of(clubs, PHRASE)
    assert cards(html)[0] == "get_help"
    main = html.split("<main")[1]
    assert main.index('data-help="get_help"') < main.index("<form") < main.index("data-total")
    card = part(html, "get_help")
    for number in ("999", "03451551071", "03456000388", "111", "08001111", "08088005000"):
        assert f'href="tel:{number}"' in card
    assert "If someone is hurt or in danger, call 999 now." in card
    assert "We are still checking this number." in card


def test_one_other_card_stands_above_the_results(clubs: FlaskClient) -> None:
    html = html_of(clubs, "club dla ehcp")
    assert len(cards(html)) == 1
    assert html.index("data-total=") < html.index("data-help=") < html.index("data-service=")
    assert "Not sure what would help?" not in html, "one card is enough"


def test_without_a_card_the_usual_one_stands_there(clubs: FlaskClient) -> None:
    html = html_of(clubs, "otter club")
    assert cards(html) == []
    assert "Not sure what would help?" in html


def test_a_card_stands_beside_nothing_found(client: FlaskClient) -> None:
    html = html_of(client, "ehcp")
    assert 'data-total="0"' in html
    assert cards(html) == ["ehcp"]
    assert "Short breaks do not always need an EHC plan." in part(html, "ehcp")


def test_a_card_is_told_once_on_the_first_page(demo_client: FlaskClient) -> None:
    second = html_of(demo_client, "respite", "&page=2")
    assert cards(second) == []
    both = html_of(demo_client, f"{PHRASE} respite", "&page=2")
    assert set(cards(both)) <= {"get_help"}, "help at once is on every page"


def test_no_card_holds_what_was_typed(clubs: FlaskClient) -> None:
    for card in load_help_cards():
        assert "canary" not in card
    html = html_of(clubs, f"canary {PHRASE} respite")
    assert len(cards(html)) == 2
    for code in cards(html):
        assert "canary" not in part(html, code)


@pytest.mark.parametrize(
    ("council", "number"), [("surrey", "03004709100"), ("herefordshire", "01432260800")]
)
def test_each_council_has_its_own_numbers(settings: Settings, council: str, number: str) -> None:
    app = create_app(replace(settings, council=council), testing=True)
    app.test_client_class = StrictClient
    try:
        assert f'href="tel:{number}"' in part(html_of(app.test_client(), PHRASE), "get_help")
        allowance = cards(html_of(app.test_client(), "tsb allowance"))
        assert ("tsb_allowance" in allowance) == (council == "herefordshire")
    finally:
        close(app)


def test_the_cards_follow_the_language(demo_client: FlaskClient) -> None:
    polish = html_of(demo_client, PHRASE, "&lang=pl")
    english = html_of(demo_client, PHRASE, "&lang=en")
    assert "Get help now" in part(english, "get_help")
    assert 'lang="en"' in part(polish, "get_help"), "the council's own words say that they are"
    assert 'lang="en"' not in part(english, "get_help")


def test_every_card_the_domain_expects_is_on_its_page(demo_app: Flask, shared: Path) -> None:
    """The searches of the domain that name a card, for this site's council."""
    rows = json.loads((shared / "domain" / "queries-dev.json").read_text())
    client = demo_app.test_client()
    for row in rows:
        card = row.get("help_card")
        if card and load_help_cards()[card].is_for("devon"):
            html = html_of(client, row["q"])
            assert card in cards(html), row
