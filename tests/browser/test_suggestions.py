"""Suggestions while typing: by keys, by thumb, read aloud, late, wrong, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.checks import axe_faults, layout_faults
from tests.browser.conftest import Opener
from tests.browser.kinds import BY_NAME
from tests.browser.walking import heading, tab_to

LABEL = "What would you like?"
SWIM = [
    {"words": "swimming", "kind": "Activity"},
    {"words": "swim club", "kind": "Activity"},
    {"words": "Swimbridge", "kind": "Place"},
]


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name=LABEL)


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def type_words(page: Page, words: str) -> None:
    """Type as a family does, key by key."""
    field(page).focus()
    page.keyboard.type(words)


def active(page: Page) -> str:
    """The words of the suggestion that a screen reader is on; empty for none."""
    key = field(page).get_attribute("aria-activedescendant")
    return page.locator(f"[id='{key}']").get_attribute("data-words") or "" if key else ""


def holding(page: Page) -> list[Route]:
    """Every question asked from now on; each waits until the test answers it."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/suggest?*", hold)
    return held


@pytest.fixture
def start(at_width: Opener) -> Page:
    """The start page on a phone kept between these tests."""
    return at_width(BY_NAME["start"], 375)


@pytest.fixture
def answered(start: Page) -> Iterator[Page]:
    """The start page, whose suggestions are always the same three."""
    start.route("**/suggest?*", lambda route: route.fulfill(json=SWIM))
    yield start
    start.unroute("**/suggest?*")


def test_she_chooses_by_keys_and_searches(start: Page) -> None:
    type_words(start, "autistic swi")
    expect(options(start).first).to_have_text("autistic swimming Activity")
    start.keyboard.press("ArrowDown")
    start.keyboard.press("Enter")
    expect(field(start)).to_have_value("autistic swimming")
    expect(field(start)).to_be_focused()
    expect(options(start)).to_have_count(0)
    start.keyboard.press("Enter")
    heading(start, "autistic swimming")


def test_arrow_keys_go_round_and_words_stay_as_typed(answered: Page) -> None:
    type_words(answered, "swim")
    expect(options(answered)).to_have_count(3)
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        answered.keyboard.press(key)
        seen.append(active(answered))
    assert seen == ["swimming", "swim club", "Swimbridge", "swimming", "Swimbridge", "swim club"]
    expect(field(answered)).to_have_value("swim")
    chosen = answered.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(chosen).to_contain_text("swim club")
    assert chosen.evaluate("item => getComputedStyle(item).outlineStyle") == "solid"


def test_escape_closes_the_list_and_leaves_the_words(answered: Page) -> None:
    type_words(answered, "swim")
    expect(options(answered)).to_have_count(3)
    answered.keyboard.press("ArrowDown")
    answered.keyboard.press("Escape")
    expect(options(answered)).to_have_count(0)
    expect(field(answered)).to_have_value("swim")
    expect(field(answered)).to_have_attribute("aria-expanded", "false")
    assert active(answered) == ""
    answered.keyboard.press("ArrowDown")
    assert active(answered) == "", "a closed list is left alone"


def test_tab_goes_on_to_the_next_field_and_takes_nothing(answered: Page) -> None:
    type_words(answered, "swim")
    expect(options(answered)).to_have_count(3)
    answered.keyboard.press("ArrowDown")
    answered.keyboard.press("Tab")
    expect(answered.get_by_label("Town or postcode")).to_be_focused()
    expect(options(answered)).to_have_count(0)
    expect(field(answered)).to_have_value("swim")


def test_enter_without_a_choice_searches_for_what_was_typed(answered: Page) -> None:
    type_words(answered, "swim")
    expect(options(answered)).to_have_count(3)
    answered.keyboard.press("Enter")
    heading(answered, "swim")


