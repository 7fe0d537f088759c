"""Facts as arrays."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.listing import Availability
from app.search.bits import pack, popcount, put, unpack
from app.search.columns import Columns, join, make_columns
from app.search.documents import facts_of
from app.states import Space
from tests.unit.search.conftest import (
    BIDEFORD,
    EXETER,
    IN_BIDEFORD,
    IN_EXETER,
    IN_TIVERTON,
    named,
    stored,
)


def columns_of(*items: object) -> Columns:
    return make_columns([facts_of(stored(item), item) for item in items])


@given(st.lists(st.booleans(), max_size=200))
def test_packing_and_unpacking_give_the_mask_back(values: list[bool]) -> None:
    mask = np.array(values, np.bool_)
    bits = pack(mask)
    assert unpack(bits, len(values)).tolist() == values
    assert int(popcount(bits)) == sum(values)


@given(st.lists(st.lists(st.booleans(), max_size=150), max_size=5))
def test_masks_put_behind_one_another_are_the_mask_of_all(parts: list[list[bool]]) -> None:
    rows = sum(map(len, parts))
    whole, first = np.zeros((2, -(-rows // 64)), np.uint64), 0
    for part in parts:
        put(whole, [1], first, pack(np.array(part, np.bool_).reshape(1, -1)))
        first += len(part)
    assert unpack(whole[1], rows).tolist() == [value for part in parts for value in part]
    assert not whole[0].any()


def test_one_that_takes_any_need_welcomes_every_need_but_names_none() -> None:
    columns = columns_of(named("A", needs=("any_send",)), named("B", needs=("adhd",)))
    assert popcount(columns.any_of("need", ["autism"])) == 1
    assert popcount(columns.any_of("need", ["adhd"])) == 2
    assert popcount(columns.any_of("named", ["autism"])) == 0


def test_unknown_codes_have_no_rows() -> None:
    columns = columns_of(named("A"))
    assert popcount(columns.any_of("need", ["magic"])) == 0
    assert popcount(columns.any_of("magic", ["autism"])) == 0


@pytest.mark.parametrize(("age", "expected"), [(4, 1), (5, 2), (11, 2), (12, 1), (30, 1)])
def test_ages_have_open_ends(age: int, expected: int) -> None:
    columns = columns_of(named("A", min_age=5, max_age=11), named("B"))
    assert popcount(columns.taking(age, age)) == expected


def test_miles_are_to_the_nearest_place_and_infinite_without_one() -> None:
    columns = columns_of(
        named("A", places=(IN_BIDEFORD, IN_EXETER)), named("B"), named("C", places=(IN_TIVERTON,))
    )
    near, none, far = columns.miles(EXETER).tolist()
    assert near == 0
    assert none == float("inf")
    assert far == pytest.approx(12.92, abs=0.02)


def test_joined_rows_are_those_of_all_parts() -> None:
    items = [
        named("A", activities=("dance",), places=(IN_EXETER, IN_BIDEFORD)),
        named("B", activities=("music",)),
        named("C", activities=("dance",), places=(IN_TIVERTON, IN_BIDEFORD)),
    ]
    whole = columns_of(*items)
    parts = join([columns_of(items[0]), columns_of(*items[1:])])
    assert parts.codes == whole.codes
    assert (parts.bits == whole.bits).all()
    assert parts.miles(EXETER).tolist() == whole.miles(EXETER).tolist()
    assert parts.miles(BIDEFORD).tolist() == [0, float("inf"), 0]


def test_few_rows_are_counted_as_many_are() -> None:
    columns = columns_of(*(named(f"{n}", activities=("dance",) * (n % 2)) for n in range(900)))
    for rows in ([], [0], [1], [1, 64, 65], range(0, 900, 7)):
        mask = np.zeros(900, np.bool_)
        mask[list(rows)] = True
        dancing = sum(row % 2 for row in rows)
        expected = {"dance": dancing} if dancing else {}
        assert columns.count(pack(mask), "activity") == expected
        assert columns.count_all(pack(mask))["activity"] == expected


def test_no_rows_at_all() -> None:
    columns = join([])
    assert columns.size == 0
    assert columns.miles(EXETER).tolist() == []
    assert columns.count_all(pack(np.empty(0, np.bool_)))["need"] == {}


def test_old_and_full_services_sink_a_little() -> None:
    today = date(2026, 11, 22)
    fresh, old, full = columns_of(
        named("A", assured=date(2026, 9, 1)),
        named("B", assured=date(2024, 1, 1)),
        named("C", assured=date(2026, 9, 1), availability=Availability(Space.FULL)),
    ).quality(today)
    assert fresh > full > old > 0.7
