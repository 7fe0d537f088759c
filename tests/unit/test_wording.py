"""A listing's facts in a family's words, with examples on both sides of each boundary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from app import listing_words as wording
from app.listing import Availability, Listing, Place, Price, Session
from app.states import Period, Space, Stays
from app.vocabulary import ROUTES
from tests.factories import listing, speaking_app

TODAY = date(2026, 11, 22)
SATURDAY = Session("term", ("SA",), "10:00", "11:00")


@pytest.fixture(scope="module", autouse=True)
def speaking() -> Iterator[Flask]:
    """An application whose words are English."""
    app = speaking_app()
    with app.app_context():
        yield app


def plain(words: str) -> str:
    """Words with ordinary spaces."""
    return words.replace(wording.NBSP, " ")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, "All ages"),
        (0, None, "All ages"),
        (1, None, "Age 1 and over"),
        (11, None, "Age 11 and over"),
        (None, 4, "Up to age 4"),
        (0, 17, "Up to age 17"),
        (1, 17, "Ages 1 to 17"),
        (8, 17, "Ages 8 to 17"),
        (8, 8, "Age 8"),
        (0, 0, "Up to age 0"),
    ],
)
def test_ages(low: int | None, high: int | None, words: str) -> None:
    assert plain(wording.ages(listing(min_age=low, max_age=high))) == words


def test_short_facts_stay_on_one_line() -> None:
    for words in (
        wording.ages(listing(min_age=8, max_age=17)),
        wording.day(TODAY),
        wording.times(SATURDAY),
        wording.miles_words(3),
        wording.weeks_to_wait(3),
    ):
        assert " " not in words and wording.NBSP in words


@pytest.mark.parametrize(
    ("pence", "per", "words"),
    [
        (None, "session", "Ask them the price"),
        (0, "session", "Free"),
        (0, "", "Free"),
        (1, "hour", "£0.01 an hour"),
        (99, "hour", "£0.99 an hour"),
        (100, "hour", "£1 an hour"),
        (105, "day", "£1.05 a day"),
        (600, "session", "£6 each time"),
        (650, "visit", "£6.50 each time"),
        (100_000, "week", "£1,000 a week"),
        (100_050, "week", "£1,000.50 a week"),
        (500, "half day", "£5 for half a day"),
        (500, "night", "£5 a night"),
        (500, "term", "£5 a term"),
        (500, "year", "£5 a year"),
        (500, "course", "£5 for the course"),
        (500, "", "£5"),
        (500, "per lane", "£5 per lane"),
    ],
)
def test_money(pence: int | None, per: str, words: str) -> None:
    assert plain(wording.price(Price(pence, per))) == words


@pytest.mark.parametrize(
    ("prices", "costs", "words"),
    [
        ((Price(600, "session"), Price(0)), (), "£6 each time"),
        ((), ("free",), "Free"),
        ((), ("bursary",), "Price not said yet"),
        ((), (), "Price not said yet"),
        ((Price(None),), ("free",), "Ask them the price"),
    ],
)
def test_the_cost_on_a_card(prices: tuple[Price, ...], costs: tuple[str, ...], words: str) -> None:
    assert plain(wording.cost_in_short(listing(prices=prices, costs=costs))) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("00:00", "12am"),
        ("00:30", "12:30am"),
        ("09:05", "9:05am"),
        ("11:59", "11:59am"),
        ("12:00", "12pm"),
        ("12:30", "12:30pm"),
        ("13:00", "1pm"),
        ("23:59", "11:59pm"),
        ("24:00", "12am"),
    ],
)
def test_the_clock(time: str, words: str) -> None:
    assert wording.clock(time) == words


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        ("10:00", "11:00", "10am to 11am"),
        ("17:00", "10:00", "5pm to 10am next day"),
        ("10:00", "", "from 10am"),
        ("", "", ""),
        ("", "11:00", ""),
    ],
)
def test_times(opens: str, closes: str, words: str) -> None:
    assert plain(wording.times(Session("term", ("SA",), opens, closes))) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), ""),
        (("SA",), "Saturdays"),
        (("FR", "MO"), "Mondays and Fridays"),
        (("MO", "TU", "WE", "TH"), "Mondays, Tuesdays, Wednesdays and Thursdays"),
        (("MO", "TU", "WE", "TH", "FR"), "Weekdays"),
        (("MO", "TU", "WE", "TH", "FR", "SA"),
         "Mondays, Tuesdays, Wednesdays, Thursdays, Fridays and Saturdays"),
        (("MO", "TU", "WE", "TH", "FR", "SA", "SU"), "Every day"),
    ],
)  # fmt: skip
def test_days(days: tuple[str, ...], words: str) -> None:
    assert wording.days(Session("term", days)) == words


@pytest.mark.parametrize(
    ("every", "words"),
    [(1, ""), (2, "every two weeks"), (3, "every three weeks"), (4, "once a month")],
)
def test_how_often(every: int, words: str) -> None:
    assert wording.how_often(Session("term", ("SA",), every=every)) == words


def test_a_session_in_one_line() -> None:
    session = Session("term", ("SA",), "10:00", "11:00", 2, note="not in fog")
    assert plain(wording.session_words(session)) == (
        "Saturdays, every two weeks, 10am to 11am, not in fog"
    )


@pytest.mark.parametrize(
    ("sessions", "words"),
    [
        ((), ""),
        ((SATURDAY,), "Saturdays, 10am to 11am, term time"),
        ((SATURDAY, SATURDAY), "Saturdays, 10am to 11am, term time"),
        ((SATURDAY, Session("summer", ("MO",), "09:00", "15:00")),
         "Saturdays, 10am to 11am, term time and 1 more time"),
        ((SATURDAY, Session("summer", ("MO",)), Session("easter", ("MO",))),
         "Saturdays, 10am to 11am, term time and 2 more times"),
        ((Session("all_year"),), "All year"),
        ((Session("easter", ("MO",), "09:00", "15:00"),),
         "Mondays, 9am to 3pm, Easter holidays"),
    ],
)  # fmt: skip
def test_when_on_a_card(sessions: tuple[Session, ...], words: str) -> None:
    made = listing(places=(Place("1", sessions=sessions),))
    assert plain(wording.when_in_short(made)) == words


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        (1, "about 1 week"),
        (2, "about 2 weeks"),
        (7, "about 7 weeks"),
        (8, "about 2 months"),
        (13, "about 3 months"),
        (26, "about 6 months"),
        (52, "about 12 months"),
    ],
)
def test_weeks_to_wait(weeks: int, words: str) -> None:
    assert plain(wording.weeks_to_wait(weeks)) == words


@pytest.mark.parametrize(
    ("space", "weeks", "words"),
    [
        (Space.SPACES, None, "Spaces now"),
        (Space.SPACES, 4, "Spaces now"),
        (Space.FULL, None, "Full now"),
        (Space.WAITING, 4, "Waiting list, about 4 weeks"),
        (Space.WAITING, None, "Waiting list"),
        (Space.WAITING, 0, "Waiting list"),
        (Space.UNKNOWN, None, "Not known if there are spaces"),
    ],
)
def test_whether_there_are_spaces(space: Space, weeks: int | None, words: str) -> None:
    assert plain(wording.space_words(Availability(space, weeks))) == words


def test_when_they_said_so_is_told_only_when_it_is_not_the_day_of_the_check() -> None:
    def told(said: date | None) -> str:
        made = listing(availability=Availability(said=said), assured=TODAY)
        return plain(wording.space_said(made))

    assert told(None) == ""
    assert told(TODAY) == ""
    assert told(TODAY - timedelta(days=1)) == "said 21 November 2026"


@pytest.mark.parametrize(
    ("days", "stale"), [(0, False), (182, False), (183, False), (184, True), (900, True)]
)
def test_a_listing_is_stale_after_six_months(days: int, stale: bool) -> None:
    assert wording.is_stale(TODAY - timedelta(days=days), TODAY) is stale


def test_a_listing_never_checked_is_stale_and_one_checked_tomorrow_is_not() -> None:
    assert wording.is_stale(None, TODAY)
    assert not wording.is_stale(TODAY + timedelta(days=1), TODAY)
    assert wording.stale_words(None) == "We do not know when this was checked."
    assert plain(wording.stale_words(date(2026, 3, 31))) == "Not checked since March 2026."


@pytest.mark.parametrize(
    ("miles", "words"),
    [
        (0, "less than a mile"),
        (0.49, "less than a mile"),
        (0.5, "1 mile"),
        (0.51, "1 mile"),
        (1.4, "1 mile"),
        (1.5, "2 miles"),
        (2.5, "3 miles"),
        (2.6, "3 miles"),
        (99.7, "100 miles"),
    ],
)
def test_miles(miles: float, words: str) -> None:
    """Halves are rounded up, as people do."""
    assert plain(wording.miles_words(miles)) == words


@pytest.mark.parametrize("code", [*ROUTES])
def test_how_a_family_gets_in_is_said_for_every_route(code: str) -> None:
    words = wording.route_words(listing(routes=(code,)))
    assert words == str(wording.ROUTE_ON_CARD[code])
    assert wording.route_labels(listing(routes=(code,))) == [ROUTES.label(code)]


def test_how_a_family_gets_in_follows_the_first_route_that_is_known() -> None:
    made = listing(routes=("unheard_of", "social_care", "drop_in"))
    assert wording.route_words(made) == "The council looks first at what your family needs."
    assert wording.route_words(listing()) == "Ask them how to get a place."


def test_every_code_that_is_stored_has_words() -> None:
    assert set(wording.PERIODS) == set(wording.PERIODS_IN_A_LINE) == set(Period)
    assert set(wording.STAYS) <= set(Stays)
    assert set(wording.STAYS_ANSWER) == set(Stays) - {Stays.UNKNOWN}


def test_nothing_a_family_reads_is_a_decision_about_them() -> None:
    """The words that must never be said, in every sentence of this module."""
    tables = (wording.ROUTE_ON_CARD, wording.STAYS_ANSWER, wording.WHOM, wording.PER)
    said = " ".join(str(words) for table in tables for words in table.values()).lower()
    for never in ("entitled", "eligible", "qualif", "no rights"):
        assert never not in said


def test_dates_in_another_language(speaking: Flask) -> None:
    with speaking.test_request_context("/?lang=pl"):
        assert plain(wording.day(TODAY)) == "22 listopada 2026"
        assert wording.clock("14:30") == "14:30"


def test_an_empty_listing_can_be_worded() -> None:
    bare = Listing(id="x", slug="x", name="x", tier="universal")
    assert plain(wording.ages(bare)) == "All ages"
    assert wording.when_in_short(bare) == ""
    assert wording.space_said(bare) == ""
