"""The ways out: after them, nothing on the phone tells that anyone was here.

Once with the browser's own memory of pages (its back/forward cache) as in these tests usually,
and once with it as families have it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
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
from tests.browser.conftest import LONGEST_WAIT, PHONE
from tests.browser.live import serving
from tests.browser.selfcheck_kinds import IN_DANGER, RESULTS
from tests.databases import database_url

SAID = RESULTS[2].said
SAID_WORDS = ("9 years", "A lot more", "cannot carry on", "checked", "You said")
GONE = "Please start again"
PAGES = (*questions(), "check-answers", "result", "sheet")
CALM = "Rain later"


class Weather(BaseHTTPRequestHandler):
    """A site that has nothing to do with ours, and remembers what it was told."""

    told: list[tuple[str, str | None]] = []

    def do_GET(self) -> None:
        """A page about the weather."""
        if self.path == "/weather":
            self.told.append((self.path, self.headers.get("Referer")))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Weather</title><h1>{CALM}</h1>".encode())

    def log_message(self, *_facts: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def neutral() -> Iterator[str]:
    """The address of the neutral site."""
    server = HTTPServer(("127.0.0.1", 0), Weather)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}/weather"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def own_url(
    site_folder: Path, tmp_path_factory: pytest.TempPathFactory, neutral: str
) -> Iterator[str]:
    """Our site, whose way out leads there."""
    folder = tmp_path_factory.mktemp("leaving")
    same = {"DATABASE_URL": database_url(site_folder), "SEARCH_INDEX": str(site_folder / "index")}
    with serving(folder, NEUTRAL_SITE=neutral, **same) as url:
        yield url


@pytest.fixture(scope="module")
def keeping_browser(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    """A browser that keeps the pages it has left as they were, to go back to."""
    ignored = ["--disable-back-forward-cache"]
    launched = browser_type.launch(**browser_type_launch_args, ignore_default_args=ignored)
    yield launched
    launched.close()


@contextmanager
def answered(own_browser: Browser, own_url: str) -> Iterator[Page]:
    """A phone on which the self-check was answered."""
    context = own_browser.new_context(base_url=own_url, viewport=PHONE, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(LONGEST_WAIT)
    put_cookie(page, sealed(SAID))
    yield page
    context.close()


@pytest.fixture
def family(browser: Browser, own_url: str) -> Iterator[Page]:
    """Such a phone, which loads every page anew."""
    with answered(browser, own_url) as page:
        yield page


@pytest.fixture(params=["forgets pages", "keeps pages"])
def either(
    request: pytest.FixtureRequest, browser: Browser, keeping_browser: Browser, own_url: str
) -> Iterator[Page]:
    """Such a phone, and one that gives back whole pages."""
    chosen = keeping_browser if request.param == "keeps pages" else browser
    with answered(chosen, own_url) as page:
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


@pytest.mark.parametrize("name", ["age", "coping", "check-answers", "result"])
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


@pytest.mark.parametrize("name", ["check-answers", "result"])
def test_after_starting_again_back_shows_no_answer(either: Page, name: str) -> None:
    either.goto(f"{PATH}/{name}")
    either.get_by_role("button", name="Start again and wipe my answers").click()
    either.wait_for_url(f"**{PATH}")
    either.go_back(wait_until="commit")
    either.wait_for_url(f"**{PATH}")
    says_nothing(either)


def test_the_second_browser_gives_back_a_page_as_it_was_left(
    keeping_browser: Browser, own_url: str, neutral: str
) -> None:
    with answered(keeping_browser, own_url) as page:
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


def test_every_page_has_the_way_out_and_it_drops_the_cookie(family: Page, neutral: str) -> None:
    family.route("**/weather", lambda route: route.fulfill(body=CALM))
    for name in (*PAGES, "safety", ""):
        put_cookie(family, sealed(IN_DANGER, until="who") if name == "safety" else sealed(SAID))
        family.goto(f"{PATH}/{name}".rstrip("/"), wait_until="domcontentloaded")
        assert family.url.endswith(name or PATH)
        out = family.get_by_role("link", name="Leave this site")
        expect(out).to_be_in_viewport(ratio=1)
        out.click()
        family.wait_for_url(neutral, wait_until="commit")
        assert cookie_of(family) == "", name


def test_the_answers_end_with_the_browser(family: Page, browser: Browser, own_url: str) -> None:
    walk(family, SAID)
    (held,) = [item for item in family.context.cookies() if item["path"] == PATH]
    assert held["expires"] == -1 and held["httpOnly"] and held["sameSite"] == "Lax"
    assert family.evaluate("document.cookie") == ""
    state = family.evaluate("[localStorage.length, sessionStorage.length]")
    assert state == [0, 0]
    other = browser.new_page(base_url=own_url)
    other.goto(f"{PATH}/result")
    assert other.url.endswith(PATH) and cookie_of(other) == ""
    other.context.close()


@pytest.mark.parametrize("name", ["age", "check-answers", "result", "sheet"])
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
