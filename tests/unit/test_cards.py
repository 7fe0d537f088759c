"""A result card says the few facts a parent chooses by, and no place that is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from app import pebbles
from app.council import load_council
from app.directory.cards import card_of
from app.directory.views import Card
from app.listing import Availability, Listing, Place, Price, Session
from app.listing_places import place_name
from app.listing_words import NBSP
from app.pebbles import Pebble, pebble_of
from app.states import Space, Stays
from app.vocabulary import ACTIVITIES, BREAKS, TIERS
from tests.factories import listing, speaking_app

DEVON = load_council("devon")
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module", autouse=True)
def speaking() -> Iterator[Flask]:
    """An application whose words are English."""
    app = speaking_app()
    with app.test_request_context():
        yield app


def card(made: Listing, distance: str = "") -> Card:
    return card_of(made, DEVON, TODAY, name=made.name, summary=made.summary, distance=distance)


def facts(made: Listing, distance: str = "") -> dict[str, str]:
    shown = card(made, distance).facts
    return {fact.icon: f"{fact.words} {fact.bold}".strip().replace(NBSP, " ") for fact in shown}


def at(*towns: str) -> tuple[Place, ...]:
    return tuple(Place(town, town=town) for town in towns)


def test_a_parent_reads_when_where_who_and_how_much_at_a_glance() -> None:
    made = listing(
        min_age=8,
        max_age=17,
        places=(Place("1", town="Exeter", sessions=(Session("term", ("SA",), "10:00", "11:00"),)),),
        prices=(Price(600, "session"),),
        stays=Stays.MAY_LEAVE,
    )
    assert facts(made, "3 miles") == {
        "calendar": "Saturdays, 10am to 11am, term time",
        "pin": "Exeter 3 miles",
        "users": "Ages 8 to 17",
        "pound": "£6 each time",
        "walk": "You can leave",
    }


def test_nothing_is_made_up_for_a_bare_listing() -> None:
    assert facts(listing()) == {"users": "All ages", "pound": "Price not said yet"}
    bare = card(listing())
    assert (bare.space, bare.space_words) == (Space.UNKNOWN, "Not known if there are spaces")
    assert bare.route_words == "Ask them how to get a place."


@pytest.mark.parametrize(
    ("towns", "words"),
    [
        (("Exeter",), "Exeter"),
        (("Exeter", "Exeter"), "Exeter"),
        (("Exeter", "Topsham"), "Exeter, Topsham"),
        (("Exeter", "Topsham", "Bideford", "Honiton"), "Exeter, Topsham +2"),
    ],
)
def test_where_names_two_towns_and_counts_the_rest(towns: tuple[str, ...], words: str) -> None:
    assert facts(listing(places=at(*towns)))["pin"] == words


def test_where_it_takes_families_from_is_said_when_it_meets_nowhere() -> None:
    made = listing(areas=("exeter", "torridge", "mid-devon"))
    assert facts(made)["pin"] == "Exeter, Torridge +1"
    everywhere = tuple(locality.code for locality in DEVON.localities)
    assert facts(listing(areas=everywhere))["pin"] == "All of Devon"


def test_a_place_without_a_town_is_its_area() -> None:
    assert place_name(Place("1", locality="mid-devon"), DEVON) == "Mid Devon"
    assert place_name(Place("1"), DEVON) == ""


def test_codes_that_are_no_longer_on_a_list_do_not_break_a_card() -> None:
    """A listing stored by an earlier version is still shown."""
    sessions = (Session("gone", ("SA",), "10:00"),)
    old = listing(
        breaks=("gone",), activities=("gone",), routes=("gone",), areas=("gone",),
        places=(Place("1", "gone", sessions=sessions),),
    )  # fmt: skip
    assert facts(old)["calendar"] == "Saturdays, from 10am"
    assert "pin" not in facts(old)
    assert card(old).pebble == pebbles.FALLBACK


def test_a_withheld_place_is_its_area_even_if_a_town_were_there() -> None:
    withheld = Place("1", locality="mid-devon", town="Tiverton", withheld=True)
    assert place_name(withheld, DEVON) == "Mid Devon"


@pytest.mark.parametrize(("days", "stale"), [(183, False), (184, True)])
def test_a_card_says_when_it_was_checked_or_warns(days: int, stale: bool) -> None:
    made = card(listing(assured=TODAY - timedelta(days=days)))
    assert bool(made.stale) is stale
    assert bool(made.checked) is not stale


def test_a_card_says_whether_there_are_spaces_in_shape_and_words() -> None:
    made = card(listing(availability=Availability(Space.WAITING, 6)))
    assert made.space == "waiting"
    assert made.space_words.replace(NBSP, " ") == "Waiting list, about 6 weeks"


@pytest.mark.parametrize("tier", [*TIERS])
def test_the_doorstep_names_the_tier(tier: str) -> None:
    made = card(listing(tier=tier, routes=("drop_in",)))
    assert (made.tier, made.tier_words) == (tier, TIERS.label(tier))
    assert made.route_words == "Just turn up."


@pytest.mark.parametrize("code", [*BREAKS])
def test_every_kind_of_break_has_a_pictogram(code: str) -> None:
    stone = pebble_of(listing(breaks=(code,)))
    assert stone.icon == pebbles.ICON_OF_BREAK[code]
    assert stone.stone in {"day", "person", "night", "advice"}


@pytest.mark.parametrize("code", [*ACTIVITIES])
def test_every_activity_has_a_pictogram(code: str) -> None:
    assert pebble_of(listing(activities=(code,))) == Pebble(pebbles.ICON_OF_ACTIVITY[code], "day")


def test_a_night_away_shows_as_a_night_whatever_children_do_there() -> None:
    made = listing(breaks=("holiday_club", "overnight_residential"), activities=("swimming",))
    assert pebble_of(made) == Pebble("moon-stars", "night")
    swim = listing(breaks=("holiday_club",), activities=("swimming",))
    assert pebble_of(swim).icon == "swimming"
    assert pebble_of(listing()) == pebbles.FALLBACK
