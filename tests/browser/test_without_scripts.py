"""The same journeys on a phone on which scripts do not run."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.listings import RICH
from tests.browser.walking import facet, heading, promised, services, total


def test_a_parent_without_scripts_finds_swimming_and_reads_whether_her_child_could_go(
    no_scripts: Page,
) -> None:
    phone = no_scripts
    phone.goto("/")
    phone.get_by_label("What would you like?").fill("swimming")
    phone.get_by_role("button", name="Search").click()
    heading(phone, "swimming")
    phone.locator("details.filters > summary").click()
    few = promised(phone, "tier:targeted")
    facet(phone, "tier:targeted").click()
    phone.get_by_role("button", name=re.compile(r"^Show \d+ services?$")).click()
    phone.wait_for_url("**tier=targeted*")
    assert total(phone) == few

    found, address = services(phone), phone.url
    phone.locator("li[data-service] h3 a").first.click()
    expect(phone.get_by_role("main")).to_have_attribute("data-service", found[0])
    phone.locator(".could details.more > summary").click()
    expect(phone.locator(".could details.more li").first).to_be_visible()
    phone.get_by_role("link", name="Back to your search").click()
    phone.wait_for_url(address)
    assert services(phone) == found

    phone.locator("summary").filter(has_text="Change your search").click()
    phone.get_by_label("Town or postcode").fill("Exeter")
    phone.get_by_role("button", name="Search", exact=True).click()
    heading(phone, "Swimming near Exeter")


def test_a_report_is_made_without_scripts(no_scripts: Page) -> None:
    phone = no_scripts
    phone.goto(f"/services/{RICH}/wrong")
    phone.get_by_label("Tell us more").fill("It is on Tuesdays now.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator(".govuk-error-summary")).to_be_visible()
    expect(phone.get_by_label("Tell us more")).to_have_value("It is on Tuesdays now.")
    phone.get_by_label("The days or times are wrong").check()
    phone.get_by_role("button", name="Send").click()
    heading(phone, "Thank you for telling us")


def test_a_wide_screen_shows_search_and_filters_without_scripts(
    browser: Browser, base_url: str
) -> None:
    context = browser.new_context(
        base_url=base_url, java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto("/services?q=swimming")
    expect(page.get_by_label("What would you like?")).to_be_visible()
    expect(facet(page, "tier:targeted")).to_be_visible()
    context.close()
