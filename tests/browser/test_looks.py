"""Paper, larger letters, and nothing that moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page, expect

from tests.browser.checks import cut_off, sideways
from tests.browser.conftest import Opener
from tests.browser.kinds import BY_NAME
from tests.browser.listings import RICH

SOME = ("start", "results-open", "service-rich-open", "report-errors", "browse", "about")
some_kinds = pytest.mark.parametrize("name", SOME)


def test_on_paper_only_facts_and_words_remain(phone: Page) -> None:
    phone.goto(f"/services/{RICH}")
    phone.emulate_media(media="print")
    for gone in (".help", ".hills", ".govuk-back-link", ".govuk-skip-link", ".foot ul", ".peb"):
        for part in phone.locator(gone).all():
            expect(part).to_be_hidden()
    for link in ("Open in a map", "Tell us if something is wrong"):
        expect(phone.get_by_text(link).first).to_be_hidden()
    expect(phone.get_by_role("heading", name="Could my child go?")).to_be_visible()
    expect(phone.locator(".could details.more li").first).to_be_visible()
    expect(phone.locator(".on-paper")).to_contain_text(f"/services/{RICH}")
    assert (
        phone.locator(".door").first.evaluate("item => getComputedStyle(item).color")
        == "rgb(0, 0, 0)"
    )


def test_results_on_paper_are_a_list_without_controls(phone: Page) -> None:
    phone.goto("/services?q=swimming&near=Exeter")
    phone.emulate_media(media="print")
    for gone in (".filters", ".order", ".chips", ".again", ".pager", ".help", "button"):
        for part in phone.locator(gone).all():
            expect(part).to_be_hidden()
    expect(phone.locator("li[data-service] h3").first).to_be_visible()
    expect(phone.locator("li[data-service] .door").first).to_be_visible()


@pytest.fixture(scope="module")
def large_letters(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], base_url: str
) -> Iterator[Page]:
    """A narrow window of a reader who has set the browser's letters to twice their size."""
    arguments = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    own = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    context = own.new_context(base_url=base_url, viewport={"width": 640, "height": 900})
    yield context.new_page()
    own.close()


@some_kinds
def test_letters_twice_as_large_lose_nothing(large_letters: Page, name: str) -> None:
    BY_NAME[name].open(large_letters)
    body = large_letters.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert body >= 32
    assert sideways(large_letters) == []
    assert cut_off(large_letters) == []


def test_nothing_moves(at_width: Opener) -> None:
    page = at_width(BY_NAME["results-open"], 375)
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(item => {
          const style = getComputedStyle(item)
          return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0
        }).map(item => item.outerHTML.slice(0, 80))"""
    )
    assert moving == []
