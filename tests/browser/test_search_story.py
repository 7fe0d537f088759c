"""A parent looks for something, on a phone, with thumbs: the journey the site is for."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.kinds import NOTHING
from tests.browser.listings import ONLY_ONE, RICH, SECRET_STREET, SPARSE, STALE, WITHHELD
from tests.browser.walking import facet, heading, promised, services, total


def test_a_parent_on_a_phone_finds_swimming_and_reads_whether_her_child_could_go(
    phone: Page,
) -> None:
    phone.goto("/")
    phone.get_by_label("What would you like?").fill("swimming")
    phone.get_by_role("button", name="Search").click()
    heading(phone, "swimming")
    assert total(phone) > 0

    phone.locator("summary").filter(has_text="Filters").click()
    few = promised(phone, "tier:targeted")
    assert 0 < few < total(phone)
    facet(phone, "tier:targeted").click()
    expect(phone.get_by_label("Extra help")).to_be_checked()
    phone.get_by_role("button", name=re.compile(r"^Show \d+ services?$")).click()
    phone.wait_for_url("**tier=targeted*")
    assert total(phone) == few
    expect(phone.get_by_role("link", name="Remove Extra help")).to_be_visible()
    expect(phone.locator("summary").filter(has_text="Filters (1)")).to_be_visible()

    found, address = services(phone), phone.url
    name = phone.locator("li[data-service] h3").first.inner_text()
    phone.locator("li[data-service] h3 a").first.click()
    heading(phone, name)
    main = phone.get_by_role("main")
    assert main.get_attribute("data-service") == found[0]
    assert main.get_attribute("data-tier") == "targeted"
    first_section = main.get_by_role("heading", level=2).first
    expect(first_section).to_have_text("Could my child go?")
    expect(phone.locator(".could .door")).to_contain_text("Extra help")
    expect(phone.locator(".could .answers > li").first).to_be_visible()

    phone.get_by_role("link", name="Back to your search").click()
    phone.wait_for_url(address)
    assert services(phone) == found


def test_she_narrows_by_place_and_takes_what_was_understood_off_again(phone: Page) -> None:
    phone.goto("/services?q=swimming&tier=targeted&tier=universal")
    before = total(phone)
    phone.locator("summary").filter(has_text="Change your search").click()
    phone.get_by_label("Town or postcode").fill("Exeter")
    phone.get_by_role("button", name="Search", exact=True).click()
    heading(phone, "Swimming near Exeter")
    assert total(phone) == before, "filters and words stay when a place is added"
    expect(phone.locator("li[data-service]").first).to_contain_text("mile")

    phone.locator(".order > summary").click()
    phone.get_by_role("link", name="Nearest first").click()
    expect(phone.locator(".order > summary")).to_contain_text("Nearest first")
    shown = re.findall(r"(less than 1|\d+)\s+miles?", phone.locator(".list").inner_text())
    miles = [0 if number.startswith("less") else int(number) for number in shown]
    assert len(miles) > 3
    assert miles == sorted(miles)

    phone.get_by_role("link", name="Remove Near Exeter").click()
    heading(phone, "swimming")
    assert total(phone) == before
    phone.get_by_role("link", name="Clear all").click()
    heading(phone, "All services")
    assert total(phone) > before


def test_how_many_were_found_can_be_heard(phone: Page) -> None:
    phone.goto("/services?q=swimming")
    count = phone.get_by_role("heading", name=re.compile(r"^\d+ services$"))
    expect(count).to_be_visible()
    number = count.get_attribute("data-total")
    expect(phone).to_have_title(re.compile(rf"\b{number} services"))
    phone.goto(NOTHING)
    expect(phone).to_have_title(re.compile("No services found"))


def test_she_turns_the_page_and_back(phone: Page) -> None:
    phone.goto("/services")
    first = services(phone)
    phone.get_by_role("link", name="Show the next 20").click()
    phone.wait_for_url("**page=2*")
    second = services(phone)
    assert len(first) == len(second) == 20
    assert not set(first) & set(second)
    phone.get_by_role("link", name="Show the 20 before").click()
    phone.wait_for_url(re.compile(r"/services$"))
    assert services(phone) == first


def test_when_nothing_fits_she_loosens_one_thing(phone: Page) -> None:
    phone.goto(NOTHING)
    assert total(phone) == 0
    expect(phone.get_by_text("We did not find a service that fits all of this.")).to_be_visible()
    expect(phone.locator("main a[href^='tel:']").first).to_be_visible()
    change = phone.locator(".found a.row", has=phone.locator("b")).first
    words = re.search(r"(\d+) services?$", change.inner_text())
    assert words is not None
    change.click()
    heading_of_results = phone.locator("[data-total]")
    expect(heading_of_results).to_have_attribute("data-total", words.group(1))


def test_a_postcode_nobody_knows_is_said_beside_the_field_and_results_still_show(
    phone: Page,
) -> None:
    phone.goto("/services?q=swimming&near=ZZ99+9ZZ")
    expect(phone).to_have_title(re.compile("^Error: "))
    field = phone.get_by_label("Town or postcode")
    expect(field).to_be_visible()
    expect(field).to_have_value("ZZ99 9ZZ")
    expect(field).to_have_accessible_description(re.compile("postcode"))
    assert total(phone) > 0


def test_not_knowing_what_she_needs_she_starts_from_what_is_hard(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("link", name="I don’t know what I need").click()
    heading(phone, "What is hard right now?")
    phone.get_by_role("link", name="My child runs off").click()
    assert total(phone) > 0
    assert "access=secure_site" in phone.url


def test_she_finds_a_name_from_a_to_z(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("link", name="See everything").click()
    phone.get_by_role("link", name="O", exact=True).click()
    phone.get_by_role("link", name="Otter and Heron Club").click()
    heading(phone, "Otter and Heron Club")
    expect(phone.get_by_role("link", name="All services", exact=True)).to_be_visible()


def test_one_service_fits(phone: Page) -> None:
    phone.goto(f"/services?q={ONLY_ONE}")
    assert total(phone) == 1
    phone.get_by_role("link", name="Otter and Heron Club").click()
    expect(phone).to_have_url(re.compile(f"/services/{RICH}$"))
    expect(phone.locator("a[href='tel:+441632960123']")).to_be_visible()


def test_the_more_answers_open_under_a_thumb(phone: Page) -> None:
    phone.goto(f"/services/{RICH}")
    more = phone.locator(".could details.more")
    expect(more.locator("li").first).to_be_hidden()
    more.locator("summary").click()
    expect(more.locator("li").first).to_be_visible()
    expect(more.get_by_text("Ask us").first).to_be_visible()


def test_what_is_not_known_is_said(phone: Page) -> None:
    phone.goto(f"/services/{SPARSE}")
    expect(phone.get_by_text("They have not said yet what help they can give.")).to_be_visible()
    expect(phone.get_by_text("Not known if there are spaces")).to_be_visible()
    phone.goto(f"/services/{STALE}")
    expect(phone.get_by_text("Ring before you go.")).to_be_visible()


def test_a_withheld_address_is_nowhere_on_the_page(phone: Page) -> None:
    phone.goto(f"/services/{WITHHELD}")
    expect(phone.get_by_text("They give you the address when you have a place.")).to_be_visible()
    assert SECRET_STREET not in phone.content()
    expect(phone.get_by_role("link", name="Open in a map")).to_have_count(0)
