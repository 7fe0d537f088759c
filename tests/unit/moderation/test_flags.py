"""What the checks find in a draft, and what they let pass."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app import draft as drafts
from app.draft import Draft
from app.flags import codes_of, find_flags, has_fault, is_link, is_mail, is_phone, reading_age
from app.states import Answer
from tests.moderation import NEW, changed

HARD = (
    "Participants demonstrating considerable developmental difficulties necessitate individualised "
    "multidisciplinary interventions facilitated exclusively by appropriately accredited personnel."
)


def found(draft: Draft, before: Draft | None = None) -> set[tuple[str, str, str]]:
    return {(flag.code, flag.field, flag.what) for flag in find_flags(draft, before)}


def test_a_whole_listing_has_nothing_wrong() -> None:
    assert find_flags(NEW, None) == [] and find_flags(NEW, NEW) == []


@pytest.mark.parametrize(
    ("field", "nothing"),
    [
        ("about.name", " "),
        ("about.summary", ""),
        ("about.breaks", ()),
        ("joining.routes", ()),
        ("contact.contacts", ()),
    ],
)
def test_what_no_listing_can_do_without(field: str, nothing: object) -> None:
    draft = changed(NEW, **{field.replace(".", "__"): nothing})
    assert ("missing", field, "") in found(draft) and has_fault(find_flags(draft, None))


def test_a_place_or_an_area_is_enough() -> None:
    assert found(changed(NEW, when__places=(drafts.Place(town="Exeter"),), who__areas=())) == set()
    assert ("missing", "when.places", "") in found(changed(NEW, who__areas=()))


def test_a_promise_of_support_needs_its_day() -> None:
    hoist = drafts.Support("hoist", Answer.YES)
    draft = changed(NEW, could__support=(hoist,))
    assert found(draft) == {("missing", "could.support", "hoist")}
    assert found(changed(draft, could__checked=date(2026, 5, 3))) == set()


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "https://x", "https://[x", "ftp://a.org", "http://a b.org"]
)
def test_links_that_open_nothing(text: str) -> None:
    assert not is_link(text)
    assert ("unreadable", "about.url", text) in found(changed(NEW, about__url=text))


def test_mail_and_telephone_that_reach_nobody() -> None:
    contact = drafts.Contact("Dawn", "", ("ring us", "01632 960555 ext 3"), "dawn at example")
    assert found(changed(NEW, contact__contacts=(contact,))) == {
        ("unreadable", "contact.contacts", "ring us"),
        ("unreadable", "contact.contacts", "dawn at example"),
    }
    assert is_mail("a@example.org") and is_phone("+44 1632 960555") and not is_phone("12")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Write to dawn@example.org.", "mail"),
        ("Ring 01632 960 555 at night.", "phone"),
        ("His number is 943 476 5919.", "nhs"),
        ("Tom, born on 3 May 2015, likes it.", "birth"),
        ("Tom Smith (3/5/2015) likes it.", "birth"),
        ("DOB: 03.05.2015", "birth"),
    ],
)
def test_details_of_a_person_in_what_everybody_reads(words: str, what: str) -> None:
    assert ("private", "about.description", what) in found(changed(NEW, about__description=words))


BORN = "Ask for Tom, born 3 May 2015."


@pytest.mark.parametrize(
    ("field", "edit"),
    [
        ("could.support", {"could__support": (drafts.Support("hoist", Answer.ASK, BORN),)}),
        ("cost.prices", {"cost__prices": (drafts.Price(600, note=BORN),)}),
        ("contact.contacts", {"contact__contacts": (drafts.Contact("Dawn", hours=BORN),)}),
        ("when.places", {"when__places": (drafts.Place("", "Hall", directions=BORN),)}),
    ],
)
def test_details_of_a_person_in_a_note(field: str, edit: dict[str, Any]) -> None:
    assert ("private", field, "birth") in found(changed(NEW, **edit))


@pytest.mark.parametrize(
    "words",
    [
        "From 10am to 12 noon on 3 May 2026.",
        "We cost £1,200.50 a year, charity 1234567.",
        "Serial 943 476 5918.",
        "Places for 10 children aged 5 to 11.",
    ],
)
def test_ordinary_numbers_are_no_details_of_a_person(words: str) -> None:
    assert not {what for code, _, what in found(changed(NEW, about__description=words))
                if code == "private" and what != "phone"}  # fmt: skip


def test_hard_words_are_told_with_their_age() -> None:
    flags = find_flags(changed(NEW, about__summary=HARD), None)
    [flag] = [flag for flag in flags if flag.code == "hard"]
    assert (flag.field, flag.level) == ("about.summary", "look") and int(flag.what) > 15
    hard = changed(NEW, about__summary=HARD)
    assert find_flags(hard, hard) == [], "nobody changed these words"
    assert reading_age("We swim and play games in the pool with you.") in range(5, 10)
    assert reading_age("Come and swim.") is None


@pytest.mark.parametrize(
    ("contact", "what"),
    [
        (drafts.Contact("Dawn", "", ("01632 960999",)), {"phone"}),
        (drafts.Contact("Dawn", "", ("01632960555",)), set()),
        (drafts.Contact("Dawn", "", (), "new@example.org"), {"phone"}),
    ],
)
def test_changed_contact_details(contact: Any, what: set[str]) -> None:
    new = changed(NEW, contact__contacts=(contact,))
    assert {w for code, _, w in found(new, NEW) if code == "contact"} == what


def test_codes_are_kept_once_each() -> None:
    assert codes_of(find_flags(Draft(), None)) == "missing"
