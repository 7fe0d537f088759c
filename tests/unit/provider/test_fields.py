"""What is typed wrong is answered kindly, and what cannot be seen is taken out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app import draft as drafts
from app.council import load_council
from app.forms import tidy, tidy_line
from app.provider.editing import FORMS
from app.provider.fields import postcode, tidy_lines
from app.provider.place_forms import MOST_PLACES, PlaceForm, SessionForm
from app.provider.row_forms import MOST_CONTACTS, MOST_PRICES
from app.states import Stays
from tests.factories import speaking_app

DEVON = load_council("devon")
PARTS = drafts.Draft(about=drafts.About(name="Otters"))


@pytest.fixture(scope="module", autouse=True)
def speaking() -> Iterator[Flask]:
    """An application whose words are English."""
    app = speaking_app()
    with app.test_request_context():
        yield app


def problems(section: str, **typed: Any) -> dict[str, str]:
    """What is wrong with a form in which only these fields were typed."""
    form = FORMS[section].begin(getattr(PARTS, section), DEVON, MultiDict(typed))
    form.validate()
    return dict(form.problems)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Otters \r\n club ", "Otters\n club"),
        ("a\u200bb\u200dc\u202ed\ufeffe\u00adf\u2066g", "abcdefg"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("nul\x00bell\x07", "nulbell"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("line\u2028end", "line\nend"),
        ("e\u0301", "é"),
        (None, ""),
    ],
)
def test_text_is_made_tidy(typed: str | None, kept: str) -> None:
    assert tidy(typed) == kept


def test_lines_are_made_tidy() -> None:
    assert tidy_line(" a \t b\nc ") == "a b c"
    assert tidy_lines("a\n\n a \nb  c") == ("a", "b c")


@pytest.mark.parametrize(
    ("typed", "read"),
    [("ex11aa", "EX1 1AA"), ("EX1-1AA", "EX1 1AA"), ("", ""), ("nowhere", None), ("EX1 1A", None)],
)
def test_a_postcode_is_written_the_usual_way(typed: str, read: str | None) -> None:
    assert postcode(typed) == read


PHONE = "Type a UK phone number, such as 01632 960001."
LIMITS = [
    ("about", "name", 255),
    ("about", "summary", 500),
    ("about", "description", 5000),
    ("could", "training", 500),
    ("could", "note_hoist", 500),
    ("could", "registration", 40),
    ("cost", "cost_note", 500),
    ("cost", "prices-0-note", 500),
    ("contact", "contacts-0-name", 255),
    ("availability", "note", 255),
]


@pytest.mark.parametrize(("section", "field", "most"), LIMITS)
def test_each_field_takes_its_limit_and_not_one_letter_more(
    section: str, field: str, most: int
) -> None:
    assert field not in problems(section, **{field: "é" * most})
    said = problems(section, **{field: "é" * (most + 1)})[field]
    assert said == f"Write at most {most:,} letters. You have 1 too many."


@pytest.mark.parametrize(
    ("section", "field", "typed", "said"),
    [
        ("about", "name", " \u200b ", "Type its name."),
        ("about", "url", "javascript:alert(1)", "Type a web address that begins with https://"),
        ("about", "url", "data:text/html,x", "Type a web address that begins with https://"),
        ("about", "url", "https://", "Type a web address that begins with https://"),
        ("about", "breaks", "nonsense", "Choose from the answers on this page."),
        ("about", "languages", "\n".join(f"L{n}" for n in range(21)), "Write at most 20 lines."),
        ("who", "min_age", "-1", "Type a whole number from 0 to 25."),
        ("who", "max_age", "26", "Type a whole number from 0 to 25."),
        ("who", "max_age", "٧", "Type a whole number from 0 to 25."),
        ("who", "areas", "surrey", "Choose from the answers on this page."),
        ("could", "answer_hoist", "perhaps", "Choose from the answers on this page."),
        ("could", "note_hoist", "", ""),
        ("could", "adults", "0", "Type a whole number from 1 to 99."),
        ("could", "stays", "for ever", "Choose from the answers on this page."),
        ("could", "send_report_url", "ftp://x.org", "Type a web address that begins with https://"),
        ("cost", "prices-0-pounds", "lots", "Type an amount in pounds, such as 6 or 4.50."),
        ("cost", "prices-0-pounds", "-3", "Type an amount in pounds, such as 6 or 4.50."),
        ("cost", "prices-0-per", "century", "Choose from the answers on this page."),
        ("joining", "routes", "magic", "Choose from the answers on this page."),
        (
            "contact",
            "contacts-0-phone_0",
            "ring me",
            "Type a UK phone number, such as 01632 960001.",
        ),
        ("contact", "contacts-0-email", "me@", "Type an email address like name@example.org."),
        ("contact", "contacts-0-name", "Priya", ""),
        ("availability", "space", "", "Choose an answer."),
        ("availability", "space", "plenty", "Choose from the answers on this page."),
        ("availability", "months", "61", "Type a whole number from 1 to 60."),
        ("when", "when", "midnight", "Choose from the answers on this page."),
    ],
)
def test_what_is_wrong_is_said_kindly(section: str, field: str, typed: str, said: str) -> None:
    assert problems(section, **{field: typed}).get(field, "") == said


def test_the_youngest_is_not_above_the_oldest() -> None:
    said = problems("who", min_age="12", max_age="8")
    assert said == {"max_age": "The oldest age must not be below the youngest."}


def test_a_note_needs_an_answer_and_a_name_a_way_to_reach_them() -> None:
    assert problems("could", note_hoist="Bring a sling.") == {
        "answer_hoist": "Choose an answer for your note."
    }
    assert problems("contact", **{"contacts-0-name": "Priya"}) == {
        "contacts-0-phone_0": "Type a phone number or an email."
    }


def test_there_are_never_more_rows_than_there_may_be() -> None:
    many = {f"prices-{n}-pounds": "1" for n in range(60)}
    form: Any = FORMS["cost"].begin(drafts.Cost(), DEVON, MultiDict(many))
    assert form.validate()
    assert len(form.part().prices) == MOST_PRICES
    many = {f"contacts-{n}-email": "a@example.org" for n in range(60)}
    form = FORMS["contact"].begin(drafts.Contacts(), DEVON, MultiDict(many))
    assert form.validate()
    assert len(form.part().contacts) == MOST_CONTACTS
    assert MOST_PLACES < 20


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("9:30", "09:30"), ("2pm", "14:00"), ("12am", "00:00"), ("9.15 AM", "09:15"), ("", "")],
)
def test_times_are_understood(typed: str, kept: str) -> None:
    form = SessionForm.begin(
        drafts.Session(""), DEVON, MultiDict({"period": "term", "opens": typed})
    )
    assert form.validate(), form.problems
    assert form.session().opens == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("opens", "25:00"), ("opens", "13pm"), ("closes", "noon"), ("starts", "soon"),
        ("starts", "1066-10-14"), ("days", "XX"), ("every", "9"), ("period", "winter"),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_is_refused(field: str, typed: str) -> None:
    sent = MultiDict({"period": "term", field: typed})
    form = SessionForm.begin(drafts.Session(""), DEVON, sent)
    assert not form.validate()
    assert field in dict(form.problems)


def test_a_last_day_before_the_first_is_refused() -> None:
    sent = MultiDict({"period": "term", "starts": "2026-12-02", "ends": "2026-12-01"})
    form = SessionForm.begin(drafts.Session(""), DEVON, sent)
    assert not form.validate()
    assert dict(form.problems) == {"ends": "The last day must not be before the first."}


def test_a_place_needs_a_town_a_postcode_or_an_area() -> None:
    form = PlaceForm.begin(drafts.Place(), DEVON, MultiDict({"name": "Hall"}))
    assert not form.validate()
    assert "town" in dict(form.problems)
    form = PlaceForm.begin(drafts.Place(), DEVON, MultiDict({"postcode": "nowhere"}))
    assert not form.validate()
    assert dict(form.problems) == {"postcode": "Type a postcode such as EX1 1AA."}


def test_a_wait_is_kept_in_weeks_and_typed_in_months() -> None:
    old = drafts.Availability(space=drafts.Space.WAITING, wait_weeks=14)
    sent = MultiDict({"space": "waiting", "months": "3"})
    form: Any = FORMS["availability"].begin(old, DEVON, sent)
    assert form.validate()
    assert form.part().wait_weeks == 14, "the same number of months changes nothing"
    form = FORMS["availability"].begin(old, DEVON, MultiDict({"space": "full", "months": "3"}))
    assert form.validate()
    assert form.part().wait_weeks is None


def test_only_what_is_said_anew_is_dated_today() -> None:
    held = drafts.Support("hoist", drafts.Answer.YES, "", drafts.date(2026, 1, 5))
    old = drafts.Could(support=(held,), stays=Stays.UNKNOWN)
    sent = {"answer_hoist": "yes", "answer_makaton": "ask"}
    form: Any = FORMS["could"].begin(old, DEVON, MultiDict(sent))
    assert form.validate()
    hoist, makaton = form.part().support
    assert (hoist.checked, makaton.checked) == (held.checked, drafts.date.today())
    form = FORMS["could"].begin(old, DEVON, MultiDict({**sent, "all_checked": "y"}))
    assert form.validate()
    assert {item.checked for item in form.part().support} == {drafts.date.today()}
    assert form.part().checked == drafts.date.today()
