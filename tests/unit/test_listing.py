"""The public facts of a service: stored, read back, and asked simple questions."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.listing import (
    Availability,
    Contact,
    Listing,
    Place,
    Price,
    Session,
    Support,
    from_json,
    to_json,
)
from app.states import Answer, Space, Stays
from tests.factories import listing

SOME_TEXT = st.text(max_size=30).filter(lambda text: text.isprintable())


def test_a_listing_reads_back_as_it_was_stored() -> None:
    made = listing(
        "Café Ōtter “Club”",
        min_age=5,
        needs=("autism",),
        support=(Support("hoist", Answer.ASK, "Ring first.", date(2026, 11, 1)),),
        stays=Stays.MUST_STAY,
        availability=Availability(Space.WAITING, 6, "", date(2026, 11, 2)),
        places=(
            Place("p1", "exeter", "Hall", ("1 Lane",), "Exeter", "EX1 9CM", 1, 2),
            Place("p2", "torridge", withheld=True, sessions=(Session("term", ("SA",)),)),
        ),
        prices=(Price(650, "session", "child"), Price(None)),
        contacts=(Contact("Priya", phones=("01632 960001",)),),
        assured=date(2026, 11, 3),
    )
    assert from_json(to_json(made)) == made


@given(name=SOME_TEXT, summary=SOME_TEXT, joining=st.lists(SOME_TEXT, max_size=3))
def test_any_words_read_back_as_they_were_stored(
    name: str, summary: str, joining: list[str]
) -> None:
    made = Listing(
        id="x", slug="x", name=name, tier="universal", summary=summary, joining=tuple(joining)
    )
    assert from_json(to_json(made)) == made


def test_the_stored_form_leaves_out_what_is_not_known() -> None:
    """So that a new field does not change the fingerprint of every listing."""
    stored = msgspec.json.decode(to_json(listing("Otter Club")))
    assert set(stored) == {"id", "slug", "name", "tier"}


def test_the_same_listing_is_stored_as_the_same_letters() -> None:
    assert to_json(listing(needs=("autism",))) == to_json(listing(needs=("autism",)))


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "null",
        "{}",
        '{"id":"x","slug":"x","name":5,"tier":"universal"}',
        '{"id":"x","slug":"x","name":"x","tier":"universal","support":[{"feature":"a","answer":"maybe"}]}',
    ],
)
def test_something_that_is_not_a_listing_is_refused(damaged: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        from_json(damaged)


@pytest.mark.parametrize(
    ("youngest", "oldest", "low", "high", "taken"),
    [
        (8, 17, 8, 8, True),
        (8, 17, 7, 7, False),
        (8, 17, 17, 17, True),
        (8, 17, 18, 18, False),
        (8, 17, 5, 10, True),
        (8, 17, 0, 4, False),
        (8, 17, 16, 17, True),
        (8, 17, 18, 25, False),
        (None, 4, 0, 0, True),
        (None, 4, 5, 10, False),
        (11, None, 18, 25, True),
        (11, None, 10, 10, False),
        (0, 0, 0, 0, True),
        (0, 0, 1, 1, False),
        (None, None, 25, 25, True),
    ],
)
def test_the_ages_a_service_takes(
    youngest: int | None, oldest: int | None, low: int, high: int, taken: bool
) -> None:
    """Both ends are in, and an open end takes everybody beyond."""
    assert listing(min_age=youngest, max_age=oldest).takes_age(low, high) is taken


def test_only_a_yes_is_counted_as_help_a_child_gets() -> None:
    made = listing(
        support=(
            Support("hoist", Answer.YES),
            Support("medicine", Answer.ASK),
            Support("nurse_on_site", Answer.NO),
        )
    )
    assert made.access == ("hoist",)
    assert made.refused == ("nurse_on_site",)


def test_its_areas_are_where_it_meets_and_where_its_families_live() -> None:
    made = listing(
        places=(Place("1", "exeter"), Place("2", ""), Place("3", "torridge")),
        areas=("exeter", "mid-devon"),
    )
    assert made.localities == ("exeter", "torridge", "mid-devon")
