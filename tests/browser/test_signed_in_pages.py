"""Every kind of page that providers and staff meet, measured as all other pages are.

Each is looked at in the width its readers have most, and then made as narrow or wide as others
have it. The slow ones open each anew at every width, and in other languages.
"""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.routing import MapAdapter

from app.languages import LANGUAGES
from tests.browser.account_kinds import ACCOUNT
from tests.browser.checks import (
    cut_off,
    faults,
    focus_tour,
    layout_faults,
    sideways,
    space_out,
    unbordered,
)
from tests.browser.conftest import HEIGHT, Opener
from tests.browser.desk import ADA, NOBODY_HERE, PRIYA, SAM
from tests.browser.provider_kinds import PROVIDER
from tests.browser.signed_in import SUMMARY, SignedIn
from tests.browser.staff_kinds import STAFF
from tests.sweeps.test_access import ACCESS, PUBLIC, SENDS

NARROW, WIDE = 320, 1280
WIDTHS = (NARROW, WIDE)
BETWEEN = (375, 480, 640, 768, 960, 1920)
TRANSLATED = [code for code in LANGUAGES if code != "en"]
KINDS = (*ACCOUNT, *PROVIDER, *STAFF)
BY_NAME = {kind.name: kind for kind in KINDS}
ERRORS = [kind for kind in KINDS if kind.has_errors]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=list(BY_NAME))
every_error = pytest.mark.parametrize("kind", ERRORS, ids=[kind.name for kind in ERRORS])
NO_PAGES = {"freshness.csv"}
"""What is fetched, and no page."""
DOORS = ("accounts.", "joining.", "answer.")
"""Pages that anyone may open, and only who signs in or keeps a listing has reason to."""
TOURED = (
    "sign-in-error",
    "set-up",
    "dashboard-many",
    "changes-asked",
    "could",
    "time-new",
    "both",
    "queue",
    "revision-open",
    "freshness",
    "chase",
    "person",
)
"""A page of each shape: forms, lists, tasks, tables, both columns, two versions."""
some_kinds = pytest.mark.parametrize("name", TOURED)


def frame_faults(page: Page, kind: SignedIn) -> list[str]:
    """What is wrong with the heading and the title."""
    headings = [words.strip() for words in page.locator("h1").all_inner_texts()]
    if len(headings) != 1:
        return [f"{len(headings)} main headings"]
    start = f"Error: {headings[0]}" if kind.has_errors else headings[0]
    title = page.title()
    return [] if title.startswith(start) else [f"the title is “{title}”, not “{start}”"]


@every_kind
def test_no_page_of_providers_or_staff_has_a_fault(at_desk: Opener, kind: SignedIn) -> None:
    usual, other = (WIDE, NARROW) if kind in STAFF else (NARROW, WIDE)
    page = at_desk(kind, usual)
    assert faults(page) == {}
    assert frame_faults(page, kind) == []
    page.set_viewport_size({"width": other, "height": HEIGHT})
    assert layout_faults(page) == {}


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize("width", [*WIDTHS, *BETWEEN])
def test_no_width_has_a_fault(at_desk: Opener, kind: SignedIn, width: int) -> None:
    assert faults(at_desk(kind, width)) == {}


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_no_language_brings_a_fault(
    at_desk: Opener, kind: SignedIn, width: int, language: str
) -> None:
    page = at_desk(kind, width, language=language)
    assert page.locator("html").get_attribute("lang") == language
    assert faults(page) == {}


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


@some_kinds
@pytest.mark.parametrize("width", WIDTHS)
def test_the_focus_goes_through_a_page_in_order_and_in_sight(
    at_desk: Opener, name: str, width: int
) -> None:
    tour = focus_tour(at_desk(BY_NAME[name], width))
    assert tour.faults == []
    assert tour.stops > 5


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize("width", WIDTHS)
def test_the_focus_goes_through_every_page(at_desk: Opener, kind: SignedIn, width: int) -> None:
    assert focus_tour(at_desk(kind, width)).faults == []


@every_error
def test_an_error_takes_the_focus_and_leads_to_its_control(at_desk: Opener, kind: SignedIn) -> None:
    """Each error of the summary leads to a control that is described by the same words."""
    page = at_desk(kind, 375)
    summary = page.locator(SUMMARY)
    expect(summary).to_be_focused()
    for link in summary.locator("a").all():
        words = link.inner_text()
        link.press("Enter")
        target = page.locator(":focus")
        expect(target).to_be_in_viewport()
        described = target.evaluate(DESCRIBED)
        assert words in described, (kind.name, words, described)


DESCRIBED = """item => [item, item.closest('fieldset')].map(part =>
  (part?.getAttribute('aria-describedby') || '').split(' ').map(id =>
    document.getElementById(id)?.innerText || '').join(' ')).join(' ')"""
"""The words that a screen reader adds to a control."""


@some_kinds
def test_the_readers_own_colours_keep_every_edge(at_desk: Opener, name: str) -> None:
    page = at_desk(BY_NAME[name], 375, forced_colors="active")
    assert unbordered(page) == []


@some_kinds
def test_wider_spacing_loses_nothing(at_desk: Opener, name: str) -> None:
    page = at_desk(BY_NAME[name], NARROW)
    space_out(page)
    assert sideways(page) == []
    assert cut_off(page) == []
