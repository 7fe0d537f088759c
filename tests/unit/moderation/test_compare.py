"""Two contents side by side: what was taken out and put in, marked and safe to show."""

from __future__ import annotations

import re
from datetime import date
from time import perf_counter

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app import draft as drafts
from app.council import load_council
from app.draft import Draft
from app.moderation.compare import compare, mark_changes
from app.moderation.fields import all_fields, label_of
from app.states import Answer
from tests.factories import speaking_app
from tests.moderation import NEW, changed

DEVON = load_council("devon")
HIDDEN = re.compile(r'<span class="govuk-visually-hidden">[^<]*</span>')


@pytest.fixture(autouse=True)
def speaking() -> object:
    with speaking_app().test_request_context():
        yield


def plain(marked: str) -> str:
    """What is left when the marks are taken off."""
    text = re.sub(r"</?(?:ins|del)>", "", HIDDEN.sub("", marked)).replace("<br>", "\n")
    for entity, letter in {"&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'"}.items():
        text = text.replace(entity, letter)
    return text.replace("&amp;", "&")


def test_words_taken_out_and_put_in_are_marked_and_said() -> None:
    old, new = mark_changes("Swimming for all.", "Swimming and games for all.")
    assert old == "Swimming for all."
    assert "<ins>" in new and "Put in: </span>and games" in new and "<del>" not in new


def test_a_change_of_every_word_is_one_mark() -> None:
    old, new = mark_changes("one two three", "four five six")
    assert (old.count("<del>"), new.count("<ins>")) == (1, 1)


def test_markup_of_providers_stays_text() -> None:
    _, new = mark_changes("", "<script>alert(1)</script> & more")
    assert "<script>" not in new and "&lt;script&gt;" in new


@given(st.text(alphabet="ab <&\n'", max_size=40), st.text(alphabet="ab <&\n'", max_size=40))
def test_the_marks_change_no_word(old: str, new: str) -> None:
    with speaking_app().test_request_context():
        one, other = mark_changes(old, new)
    assert (plain(one), plain(other)) == (old, new)


def test_long_and_hostile_texts_take_no_time() -> None:
    begun = perf_counter()
    mark_changes("a b " * 4000, "b a " * 4000)
    mark_changes("a b " * 700, "b a c " * 700)
    assert perf_counter() - begun < 3


def test_rows_come_in_the_order_of_the_form_and_only_with_words() -> None:
    new = changed(NEW, about__summary="Fun.", who__max_age=12, about__url="https://puffin.example")
    rows = compare(NEW, new, DEVON)
    assert [row.key for row in rows if row.is_changed] == [
        "about.summary",
        "about.url",
        "who.min_age",
    ]
    assert all(row.old or row.new for row in rows)


def test_a_new_service_has_nothing_before_and_no_marks() -> None:
    rows = compare(None, NEW, DEVON)
    assert rows and not any(row.old for row in rows)
    assert not any("<ins>" in row.new for row in rows)


def test_each_support_feature_has_a_row() -> None:
    said = drafts.Support("hoist", Answer.YES, "Two hoists", date(2026, 5, 3))
    rows = compare(NEW, changed(NEW, could__support=(said,)), DEVON)
    [row] = [row for row in rows if row.field == "could.support"]
    assert row.label == "Hoist" and "Two hoists" in row.new and "3\u00a0May\u00a02026" in row.new


def test_another_telephone_is_a_changed_contact() -> None:
    new = changed(NEW, contact__contacts=(drafts.Contact("Dawn", "", ("01632 960999",)),))
    assert [row.key for row in compare(NEW, new, DEVON) if row.is_contact] == [
        "contact.contacts-phones"
    ]


def test_every_field_of_a_draft_is_shown_in_some_row(app: Flask) -> None:
    """A new field of the draft fails until staff can see it."""
    shown_with = {"who.max_age": "who.min_age", "could.children": "could.adults",
                  "could.registration": "could.regulator", "availability.wait_weeks":
                  "availability.space", "availability.said": "availability.space",
                  "staff.withheld": "staff.tier"}  # fmt: skip
    support = (drafts.Support("hoist", Answer.YES),)
    rows = {field.field for field in all_fields([replace(Draft(), could=drafts.Could(support))])}
    for section in Draft.__struct_fields__:
        for field in getattr(Draft(), section).__struct_fields__:
            name = f"{section}.{field}"
            assert shown_with.get(name, name) in rows, name


def test_fields_have_names_for_messages() -> None:
    assert label_of("about.summary") == "Summary"
    assert label_of("contact.contacts") == "Contacts"
    assert label_of("contact.contacts-phones") == "Telephone"
    for section in drafts.Draft.__struct_fields__:
        for field in getattr(drafts.Draft(), section).__struct_fields__:
            assert label_of(f"{section}.{field}") != f"{section}.{field}"
    assert label_of("could.support") == "What staff can do"
