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
    NARROW,
    OF_EACH_LAYOUT,
    WIDE,
    WIDTHS,
    all_round,
    at_widths,
)
from tests.browser.conftest import Opener, slowly
from tests.browser.errors import lost_errors
from tests.browser.kinds import Kind
from tests.browser.selfcheck_kinds import ERRORS, PLAIN, RESULTS, SELF_CHECK, SHEETS, Answered
from tests.browser.touring import focus_tour

TRANSLATED = [code for code in LANGUAGES if code != "en"]
BY_NAME = {kind.name: kind for kind in SELF_CHECK}
every_kind = pytest.mark.parametrize("kind", SELF_CHECK, ids=list(BY_NAME))
TOURED = ("self-check", "error-needs", "error-lives-in", "check-answers", "safety", "result-danger")
OFTEN = {
    *(kind.name for kind in (*PLAIN, *ERRORS)),
    *(f"question-{name}" for name in ("danger-now", "age", "needs", "lives-in")),
    *(f"result-{name}" for name in ("universal", "danger", "wales", "adult", "neighbour")),
    "sheet-full",
}
"""Looked at every time: a question with its error shows all the rest too, and results differ in
little more than these do."""
one_of_each = pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, id=kind.name) if kind.name in OFTEN else slowly(kind, id=kind.name)
        for kind in SELF_CHECK
    ],
)


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


@one_of_each
def test_no_page_of_the_self_check_has_a_fault(at_width: Opener, kind: Kind) -> None:
    """Narrow, led by its error, in a reader's own colours, wide, and spaced out."""
    page = at_width(kind, NARROW)
    assert frame_faults(page) == []
    if kind in ERRORS:
        words = page.locator(".govuk-error-summary a").inner_text()
        expect(page.locator(".govuk-error-message")).to_contain_text(words)
        assert page.locator("[id$='-error']").count() == 1
        assert lost_errors(page) == []
    assert all_round(page) == {}


@pytest.mark.slow
@every_kind
def test_no_width_has_a_fault(at_width: Opener, kind: Kind) -> None:
    assert at_widths(at_width(kind, NARROW), WIDTHS) == {}


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize("language", TRANSLATED)
def test_no_language_brings_a_fault(at_width: Opener, kind: Kind, language: str) -> None:
    page = at_width(kind, NARROW, language=language)
    assert page.locator("html").get_attribute("lang") == language
    assert frame_faults(page) == []
    assert at_widths(page, OF_EACH_LAYOUT) == {}


def test_the_kinds_are_all_there_are() -> None:
    outcomes = {row.code for row in load_criteria().outcomes}
    tiers = {kind.tier for kind in SELF_CHECK if isinstance(kind, Answered)} - {""}
    assert tiers == outcomes
    assert {kind.name.partition("-")[2] for kind in ERRORS} == set(questions())
    assert (len(SELF_CHECK), len(RESULTS), len(SHEETS)) == (len(BY_NAME), 11, 2)


@pytest.mark.parametrize("name", TOURED)
@pytest.mark.parametrize("width", [NARROW, slowly(WIDE)])
def test_the_focus_goes_through_a_page_in_order_and_in_sight(
    at_width: Opener, name: str, width: int
) -> None:
    page = at_width(BY_NAME[name], width)
    tour = focus_tour(page)
    assert tour.faults == []
    assert tour.stops > 5


def test_nothing_of_a_sheet_but_the_sheet_is_printed(phone: Page) -> None:
    put_cookie(phone, sealed(SHEETS[0].said))
    phone.goto(SHEETS[0].path)
    phone.emulate_media(media="print")
    for gone in (".leave", ".kept-nowhere", ".govuk-back-link", ".help", ".hills"):
        for part in phone.locator(gone).all():
            expect(part).to_be_hidden()
    expect(phone.get_by_text("What we said")).to_be_visible()
