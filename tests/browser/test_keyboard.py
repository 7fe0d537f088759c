"""Everything by keyboard: in order, always in sight, and never in a trap."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, slowly
from tests.browser.kinds import BY_NAME
from tests.browser.listings import RICH
from tests.browser.touring import focus_tour
from tests.browser.walking import facet, heading, services, tab_to, total, type_into


def test_a_parent_who_cannot_use_a_mouse_finds_swimming_and_reads_whether_her_child_could_go(
    phone: Page,
) -> None:
    phone.goto("/")
    type_into(phone, "What would you like?", "swimming")
    phone.keyboard.press("Enter")
    heading(phone, "swimming")
    everything = total(phone)

    tab_to(phone, phone.locator("details.filters > summary"))
    phone.keyboard.press("Enter")
    tab_to(phone, facet(phone, "tier:targeted").locator("input"))
    phone.keyboard.press("Space")
    tab_to(phone, phone.get_by_role("button", name=re.compile(r"^Show \d+ services?$")))
    phone.keyboard.press("Enter")
    phone.wait_for_url("**tier=targeted*")
    assert 0 < total(phone) < everything

    found, address = services(phone), phone.url
    tab_to(phone, phone.locator("li[data-service] h3 a").first)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("main")).to_have_attribute("data-service", found[0])
    tab_to(phone, phone.locator(".could details.more > summary"))
    phone.keyboard.press("Space")
    expect(phone.locator(".could details.more li").first).to_be_visible()
    tab_to(phone, phone.get_by_role("link", name="Back to your search"), "Shift+Tab")
    phone.keyboard.press("Enter")
    phone.wait_for_url(address)
    assert services(phone) == found

    tab_to(phone, phone.locator("summary").filter(has_text="Change your search"))
    phone.keyboard.press("Space")
    type_into(phone, "Town or postcode", "Exeter")
    phone.keyboard.press("Enter")
    heading(phone, "Swimming near Exeter")
    assert services(phone)


def test_the_skip_link_comes_first_and_leads_past_the_header(phone: Page) -> None:
    phone.goto("/services?q=swimming")
    phone.keyboard.press("Tab")
    skip = phone.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("main")).to_be_focused()
    phone.keyboard.press("Tab")
    expect(phone.locator("summary").filter(has_text="Change your search")).to_be_focused()


def test_a_report_is_made_by_keyboard(phone: Page) -> None:
    phone.goto(f"/services/{RICH}")
    tab_to(phone, phone.get_by_role("link", name="Tell us if something is wrong"))
    phone.keyboard.press("Enter")
    tab_to(phone, phone.get_by_role("button", name="Send"))
    phone.keyboard.press("Enter")
    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    first = phone.get_by_label("It has closed or moved")
    expect(first).to_be_focused()
    phone.keyboard.press("ArrowDown")
    expect(phone.get_by_label("The days or times are wrong")).to_be_checked()
    type_into(phone, "Tell us more", "It is on Tuesdays now.")
    tab_to(phone, phone.get_by_role("button", name="Send"))
    phone.keyboard.press("Space")
    heading(phone, "Thank you for telling us")


TOURED = (
    "start",
    "results-open",
    "results-nothing",
    "service-rich-open",
    "report-errors",
    "browse",
)
BESIDE = ("results-open", "service-rich-open")
"""Where a wide screen has columns, and so an order of its own; the slow ones look at all pages."""


@pytest.mark.parametrize(
    ("name", "width"),
    [
        *((name, 320) for name in TOURED),
        *((name, 1280) if name in BESIDE else slowly(name, 1280) for name in TOURED),
    ],
)
def test_the_focus_goes_through_a_page_in_order_and_in_sight(
    at_width: Opener, name: str, width: int
) -> None:
    page = at_width(BY_NAME[name], width)
    tour = focus_tour(page)
    assert tour.faults == []
    assert tour.stops > 5
