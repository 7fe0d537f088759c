"""Every kind of page that providers and staff meet, measured as all other pages are.

Of each address one kind is looked at every time, with its errors where it can have any, in the
width its readers have most and then as narrow or wide as others have it. The slow ones look at
every kind, in every width and in other languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.routing import MapAdapter

from app.languages import LANGUAGES
from tests.browser.account_kinds import ACCOUNT
from tests.browser.checks import (
    NARROW,
    OF_EACH_LAYOUT,
    WIDE,
    WIDTHS,
    all_round,
    at_widths,
    set_width,
)
from tests.browser.conftest import Opener, slowly
from tests.browser.desk import ADA, NOBODY_HERE, PRIYA, SAM
from tests.browser.errors import lost_errors
from tests.browser.provider_kinds import PROVIDER
from tests.browser.signed_in import SignedIn
from tests.browser.staff_kinds import STAFF
from tests.browser.touring import focus_tour
from tests.sweeps.test_access import ACCESS, PUBLIC, SENDS

TRANSLATED = [code for code in LANGUAGES if code != "en"]
KINDS = (*ACCOUNT, *PROVIDER, *STAFF)
BY_NAME = {kind.name: kind for kind in KINDS}
NO_PAGES = {"freshness.csv"}
"""What is fetched, and no page."""
DOORS = ("accounts.", "joining.", "answer.")
"""Pages that anyone may open, and only who signs in or keeps a listing has reason to."""
CHOSEN = {
    "dashboard-many",
    "changes-asked",
    "changes-new",
    "both",
    "confirm-changes",
    "small-edits",
    "versions-compared",
    "queue-none",
    "chase",
    "wait",
}
"""Looked at every time beside one kind of each address: none, many, side by side, sent back."""
TOURED = ("sign-in-error", "changes-asked", "time-error", "both", "queue", "freshness")
"""A page of each shape for the Tab key: form, tasks, dates, two versions, list, wide table."""
NAMED = re.compile(r"\{\w+\}|(?<=/listings/)[^/]+")
"""What differs in the addresses of one page."""


def often() -> Iterator[str]:
    """The names of what is looked at every time: what has errors shows all the rest too."""
    seen = set()
    for kind in sorted(KINDS, key=lambda kind: not kind.has_errors):
        address = NAMED.sub("*", re.split("[?#]", kind.path)[0])
        if kind.has_errors or kind.name in CHOSEN or address not in seen:
            yield kind.name
        seen.add(address)


def usual(kind: SignedIn) -> int:
    """The width its readers have most."""
    return WIDE if kind in STAFF else NARROW


OFTEN = frozenset(often())
one_of_each = pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, id=kind.name) if kind.name in OFTEN else slowly(kind, id=kind.name)
        for kind in KINDS
    ],
)
every_kind = pytest.mark.parametrize("kind", KINDS, ids=list(BY_NAME))


def frame_faults(page: Page, kind: SignedIn) -> list[str]:
    """What is wrong with the heading and the title."""
    headings = [words.strip() for words in page.locator("h1").all_inner_texts()]
    if len(headings) != 1:
        return [f"{len(headings)} main headings"]
    start = f"Error: {headings[0]}" if kind.has_errors else headings[0]
    title = page.title()
    return [] if title.startswith(start) else [f"the title is “{title}”, not “{start}”"]


@one_of_each
def test_no_page_of_providers_or_staff_has_a_fault(at_desk: Opener, kind: SignedIn) -> None:
    """As it comes, led by its errors, in a reader's own colours, in the other width, spaced out."""
    page = at_desk(kind, usual(kind))
    assert frame_faults(page, kind) == []
    if kind.has_errors:
        assert lost_errors(page) == []
    assert all_round(page, usual(kind)) == {}


@pytest.mark.slow
@every_kind
def test_no_width_has_a_fault(at_desk: Opener, kind: SignedIn) -> None:
    assert at_widths(at_desk(kind, NARROW), WIDTHS) == {}


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize("language", TRANSLATED)
def test_no_language_brings_a_fault(at_desk: Opener, kind: SignedIn, language: str) -> None:
    page = at_desk(kind, NARROW, language=language)
    assert page.locator("html").get_attribute("lang") == language
    assert at_widths(page, OF_EACH_LAYOUT) == {}


def test_every_page_that_is_not_public_is_among_the_kinds(app: Flask) -> None:
    """A new page for providers or staff must be looked at here."""
    wanted = {
        endpoint
        for endpoint, (methods, who) in ACCESS.items()
        if methods != SENDS and (who != PUBLIC or endpoint.startswith(DOORS))
    }
    adapter = app.url_map.bind("localhost")
    assert {_endpoint(adapter, kind) for kind in KINDS} == wanted - NO_PAGES
    assert len(BY_NAME) == len(KINDS)
    assert {kind.who for kind in KINDS} >= {NOBODY_HERE, PRIYA, SAM, ADA}


def _endpoint(adapter: MapAdapter, kind: SignedIn) -> str:
    path = kind.path.partition("#")[0].partition("?")[0]
    return adapter.match(path, method="GET")[0]


@pytest.mark.parametrize("name", TOURED)
def test_the_focus_goes_through_a_page_in_order_and_in_sight(at_desk: Opener, name: str) -> None:
    kind = BY_NAME[name]
    tour = focus_tour(at_desk(kind, usual(kind)))
    assert tour.faults == []
    assert tour.stops > 5


@pytest.mark.slow
@every_kind
def test_the_focus_goes_through_every_page(at_desk: Opener, kind: SignedIn) -> None:
    page = at_desk(kind, NARROW)
    for width in (NARROW, WIDE):
        set_width(page, width)
        assert focus_tour(page).faults == [], width
