"""How a process talks to the database: either of two, made to behave alike.

A reading is a picture of one moment, and can change nothing. A write is one transaction, and
writes go one at a time: they wait for each other before they read anything, so that none
decides on what another is about to change, and what they number (the change feed, the log)
appears in the order of its numbers. Readers wait for nobody.

SQLite has it so by itself once a write begins immediate; every commit reaches the disk
(`synchronous=FULL`). On PostgreSQL a lock that ends with the transaction does the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.orm import Session

from app.extensions import db

BUSY_MILLISECONDS = 10_000
"""How long a write waits for its turn before it fails."""
WRITES = "local_offer_writes"
"""The option of a connection whose transactions may write."""
LOCK = 7_403_112
"""PostgreSQL's number for "somebody is writing"."""
TAKE_TURN = f"SET LOCAL lock_timeout = {BUSY_MILLISECONDS}; SELECT pg_advisory_xact_lock({LOCK})"


def now() -> datetime:
    """The present moment in UTC, without a zone: both databases keep it alike."""
    return datetime.now(UTC).replace(tzinfo=None)


def new_id() -> str:
    """A fresh record id (a random UUID, as Open Referral UK asks)."""
    return str(uuid4())


def engine_options(address: str) -> dict[str, Any]:
    """How connections are kept: a server may have ended them since, a file cannot."""
    return {"pool_pre_ping": make_url(address).get_backend_name() == "postgresql"}


@contextmanager
def write() -> Iterator[Session]:
    """One write transaction: committed at the end, rolled back whole on any error.

    A write within a write would be two, of which the first stays when the second fails: it is
    refused.
    """
    session: Session = db.session()
    if session.in_transaction():
        if WRITES in session.connection().get_execution_options():
            raise RuntimeError("a write within a write")
        session.commit()
    session.connection(execution_options={WRITES: True})
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
    """Begin a transaction that only reads, or one that writes and has waited for its turn."""
    writes = bool(connection.get_execution_options().get(WRITES))
    if connection.dialect.name == "sqlite":
        _begin_sqlite(connection, writes)
    else:
        _begin_postgresql(connection, writes)


def _begin_sqlite(connection: Connection, writes: bool) -> None:
    """Begin by hand: the driver's own habit is to begin late and never immediate."""
    raw: Any = connection.connection.driver_connection
    raw.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection, writes: bool) -> None:
    """Say how the driver shall begin. Each statement of a write sees what was committed by then."""
    raw: Any = connection.connection.driver_connection
    raw.read_only = not writes
    connection.dialect.set_isolation_level(raw, "READ COMMITTED" if writes else "REPEATABLE READ")
    if writes:
        connection.exec_driver_sql(TAKE_TURN)
