"""The ways out: after them, nothing on the phone tells that anyone was here.

Once with the browser's own memory of pages (its back/forward cache) as in these tests usually,
and once with it as families have it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserType, Page, expect

from app.selfcheck.answers import PATH, SECONDS
from tests.browser.answering import (
    cookie_of,
    press,
    put_cookie,
    question_on,
    questions,
    sealed,
    walk,
)
from tests.browser.conftest import Kept, slowly
from tests.browser.selfcheck_kinds import IN_DANGER, RESULTS
from tests.browser.weather import CALM, Weather

SAID = RESULTS[2].said
SAID_WORDS = ("9 years", "A lot more", "cannot carry on", "checked", "You said")
GONE = "Please start again"
PAGES = (*questions(), "check-answers", "result", "sheet", "safety", "")
OFTEN = ("danger-now", "age", "needs", "check-answers", "result", "sheet", "safety", "")
"""A page of each sort; the slow test looks at every one."""


@pytest.fixture(scope="module")
def keeping(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], base_url: str
) -> Iterator[Kept]:
    """A browser that keeps the pages it has left as they were, to go back to."""
    ignored = ["--disable-back-forward-cache"]
    launched = browser_type.launch(**browser_type_launch_args, ignore_default_args=ignored)
    yield Kept(launched, base_url)
    launched.close()


@contextmanager
def answered(phones: Kept) -> Iterator[Page]:
    """A phone on which the self-check was answered."""
    with phones.phone() as page:
        put_cookie(page, sealed(SAID))
        yield page


@pytest.fixture
def family(kept: Kept) -> Iterator[Page]:
    """Such a phone, which loads every page anew."""
    with answered(kept) as page:
        yield page


@pytest.fixture(params=["forgets pages", "keeps pages"])
def either(request: pytest.FixtureRequest, kept: Kept, keeping: Kept) -> Iterator[Page]:
    """Such a phone, and one that gives back whole pages."""
    with answered(keeping if request.param == "keeps pages" else kept) as page:
        yield page


def says_nothing(page: Page) -> None:
    """No answer stands on the page, ticked, typed or in words; no cookie is left."""
    page.wait_for_load_state()
    assert cookie_of(page) == ""
    text = page.locator("main").inner_text()
    assert not [words for words in SAID_WORDS if words in text], text
    assert page.locator("main input:checked").count() == 0
    typed = page.locator("main input:not([type=hidden], [type=radio], [type=checkbox])")
    assert [box.input_value() for box in typed.all() if box.input_value()] == []


@pytest.mark.parametrize("name", [slowly("age"), "coping", slowly("check-answers"), "result"])
def test_after_leaving_back_shows_no_answer(either: Page, neutral: str, name: str) -> None:
    either.goto(f"{PATH}/{name}")
    assert either.url.endswith(name) and cookie_of(either)
    either.get_by_role("link", name="Leave this site").click()
    expect(either.get_by_role("heading")).to_have_text(CALM)
    assert either.url == neutral and cookie_of(either) == ""
    assert Weather.told[-1] == ("/weather", None), "it is not told where the family came from"
    either.go_back(wait_until="commit")
    either.wait_for_url(f"**{PATH}")
    says_nothing(either)
    expect(either.get_by_role("heading", level=1)).to_have_text("What help could we get?")


@pytest.mark.parametrize("name", [slowly("check-answers"), "result"])
def test_after_starting_again_back_shows_no_answer(either: Page, name: str) -> None:
    either.goto(f"{PATH}/{name}")
    either.get_by_role("button", name="Start again and wipe my answers").click()
    either.wait_for_url(f"**{PATH}")
    either.go_back(wait_until="commit")
    either.wait_for_url(f"**{PATH}")
    says_nothing(either)


def test_the_second_browser_gives_back_a_page_as_it_was_left(keeping: Kept, neutral: str) -> None:
    with answered(keeping) as page:
        page.goto("/about")
        page.evaluate("window.wasHere = true")
        page.goto(neutral)
        page.go_back(wait_until="commit")
        assert page.evaluate("window.wasHere") is True


def test_another_child_starts_clean(family: Page) -> None:
    family.goto(f"{PATH}/result")
    family.get_by_role("button", name="Check for another child").click()
    family.locator("main form button").click()
    for name in list(questions())[:4]:
        assert question_on(family) == questions()[name]
        assert family.locator("main input:checked").count() == 0
        if name == "danger-now":
            family.get_by_label("No", exact=True).check()
        press(family, "continue" if name == "danger-now" else "skip")
        family.wait_for_url(lambda url, at=name: not url.endswith(at))
    for _ in range(9):
        family.go_back(wait_until="commit")
        family.wait_for_load_state()
        assert "You said" not in family.locator("body").inner_text()


def test_back_walks_through_the_questions_with_what_was_said(family: Page) -> None:
    walk(family, SAID)
    said = {name: questions()[name].row.keys[0] for name in reversed(questions())}
    for name, key in said.items():
        family.go_back(wait_until="commit")
        family.wait_for_url(f"**/{name}")
        if question_on(family) is None or key not in SAID:
            continue
        shown = family.locator("main input:checked").count()
        assert shown or family.locator("main input[inputmode]").input_value() == str(SAID[key])


def test_back_past_a_mistake_is_the_question_again(family: Page) -> None:
    family.goto(PATH)
    family.locator("main form button").click()
    press(family, "continue")
    expect(family.locator(".govuk-error-summary")).to_be_focused()
    family.get_by_label("No", exact=True).check()
    press(family, "continue")
    family.wait_for_url("**/who")
    family.go_back(wait_until="commit")
    expect(family.get_by_label("No", exact=True)).to_be_checked()
    expect(family.locator(".govuk-error-summary")).to_have_count(0)
    family.reload()
    expect(family.get_by_label("No", exact=True)).to_be_checked()


@pytest.mark.parametrize("names", [OFTEN, slowly(PAGES)], ids=["a page of each sort", "every page"])
def test_every_page_has_the_way_out_and_it_drops_the_cookie(
    family: Page, neutral: str, names: Iterable[str]
) -> None:
    family.route("**/weather", lambda route: route.fulfill(body=CALM))
    for name in names:
        put_cookie(family, sealed(IN_DANGER, until="who") if name == "safety" else sealed(SAID))
        family.goto(f"{PATH}/{name}".rstrip("/"), wait_until="domcontentloaded")
        assert family.url.endswith(name or PATH)
        out = family.get_by_role("link", name="Leave this site")
        expect(out).to_be_in_viewport(ratio=1)
        out.click()
        family.wait_for_url(neutral, wait_until="commit")
        assert cookie_of(family) == "", name


def test_the_answers_end_with_the_browser(family: Page, browser: Browser, base_url: str) -> None:
    family.context.clear_cookies()
    family.goto(PATH)
    family.locator("main form button").click()
    family.get_by_label("No", exact=True).check()
    press(family, "continue")
    family.wait_for_url("**/who")
    (held,) = [item for item in family.context.cookies() if item["path"] == PATH]
    assert held["expires"] == -1 and held["httpOnly"] and held["sameSite"] == "Lax"
    assert family.evaluate("document.cookie") == ""
    state = family.evaluate("[localStorage.length, sessionStorage.length]")
    assert state == [0, 0]
    other = browser.new_page(base_url=base_url)
    other.goto(f"{PATH}/result")
    assert other.url.endswith(PATH) and cookie_of(other) == ""
    other.context.close()


@pytest.mark.parametrize("name", ["age", slowly("check-answers"), slowly("result"), "sheet"])
def test_half_an_hour_later_there_is_a_plain_way_to_start_again(family: Page, name: str) -> None:
    with time_machine.travel(time.time() - SECONDS - 5, tick=False):
        old = sealed(SAID)
    put_cookie(family, old)
    response = family.goto(f"{PATH}/{name}")
    assert response and response.status == 400
    expect(family.get_by_role("heading", level=1)).to_have_text(GONE)
    says_nothing(family)
    family.get_by_role("button", name="Start again").click()
    family.wait_for_url("**/danger-now")


def test_a_page_left_open_for_half_an_hour_sends_nothing(family: Page) -> None:
    family.goto(f"{PATH}/coping")
    with time_machine.travel(time.time() - SECONDS - 5, tick=False):
        put_cookie(family, sealed(SAID))
    family.locator("main input[type=radio]").first.check()
    press(family, "continue")
    expect(family.get_by_role("heading", level=1)).to_have_text(GONE)
    says_nothing(family)
