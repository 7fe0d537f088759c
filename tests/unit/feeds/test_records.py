"""Any record becomes a service or a plain refusal; what is unusable is told and left out."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feeds.fields import clock_of, day_of
from app.feeds.incoming import Charge, Desk, Incoming, Times, Tongue
from tests.unit.feeds.examples import ID, notes_of, oruk1, oruk3, read

KEYS = (
    "id name description status organization url email phone phones contacts minimum_age "
    "maximum_age assured_date alert fees schedules service_areas service_at_locations languages "
    "funding cost_options attributes taxonomy_term taxonomy term location addresses latitude "
    "longitude address_1 postal_code opens_at byday freq interval amount number eligibilitys "
    "regular_schedule service_taxonomys pc_targetAudience audienceType pc_metadata days needs "
    "price areas min_age places accessibility valid_to"
).split()
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["1e400", "£4", "\ud800", "<p>x", "12:61", "EX14 1AA", "01392 496000", ID]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=8)
    ),
    max_leaves=40,
)


@given(VALUES, st.booleans())
def test_any_value_is_read_or_refused(raw: object, is_table: bool) -> None:
    record = read(raw, is_table=is_table)
    assert (record.incoming is None) == bool(record.refused)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=20), st.booleans())
def test_any_facts_beside_an_id_and_a_name_fit_the_models(
    facts: dict[str, Any], is_table: bool
) -> None:
    found = read({**facts, "id": "x1", "name": "A club"}, is_table=is_table).incoming
    assert found is not None
    assert len(found.description) <= 41_000
    assert all(len(text) <= 500 for text in (found.summary, found.url, found.cost_note))
    assert all(price.pence is None or price.pence >= 0 for price in found.charges)
    assert all(len(area) <= 120 for area in found.areas)


def incoming(raw: dict[str, Any], *, is_table: bool = False) -> Incoming:
    found = read(raw, is_table=is_table).incoming
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ([], "not a record"),
        ("text", "not a record"),
        (None, "not a record"),
        ({}, "no id"),
        ({"id": "", "name": "A"}, "no id"),
        ({"id": {"x": 1}, "name": "A"}, "no id"),
        ({"id": True, "name": "A"}, "no id"),
        ({"id": "1"}, "no name"),
        ({"id": "1", "name": " \u200b<b></b>&nbsp;"}, "no name"),
    ],
)
def test_a_record_without_id_or_name_is_refused(raw: object, why: str) -> None:
    record = read(raw)
    assert record.incoming is None
    assert why in record.refused


def test_a_full_3_0_record_is_understood() -> None:
    found = incoming(oruk3())
    assert (found.name, found.tier, found.min_age, found.max_age) == (
        "Copper Kettle Club",
        "targeted",
        11,
        17,
    )
    assert found.description == "No session on 1 July.\n\nWe cook together."
    assert found.summary == "We cook together."
    assert found.url == "http://kettle.example/club"
    assert found.assured == date(2026, 4, 30)
    assert found.desks == (
        Desk(email="club@kettle.example"),
        Desk("Sam Example", "Leader", phones=("01632 960000",)),
        Desk("Pat Example", phones=("0117 496 0123", "0117 496 0124")),
    )
    assert found.charges == (Charge(450, "session", "child", "per session"),)
    assert found.areas == ("East Devon", "Somerset")
    assert found.tongues == (Tongue("Makaton"),)
    assert found.funding == ("Ticket income",)
    assert found.codes == (("activity", "cooking"), ("cost", "pay_session"))
    assert found.support == ("wheelchair",)
    (venue,) = found.venues
    assert (venue.postcode, venue.town, venue.degrees) == (
        "EX14 1AA",
        "Honiton",
        (50.7996, -3.1889),
    )
    assert venue.directions == "Level floor."
    assert venue.times == (Times("term", ("SA",), "10:00", "12:00", note="Term time only"),)
    assert notes_of(oruk3()).unknown_words == {"Basket weaving": 1}


def test_a_1_0_record_is_understood() -> None:
    found = incoming(
        oruk1(
            eligibilitys=[{"eligibility": "teenagers", "minimum_age": 10, "maximum_age": 18}],
            service_taxonomys=[{"taxonomy": {"id": "x", "name": "Horse riding"}}],
            pc_targetAudience=[{"audienceType": "Sensory Impaired>Visually Impaired "}],
            regular_schedules=[{"byday": "MO", "opens_at": "17:30"}],
            service_at_locations=[{"location": {"physical_addresses": [{"city": "Exeter"}]}}],
            attending_access="Drop-in",
            attending_type="Online",
            accreditations="A badge",
            pc_metadata={"date_assured": "2026-01-02"},
        )
    )
    assert (found.min_age, found.max_age) == (10, 18)
    assert set(found.codes) == {
        ("activity", "horse_riding"),
        ("need", "sensory"),
        ("route", "drop_in"),
        ("activity", "online"),
    }
    assert found.venues[0].times == (Times(days=("MO",), opens="17:30"),)
    assert found.assured == date(2026, 1, 2)
    assert found.tier == "universal"
    assert (found.runner.name, found.runner.url) == ("Kettle Trust", "https://kettle.example")


def test_a_row_of_a_table_is_understood() -> None:
    row = {
        "id": "7",
        "name": "Copper Kettle Club",
        "organisation": "Kettle Trust",
        "description": "We cook together.",
        "phone": "01392 496000",
        "email": "club@kettle.example",
        "min_age": "11",
        "max_age": 17,
        "needs": "autism; ADHD",
        "audience": "Children with disabilities",
        "activities": "Cooking",
        "access": "hoist",
        "tier": "specialist",
        "price": "£4.50",
        "price_note": "per session",
        "address": "1 Example Road, Long Lane",
        "town": "Honiton",
        "postcode": "EX14 1AA",
        "days": "Monday and Friday",
        "opens": "9.30am",
        "closes": "11",
        "period": "Half term",
        "areas": "East Devon; Exeter",
        "languages": "Polish",
    }
    found = incoming(row, is_table=True)
    assert found.codes == (
        ("activity", "cooking"),
        ("need", "autism"),
        ("need", "adhd"),
        ("need", "any_send"),
        ("cost", "pay_session"),
    )
    assert (found.support, found.tier) == (("hoist",), "specialist")
    assert found.charges == (Charge(450, "session", "", "per session"),)
    assert found.venues[0].address == "1 Example Road\nLong Lane"
    assert found.venues[0].times == (Times("half_term", ("MO", "FR"), "09:30", "11:00"),)
    assert found.desks == (Desk(email="club@kettle.example", phones=("01392 496000",)),)
    assert (found.min_age, found.max_age, found.areas) == (11, 17, ("East Devon", "Exeter"))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"url": "javascript:alert(1)"}, "web address left out: “javascript:alert(1)”"),
        ({"url": ["x"]}, "web address left out: it is a list"),
        ({"email": "nobody at all"}, "email left out: “nobody at all” is not an address"),
        ({"phone": "ask inside"}, "telephone left out: “ask inside” is not a number"),
        ({"assured_date": "soon"}, "date of the last check left out: “soon” is not a date"),
        ({"assured_date": "2031-01-01"}, "2031-01-01 is still to come"),
        ({"minimum_age": 9, "maximum_age": 3}, "age left out: 9 to 3 is the wrong way round"),
        ({"minimum_age": -4}, "age left out: -4 is out of range"),
        ({"cost_options": [{"amount": -1}]}, "price left out: -1 pounds is out of range"),
        ({"cost_options": [{"amount": 5, "valid_to": "2020-01-01"}]}, "ended on 2020-01-01"),
        ({"cost_options": ["five"]}, "price left out: 1 of them had no named fields"),
        ({"contacts": [{"name": "A"}] * 30}, "contact left out: only the first 10 of 30"),
        ({"name": "N" * 400}, "name cut to 255 characters"),
        ({"organization": None}, "no organisation is named"),
        ({"status": "defunct"}, "its status is “defunct”"),
        ({"schedules": [{"byday": "MO"}]}, "time left out: it is given without a place"),
        ({"description": '<a href="javascript:x">y</a>'}, "a link to “javascript:x”"),
    ],
)
def test_what_cannot_be_used_is_told(changes: dict[str, Any], told: str) -> None:
    raw = oruk1(last_modified="2026-01-01", **changes)
    record = read(raw)
    assert record.incoming is not None
    assert told in "\n".join(record.notes.lines)


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ({"name": "Hall", "latitude": 100, "longitude": 101}, "100, 101 is not in Britain"),
        ({"name": "Hall", "latitude": 0, "longitude": 0}, ""),
        ({"name": "Hall", "latitude": "north", "longitude": 1}, "“north” is not a number"),
        (
            {"name": "Hall", "addresses": [{"postal_code": "ABC 1234"}]},
            "postcode left out: “ABC 1234”",
        ),
    ],
)
def test_a_place_that_cannot_be_found_keeps_its_name(location: Any, told: str) -> None:
    record = read(oruk3(service_at_locations=[{"location": location}]))
    assert record.incoming is not None
    assert record.incoming.venues[0].degrees is None
    assert record.incoming.venues[0].name == "Hall"
    assert told in "\n".join(record.notes.lines)


def test_a_virtual_place_is_an_online_activity() -> None:
    found = incoming(oruk3(service_at_locations=[{"location": {"location_type": "virtual"}}]))
    assert found.venues == ()
    assert ("activity", "online") in found.codes


def test_notes_on_one_record_are_bounded() -> None:
    broken = [{"amount": f"word {number}"} for number in range(20)] * 3
    notes = notes_of(oruk3(cost_options=broken, contacts=[{"email": "x"}] * 10, languages=[1] * 99))
    assert len(notes.lines) <= 31


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("18:00:00", "18:00"),
        ("6pm", "18:00"),
        ("12am", "00:00"),
        ("12 p.m.", "12:00"),
        ("9.30 am", "09:30"),
        ("24:00", "00:00"),
        ("24:30", ""),
        ("13pm", ""),
        ("7:75", ""),
        ("late", ""),
        ("", ""),
        ("１０:00", ""),
    ],
)
def test_times_of_day(words: str, expected: str) -> None:
    assert clock_of(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2024-12-31", date(2024, 12, 31)),
        ("2024-12-31T10:00:00.000Z", date(2024, 12, 31)),
        ("31/12/2024", date(2024, 12, 31)),
        ("2024-02-30", None),
        ("0001-01-01", None),
        ("9999-01-01", None),
        ("31/12/24", None),
    ],
)
def test_dates(words: str, expected: date | None) -> None:
    assert day_of(words) == expected
