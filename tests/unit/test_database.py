"""Writes wait for each other, reach the disk, and leave all or nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app import create_app
from app import database as database_module
from app.config import Settings
from app.database import NotSavedError, new_id, now, write
from app.extensions import db
from app.models import Feedback, Organisation, Phone
from app.site import Site
from tests import factories
from tests.conftest import close
from tests.databases import POSTGRESQL, SQLITE, only_on, rows


def pragma(name: str) -> str:
    return str(db.session.execute(text(f"PRAGMA {name}")).scalar_one())


def organisations() -> list[str]:
    return sorted(db.session.scalars(select(Organisation.name)))


@only_on(SQLITE, "PostgreSQL is so by itself")
def test_sqlite_is_made_safe(app: Flask) -> None:
    """Readers do not stop writers, commits reach the disk, and links between records hold."""
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == "2"  # FULL
    assert pragma("foreign_keys") == "1"
    assert int(pragma("busy_timeout")) >= 5000


@only_on(SQLITE, "on PostgreSQL a lock takes its place")
def test_a_write_begins_immediate_and_a_read_does_not(app: Flask) -> None:
    begun: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("BEGIN"):
            begun.append(statement.strip())

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        organisations()
        assert begun == ["BEGIN"]
        with write() as database:
            database.add(Organisation(name="Wagtail Trust"))
        organisations()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert begun == ["BEGIN", "BEGIN IMMEDIATE", "BEGIN"]


def test_what_only_reads_can_change_nothing(app: Flask) -> None:
    """Whatever a page does by mistake: what may write says so."""
    db.session.add(factories.organisation())
    with pytest.raises(DBAPIError, match=r"read-?only"):
        db.session.commit()
    db.session.rollback()
    with write() as database:
        database.add(factories.organisation("Heron Trust"))
    with pytest.raises(DBAPIError, match=r"read-?only"):
        db.session.execute(text("DELETE FROM organisation"))
    db.session.rollback()
    assert organisations() == ["Heron Trust"]


def test_a_reading_is_of_one_moment(app: Flask) -> None:
    """What a page counts and what it then lists belong together."""

    def elsewhere() -> None:
        with app.app_context(), write() as database:
            database.add(Organisation(name="Meanwhile"))

    assert organisations() == []
    with ThreadPoolExecutor(1) as pool:
        pool.submit(elsewhere).result(timeout=30)
    assert organisations() == []
    db.session.rollback()
    assert organisations() == ["Meanwhile"]


def test_a_write_that_never_has_its_turn_fails(
    app: Flask, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits for ten seconds and no longer, and what is under way goes on."""
    short = database_module.TAKE_TURN.replace(str(database_module.BUSY_MILLISECONDS), "100")
    monkeypatch.setattr(database_module, "TAKE_TURN", short)
    monkeypatch.setattr(database_module, "BUSY_MILLISECONDS", 100)
    with write() as database:
        database.add(Organisation(name="First"))
        database.flush()
        with ThreadPoolExecutor(1) as pool, pytest.raises(NotSavedError):
            pool.submit(_write_elsewhere, site.settings).result(timeout=30)
    assert organisations() == ["First"]


def _write_elsewhere(settings: Settings) -> None:
    """A write by another process, as it were."""
    app = create_app(settings)
    try:
        with app.app_context(), write() as database:
            database.add(Organisation(name="Second"))
    finally:
        close(app)


@only_on(POSTGRESQL, "a file cannot end a connection")
def test_a_connection_that_was_ended_is_replaced(app: Flask, tmp_path: Path) -> None:
    """The server was started anew: no family meets an error for it."""
    assert organisations() == []
    db.session.rollback()
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    rows(tmp_path, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    assert organisations() == []


def test_a_write_is_there_afterwards(app: Flask) -> None:
    with write() as database:
        database.add(Organisation(name="Wagtail Trust"))
    db.session.remove()
    assert organisations() == ["Wagtail Trust"]


def test_a_write_that_fails_leaves_nothing(app: Flask) -> None:
    """Not even what was flushed before the fault."""
    with pytest.raises(ZeroDivisionError), write() as database:
        database.add(Organisation(name="Half Way"))
        database.flush()
        _ = 1 / 0
    assert organisations() == []
    with write() as database:
        database.add(Organisation(name="Afterwards"))
    assert organisations() == ["Afterwards"]


def test_a_write_that_is_interrupted_leaves_nothing(app: Flask) -> None:
    with pytest.raises(KeyboardInterrupt), write() as database:
        database.add(Organisation(name="Half Way"))
        database.flush()
        raise KeyboardInterrupt
    assert organisations() == []


def test_a_write_within_a_write_is_refused(app: Flask) -> None:
    """It would be two transactions, and half of the work could stay alone."""
    with pytest.raises(RuntimeError, match="within"), write() as database:
        database.add(Organisation(name="Outer"))
        with write() as again:
            again.add(Organisation(name="Inner"))
    assert organisations() == []


def test_a_record_cannot_point_at_nothing(app: Flask) -> None:
    with pytest.raises(IntegrityError), write() as database:
        database.add(Phone(contact_id="nobody", number="01632 960000"))


def test_taking_an_organisation_away_takes_its_services_and_keeps_reports(
    app: Flask, site: Site
) -> None:
    """Staff still read what a family reported, although the listing is gone."""
    made = factories.published(site)
    with write() as database:
        database.add(Feedback(service_id=made.id, words="It has closed."))
    with write() as database:
        database.execute(text("DELETE FROM organisation"))
    db.session.expire_all()
    left = {
        table: db.session.scalar(select(func.count()).select_from(table))
        for table in db.metadata.tables.values()
        if table.name in {"service", "listing", "attribute", "contact", "phone", "schedule"}
    }
    assert set(left.values()) == {0}, left
    assert db.session.scalars(select(Feedback)).one().service_id is None


def test_two_writers_at_once_wait_for_each_other(app: Flask) -> None:
    """Each reads first and then writes: begun late, one of them would be refused."""
    gate = threading.Barrier(2)

    def add(name: str) -> None:
        with app.app_context():
            for turn in range(15):
                gate.wait(timeout=30)
                with write() as database:
                    count = database.scalar(select(func.count()).select_from(Organisation))
                    database.add(Organisation(name=f"{name} {turn} after {count}"))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(add, "Robin"), pool.submit(add, "Wren")]:
            done.result(timeout=60)
    counts = sorted(int(name.rpartition(" ")[2]) for name in organisations())
    assert counts == list(range(30)), "each writer saw what the other had written"


def test_a_reader_is_not_held_up_by_a_writer(app: Flask) -> None:
    """A family sees the last published state while staff are saving."""
    writing, read = threading.Event(), threading.Event()

    def slow_write() -> None:
        with app.app_context(), write() as database:
            database.add(Organisation(name="Slow"))
            database.flush()
            writing.set()
            assert read.wait(timeout=30)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(slow_write)
        assert writing.wait(timeout=30)
        assert organisations() == []
        read.set()
        done.result(timeout=30)
    db.session.rollback()
    assert organisations() == ["Slow"]


def test_ids_are_random_and_times_have_no_zone() -> None:
    assert len({new_id() for _ in range(100)}) == 100
    assert now().tzinfo is None
