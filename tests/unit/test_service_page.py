"""The page of one service: answers in the order a parent asks, dates, maps and contacts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from app.council import load_council
from app.directory.back import back_address
from app.listing import Cancelled, Contact, Listing, Mark, Place, Price, Session, Support
from app.listing_words import NBSP
from app.service_page import (
    SHOWN_ANSWERS,
    answer_rows,
    contact_view,
    next_dates,
    place_view,
    service_page,
)
from app.service_views import ServicePage
from app.states import Answer, Stays
from app.vocabulary import ACCESS
from tests.factories import listing, speaking_app

DEVON, HEREFORDSHIRE = load_council("devon"), load_council("herefordshire")
TODAY = date(2026, 11, 22)  # a Sunday


@pytest.fixture(scope="module", autouse=True)
def speaking() -> Iterator[Flask]:
    """An application whose words are English."""
    app = speaking_app()
    with app.test_request_context():
        yield app


def page(**facts: object) -> ServicePage:
    return service_page(listing(**facts), DEVON, TODAY, "/services")


def test_a_parent_reads_what_it_can_do_first_and_what_it_cannot_last() -> None:
    rows = page(
        support=(
            Support("step_free", Answer.NO),
            Support("hoist", Answer.ASK, "Ring first.", date(2026, 11, 1)),
            Support("medicine", Answer.YES),
            Support("quiet_space", Answer.YES),
        )
    ).answers
    assert [(row.answer, row.feature) for row in rows] == [
        ("yes", "Staff can give medicine"),
        ("yes", "Quiet space"),
        ("ask", "Hoist"),
        ("no", "Step-free way in"),
    ]
    assert rows[2].note == "Ring first."
    assert rows[2].checked.replace(NBSP, " ") == "1 November 2026"


def test_every_feature_is_answered_or_said_not_to_be_said() -> None:
    """Nothing is left for a parent to guess."""
    support = tuple(Support(code, Answer.YES) for code in ACCESS.codes[:10])
    shown = page(support=support)
    assert len(shown.answers) == SHOWN_ANSWERS
    assert len(shown.more_answers) == 10 - SHOWN_ANSWERS
    assert len(shown.unsaid) == len(ACCESS) - 10
    assert ACCESS.label("hoist") not in shown.unsaid
    assert len(page().unsaid) == len(ACCESS)


@pytest.mark.parametrize(
    ("checked", "stale"),
    [(None, False), (date(2026, 5, 23), False), (date(2026, 5, 22), True)],
)
def test_an_old_answer_is_marked(checked: date | None, stale: bool) -> None:
    made = listing(support=(Support("hoist", Answer.YES, "", checked),))
    assert answer_rows(made, TODAY)[0].is_stale is stale


@pytest.mark.parametrize(
    ("adults", "children", "words"),
    [
        (1, 1, "One adult to each child."),
        (2, 1, "2 adults to each child."),
        (1, 3, "One adult to 3 children."),
        (2, 5, "2 adults to 5 children."),
        (None, 3, ""),
        (1, None, ""),
        (0, 3, ""),
    ],
)
def test_how_many_adults(adults: int | None, children: int | None, words: str) -> None:
    assert page(adults=adults, children=children).staff == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"organisation": "Wren Trust"}, "Run by Wren Trust"),
        ({"organisation": "Wren Trust", "organisation_kind": "a charity"},
         "Run by Wren Trust, a charity"),
    ],
)  # fmt: skip
def test_who_runs_it(facts: dict[str, str], words: str) -> None:
    assert page(**facts).run_by == words


@pytest.mark.parametrize(
    ("regulator", "number", "words"),
    [
        ("ofsted", "EY1", "Ofsted number EY1"),
        ("cqc", "1-2", "CQC number 1-2"),
        ("ofsted", "", ""),
        ("", "EY1", "EY1"),
    ],
)
def test_who_checks_it(regulator: str, number: str, words: str) -> None:
    assert page(regulator=regulator, registration=number).registration == words


def test_what_it_costs_and_for_whom() -> None:
    shown = page(
        prices=(
            Price(600, "session", "child", "With a drink."),
            Price(300, "session", "brother or sister"),
            Price(0, "", "adult"),
            Price(None, note="It depends on hours."),
        )
    ).prices
    assert [(words.replace(NBSP, " "), note) for words, note in shown] == [
        ("£6 each time", "for each child. With a drink"),
        ("£3 each time", "for a brother or sister"),
        ("Free", ""),
        ("Ask them the price", "It depends on hours"),
    ]


def test_the_allowance_is_called_by_the_councils_own_name_for_it() -> None:
    made = listing(costs=("tsb_allowance", "bursary", "free"))
    here = service_page(made, HEREFORDSHIRE, TODAY, "").payments
    assert here == ("Targeted Short Breaks (TSB) allowance", "Help with the cost")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.example.org", "ftp://x.org"]
)
def test_an_address_that_is_not_of_the_web_is_no_link(address: str) -> None:
    shown = page(url=address, send_report_url=address)
    assert (shown.website, shown.send_report_url) == ("", "")


def test_a_place_with_its_times_way_and_map() -> None:
    hall = Place(
        "1", "exeter", "Catkin Hall", ("4 Lane",), "Exeter", "EX1 9CM", 292000, 92500, "Ring.",
        sessions=(Session("summer", ("MO",), "09:00", "15:00"), Session("term", ("SA",))),
    )  # fmt: skip
    shown = place_view(hall, DEVON, TODAY)
    assert shown.lines == ("Catkin Hall", "4 Lane", "Exeter", "EX1 9CM")
    assert (shown.area, shown.directions) == ("Exeter", "Ring.")
    assert shown.map_url.startswith("https://www.openstreetmap.org/?mlat=50.7")
    assert [group.period for group in shown.groups] == ["Term time", "Summer holidays"]


def test_a_withheld_place_has_an_area_and_times_and_no_map() -> None:
    home = Place(
        "1", "exeter", town="Exeter", easting=294171, northing=90336, withheld=True,
        sessions=(Session("term", ("FR",), "17:00", "10:00"),),
    )  # fmt: skip
    shown = place_view(home, DEVON, TODAY)
    assert (shown.lines, shown.map_url, shown.is_withheld) == ((), "", True)
    assert shown.area == "Exeter"
    assert shown.groups[0].lines[0].replace(NBSP, " ") == "Fridays, 5pm to 10am next day"


@pytest.mark.parametrize(
    ("session", "dates"),
    [
        (Session("term", ("SA",), starts=date(2026, 9, 5)), []),
        (Session("term", ("SA",), every=2), []),
        (Session("term", (), every=2, starts=date(2026, 9, 5)), []),
        (Session("term", ("SA",), every=2, starts=date(2026, 11, 7)),
         [date(2026, 12, 5), date(2026, 12, 19), date(2027, 1, 2)]),
        (Session("term", ("SU",), every=2, starts=date(2026, 11, 8)),
         [date(2026, 11, 22), date(2026, 12, 6), date(2026, 12, 20)]),
        (Session("term", ("SA",), every=2, starts=date(2026, 11, 7), ends=date(2026, 12, 10)),
         [date(2026, 12, 5)]),
        (Session("term", ("SA",), every=2, starts=date(2026, 9, 5), ends=date(2026, 11, 1)), []),
        (Session("term", ("XX", "SA"), every=4, starts=date(2027, 1, 2)),
         [date(2027, 1, 2), date(2027, 1, 30), date(2027, 2, 27)]),
    ],
)  # fmt: skip
def test_the_next_dates_of_what_is_not_every_week(session: Session, dates: list[date]) -> None:
    assert next_dates([session], TODAY) == dates


def test_the_next_dates_of_several_sessions_are_in_order() -> None:
    both = [
        Session("term", ("SA",), every=2, starts=date(2026, 11, 7)),
        Session("term", ("MO",), every=2, starts=date(2026, 11, 9)),
    ]
    assert next_dates(both, TODAY) == [date(2026, 11, 23), date(2026, 12, 5), date(2026, 12, 7)]


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("01632 960123", "+441632960123"),
        ("+44 1632 960 123", "+441632960123"),
        ("(01632) 960123 (mornings)", "+441632960123"),
        ("ask at the desk", ""),
        ("123", ""),
        ("", ""),
    ],
)
def test_a_number_a_phone_can_dial(number: str, dialled: str) -> None:
    shown = contact_view(Contact("Priya", "bookings", (number,), "a@example.org", "Mornings"))
    assert shown.phones == ((dialled, number),)
    assert shown.who == "Priya, bookings"


def test_staying_and_leaving_in_a_sentence() -> None:
    assert page(stays=Stays.MAY_LEAVE).stays.startswith("You can leave")
    assert page(stays=Stays.UNKNOWN).stays == ""


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://here/services?q=swim&page=2", "/services?q=swim&page=2"),
        ("http://here/services", "/services"),
        ("http://elsewhere/services?q=swim", "/services"),
        ("http://here/services/otter-club", "/services"),
        ("http://here/", "/services"),
        ("javascript:alert(1)", "/services"),
        ("http://[broken", "/services"),
        ("", "/services"),
        (None, "/services"),
    ],
)
def test_the_way_back_leads_to_the_search_it_came_from(referrer: str | None, back: str) -> None:
    assert back_address(referrer, "here") == back


@pytest.mark.parametrize(
    ("needs", "named"),
    [
        (("autism", "adhd"), ("Autism", "ADHD")),
        (("autism", "any_send", "adhd"), ("Any SEND need",)),
        (("any_send", "autism", "no_diagnosis"), ("Any SEND need", "No diagnosis or waiting")),
        ((), ()),
    ],
)
def test_one_that_takes_any_need_names_it_once(
    needs: tuple[str, ...], named: tuple[str, ...]
) -> None:
    assert page(needs=needs).needs == named


def test_codes_that_are_no_longer_on_a_list_do_not_break_a_page() -> None:
    """A listing stored by an earlier version is still shown."""
    old = ("gone",)
    made = Listing(
        id="x", slug="x", name="x", tier="universal", breaks=old, activities=old, needs=old,
        routes=old, costs=old, outcomes=old, areas=("gone",),
        places=(Place("1", "gone", sessions=(Session("gone", ("SA",)),)),),
        support=(Support("gone", Answer.YES),),
    )  # fmt: skip
    assert service_page(made, DEVON, TODAY, "").name == "x"


def test_a_closing_is_said_until_the_day_it_opens_again() -> None:
    assert page(closed_until=date(2026, 12, 1)).closed.replace(NBSP, " ") == (
        "Closed now. It opens again on 1 December 2026."
    )
    assert page(closed_until=TODAY).closed == ""


def test_cancelled_days_to_come_are_said_and_are_no_next_dates() -> None:
    first, second = date(2026, 11, 28), date(2026, 12, 12)
    every_other = Session("term", days=("SA",), opens="10:00", every=2, starts=first)
    place = Place("p", sessions=(every_other,))
    off = (Cancelled(date(2026, 11, 1)), Cancelled(first, "The hall is being painted."))
    shown = page(places=(place,), cancelled=off)
    assert [(day.replace(NBSP, " "), note) for day, note in shown.cancelled] == [
        ("28 November 2026", "The hall is being painted.")
    ]
    assert shown.places[0].next_dates[0].replace(NBSP, " ") == f"{second.day} December 2026"


def test_only_marks_that_hold_today_are_shown_with_their_date() -> None:
    marks = (
        Mark("approved", date(2026, 1, 5)),
        Mark("visited", date(2025, 1, 5), TODAY),
        Mark("trained", date(2025, 1, 5), date(2026, 11, 21)),
        Mark("no-longer-known", date(2025, 1, 5)),
    )
    shown = [(words, since.replace(NBSP, " ")) for words, since in page(marks=marks).marks]
    assert shown == [
        ("Approved by the council", "since 5 January 2026"),
        ("Visited by the council", "since 5 January 2025"),
    ]
