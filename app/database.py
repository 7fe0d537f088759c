"""How a process talks to the database: SQLite made safe, and one way to write.

A write is one transaction. On SQLite it begins immediate, so that two writers wait for
each other instead of failing half-way, and every commit reaches the disk
(`synchronous=FULL`). PostgreSQL needs neither.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from app.extensions import db

BUSY_MILLISECONDS = 10_000
BEGIN_OPTION = "sqlite_begin"


def now() -> datetime:
    """The present moment in UTC, without a zone: both databases keep it alike."""
    return datetime.now(UTC).replace(tzinfo=None)


def new_id() -> str:
    """A fresh record id (a random UUID, as Open Referral UK asks)."""
    return str(uuid4())


@contextmanager
def write() -> Iterator[Session]:
    """One write transaction: committed at the end, rolled back whole on any error."""
    session: Session = db.session()
    session.commit()
    session.connection(execution_options={BEGIN_OPTION: "IMMEDIATE"})
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Set what SQLite does not set by itself, once for each connection."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Begin by hand: the driver's own habit is to begin late and never immediate."""
    if connection.dialect.name == "sqlite":
        mode = connection.get_execution_options().get(BEGIN_OPTION, "")
        connection.exec_driver_sql(f"BEGIN {mode}")
