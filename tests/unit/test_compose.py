"""From records to what families may see: every field arrives, and a withheld place does not."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from app import listing as public
from app.compose import compose, is_withheld
from app.listing import Listing, Session, from_json, to_json
from app.models import Cancellation, CostOption, Location, Organisation, QualityMark, SupportAnswer
from app.states import Answer, Space, Stays
from app.vocabulary import BREAKS
from tests.factories import contact, place, schedule, service

CENTRES = {"exeter": (294171, 90336)}
NUMBERS = tuple(f"01632 96000{digit}" for digit in range(8))
SLEPT_OR_LIVED_AT = [
    "home_support",
    "overnight_family",
    "overnight_residential",
    "overnight_home",
]
"""Written out here, so that a kind of break taken off the list of the code is missed."""


def composed(**facts: object) -> Listing:
    return compose(service(**facts), CENTRES.get)


def full() -> Listing:
    """A service about which everything is known."""
    told = service(
        "Full House",
        organisation=Organisation(name="Trust", kind="a charity", url="https://t.example.org"),
        summary="One line.",
        description="Many *words*.",
        url="https://full.example.org",
        tier="targeted",
        min_age=0,
        max_age=17,
        breaks=["holiday_club", "after_school"],
        activities=["swimming"],
        needs=["autism"],
        routes=["ask_first", "drop_in"],
        costs=["free"],
        when=["school_hours"],
        outcomes=["2"],
        adults=1,
        children=3,
        training="First aid.",
        trial_visit="Come and look.",
        stays=Stays.MAY_LEAVE,
        stays_note="After a week.",
        transport="A minibus.",
        regulator="ofsted",
        registration="X1",
        send_report_url="https://full.example.org/send",
        suitability_checked=date(2026, 10, 1),
        space=Space.WAITING,
        wait_weeks=9,
        space_note="For Tuesdays.",
        space_on=date(2026, 10, 2),
        areas=["exeter", ""],
        prices=[CostOption(pence=500, per="day", whom="child", note="With food.")],
        cost_note="Bursaries.",
        joining="Ring us.\n\nCome along.\n",
        contacts=[contact(*NUMBERS, hours="Mornings")],
        languages=["Makaton"],
        funding=["Grant"],
        assured_date=date(2026, 10, 3),
        source="feed",
        places=[place(directions="Round the back.")],
        closed_until=date(2026, 10, 4),
        cancellations=[Cancellation(on=date(2026, 10, 5), note="Hall shut.")],
        marks=[QualityMark(kind="visited", given_on=date(2026, 10, 6))],
    )
    told.answers = [
        SupportAnswer(feature="hoist", answer="no", note="Soon.", checked_on=date(2026, 9, 1)),
        SupportAnswer(feature="step_free", answer="yes", note="", checked_on=None),
        SupportAnswer(feature="unheard_of", answer="yes"),
    ]
    told.id = "an-id"
    told.places[0].id = "a-place"
    return compose(told, CENTRES.get)


def test_everything_that_is_known_is_shown() -> None:
    """A field added to the public facts and forgotten here stays at its default and is named."""
    told = full()
    for struct in (told, *told.places, *told.prices, *told.contacts, told.availability):
        bare = {
            field.name
            for field in msgspec.structs.fields(struct)
            if getattr(struct, field.name) in ("", (), None) and field.name != "ends"
        }
        assert not bare, f"{type(struct).__name__}: {bare}"
    assert from_json(to_json(told)) == told


def test_what_is_known_arrives_in_its_own_field() -> None:
    told = full()
    assert (told.id, told.name, told.tier) == ("an-id", "Full House", "targeted")
    assert (told.organisation, told.organisation_kind) == ("Trust", "a charity")
    assert told.organisation_url == "https://t.example.org"
    assert (told.summary, told.description) == ("One line.", "Many *words*.")
    assert (told.min_age, told.max_age) == (0, 17)
    assert (told.adults, told.children, told.training) == (1, 3, "First aid.")
    assert (told.trial_visit, told.transport) == ("Come and look.", "A minibus.")
    assert (told.stays, told.stays_note) == (Stays.MAY_LEAVE, "After a week.")
    assert (told.regulator, told.registration) == ("ofsted", "X1")
    assert told.suitability_checked == date(2026, 10, 1)
    assert told.availability == public.Availability(
        Space.WAITING, 9, "For Tuesdays.", date(2026, 10, 2)
    )
    assert told.prices == (public.Price(500, "day", "child", "With food."),)
    assert told.joining == ("Ring us.", "Come along.")
    assert told.contacts[0].phones == NUMBERS, "the first is the one to ring first"
    assert (told.languages, told.funding) == (("Makaton",), ("Grant",))
    assert told.areas == ("exeter",), "an area that is no locality cannot be searched"
    assert (told.assured, told.source) == (date(2026, 10, 3), "feed")


def test_codes_are_in_the_order_of_their_list_and_support_too() -> None:
    told = full()
    assert told.breaks == ("after_school", "holiday_club")
    assert told.routes == ("drop_in", "ask_first")
    assert [(item.feature, item.answer) for item in told.support] == [
        ("step_free", Answer.YES),
        ("hoist", Answer.NO),
    ], "and a feature that is on no list is left out"


@pytest.mark.parametrize("code", [*BREAKS])
def test_a_place_where_children_sleep_or_live_is_withheld(code: str) -> None:
    told = composed(breaks=[code, "parent_support"])
    assert told.places[0].withheld is (code in SLEPT_OR_LIVED_AT)


@pytest.mark.parametrize("code", SLEPT_OR_LIVED_AT)
def test_staff_may_give_out_an_overnight_place(code: str) -> None:
    told = composed(breaks=[code], places=[place(withheld=False)])
    assert not told.places[0].withheld
    assert told.places[0].postcode == "EX1 9CM"


def test_staff_may_withhold_any_place() -> None:
    told = composed(breaks=["youth_club"], places=[place(withheld=True), place()])
    assert [item.withheld for item in told.places] == [True, False]
    assert is_withheld(Location(withheld=True), []) and not is_withheld(Location(), [])


def test_of_a_withheld_place_only_the_area_its_centre_and_the_times_are_left() -> None:
    told = composed(breaks=["overnight_residential"])
    [kept] = told.places
    assert kept == public.Place(
        id=kept.id,
        locality="exeter",
        easting=294171,
        northing=90336,
        withheld=True,
        sessions=(Session("term", ("SA",), "10:00", "11:00"),),
    )


def test_a_withheld_place_outside_every_area_is_nowhere_on_the_map() -> None:
    told = composed(breaks=["overnight_home"], places=[place(locality="")])
    assert (told.places[0].easting, told.places[0].northing) == (None, None)


@pytest.mark.parametrize(
    ("days", "opens", "closes", "period", "when"),
    [
        ("SA", "10:00", "11:00", "term", {"saturday"}),
        ("SU", "10:00", "11:00", "term", {"sunday"}),
        ("MO", "14:29", "15:30", "term", {"school_hours"}),
        ("MO", "14:30", "15:30", "term", {"term_weekday"}),
        ("FR", "17:29", "19:00", "term", {"term_weekday"}),
        ("FR", "17:30", "19:00", "term", {"evening"}),
        ("MO,SA", "16:00", "17:00", "term", {"term_weekday", "saturday"}),
        ("MO", "", "", "term", set()),
        ("", "10:00", "11:00", "term", set()),
        ("TU", "10:00", "15:00", "summer", {"summer"}),
        ("TU", "10:00", "15:00", "half_term", {"half_term"}),
        ("TU", "10:00", "15:00", "easter", {"easter"}),
        ("TU", "10:00", "15:00", "christmas", {"christmas"}),
        ("TU", "16:00", "18:00", "all_year",
         {"term_weekday", "half_term", "easter", "summer", "christmas"}),
        ("FR", "17:00", "10:00", "term", {"term_weekday", "overnight"}),
    ],
)  # fmt: skip
def test_when_it_runs_is_read_from_its_sessions(
    days: str, opens: str, closes: str, period: str, when: set[str]
) -> None:
    told = composed(places=[place(schedule(days, opens, closes, period=period))])
    assert set(told.when) == when


def test_what_the_provider_says_of_when_is_kept() -> None:
    assert composed(when=["evening"], places=[]).when == ("evening",)
    assert composed(breaks=["overnight_family"], places=[]).when == ("overnight",)


def test_a_session_keeps_its_weeks_and_dates() -> None:
    fortnightly = schedule(
        "MO,WE", interval=2, valid_from=date(2026, 9, 7), valid_to=date(2027, 7, 1),
        description="Not in fog.", period="term",
    )  # fmt: skip
    [kept] = composed(places=[place(fortnightly)]).places[0].sessions
    assert kept == Session(
        "term", ("MO", "WE"), "10:00", "11:00", 2, date(2026, 9, 7), date(2027, 7, 1), "Not in fog."
    )
