"""Providers and staff do their work with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Opener
from tests.browser.provider_kinds import PROVIDER
from tests.browser.staff_kinds import STAFF
from tests.browser.walking import tab_to

BY_NAME = {kind.name: kind for kind in (*PROVIDER, *STAFF)}


def test_a_provider_says_that_there_are_spaces(at_desk: Opener) -> None:
    page = at_desk(BY_NAME["listing"], PHONE["width"])
    tab_to(page, page.get_by_label("Waiting list"))
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Spaces now")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Save spaces"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved. Families see it now.")).to_be_visible()
    tab_to(page, page.get_by_label("Spaces now"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Save spaces"))
    page.keyboard.press("Space")
    expect(page.get_by_label("Waiting list")).to_be_checked()


def test_a_moderator_asks_for_changes(at_desk: Opener) -> None:
    page = at_desk(BY_NAME["queue"], 1280)
    first = page.locator("table.waiting tbody th a").first
    name = first.inner_text()
    tab_to(page, first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    tab_to(page, page.locator("details.ask summary").first)
    page.keyboard.press("Enter")
    tab_to(page, page.locator("details.ask textarea").first)
    page.keyboard.type("Say what children do there.")
    tab_to(page, page.get_by_label("Approve", exact=True))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Ask for changes")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Go on"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Say what children do there.")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Ask for changes now"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sent back for changes")
