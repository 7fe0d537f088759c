"""Every kind of page of the self-check, its errors shown, measured as all other pages are.

Also what only these pages have: a way out, one heading that begins the title, and no script
that a family would need.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.criteria.load import load_criteria
from app.languages import LANGUAGES
from tests.browser.answering import put_cookie, questions, sealed
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
from tests.browser.kinds import Kind
from tests.browser.selfcheck_kinds import ERRORS, RESULTS, SELF_CHECK, SHEETS, Answered

NARROW, WIDE = 320, 1280
OTHERS = (375, 480, 640, 768, 960, WIDE, 1920)
TRANSLATED = [code for code in LANGUAGES if code != "en"]
BY_NAME = {kind.name: kind for kind in SELF_CHECK}
every_kind = pytest.mark.parametrize("kind", SELF_CHECK, ids=list(BY_NAME))
SOME = ("self-check", "error-needs", "error-lives-in", "check-answers", "safety", "result-danger")
some_kinds = pytest.mark.parametrize("name", [*SOME, "sheet-full"])


def frame_faults(page: Page) -> list[str]:
    """What is wrong with the heading, the title and the way out."""
    headings = page.locator("h1").all_inner_texts()
    if len(headings) != 1:
        return [f"{len(headings)} main headings"]
    found = []
    heading, title = headings[0].strip(), page.title()
    is_wrong = page.locator(".govuk-error-summary").count() > 0
    start = title.partition(": ")[2] if is_wrong else title
    if not start.startswith(heading):
        found.append(f"the title is “{title}”, the heading “{heading}”")
    if page.locator("a.leave[href='/leave']").count() != 1:
        found.append("no way out")
    return found


@every_kind
def test_no_page_of_the_self_check_has_a_fault(at_width: Opener, kind: Kind) -> None:
    """Narrow, and then made wide. The slow ones open each anew at every width."""
    page = at_width(kind, NARROW)
    assert faults(page) == {}
    assert frame_faults(page) == []
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    assert layout_faults(page) == {}


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize("width", OTHERS)
def test_no_other_width_has_a_fault(at_width: Opener, kind: Kind, width: int) -> None:
    assert faults(at_width(kind, width)) == {}


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("language", TRANSLATED)
def test_no_language_brings_a_fault(
    at_width: Opener, kind: Kind, width: int, language: str
) -> None:
    page = at_width(kind, width, language=language)
    assert page.locator("html").get_attribute("lang") == language
    assert faults(page) == {}
    assert frame_faults(page) == []


def test_the_kinds_are_all_there_are() -> None:
    outcomes = {row.code for row in load_criteria().outcomes}
    tiers = {kind.tier for kind in SELF_CHECK if isinstance(kind, Answered)} - {""}
    assert tiers == outcomes
    assert {kind.name.partition("-")[2] for kind in ERRORS} == set(questions())
    assert (len(SELF_CHECK), len(RESULTS), len(SHEETS)) == (len(BY_NAME), 11, 2)


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("width", [NARROW, pytest.param(WIDE, marks=pytest.mark.slow)])
def test_the_focus_goes_through_a_page_in_order_and_in_sight(
    at_width: Opener, name: str, width: int
) -> None:
    page = at_width(BY_NAME[name], width)
    tour = focus_tour(page)
    assert tour.faults == []
    assert tour.stops > 5


@some_kinds
def test_the_readers_own_colours_keep_every_edge(at_width: Opener, name: str) -> None:
    page = at_width(BY_NAME[name], 375, forced_colors="active")
    assert unbordered(page) == []


@some_kinds
def test_wider_spacing_loses_nothing(at_width: Opener, name: str) -> None:
    page = at_width(BY_NAME[name], NARROW)
    space_out(page)
    assert sideways(page) == []
    assert cut_off(page) == []


@pytest.mark.parametrize("kind", ERRORS, ids=[kind.name for kind in ERRORS])
def test_an_error_takes_the_focus_and_leads_to_its_control(phone: Page, kind: Answered) -> None:
    kind.open(phone)
    summary = phone.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    words = summary.locator("a").inner_text()
    expect(phone.locator(".govuk-error-message")).to_contain_text(words)
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    control = phone.locator("main input:focus")
    expect(control).to_be_in_viewport()
    assert phone.locator("[id$='-error']").count() == 1
    described = control.evaluate(
        "item => [item, item.closest('fieldset')].some("
        "part => part?.getAttribute('aria-describedby')?.includes('-error'))"
    )
    assert described, kind.name


def test_nothing_of_a_sheet_but_the_sheet_is_printed(phone: Page) -> None:
    put_cookie(phone, sealed(SHEETS[0].said))
    phone.goto(SHEETS[0].path)
    phone.emulate_media(media="print")
    for gone in (".leave", ".kept-nowhere", ".govuk-back-link", ".help", ".hills"):
        for part in phone.locator(gone).all():
            expect(part).to_be_hidden()
    expect(phone.get_by_text("What we said")).to_be_visible()
