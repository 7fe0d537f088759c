"""A family that reads Polish: the same pages and the same search, and one cookie."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.listings import RICH
from tests.browser.walking import heading, services, total


def test_a_mother_switches_to_polish_in_the_middle_of_her_search_and_keeps_it(
    phone: Page,
) -> None:
    phone.goto("/services?q=swimming&tier=targeted&near=Exeter")
    found = services(phone)
    assert phone.context.cookies() == []
    link = phone.get_by_role("link", name="Polski")
    assert link.get_attribute("lang") == link.get_attribute("hreflang") == "pl"
    link.click()

    expect(phone.locator("html")).to_have_attribute("lang", "pl")
    assert services(phone) == found
    assert total(phone) == len(found) or len(found) == 20
    [cookie] = phone.context.cookies()
    assert (cookie["name"], cookie["value"]) == ("lang", "pl")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    expect(phone.get_by_text("A person has not checked this translation yet.")).to_be_visible()

    card = phone.locator("li[data-service]").first
    expect(card.locator("h3")).to_have_attribute("lang", "en")
    card.get_by_role("link").click()
    expect(phone.locator("html")).to_have_attribute("lang", "pl")
    expect(phone.locator("h1")).to_have_attribute("lang", "en")
    expect(phone.get_by_text("Could my child go?")).to_have_count(0)

    phone.get_by_role("link", name="English").click()
    expect(phone.get_by_role("heading", name="Could my child go?")).to_be_visible()
    phone.goto("/")
    heading(phone, "Find a break that suits your child")


def test_she_searches_in_polish(phone: Page) -> None:
    phone.goto("/?lang=pl")
    phone.locator("#q").fill("basen")
    phone.locator("form button[type=submit]").click()
    expect(phone.locator("html")).to_have_attribute("lang", "pl")
    expect(phone.locator("#q")).to_have_value("basen")


def test_the_errors_of_a_form_are_in_polish(phone: Page) -> None:
    phone.goto(f"/services/{RICH}/wrong?lang=pl")
    phone.locator("main form button[type=submit]").click()
    summary = phone.locator(".govuk-error-summary")
    expect(summary).to_be_visible()
    expect(summary).not_to_contain_text("Choose what is wrong.")
    expect(summary).not_to_contain_text("There is a problem")
