"""The log notices every change to it: of an entry, its removal, one put in, two changed over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from app.audit import Actor, Work, find_break, record
from app.database import write
from app.extensions import db
from app.models import AuditEntry
from app.site import Site

WHO = Actor("an-id", "Sam Okoro", "moderator")
FIELDS = [
    "at",
    "actor_id",
    "actor",
    "role",
    "action",
    "subject_kind",
    "subject_id",
    "on_behalf_of",
    "old",
    "new",
    "seal",
]


@pytest.fixture
def log(app: Flask, site: Site) -> Site:
    """Seven entries."""
    for number in range(7):
        with write() as database:
            work = Work(database, site, WHO)
            record(work, "listing.updated", ("service", f"s{number}"), {"a": 1}, {"a": number})
    return site


def fault(site: Site, count: int | None = None) -> str:
    db.session.expire_all()
    found = find_break(db.session(), site.settings.secret_key, count)
    return f"{found.number}: {found.fault}" if found else ""


def spoil(statement: str) -> None:
    with write() as database:
        database.execute(text(statement))


def test_a_log_nobody_touched_is_whole(log: Site) -> None:
    assert fault(log) == "" and fault(log, 7) == "" and fault(log, 3) == ""


def test_an_empty_log_is_whole_until_there_were_entries(app: Flask, site: Site) -> None:
    assert fault(site) == ""
    assert fault(site, 1) == "1: there were 1 entries and now there are 0"


@pytest.mark.parametrize("field", FIELDS)
def test_a_change_of_any_field_is_seen(log: Site, field: str) -> None:
    value = "'2001-01-01 00:00:00.000000'" if field == "at" else "'other'"
    spoil(f"UPDATE audit_entry SET {field} = {value} WHERE number = 3")
    assert fault(log).startswith("3: ")


@pytest.mark.parametrize("number", [1, 4, 6])
def test_a_removal_is_seen(log: Site, number: int) -> None:
    spoil(f"DELETE FROM audit_entry WHERE number = {number}")
    assert fault(log) == f"{number}: entry {number} is missing"


def test_a_removal_is_seen_when_the_others_close_up(log: Site) -> None:
    spoil("DELETE FROM audit_entry WHERE number = 3")
    for number in range(4, 8):
        spoil(f"UPDATE audit_entry SET number = {number - 1} WHERE number = {number}")
    assert fault(log).startswith("3: ")


def test_an_entry_put_in_is_seen(log: Site) -> None:
    with write() as database:
        copied = database.get_one(AuditEntry, 4)
        facts = {column.key: getattr(copied, column.key) for column in AuditEntry.__table__.columns}
        database.add(AuditEntry(**{**facts, "number": 8}))
    assert fault(log).startswith("8: ")


def test_two_changed_over_are_seen(log: Site) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        spoil(f"UPDATE audit_entry SET number = {new} WHERE number = {old}")
    assert fault(log).startswith("3: ")


def test_a_missing_end_shows_against_a_count(log: Site) -> None:
    spoil("DELETE FROM audit_entry WHERE number > 5")
    assert fault(log) == "", "a shorter chain is a chain"
    assert fault(log, 7) == "6: there were 7 entries and now there are 5"


def test_another_key_seals_otherwise(log: Site) -> None:
    found = find_break(db.session(), "another key")
    assert found is not None and found.number == 1


def test_what_is_undone_leaves_no_entry(log: Site) -> None:
    with pytest.raises(ZeroDivisionError), write() as database:
        record(Work(database, log, WHO), "listing.updated", ("service", "x"))
        raise ZeroDivisionError
    assert fault(log, 7) == ""


Outcome = Callable[[list[str]], tuple[int, str]]


@pytest.fixture
def run(app: Flask) -> Outcome:
    def command(words: list[str]) -> tuple[int, str]:
        result = app.test_cli_runner().invoke(args=words)
        return result.exit_code, result.output

    return command


def test_the_command_counts_and_fails_at_the_first_broken_entry(log: Site, run: Outcome) -> None:
    assert run(["audit", "verify"]) == (0, "7 entries, whole.\n")
    assert run(["audit", "verify", "--count", "7"])[0] == 0
    status, said = run(["audit", "verify", "--count", "8"])
    assert status == 1 and "there were 8 entries and now there are 7" in said
    spoil("UPDATE audit_entry SET actor = 'Nobody' WHERE number = 2")
    status, said = run(["audit", "verify"])
    assert status == 1 and "the log is broken at entry 2" in said


def test_a_backup_prints_the_count(log: Site, run: Outcome, tmp_path: object) -> None:
    status, said = run(["backup", "create", f"{tmp_path}/copy.db"])
    assert status == 0 and "at least 7 entries" in said