def test_a_screen_reader_is_told_what_there_is(answered: Page) -> None:
    box = field(answered)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    expect(box).to_have_accessible_description(re.compile("Like: "))
    type_words(answered, "swim")
    expect(options(answered)).to_have_count(3)
    expect(box).to_have_attribute("aria-expanded", "true")
    name = box.get_attribute("aria-controls")
    expect(answered.get_by_role("listbox")).to_have_id(name or "")
    told = answered.locator("[role=status]")
    expect(told).to_have_text("Suggestions: 3. Use the arrow keys to choose.")
    answered.keyboard.press("ArrowDown")
    expect(answered.get_by_role("option", selected=True)).to_have_text("swimming Activity")
    answered.keyboard.press("Escape")
    expect(told).to_have_text("")


def test_axe_finds_nothing_with_the_list_open(answered: Page) -> None:
    type_words(answered, "swim")
    expect(options(answered)).to_have_count(3)
    answered.keyboard.press("ArrowDown")
    assert axe_faults(answered) == []
    assert layout_faults(answered) == {}


@pytest.mark.parametrize("width", [320, 375])
def test_by_thumb_a_suggestion_is_taken_and_the_button_is_in_reach(
    at_width: Opener, width: int
) -> None:
    page = at_width(BY_NAME["start"], width, has_touch=True)
    field(page).tap()
    page.keyboard.type("hor")
    row = options(page).first
    expect(row).to_be_visible()
    boxes = [item.bounding_box() for item in options(page).all()]
    assert all(box and box["height"] >= 44 and box["x"] + box["width"] <= width for box in boxes)
    button = page.get_by_role("button", name="Search")
    button.scroll_into_view_if_needed()
    expect(button).to_be_in_viewport(ratio=1)
    words = row.get_attribute("data-words") or ""
    row.tap()
    expect(field(page)).to_have_value(words)
    expect(field(page)).to_be_focused()
    expect(options(page)).to_have_count(0)
    button.tap()
    heading(page, words)


def test_the_button_is_pressed_at_the_first_touch_while_the_list_is_open(
    at_width: Opener,
) -> None:
    """The list goes when the field is left: the button must not slip away from under the thumb."""
    page = at_width(BY_NAME["start"], 375, has_touch=True)
    field(page).tap()
    page.keyboard.type("horse")
    expect(options(page).first).to_be_visible()
    button = page.get_by_role("button", name="Search")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    heading(page, "horse")


def test_a_mouse_presses_the_button_while_the_list_is_open(answered: Page) -> None:
    type_words(answered, "swim")
    expect(options(answered)).to_have_count(3)
    answered.get_by_role("button", name="Search").click()
    heading(answered, "swim")


def test_answers_that_come_late_and_out_of_order_never_undo_what_was_typed(start: Page) -> None:
    held = holding(start)
    type_words(start, "sw")
    start.wait_for_timeout(250)
    type_words(start, "im")
    start.wait_for_timeout(250)
    assert len(held) == 2, "one for each pause"
    held[1].fulfill(json=[{"words": "swimming", "kind": "Activity"}])
    expect(options(start)).to_have_count(1)
    held[0].fulfill(json=[{"words": "sword dance", "kind": "Activity"}])
    start.wait_for_timeout(150)
    expect(options(start)).to_have_text(["swimming Activity"])
    expect(field(start)).to_have_value("swim")
    start.unroute("**/suggest?*")


def test_while_an_answer_is_late_nothing_old_is_offered(start: Page) -> None:
    start.route("**/suggest?*", lambda route: route.fulfill(json=SWIM))
    type_words(start, "swim")
    expect(options(start)).to_have_count(3)
    start.unroute("**/suggest?*")
    holding(start)
    start.keyboard.press("ArrowDown")
    type_words(start, "b")
    expect(options(start)).to_have_text(["Swimbridge Place"])
    assert active(start) == ""
    type_words(start, " and drama")
    expect(options(start)).to_have_count(0)
    start.keyboard.press("Enter")
    heading(start, "swimb and drama")
    start.unroute("**/suggest?*")


