"""How often, never who: what is counted of a visit, what is not, and what is never kept."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import tally as tally_module
from app.counting import Numbers, Wish, listing_numbers, tally, wishes_lacking
from app.database import write
from app.extensions import db
from app.models import DayCount, Service, WishCount
from app.site import Site
from app.states import Role
from app.tally import Tally
from tests import factories
from tests.databases import everything
from tests.pages.test_queries_counted import statements
from tests.people import sign_in_as
from tests.sweeps.test_access import unwritten

TODAY = date.today()
MONTH = TODAY.replace(day=1)
CANARY = "zanzibar quokka"


@pytest.fixture
def otters(app: Flask, site: Site) -> Service:
    made = factories.published(site, "Otter Club", slug="otters", url="https://otters.example.org")
    app.extensions["search"].rebuild()
    return made


def numbers(service: Service) -> Numbers:
    tally().write_out()
    db.session.rollback()
    return listing_numbers([service.id], TODAY).get(service.id, Numbers())


def wished() -> dict[tuple[str, str], int]:
    tally().write_out()
    return {(row.locality, row.wish): row.times for row in db.session.scalars(select(WishCount))}


def test_a_family_finds_a_listing_opens_it_and_rings(otters: Service, client: FlaskClient) -> None:
    client.get("/services?q=otter")
    page = client.get("/services/otters").get_data(as_text=True)
    pressed = re.findall(r'href="(tel|mailto|https)[^"]*"[^>]* ping="([^"]+)"', page)
    assert pressed == [
        (kind, "/services/otters/contact-used") for kind in ("tel", "mailto", "https")
    ]
    assert client.post(pressed[0][1], data=b"PING").status_code == 204
    assert numbers(otters) == Numbers(shown=1, opened=1, contacted=1)


def test_counts_of_a_day_add_up_and_days_stay_apart(otters: Service, client: FlaskClient) -> None:
    with write() as database:
        database.add(DayCount(service_id=otters.id, day=TODAY - timedelta(days=1), opened=5))
    for _ in range(3):
        client.get("/services/otters")
        tally().write_out()
    assert numbers(otters).opened == 3
    assert listing_numbers([otters.id], TODAY - timedelta(days=1))[otters.id].opened == 8
    assert listing_numbers([], TODAY) == {}


def test_a_page_asks_the_database_nothing_more_and_writes_nothing(
    otters: Service, app: Flask, client: FlaskClient
) -> None:
    with unwritten(app), statements(app) as sent:
        client.get("/services?q=otter&near=Exeter&access=hoist")
        client.get("/services/otters")
    assert not [said for said in sent if "count" in said.lower().split("from")[0]]


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": "curl/8.0"},
        {"User-Agent": ""},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"Referer": "http://localhost/self-check/result"},
    ],
)
def test_programs_pages_fetched_ahead_and_families_from_the_self_check_do_not_count(
    otters: Service, client: FlaskClient, headers: dict[str, str]
) -> None:
    client.get("/services?access=hoist", headers=headers)
    client.get("/services/otters", headers=headers)
    client.post("/services/otters/contact-used", headers=headers)
    assert numbers(otters) == Numbers() and wished() == {}


def test_a_look_at_the_head_alone_does_not_count(otters: Service, app: Flask) -> None:
    FlaskClient(app).head("/services/otters")
    assert numbers(otters) == Numbers()


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.MODERATOR])
def test_who_works_on_listings_does_not_count(
    otters: Service, client: FlaskClient, role: Role
) -> None:
    sign_in_as(client, role)
    client.get("/services/otters")
    assert numbers(otters) == Numbers()


def test_another_site_cannot_press_for_a_family(otters: Service, client: FlaskClient) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/services/otters/contact-used", headers=foreign).status_code == 403
    assert client.post("/services/nobody/contact-used").status_code == 404
    assert client.get("/services/otters/contact-used").status_code == 405
    assert numbers(otters) == Numbers()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("access=hoist", {("", "access:hoist")}),
        ("access=hoist&locality=exeter", {("exeter", "access:hoist")}),
        ("need=autism&near=Exeter", {("exeter", "need:autism")}),
        ("q=swimming", {("", "activity:swimming")}),
        ("q=swimming+in+Exeter", {("exeter", "activity:swimming")}),
        ("age=9&cost=free", {("", "age:5-10"), ("", "cost:free")}),
        ("age=11-15", {("", "age:11-15")}),
        ("q=swimming&page=2", {("", "activity:swimming")}),
        ("tier=universal", set()),
        ("", set()),
    ],
)
def test_what_a_family_looks_for_is_kept_as_codes(
    otters: Service, client: FlaskClient, query: str, expected: set[tuple[str, str]]
) -> None:
    client.get(f"/services?{query}")
    assert {*wished()} == expected


def test_no_word_and_no_address_is_ever_kept(
    otters: Service, app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    place = {"REMOTE_ADDR": "203.0.113.77"}
    typed = f"/services?q={CANARY}+for+my+son+Aloysius&near=EX4+3SB&access=hoist"
    client.get(typed, environ_overrides=place, headers={"Referer": "https://canary.example.org/"})
    client.get("/services/otters", environ_overrides=place)
    tally().write_out()
    kept = everything(tmp_path).lower()
    for secret in (*CANARY.split(), "aloysius", "ex4 3sb", "203.0.113", "canary.example"):
        assert secret not in kept


def test_a_cookie_is_never_set(otters: Service, client: FlaskClient) -> None:
    for path in ("/services?q=otter", "/services/otters"):
        assert "Set-Cookie" not in client.get(path).headers


def test_a_listing_that_is_gone_meanwhile_stops_nothing(
    otters: Service, client: FlaskClient
) -> None:
    tally().add_opened("nobody")
    client.get("/services/otters")
    assert numbers(otters).opened == 1


def test_what_cannot_be_written_waits(
    otters: Service, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OperationalError("", {}, OSError("the disk is full"))

    client.get("/services/otters")
    with monkeypatch.context() as broken:
        broken.setattr(tally_module, "add_batch", fail)
        tally().write_out()
    client.get("/services/otters")
    assert numbers(otters).opened == 2


def test_two_workers_add_to_the_same_day(otters: Service, app: Flask) -> None:
    workers = Tally(app), Tally(app)
    for worker in workers:
        worker.follow()
        for _ in range(100):
            worker.add_opened(otters.id)
    for worker in workers:
        worker.close()
    assert numbers(otters).opened == 200


def test_wishes_are_told_in_fives_and_not_at_all_under_ten(app: Flask) -> None:
    counted = {"access:hoist": 23, "access:bsl": 12, "need:autism": 9, "when:sunday": 40}
    with write() as database:
        for wish, times in counted.items():
            database.add(WishCount(month=MONTH, locality="exeter", wish=wish, times=times))
        database.add(WishCount(month=MONTH, locality="torridge", wish="access:hoist", times=99))
    assert wishes_lacking(["exeter"], [MONTH], {"when:sunday"}) == [
        Wish(MONTH, "exeter", "access", "hoist", 25),
        Wish(MONTH, "exeter", "access", "bsl", 10),
    ]
