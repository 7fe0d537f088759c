"""Staff see how old the directory is, ring whom no mail reached, and say what came of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import write
from app.extensions import db
from app.freshness.queries import PAGE_SIZE
from app.freshness.stages import months_before
from app.models import AuditEntry, Organisation, PublishedListing, Reminder, Service
from app.publishing import unpublish
from app.site import Site
from app.states import Role
from tests import factories
from tests.pages.test_queries_counted import statements
from tests.people import sign_in_as

PAGE = "/staff/freshness"
CHASE = f"{PAGE}?list=chase"
TODAY = date.today()
MONTHS: tuple[int | None, ...] = (0, 5, 7, 10, 14, None)


def checked(months: int | None) -> date | None:
    return None if months is None else months_before(TODAY, months) - timedelta(days=1)


def make(site: Site, months: int | None, name: str = "", **facts: object) -> Service:
    return factories.published(site, name, assured_date=checked(months), **facts)


@pytest.fixture
def staff(app: Flask, client: FlaskClient) -> FlaskClient:
    sign_in_as(client, Role.MODERATOR)
    return client


@pytest.fixture
def directory(app: Flask, site: Site) -> Organisation:
    """One listing of each age, and one old one of another organisation, area and tier."""
    wagtail = factories.organisation("Wagtail Trust")
    made = [factories.service(assured_date=checked(m), organisation=wagtail) for m in MONTHS]
    factories.show(site, *made)
    place = factories.place(locality="torridge")
    other = factories.organisation("=Bittern Council")
    make(site, 20, "Bittern Club", organisation=other, places=[place], tier="specialist")
    return wagtail


def cells(client: FlaskClient, by: str) -> dict[str, list[str]]:
    """The table as a spreadsheet reads it."""
    text = client.get(f"{PAGE}.csv?by={by}").get_data(as_text=True).removeprefix("\ufeff")
    return {row[0]: row[1:] for row in csv.reader(StringIO(text))}


def calls(client: FlaskClient, query: str = "") -> list[str]:
    html = client.get(CHASE + query).text
    return [part.partition('"')[0] for part in html.split('data-service="')[1:]]


def entries() -> list[tuple[str, str]]:
    db.session.rollback()
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number))
    return [(entry.action, entry.new) for entry in rows]


def test_staff_find_who_is_old_ring_and_say_it_is_right(
    directory: Organisation, staff: FlaskClient
) -> None:
    page = staff.get(PAGE).text
    assert "Wagtail Trust" in page and "2 <small>33%</small>" in page
    [key] = calls(staff, f"&by=organisation&of={directory.id}")
    html = staff.get(CHASE).text
    assert "01632 960123" in html and 'href="tel:+441632960123"' in html
    answer = staff.post(f"{PAGE}/{key}/rang?list=chase")
    assert (answer.status_code, answer.location) == (303, CHASE)
    assert key not in calls(staff) and key in calls(staff, "&rung=1")
    assert "Rang 1 time, last on" in staff.get(f"{CHASE}&rung=1").text
    assert staff.post(f"{PAGE}/{key}/right?list=chase&rung=1").status_code == 303
    assert key not in calls(staff, "&rung=1")
    assert db.session.get_one(PublishedListing, key).assured == TODAY
    said = entries()
    assert [action for action, _new in said] == ["freshness.rang", "listing.updated"]
    assert "by telephone" in said[1][1]
    entry = db.session.get_one(AuditEntry, 2)
    assert (entry.role, entry.on_behalf_of) == (Role.MODERATOR, directory.id)


def test_every_listing_is_counted_once_by_each_group(
    directory: Organisation, staff: FlaskClient
) -> None:
    old = ["1", "0", "0", "0", "1", "0"]
    usual = ["6", "2", "1", "1", "1", "1"]
    assert cells(staff, "organisation") == {
        "Organisation": [
            "Listings",
            "Under 6 months",
            "6 to 9 months",
            "9 to 12 months",
            "Over a year",
            "Never",
        ],
        "Wagtail Trust": usual,
        "'=Bittern Council": old,
    }
    assert cells(staff, "locality")["Exeter"] == usual
    assert cells(staff, "locality")["Torridge"] == old
    assert cells(staff, "tier")["Open to everyone"] == usual
    assert cells(staff, "tier")["After an assessment"] == old


def test_what_families_do_not_see_is_not_counted(
    directory: Organisation, site: Site, staff: FlaskClient
) -> None:
    hidden = make(site, 14, organisation=factories.organisation("Hidden Trust")).id
    with write() as database:
        unpublish(database, database.get_one(Service, hidden))
    assert "Hidden Trust" not in cells(staff, "organisation")
    assert hidden not in calls(staff)


@pytest.mark.parametrize("order", ["up", "down"])
@pytest.mark.parametrize("sort", ["name", "total", "fresh", "six", "nine", "year", "never"])
def test_the_table_can_be_ordered_by_each_column(
    directory: Organisation, staff: FlaskClient, sort: str, order: str
) -> None:
    html = staff.get(f"{PAGE}?sort={sort}&order={order}").text
    way = "descending" if order == "down" else "ascending"
    assert html.count("aria-sort") == 1 and f'aria-sort="{way}"' in html
    names = [name for name in ("Wagtail Trust", "=Bittern Council") if name in html]
    places = [html.index(f">{name}<") for name in names]
    if sort != "year":
        assert (places == sorted(places)) == (order == "down")


@pytest.mark.parametrize(
    "query",
    [
        "?by=nonsense&sort=;drop&order=x&page=-1",
        "?page=99999999999",
        "?page=٣",
        "?by=locality&page=2",
        "?list=chase&by=x&of=y",
        "?list=chase&by=locality&of=%00",
        "?list=chase&by=locality&of=nowhere&page=77",
        "?list=chase&by=organisation&of=' OR 1=1",
        "?list=nothing",
    ],
)
def test_a_strange_address_gives_a_page(
    directory: Organisation, staff: FlaskClient, query: str
) -> None:
    assert staff.get(PAGE + query).status_code == 200


def test_an_old_one_is_rung_about_two_weeks_after_the_last_reminder(
    app: Flask, site: Site, staff: FlaskClient
) -> None:
    edge = months_before(TODAY, 12) - timedelta(days=14)
    due = factories.published(site, assured_date=edge).id
    factories.published(site, assured_date=edge + timedelta(days=1))
    assert calls(staff) == [due]


def test_one_never_checked_is_rung_about_a_year_after_its_first_day(
    app: Flask, site: Site, staff: FlaskClient
) -> None:
    made = make(site, None).id
    assert calls(staff) == []
    with write() as database:
        database.get_one(PublishedListing, made).fresh_from = months_before(TODAY, 14)
    assert calls(staff) == [made]


def test_saying_it_is_right_ends_every_link_about_it(
    app: Flask, site: Site, staff: FlaskClient
) -> None:
    made = make(site, 14).id
    assert app.test_cli_runner().invoke(args=["reminders", "send"]).exit_code == 0
    staff.post(f"{PAGE}/{made}/right")
    db.session.rollback()
    assert all(reminder.used_at for reminder in db.session.scalars(select(Reminder)))


@pytest.mark.parametrize("deed", ["right", "rang"])
def test_what_is_not_on_the_site_cannot_be_brought_back_by_telephone(
    app: Flask, site: Site, staff: FlaskClient, deed: str
) -> None:
    made = make(site, 14).id
    with write() as database:
        unpublish(database, database.get_one(Service, made))
    assert staff.post(f"{PAGE}/{made}/{deed}").status_code == 404
    assert staff.post(f"{PAGE}/no-such-id/{deed}").status_code == 404
    assert db.session.get(PublishedListing, made) is None and entries() == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", PAGE),
        ("GET", f"{PAGE}.csv"),
        ("POST", f"{PAGE}/x/right"),
        ("POST", f"{PAGE}/x/rang"),
    ],
)
def test_only_staff_with_both_factors_get_there(
    app: Flask, client: FlaskClient, method: str, path: str
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == (303 if method == "GET" else 401)
    sign_in_as(client, Role.PROVIDER)
    assert client.open(path, method=method).status_code == 404
    sign_in_as(client, Role.MODERATOR, second_factor=False)
    answer = client.open(path, method=method)
    assert answer.status_code == (303 if method == "GET" else 401)
    sign_in_as(client, Role.ADMINISTRATOR)
    assert client.open(path, method=method).status_code == (200 if method == "GET" else 404)


@pytest.fixture
def many(app: Flask, site: Site) -> Iterator[None]:
    """More organisations than fit on a page."""
    for number in range(PAGE_SIZE + 3):
        make(site, 14, organisation=factories.organisation(f"Trust {number}"))
    yield


def test_a_long_table_has_pages_and_each_asks_as_much_as_a_short_one(
    many: None, app: Flask, staff: FlaskClient
) -> None:
    pages = [staff.get(f"{PAGE}?sort=name&order=up&page={page}").text for page in (1, 2)]
    assert [page.count('scope="row"') - 1 for page in pages] == [PAGE_SIZE, 3]
    for path, most in ((PAGE, 6), (f"{PAGE}?by=tier", 6), (CHASE, 7), (f"{PAGE}.csv", 4)):
        with statements(app) as sent:
            assert staff.get(path).status_code == 200
        assert len(sent) <= most, sent
    assert len(cells(staff, "organisation")) == PAGE_SIZE + 4