@pytest.mark.parametrize("fault", ["abort", "error", "nonsense", "nothing"])
def test_when_answers_fail_the_field_works_as_it_is(start: Page, fault: str) -> None:
    faults: list[str] = []
    start.on("pageerror", lambda error: faults.append(str(error)))
    answers = {
        "abort": lambda route: route.abort(),
        "error": lambda route: route.fulfill(status=500, body="broken"),
        "nonsense": lambda route: route.fulfill(body="<html>"),
        "nothing": lambda route: route.fulfill(json=[]),
    }
    start.route("**/suggest?*", lambda route: route.fulfill(json=SWIM))
    type_words(start, "swim")
    expect(options(start)).to_have_count(3)
    start.unroute("**/suggest?*")
    start.route("**/suggest?*", answers[fault])
    with start.expect_request("**/suggest?*"):
        type_words(start, "m")
    expect(options(start)).to_have_count(0)
    expect(field(start)).to_have_value("swimm")
    start.keyboard.press("Enter")
    heading(start, "swimm")
    assert faults == []
    start.unroute("**/suggest?*")


def test_few_letters_and_leaving_the_field_ask_for_nothing(start: Page) -> None:
    asked: list[str] = []
    start.on("request", lambda request: asked.append(request.url))
    type_words(start, "s")
    start.wait_for_timeout(250)
    type_words(start, "w")
    start.keyboard.press("Tab")
    start.wait_for_timeout(250)
    assert [url for url in asked if "/suggest" in url] == []


def test_a_name_with_markup_in_it_is_only_letters(start: Page) -> None:
    words = "<img src=x onerror=alert(1)> & “Bees”"
    start.route("**/suggest?*", lambda route: route.fulfill(json=[{"words": words, "kind": "S"}]))
    type_words(start, "<i")
    expect(options(start)).to_have_text([f"{words} S"])
    assert start.locator(".suggestions img").count() == 0
    start.unroute("**/suggest?*")


def test_the_results_page_has_them_too(at_width: Opener) -> None:
    page = at_width(BY_NAME["results-many"], 375)
    page.locator("summary").filter(has_text="Change your search").click()
    field(page).fill("")
    type_words(page, "dra")
    expect(options(page).first).to_contain_text("drama")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=drama"))


def test_in_polish_they_are_in_polish(at_width: Opener) -> None:
    page = at_width(BY_NAME["start"], 375, "pl")
    page.locator("#q").focus()
    page.keyboard.type("bas")
    expect(page.get_by_role("option").first).to_contain_text("basen")
    assert "(" not in page.locator(".suggestions").inner_text()
    page.goto("/?lang=en")


def test_without_scripts_it_is_the_plain_search_field_it_always_was(no_scripts: Page) -> None:
    no_scripts.goto("/")
    box = no_scripts.get_by_role("searchbox", name=LABEL)
    expect(box).to_be_visible()
    assert no_scripts.locator("[role=combobox], [role=listbox]").count() == 0
    box.fill("swimming")
    no_scripts.keyboard.press("Enter")
    heading(no_scripts, "swimming")


def test_chips_are_taken_off_by_keyboard(at_width: Opener) -> None:
    page = at_width(BY_NAME["results-all"], 375)
    page.goto("/services?q=football+swimming&tier=universal")
    chip = page.get_by_role("link", name="Remove Swimming")
    page.locator("details.again > summary").focus()
    tab_to(page, chip)
    page.keyboard.press("Enter")
    heading(page, "football")
    expect(page.get_by_role("link", name=re.compile("^Remove "))).to_have_text(
        [re.compile("Football"), re.compile("Open to everyone")]
    )
    page.locator("details.again > summary").focus()
    tab_to(page, page.get_by_role("link", name="Search for exactly these words"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Remove “football”")).to_be_visible()
    page.locator("details.again > summary").focus()
    tab_to(page, page.get_by_role("link", name="Clear all"))
    page.keyboard.press("Enter")
    heading(page, "All services")
