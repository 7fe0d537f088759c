"""The whole self-check at 320 pixels: by keyboard, without scripts and in Polish.

A question of each sort is answered wrongly first, so that its error is met on the way; in the
slow run every one.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from app.criteria.records import Question
from app.selfcheck.answers import PATH
from app.selfcheck.forms import value_of
from tests.browser.answering import Facts, fill, press, question_on, questions
from tests.browser.checks import sideways
from tests.browser.conftest import slowly
from tests.browser.selfcheck_kinds import FULL, SOME
from tests.browser.walking import tab_to

SMALL = {"width": 320, "height": 640}
FACTS = {
    "danger_now": "yes",
    "who": "parent_carer",
    "place": "Honiton",
    "age": 9,
    **FULL,
    **SOME,
    "safety_behaviour": "some",
    "health": "none",
    "coping": "hard",
    "wants": ["things_to_do", "information"],
    "has_social_worker": False,
}
MAY_BE_NONE = {"family"}
EVERY = {*questions()} - MAY_BE_NONE
OF_EACH_SORT = {"danger-now", "lives-in", "age", "needs", "coping"}
"""Questions that are answered wrongly first: in the slow run all that can be."""
with_mistakes = pytest.mark.parametrize(
    "mistaken",
    [OF_EACH_SORT, slowly(EVERY)],
    ids=["a mistake of each sort", "every mistake"],
)


@pytest.fixture
def small(phone: Page) -> Page:
    """A small phone, or a wide screen at 400%."""
    phone.set_viewport_size(SMALL)
    return phone


def push(page: Page, target: Locator, key: str = "Enter") -> None:
    """Come to a control with the Tab key and press it."""
    tab_to(page, target)
    page.keyboard.press(key)


def send_by_keyboard(page: Page) -> None:
    """Press *Continue* with nothing chosen, and come from the summary to the control."""
    push(page, page.locator("button[value=continue]"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert sideways(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main input:focus")).to_be_in_viewport()


def choose_by_keyboard(page: Page, question: Question, facts: Facts) -> None:
    """Answer a question: type, press arrows among radios, or the space bar on tick boxes."""
    if question.row.kind in {"number", "place"}:
        key = "place" if question.row.kind == "place" else question.row.keys[0]
        field = page.locator(f"main input[name={key}]")
        if not field.evaluate("item => item === document.activeElement"):
            tab_to(page, field)
        page.keyboard.type(str(facts[key]))
        return
    for key in question.row.keys:
        codes = facts[key] if isinstance(facts[key], list) else [facts[key]]
        for code in (one for one in codes if one is not False):
            choose(page, page.locator(f'input[name={key}][value="{value_of(code)}"]'))


def choose(page: Page, control: Locator) -> None:
    """Tick a box, or come to a radio by the arrow keys from the first of its group."""
    if control.get_attribute("type") == "checkbox":
        page.locator("main").focus()
        push(page, control, "Space")
    elif page.locator("main input[type=radio]:focus").count() == 0:
        tab_to(page, page.locator("main input[type=radio]").first)
    for _ in range(8):
        if control.is_checked():
            break
        page.keyboard.press(
            "Space" if control.evaluate("one => one === document.activeElement") else "ArrowDown"
        )
    expect(control).to_be_checked()


@with_mistakes
def test_a_parent_who_cannot_use_a_mouse_comes_from_the_start_to_a_sheet(
    small: Page, mistaken: set[str]
) -> None:
    small.goto("/")
    push(small, small.locator(f'main a[href="{PATH}"]').first)
    small.wait_for_url(f"**{PATH}")
    push(small, small.get_by_role("button", name="Start"))
    small.wait_for_url("**/danger-now")
    met = 0
    while question := question_on(small):
        if question.id in mistaken:
            send_by_keyboard(small)
            met += 1
        choose_by_keyboard(small, question, FACTS)
        push(small, small.locator("button[value=continue]"))
        small.wait_for_url(lambda url, at=question.id: not url.endswith(f"/{at}"))
        if small.url.endswith("/safety"):
            push(small, small.get_by_role("button", name="Carry on"))
            small.wait_for_url("**/who")
    assert met == len(mistaken)
    push(small, small.locator(f'.said a[href="{PATH}/nights"]'))
    small.wait_for_url("**/nights")
    push(small, small.locator("button[value=continue]"))
    small.wait_for_url("**/check-answers")
    push(small, small.get_by_role("link", name="See my result"))
    small.wait_for_url("**/result")
    assert small.locator("main").get_attribute("data-tier") == "targeted"
    push(small, small.locator("summary").filter(has_text="What other answers would change"))
    expect(small.get_by_role("link", name="Change my answers")).to_be_visible()
    push(small, small.get_by_role("link", name="Make a sheet to take with you"))
    small.wait_for_url("**/sheet")
    push(small, small.get_by_role("link", name="Back", exact=True))
    small.wait_for_url("**/result")
    push(small, small.locator(f'form[action="{PATH}/services"] button'))
    small.wait_for_url("**/services?*")


def walk_with_errors(page: Page, mistaken: set[str]) -> list[str]:
    """The whole self-check with a mouse or a finger; gives what was said to be wrong."""
    page.goto(PATH)
    page.locator("main form button").click()
    problems = []
    while question := question_on(page):
        if question.id in mistaken:
            send_wrong_plainly(page, question)
            problems.append(page.locator(".govuk-error-summary a").inner_text())
            assert sideways(page) == []
        fill(page, question, FACTS)
        press(page, "continue")
        page.wait_for_url(lambda url, at=question.id: not url.endswith(f"/{at}"))
        if page.url.endswith("/safety"):
            page.locator(f'form[action="{PATH}/safety"] button').click()
    return problems


def send_wrong_plainly(page: Page, question: Question) -> None:
    """Send a mistake that needs no script to make: nothing, or words that are no answer."""
    if question.row.kind in {"number", "place"}:
        page.locator("main input:not([type=hidden], [type=radio])").fill("seven")
    press(page, "continue")
    page.locator(".govuk-error-summary").wait_for()


@with_mistakes
def test_the_whole_journey_needs_no_script(no_scripts: Page, mistaken: set[str]) -> None:
    no_scripts.set_viewport_size(SMALL)
    assert len(walk_with_errors(no_scripts, mistaken)) == len(mistaken)
    for row in no_scripts.locator(".said dd:not(.change)").all():
        assert row.inner_text() != "Skipped"
    no_scripts.get_by_role("link", name="See my result").click()
    assert no_scripts.locator("main").get_attribute("data-tier") == "targeted"
    no_scripts.locator("summary").filter(has_text="What other answers would change").click()
    expect(no_scripts.get_by_role("link", name="Change my answers")).to_be_visible()
    no_scripts.get_by_role("link", name="Make a sheet to take with you").click()
    expect(no_scripts.get_by_role("heading", name="What we said")).to_be_visible()
    no_scripts.get_by_role("link", name="Back", exact=True).click()
    no_scripts.get_by_role("button", name="Start again and wipe my answers").click()
    expect(no_scripts.get_by_role("heading", level=1)).to_have_text("What help could we get?")


@with_mistakes
def test_the_whole_journey_is_in_polish(small: Page, mistaken: set[str]) -> None:
    small.goto(f"{PATH}?lang=pl")
    problems = walk_with_errors(small, mistaken)
    assert len(problems) == len(mistaken)
    assert not {"Choose an answer.", "Choose an answer, or skip this question."} & set(problems)
    for name in ("check-answers", "result", "sheet"):
        small.goto(f"{PATH}/{name}")
        expect(small.locator("html")).to_have_attribute("lang", "pl")
        assert sideways(small) == []
        text = small.locator("main").inner_text()
        for words in ("Check your answers", "You said", "What to do next", "Our right to ask"):
            assert words not in text, name
