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
from sqlalchemy.exc import DBAPIError, NotSupportedError, SQLAlchemyError
from sqlalchemy.orm import Session

from app.extensions import db

BUSY_MILLISECONDS = 10_000
"""How long a write waits for its turn before it fails."""
WRITES = "local_offer_writes"
"""The option of a connection whose transactions may write."""
LOCK = 7_403_112
"""PostgreSQL's number for "somebody is writing"."""
KEPT_SECONDS = 30
"""How long a connection is used before it is made anew."""
TAKE_TURN = f"SET LOCAL lock_timeout = {BUSY_MILLISECONDS}; SELECT pg_advisory_xact_lock({LOCK})"


def now() -> datetime:
    """The present moment in UTC, without a zone: both databases keep it alike."""
    return datetime.now(UTC).replace(tzinfo=None)


def new_id() -> str:
    """A fresh record id (a random UUID, as Open Referral UK asks)."""
    return str(uuid4())


def engine_options(address: str) -> dict[str, Any]:
    """How connections are kept: a server may have ended them since, a file cannot.

    They are renewed now and then: a host that reads a replica while the primary is away goes
    back to it.
    """
    if make_url(address).get_backend_name() != "postgresql":
        return {}
    return {"pool_pre_ping": True, "pool_recycle": KEPT_SECONDS}


class NotSavedError(SQLAlchemyError):
    """Nothing can be written now: no turn came, or the server is away or may only be read."""


@contextmanager
def write() -> Iterator[Session]:
    """One write transaction: committed at the end, rolled back whole on any error.

    A write within a write would be two, of which the first stays when the second fails: it is
    refused. Raises `NotSavedError` when it cannot begin, or the server goes away on the way.
    """
    session: Session = db.session()
    if session.in_transaction():
        if WRITES in session.connection().get_execution_options():
            raise RuntimeError("a write within a write")
        session.commit()
    _begin_write(session)
    try:
        yield session
        session.commit()
    except BaseException as fault:
        session.rollback()
        if isinstance(fault, DBAPIError) and fault.connection_invalidated:
            raise NotSavedError("the server has gone") from fault
        raise


def _begin_write(session: Session) -> None:
    """Begin to write. A server that may only be read is left for the one that is named first."""
    for is_last in (False, True):
        try:
            session.connection(execution_options={WRITES: True})
        except DBAPIError as fault:
            session.rollback()
            if is_last or not isinstance(fault, NotSupportedError):
                raise NotSavedError("nothing can be written now") from fault
            db.engine.dispose()
        else:
            return


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
