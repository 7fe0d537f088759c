"""Pages of words: what each must say, for every council, in short sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import TooManyRequests

from app import create_app
from app.config import Settings
from app.council import council_codes, load_council
from app.pages.contacts import council_contacts
from app.site import Site
from tests.conftest import close
from tests.databases import out_of_reach
from tests.strict import StrictClient, parse

XHTML = "{http://www.w3.org/1999/xhtml}"
PAGES = ("/about", "/about/privacy", "/about/cookies", "/about/accessibility", "/feedback")
CRITERIA = ("/about/how-we-decide", "/about/short-breaks-statement")
"""Made from rules and counts: their own tests look at the sentences."""
MOST_WORDS = 20
NEVER = ("entitled", "not eligible", "service user", "entitlement")


@pytest.fixture(params=council_codes())
def any_client(request: pytest.FixtureRequest, settings: Settings) -> Iterator[FlaskClient]:
    """A strict browser on the site of each council in turn."""
    app = create_app(replace(settings, council=request.param), testing=True)
    app.test_client_class = StrictClient
    yield app.test_client()
    close(app)


def text_of(client: FlaskClient, address: str) -> str:
    """The words of a page's main part, a line for each block."""
    response = client.get(address)
    assert response.status_code == 200, address
    main = next(parse(response.get_data(as_text=True)).iter(f"{XHTML}main"))
    blocks = [item for item in main.iter() if item.tag.removeprefix(XHTML) in BLOCKS]
    return "\n".join(" ".join("".join(item.itertext()).split()) for item in blocks)


BLOCKS = {"h1", "h2", "h3", "p", "li", "dd", "dt"}


@pytest.mark.parametrize("address", [*PAGES, *CRITERIA, "/feedback/thank-you"])
def test_every_page_is_sound_for_every_council(any_client: FlaskClient, address: str) -> None:
    assert any_client.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_sentences_are_short_and_kind(client: FlaskClient, address: str) -> None:
    words = text_of(client, address)
    own = words.split("Thank you to")[0]
    for sentence in re.split(r"(?<=[.?!])\s|\n", own):
        if "http" not in sentence:
            assert len(sentence.split()) <= MOST_WORDS, sentence
    assert not [word for word in NEVER if word in words.lower()]


def test_about_shows_every_contact_that_can_be_reached(any_client: FlaskClient) -> None:
    site: Site = any_client.application.extensions["local-offer-site"]
    html = any_client.get("/about").get_data(as_text=True)
    for contact in site.council.contacts:
        if contact.phone and not contact.not_offered:
            assert f'href="tel:{contact.dial}"' in html, contact.code
    assert 'id="contact"' in html
    assert 'href="tel:999"' in html


def test_a_number_that_nobody_checked_says_so(client: FlaskClient, site: Site) -> None:
    unsure = [item for item in site.council.contacts if item.verify and item.phone]
    html = client.get("/about").get_data(as_text=True)
    assert html.count("We are still checking this number.") == len(unsure) > 0


def test_a_contact_the_council_does_not_have_is_never_shown() -> None:
    shown = {item.contact.code for item in council_contacts(load_council("devon"))}
    assert "tsb_allowance" not in shown
    assert "front_door" in shown


def test_the_accessibility_statement_says_what_the_law_asks(client: FlaskClient) -> None:
    html = client.get("/about/accessibility").get_data(as_text=True)
    for needed in (
        "What does not work well, and why",
        "Other ways to get this",
        'href="/feedback"',
        'href="mailto:sendlocaloffer@devon.gov.uk"',
        "Equality Advisory and Support Service",
        "Equality and Human Rights Commission",
        "https://www.legislation.gov.uk/uksi/2018/952",
        "How we tested",
        "Last looked at on 22 November 2026",
        "must check it and agree it before families use the site",
    ):
        assert needed in html, needed


def test_the_one_cookie_is_set_only_on_choosing(client: FlaskClient) -> None:
    for address in ("/", "/services?q=swim", *PAGES):
        assert "Set-Cookie" not in client.get(address).headers, address
    chosen = client.get("/about/cookies?lang=pl").headers["Set-Cookie"]
    assert chosen.startswith("lang=pl; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(chosen.split("; "))


def test_the_cookie_page_tells_the_truth_about_it(client: FlaskClient) -> None:
    page = text_of(client, "/about/cookies")
    chosen = client.get("/?lang=pl").headers["Set-Cookie"]
    assert "Max-Age=31536000" in chosen
    assert "365 days" in page
    assert "\nlang\n" in page


def test_pages_name_whose_work_they_use(client: FlaskClient) -> None:
    page = text_of(client, "/about")
    for needed in (
        "Tabler",
        "Atkinson Hyperlegible",
        "GOV.UK Design System",
        "OS data",
        "Royal Mail",
    ):
        assert needed in page, needed


@pytest.mark.parametrize(
    ("method", "address", "code"),
    [("GET", "/nowhere", 404), ("POST", "/about", 405), ("GET", "/about/nobody", 404)],
)
def test_errors_offer_a_search_and_a_person(
    client: FlaskClient, method: str, address: str, code: int
) -> None:
    response = client.open(address, method=method)
    assert response.status_code == code
    html = response.get_data(as_text=True)
    assert 'name="q"' in html
    assert 'href="tel:' in html


def too_busy() -> NoReturn:
    raise TooManyRequests(retry_after=60)


def test_an_error_page_keeps_what_the_error_tells_programs(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(client.post("/about").headers["Allow"].split(", ")) >= {"GET", "HEAD"}
    monkeypatch.setitem(app.view_functions, "pages.about", too_busy)
    response = client.get("/about")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert response.content_type == "text/html; charset=utf-8"


def test_a_post_that_is_too_large_is_refused_kindly(client: FlaskClient) -> None:
    response = client.post("/feedback", data={"words": "a" * 100_000})
    assert response.status_code == 413
    assert "too much to send" in response.get_data(as_text=True)


@pytest.fixture
def broken(settings: Settings) -> Iterator[Flask]:
    """A site as families meet it (not as tests do) whose database has gone away."""
    app = create_app(replace(settings, database_url=out_of_reach(settings.search_index.parent)))
    app.test_client_class = StrictClient
    yield app
    close(app)


def test_the_error_page_needs_no_database(broken: Flask) -> None:
    response = broken.test_client().get("/services/some-club")
    assert response.status_code == 503
    html = response.get_data(as_text=True)
    assert "Sorry, we are not ready" in html
    for word in ("sqlite", "postgres", "psycopg", "nowhere", "lost"):
        assert word not in html.lower()
    assert broken.test_client().get("/nowhere").status_code == 404


def test_health_says_what_is_missing(broken: Flask, client: FlaskClient) -> None:
    assert client.get("/health/live").status_code == 200
    answer = broken.test_client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.text == "not ready: database, index\n"
    assert answer.headers["Cache-Control"] == "no-store"


def test_health_is_ready_with_database_and_index(demo_client: FlaskClient) -> None:
    assert demo_client.get("/health/ready").text == "ready\n"
