"""Small steps that the stories share: what a family reads off a page, and the Tab key."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 200


def total(page: Page) -> int:
    """How many services the page says it found; the words and the mark must agree."""
    count = page.locator("[data-total]")
    number = int(count.get_attribute("data-total") or "-1")
    said = re.search(r"\d+", count.inner_text())
    assert int(said.group() if said else 0) == number
    return number


def services(page: Page) -> list[str]:
    """The ids of the services listed, in order."""
    page.wait_for_load_state()
    found = page.locator("li[data-service]").all()
    return [item.get_attribute("data-service") or "" for item in found]


def facet(page: Page, value: str) -> Locator:
    """One value of the filters: `group:code`."""
    return page.locator(f'[data-facet="{value}"]')


def promised(page: Page, value: str) -> int:
    """The number that stands beside a filter."""
    return int(facet(page, value).get_attribute("data-count") or "-1")


def heading(page: Page, words: str) -> None:
    """The main heading says these words, and the title begins with them."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words, ignore_case=True)
    expect(page).to_have_title(re.compile(f"^(Error: )?{re.escape(words)}", re.IGNORECASE))


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the target has the focus. Fails when it cannot be reached."""
    wanted = target.element_handle()
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if wanted.evaluate("item => item === document.activeElement"):
            return
    raise AssertionError(f"not reached with {key}: {target}")


def type_into(page: Page, label: str, words: str) -> None:
    """Come to a field by its label with the Tab key, and type in place of what is there."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
