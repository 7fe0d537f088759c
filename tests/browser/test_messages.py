"""A family tells the council something: with mistakes first, and nothing typed is lost."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.listings import RICH
from tests.browser.walking import heading
from tests.databases import rows

WORDS = "The group meets on Tuesdays now.\nPlease ring Priya."


def stored(folder: Path) -> list[tuple[str, str, str]]:
    """What was said, about what, and where to answer: all messages kept so far."""
    return rows(folder, "SELECT about, words, reply_to FROM feedback")


def test_she_tells_us_a_listing_is_wrong_after_some_mistakes(
    phone: Page, site_folder: Path
) -> None:
    phone.goto(f"/services/{RICH}")
    phone.get_by_role("link", name="Tell us if something is wrong").click()
    heading(phone, "Tell us what is wrong")
    phone.get_by_role("button", name="Send").click()

    summary = phone.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(phone).to_have_title(re.compile("^Error: Tell us what is wrong"))
    assert summary.get_by_role("link").all_inner_texts() == [
        "Choose what is wrong.",
        "Write a few words.",
    ]
    summary.get_by_role("link", name="Write a few words.").click()
    field = phone.get_by_label("Tell us more")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile(r"Error:\s+Write a few words\."))

    field.fill(WORDS)
    phone.get_by_label("The days or times are wrong").check()
    phone.get_by_label("Your email").fill("nobody")
    phone.get_by_role("button", name="Send").click()
    expect(summary.get_by_role("link")).to_have_text(re.compile("email address"))
    expect(field).to_have_value(WORDS)
    expect(phone.get_by_label("The days or times are wrong")).to_be_checked()

    phone.get_by_label("Your email").fill("ola@example.org")
    phone.get_by_role("button", name="Send").click()
    heading(phone, "Thank you for telling us")
    kept = [(about, words.split(), reply) for about, words, reply in stored(site_folder)]
    assert ("times", WORDS.split(), "ola@example.org") in kept
    phone.get_by_role("link", name="Back to Otter and Heron Club").click()
    heading(phone, "Otter and Heron Club")


def test_she_tells_us_what_she_thinks_after_sending_nothing(phone: Page, site_folder: Path) -> None:
    phone.goto("/services")
    phone.get_by_role("link", name="Tell us what you think").click()
    phone.get_by_role("button", name="Send").click()
    summary = phone.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    phone.keyboard.type("It is easy to use.")
    phone.get_by_role("button", name="Send").click()
    heading(phone, "Thank you for telling us")
    assert "It is easy to use." in [words for _about, words, _reply in stored(site_folder)]


def test_sending_once_is_enough_when_the_thanks_are_loaded_again(
    phone: Page, site_folder: Path
) -> None:
    phone.goto("/feedback")
    phone.get_by_label("Tell us more").fill("Only once, please.")
    phone.get_by_role("button", name="Send").click()
    heading(phone, "Thank you for telling us")
    phone.reload()
    said = [words for _about, words, _reply in stored(site_folder)]
    assert said.count("Only once, please.") == 1
