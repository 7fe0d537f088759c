"""What is kept only for a while: both sides of each boundary, in batches, told in the log."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, inspect, select

from app import tidying
from app.audit import find_break
from app.database import now, write
from app.extensions import Base, db
from app.limits import count_try
from app.mail import MOST_ATTEMPTS
from app.mail_sender import MailSender
from app.models import (
    AuditEntry,
    DayCount,
    Feedback,
    Invitation,
    JoinRequest,
    LoginSession,
    OutgoingMail,
    PublishedListing,
    RateCount,
    Reminder,
    SignIn,
    WishCount,
)
from app.site import Site
from tests import factories
from tests.people import person

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YEAR = timedelta(days=365)
Made = Callable[["World", datetime], Base]


@dataclass
class World:
    """What the records refer to, and how many there have been."""

    account: str
    service: str
    assured: date | None
    number: int = 0

    def word(self) -> str:
        self.number += 1
        return f"word {self.number}"


def session(world: World, **times: datetime) -> LoginSession:
    usual = {"expires_at": now() + DAY}
    return LoginSession(id_hash=world.word(), account_id=world.account, **{**usual, **times})


def invitation(world: World, **times: datetime) -> Invitation:
    usual = {"expires_at": now() + DAY}
    return Invitation(email="n@example.org", link_hash=world.word(), **{**usual, **times})


def mail(**facts: object) -> OutgoingMail:
    return OutgoingMail(recipient="n@example.org", subject="x", body="", **facts)


def request(**facts: object) -> JoinRequest:
    return JoinRequest(kind="join", organisation_name="H", name="N", email="n@e.org", **facts)


def reminder(world: World, at: datetime, assured: date | None) -> Reminder:
    return Reminder(
        service_id=world.service,
        stage=6,
        email="n@example.org",
        link_hash=world.word(),
        sent_at=at,
        expires_at=at,
        assured=assured,
    )


GOES: dict[str, tuple[timedelta, Made]] = {
    "message dealt with": (YEAR, lambda _w, at: Feedback(words="x", settled_at=at)),
    "message of any kind": (2 * YEAR, lambda _w, at: Feedback(words="x", created_at=at)),
    "request decided": (YEAR, lambda _w, at: request(status="refused", decided_at=at)),
    "mail sent": (30 * DAY, lambda _w, at: mail(sent_at=at)),
    "mail given up": (30 * DAY, lambda _w, at: mail(attempts=MOST_ATTEMPTS, queued_at=at)),
    "session ended": (7 * DAY, lambda w, at: session(w, ended_at=at)),
    "session run out": (7 * DAY, lambda w, at: session(w, expires_at=at)),
    "sign-in": (2 * DAY, lambda w, at: SignIn(link_hash=w.word(), expires_at=at)),
    "invitation used": (30 * DAY, lambda w, at: invitation(w, used_at=at)),
    "invitation withdrawn": (30 * DAY, lambda w, at: invitation(w, withdrawn_at=at)),
    "invitation run out": (30 * DAY, lambda w, at: invitation(w, expires_at=at)),
    "limit": (DAY, lambda w, at: RateCount(key_hash=w.word(), stretch=1, ends_at=at)),
    "reminder of what is checked since": (YEAR, lambda w, at: reminder(w, at, date(2001, 1, 1))),
}
"""What goes, how long after the moment, and a record with that moment."""
DAYS: dict[str, Made] = {
    "count": lambda w, at: DayCount(service_id=w.service, day=at.date()),
    "wish": lambda w, at: WishCount(month=at.date(), locality="exeter", wish="need:autism"),
}
"""What goes by days: two years and a day after."""
STAYS: dict[str, Made] = {
    "message that waits": lambda _w, at: Feedback(words="x", created_at=now() - YEAR - DAY),
    "request that waits": lambda _w, at: request(created_at=at),
    "mail that waits": lambda _w, at: mail(attempts=MOST_ATTEMPTS - 1, queued_at=at),
    "reminder of a listing as it is": lambda w, at: reminder(w, at, w.assured),
}
"""What stays although it is old: its time has not begun."""


@pytest.fixture
def world(app: Flask, site: Site) -> World:
    service = factories.published(site, assured_date=None)
    with write() as database:
        row = database.get_one(PublishedListing, service.id)
        row.published_at = now() - 9 * YEAR
        assured = row.assured
    return World(person().id, service.id, assured)


def store(record: Base) -> tuple[object, ...]:
    """Store a record; gives its key."""
    with write() as database:
        database.add(record)
        database.flush()
        return tuple(inspect(record).identity)


def is_kept(record_type: type[Base], key: tuple[object, ...]) -> bool:
    db.session.rollback()
    return db.session.get(record_type, key) is not None


def tidied(site: Site) -> list[dict[str, int]]:
    return [dict(counts) for counts in tidying.tidy(site)]


@pytest.mark.parametrize("name", GOES)
def test_each_kind_goes_when_its_time_is_over_and_not_before(
    site: Site, world: World, name: str
) -> None:
    period, make = GOES[name]
    young, old = (make(world, now() - period + shift) for shift in (HOUR, -HOUR))
    kept, gone = store(young), store(old)
    assert tidying.count_old() == 1
    assert sum(sum(counts.values()) for counts in tidied(site)) == 1
    assert is_kept(type(young), kept) and not is_kept(type(old), gone)


@pytest.mark.parametrize("name", DAYS)
def test_counts_go_after_two_years(site: Site, world: World, name: str) -> None:
    edge = now() - tidying.COUNTS
    young, old = DAYS[name](world, edge), DAYS[name](world, edge - DAY)
    kept, gone = store(young), store(old)
    tidied(site)
    assert is_kept(type(young), kept) and not is_kept(type(old), gone)


@pytest.mark.parametrize("name", STAYS)
def test_what_still_waits_stays_however_old(site: Site, world: World, name: str) -> None:
    record = STAYS[name](world, now() - 5 * YEAR)
    key = store(record)
    assert tidied(site) == []
    assert is_kept(type(record), key)


def test_every_kind_is_tried_here(site: Site, world: World) -> None:
    made = {type(make(world, now())) for _, make in GOES.values()}
    made |= {type(make(world, now())) for make in DAYS.values()}
    assert made == {kind.model for kind in tidying.KINDS}


def test_it_goes_in_batches_each_told_in_the_log(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "BATCH", 3)
    for _ in range(7):
        store(mail(sent_at=now() - YEAR))
    store(Feedback(words="x", settled_at=now() - 2 * YEAR))
    first = {"messages": 1, "mails": 3}
    assert tidied(site) == [first, {"mails": 3}, {"mails": 1}]
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "site.tidied"))
    told = [(entry.actor, msgspec.json.decode(entry.new)) for entry in entries]
    assert told == [("tidy", first), ("tidy", {"mails": 3}), ("tidy", {"mails": 1})]
    assert find_break(db.session(), site.settings.secret_key) is None


def test_nothing_to_wipe_writes_nothing(site: Site, world: World) -> None:
    assert tidied(site) == []
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_a_count_of_tries_knows_when_it_ends(site: Site, app: Flask) -> None:
    before = now()
    with write() as database:
        assert count_try(database, "secret", "somebody", most=1, seconds=900)
        assert not count_try(database, "secret", "somebody", most=1, seconds=900)
    held = db.session.scalars(select(RateCount)).one()
    assert before < held.ends_at <= now() + timedelta(seconds=900)
    assert held.times == 2


def test_mail_in_files_goes_too(site: Site, world: World) -> None:
    folder = site.settings.mail_folder
    folder.mkdir()
    for name, days in (("old.eml", 31), ("new.eml", 29), ("other.txt", 99)):
        file = folder / name
        file.write_text("Words")
        moment = time.time() - days * 86_400
        os.utime(file, (moment, moment))
    tidied(site)
    assert {file.name for file in folder.iterdir()} == {"new.eml", "other.txt"}


def test_the_command_says_what_went(app: Flask, site: Site, world: World) -> None:
    store(mail(sent_at=now() - YEAR))
    store(session(world, ended_at=now() - YEAR))
    run = app.test_cli_runner().invoke
    first, second = run(args=["tidy"]), run(args=["tidy"])
    assert first.exit_code == second.exit_code == 0
    assert "Wiped: mails 1, sessions 1." in first.output
    assert "Wiped: nothing." in second.output


def test_the_page_on_privacy_says_the_times_that_are_kept(client: FlaskClient) -> None:
    html = " ".join(client.get("/about/privacy").get_data(as_text=True).split())
    assert tidying.MESSAGES == tidying.REQUESTS == tidying.REMINDERS == YEAR
    assert html.count(" a year ") == 3
    assert tidying.MESSAGES_AT_MOST == 2 * YEAR and "After two years we delete it" in html
    assert tidying.COUNTS == 2 * YEAR + DAY and "delete these numbers after two years" in html
    for told in (
        f"where you signed in: {tidying.SESSIONS.days} days after",
        f"links and codes we mail you: {tidying.SIGN_INS.days} days after",
        f"tried to sign in: {tidying.LIMITS.days} day after",
        f"an invitation: {tidying.INVITATIONS.days} days after",
        f"and your email {tidying.MAILS.days} days later",
    ):
        assert told in html


def test_the_thread_of_a_worker_tidies(
    app: Flask, site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mail_sender.FIRST_TIDYING", 0.0)
    monkeypatch.setattr("app.mail_sender.LOOK_EVERY", 0.01)
    key = store(mail(sent_at=now() - YEAR))
    sender = MailSender(app)
    sender.follow()
    end = time.monotonic() + 60
    while is_kept(OutgoingMail, key) and time.monotonic() < end:
        time.sleep(0.02)
    sender.close()
    assert not is_kept(OutgoingMail, key)


def test_the_running_site_tidies_once_a_day(
    app: Flask, site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("app.mail_sender.time.monotonic", lambda: clock[0])
    sender = MailSender(app)
    sender._tidy_at = clock[0] + 600

    def wiped_after(seconds: float) -> bool:
        clock[0] += seconds
        key = store(mail(sent_at=now() - YEAR))
        sender._tidy_daily()
        return not is_kept(OutgoingMail, key)

    assert not wiped_after(599)
    assert wiped_after(1)
    assert not wiped_after(86_399)
    assert wiped_after(1)
