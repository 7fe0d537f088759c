"""The short rows of services like one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.council import load_council
from app.directory.related import related_rows
from app.directory.views import RelatedRow
from app.listing import Listing, Place
from app.pebbles import pebble_of
from tests.factories import listing, speaking_app

DEVON = load_council("devon")
HALL = Place("1", "exeter", town="Exeter")


@pytest.fixture(scope="module", autouse=True)
def speaking() -> Iterator[Flask]:
    app = speaking_app()
    with app.test_request_context():
        yield app


def row(made: Listing) -> RelatedRow:
    (only,) = related_rows([made], DEVON)
    return only


def test_a_row_says_where_for_whom_and_how_you_get_in() -> None:
    made = listing("Otter Club", tier="targeted", min_age=5, max_age=11, places=(HALL,))
    only = row(made)
    assert (only.name, only.url) == ("Otter Club", "/services/otter-club")
    assert [fact.replace("\xa0", " ") for fact in only.facts] == [
        "Exeter", "Ages 5 to 11", "Extra help",
    ]  # fmt: skip
    assert only.pebble == pebble_of(made)


def test_what_is_not_known_leaves_no_gap() -> None:
    nowhere = row(listing("Otter Club", places=()))
    assert all(nowhere.facts) and len(nowhere.facts) >= 2


def test_a_withheld_place_shows_no_more_than_its_area() -> None:
    hidden = Place("1", "exeter", town="Exeter", withheld=True)
    assert "Chapel" not in " ".join(row(listing("Quiet House", places=(hidden,))).facts)


def test_the_order_stays_and_none_are_none() -> None:
    made = [listing(f"Club {n}") for n in "cab"]
    assert [each.name for each in related_rows(made, DEVON)] == ["Club c", "Club a", "Club b"]
    assert related_rows([], DEVON) == ()
