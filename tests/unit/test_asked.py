"""What a family asked for is read from the address with care: nothing ever raises."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.council import Council, load_council
from app.directory.asked import (
    FURTHEST,
    GROUPS,
    KNOWN,
    LONGEST_TEXT,
    MOST_VALUES,
    SORTS,
    Asked,
    Refused,
    clean_text,
    read_asked,
)
from tests.factories import speaking_app

DEVON = load_council("devon")
NAMES = ["q", "near", "within", *GROUPS, "sort", "page", "lang", "utm_source"]
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["swimming", "autism", "0-4", "exeter", "7", "25", "26", "-1", "٧", "1e9",
                     "²", "½", "\x00", "\u202e", "\ud800", "", " ", "9" * 5000, "name"]),
)  # fmt: skip
QUERIES = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=12)
UNKNOWN_FILTER = "We left out a filter that we do not know."


@pytest.fixture(scope="module", autouse=True)
def speaking() -> Iterator[Flask]:
    """An application whose words are English."""
    app = speaking_app()
    with app.app_context():
        yield app


def read(*pairs: tuple[str, str], council: Council = DEVON) -> Asked:
    return read_asked(MultiDict(pairs), council)


def read_address(address: str) -> Asked:
    return read(*parse_qsl(urlsplit(address).query))


def test_nothing_asked_is_the_whole_directory() -> None:
    asked = read()
    assert asked.is_blank and asked == Asked()
    assert asked.address() == "/services"


def test_a_parent_asks_for_several_things_at_once() -> None:
    asked = read(
        ("q", " swimming  club "), ("near", "EX4 4QJ"), ("within", "5"), ("age", "7"),
        ("age", "11-15"), ("need", "autism"), ("need", "adhd"), ("access", "hoist"),
        ("locality", "exeter"), ("sort", "distance"), ("page", "2"),
    )  # fmt: skip
    assert (asked.q, asked.near, asked.within) == ("swimming club", "EX4 4QJ", 5)
    assert (asked.years, asked.ticked("age")) == ((7,), ("11-15",))
    assert asked.ticked("need") == ("autism", "adhd")
    assert (asked.sort, asked.page, asked.notes) == ("distance", 2, ())
    assert asked.filter_count == 6, "one distance, two needs, an age band, a hoist, an area"
    assert not asked.is_blank


@pytest.mark.parametrize("group", [group for group in GROUPS if group != "age"])
def test_a_code_that_is_not_on_the_list_is_left_out_with_a_note(group: str) -> None:
    known = sorted(KNOWN.get(group, {"exeter"}))[0]
    asked = read((group, "<b>nonsense"), (group, known), (group, known))
    assert asked.ticked(group) == (known,)
    assert asked.notes == (UNKNOWN_FILTER,)


def test_an_area_of_another_council_is_left_out() -> None:
    assert read(("locality", "exeter"), council=load_council("surrey")).notes == (UNKNOWN_FILTER,)


def test_an_empty_choice_is_no_choice_and_no_mistake() -> None:
    asked = read(*((name, "") for name in NAMES))
    assert asked.is_blank and asked.notes == ()


@pytest.mark.parametrize(
    ("typed", "years", "bands", "refused"),
    [
        ("7", (7,), (), False),
        ("0", (0,), (), False),
        ("25", (25,), (), False),
        ("26", (), (), True),
        ("200", (), (), True),
        ("10007", (), (), True),
        ("00071234", (), (), True),
        ("-1", (), (), True),
        ("٧", (7,), (), False),
        ("७", (7,), (), False),
        ("７", (7,), (), False),
        (" 7 ", (7,), (), False),
        ("07", (7,), (), False),
        ("7.5", (), (), True),
        ("7,5", (), (), True),
        ("seven", (), (), True),
        ("²", (), (), True),
        ("½", (), (), True),
        ("5-10", (), ("5-10",), False),
        ("10-5", (), (), True),
        ("9" * 5000, (), (), True),
    ],
)
def test_ages(typed: str, years: tuple[int, ...], bands: tuple[str, ...], refused: bool) -> None:
    asked = read(("age", typed))
    assert (asked.years, asked.ticked("age")) == (years, bands)
    instead = "Type the age as a number from 0 to 25."
    assert asked.refused == ({"age": Refused(typed[:LONGEST_TEXT], instead)} if refused else {})


@pytest.mark.parametrize(
    ("typed", "miles"),
    [
        ("1", 1),
        ("100", FURTHEST),
        ("٥", 5),
        ("0", None),
        ("101", None),
        ("1000005", None),
        ("0000051", None),
        ("-3", None),
        ("3.5", None),
        ("far", None),
    ],
)
def test_miles(typed: str, miles: int | None) -> None:
    asked = read(("near", "Exeter"), ("within", typed))
    assert asked.within == miles
    instead = "Choose how far you can go, up to 100 miles."
    assert asked.refused == ({} if miles else {"within": Refused(typed, instead)})


@pytest.mark.parametrize(
    ("typed", "page", "noted"),
    [
        ("1", 1, False),
        ("2", 2, False),
        ("999999", 999_999, False),
        ("0", 1, True),
        ("-1", 1, True),
        ("two", 1, True),
        ("1.5", 1, True),
        ("0000021", 1, True),
        ("9" * 1000, 1, True),
        ("1 OR 1=1", 1, True),
    ],
)
def test_pages(typed: str, page: int, noted: bool) -> None:
    asked = read(("page", typed))
    assert (asked.page, bool(asked.notes)) == (page, noted)


@pytest.mark.parametrize("order", SORTS)
def test_every_order_is_known(order: str) -> None:
    assert read(("sort", order)).sort == order


def test_an_order_that_is_not_known_is_left_out_with_a_note() -> None:
    asked = read(("sort", "name; DROP TABLE"))
    assert asked.sort == ""
    assert asked.notes == ("We do not know that order, so we used our own.",)


def test_a_very_long_search_is_cut_and_said_so() -> None:
    asked = read(("q", "swim " * 2000))
    assert len(asked.q) <= LONGEST_TEXT
    assert asked.notes == ("Your search was very long. We used the first 200 letters.",)
    assert read(("q", "a" * LONGEST_TEXT)).notes == ()
    assert read(("q", "a" * (LONGEST_TEXT + 1))).notes != ()


def test_a_flood_of_values_is_bounded_and_repeats_are_dropped() -> None:
    asked = read(*(("need", "autism") for _ in range(10_000)), ("need", "adhd"))
    assert asked.ticked("need") == ("autism",)
    flood = read(*(("age", str(number % 26)) for number in range(10_000)))
    assert len(flood.years) == MOST_VALUES


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "a b"),
        ("\u202eevil\u202c", "evil"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("a\r\nb\tc", "a b c"),
        ("a\u2028b\u00a0c", "a b c"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("private \ue000 use", "private use"),
        ("<b>bold</b> & 'quotes'", "<b>bold</b> & 'quotes'"),
        ("Ñandú 🏊 żółw", "Ñandú 🏊 żółw"),
        ("   ", ""),
    ],
)
def test_marks_that_cannot_be_seen_are_dropped_and_words_kept(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept
    assert read(("q", typed)).q == kept
    assert read(("near", typed)).near == kept


def test_a_filter_is_taken_off_and_the_rest_stays() -> None:
    asked = read(("q", "swim"), ("need", "autism"), ("need", "adhd"), ("page", "3"))
    without = asked.without("need", "autism")
    assert (without.q, without.ticked("need"), without.page) == ("swim", ("adhd",), 1)
    assert asked.ticked("need") == ("autism", "adhd"), "the search itself is not changed"


def test_an_address_keeps_all_that_was_asked_in_one_settled_order() -> None:
    one = read(("need", "autism"), ("q", "a&b=c"), ("tier", "targeted"))
    other = read(("tier", "targeted"), ("q", "a&b=c"), ("need", "autism"))
    assert one.address() == other.address() == "/services?q=a%26b%3Dc&tier=targeted&need=autism"
    whole = "/services?q=a&near=b&within=3&age=7&age=0-4&sort=name&page=2"
    assert dict(parse_qsl(urlsplit(read_address(whole).address()).query)) == dict(
        parse_qsl(urlsplit(whole).query)
    )


def test_the_same_mistake_twice_is_told_once() -> None:
    assert len(read(("need", "x"), ("cost", "y"), ("need", "z")).notes) == 1
    asked = read(("age", "7"), ("age", "young"), ("age", "old"))
    assert asked.refused["age"].typed == "young" and asked.years == (7,)


@given(QUERIES)
@example([("q", "x" * 10_000), ("age", "\x00"), ("page", "٣"), ("within", "\ud800")])
@example([("near", "\u202e"), ("age", "07"), ("age", "7")])
def test_any_query_is_read_and_its_address_reads_back_the_same(
    pairs: list[tuple[str, str]],
) -> None:
    asked = read(*pairs)
    again = read_address(asked.address())
    assert again.pairs() == asked.pairs()
    assert again.notes == () and not again.refused, "what is kept needs no note"
    assert len(asked.address()) < 12_000
