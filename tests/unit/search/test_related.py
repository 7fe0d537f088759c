"""Services like one: what a family that likes a club may like as well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from app.database import write
from app.listing import Listing
from app.search.related import related
from app.search.snapshot import Snapshot
from tests.unit.search.conftest import (
    IN_BIDEFORD,
    IN_EXETER,
    IN_TIVERTON,
    Shelf,
    named,
    says,
)

Make = Callable[..., Snapshot]
TODAY = date.today()


def club(name: str, **facts: object) -> Listing:
    return named(name, **{"id": name, "assured": TODAY, **facts})


def pool(name: str, **facts: object) -> Listing:
    return club(name, **{"activities": ("swimming",), **facts})


OTHERS = tuple(club(f"Other {n}", activities=("drama",)) for n in range(12))
"""What makes swimming rare, so that sharing it tells something."""


def test_the_same_activity_comes_before_the_same_kind_of_break(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        pool("Pool", breaks=("saturday_club",)),
        pool("Other pool"),
        club("Saturdays", breaks=("saturday_club",)),
        *OTHERS,
    )
    assert related(snapshot, "Pool", 3) == ["Other pool", "Saturdays"]


def test_it_is_not_like_itself_and_what_shares_nothing_is_left_out(snapshot_of: Make) -> None:
    snapshot = snapshot_of(pool("Pool"), pool("Other pool"), *OTHERS)
    found = related(snapshot, "Pool", 20)
    assert found == ["Other pool"], "the twelve that share nothing are not there"


def test_one_that_takes_no_child_of_these_ages_is_left_out(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        pool("Teens", min_age=13, max_age=17),
        pool("Tots", max_age=4),
        pool("Twelve and up", min_age=12),
        *OTHERS,
    )
    assert related(snapshot, "Teens", 3) == ["Twelve and up"]
    assert related(snapshot, "Tots", 3) == []


def test_the_near_come_first(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        pool("Here", places=(IN_EXETER,)),
        pool("Far", places=(IN_BIDEFORD,)),
        pool("Near", places=(IN_TIVERTON,)),
        pool("Nowhere"),
        *OTHERS,
    )
    assert related(snapshot, "Here", 3) == ["Near", "Far", "Nowhere"]


def test_one_nobody_has_checked_for_years_comes_last(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        pool("Pool"),
        pool("A stale one", assured=TODAY - timedelta(days=900)),
        pool("Fresh"),
        *OTHERS,
    )
    assert related(snapshot, "Pool", 3) == ["Fresh", "A stale one"]


def test_sharing_what_everybody_has_tells_little(snapshot_of: Make) -> None:
    """All are for any need; two are for deafblind children as well."""
    snapshot = snapshot_of(
        *(club(f"Any {n}", needs=("any_send",), activities=("drama",)) for n in range(30)),
        club("One", needs=("sensory",), activities=("music",)),
        club("Two", needs=("sensory",), activities=("music",)),
    )
    assert related(snapshot, "One", 1) == ["Two"]


def test_saying_yes_to_everything_does_not_bring_a_provider_beside_everybody(
    snapshot_of: Make,
) -> None:
    """Support alone is shared by too many to make two services alike."""
    yes = says(hoist="yes", makaton="yes", quiet_space="yes")
    many = [club(f"Club {n}", support=yes, activities=("drama",)) for n in range(40)]
    snapshot = snapshot_of(pool("Pool", support=yes), *many)
    assert related(snapshot, "Pool", 3) == []


def test_as_many_as_are_asked_for_and_no_more(snapshot_of: Make) -> None:
    snapshot = snapshot_of(*(pool(f"Pool {n}") for n in range(9)), *OTHERS)
    assert len(related(snapshot, "Pool 0", 3)) == 3
    assert related(snapshot, "Pool 0", 0) == []
    assert "Pool 0" not in related(snapshot, "Pool 0", 99)


@pytest.mark.parametrize("parts", [1, 3])
def test_it_does_not_matter_how_the_index_is_cut(snapshot_of: Make, parts: int) -> None:
    snapshot = snapshot_of(
        pool("Here", places=(IN_EXETER,)), pool("Far", places=(IN_BIDEFORD,)),
        pool("Near", places=(IN_TIVERTON,)), *OTHERS, parts=parts,
    )  # fmt: skip
    assert related(snapshot, "Here", 2) == ["Near", "Far"]


@pytest.mark.parametrize("key", ["nobody", "", "\x00", "ü", "x" * 500])
def test_one_that_is_not_in_the_index_has_none(snapshot_of: Make, key: str) -> None:
    assert related(snapshot_of(pool("Pool")), key, 3) == []


def test_one_alone_has_none(snapshot_of: Make) -> None:
    assert related(snapshot_of(pool("Pool")), "Pool", 3) == []


def test_one_taken_away_is_no_company(shelf: Shelf, app: Flask) -> None:
    first, second, third = (pool(f"Pool {n}") for n in range(3))
    shelf.put(first, second, third, *OTHERS)
    shelf.search.rebuild()
    assert sorted(shelf.search.related("Pool 0", 3)) == ["Pool 1", "Pool 2"]
    shelf.take(second)
    shelf.search.catch_up()
    assert shelf.search.related("Pool 0", 3) == ["Pool 2"]
    assert shelf.search.related("Pool 1", 3) == [], "nor is it asked for"


def test_without_an_index_there_are_none(shelf: Shelf) -> None:
    shelf.put(pool("Pool"), pool("Other"))
    assert shelf.search.related("Pool", 3) == []
    assert shelf.search.suggest("swim", ("en",)) == []


def test_no_write_is_under_way_afterwards(shelf: Shelf) -> None:
    """Asking for company changes nothing, so that a page may be read while somebody saves."""
    shelf.put(pool("Pool"))
    shelf.search.rebuild()
    shelf.search.related("Pool", 3)
    with write():
        pass
