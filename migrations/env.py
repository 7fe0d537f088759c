"""Runs migrations against the application's own database, quietly."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine

from app import models
from app.database import LOCK, WRITES
from app.extensions import Base

assert models.__all__, "importing the models fills the metadata"

SURROUNDINGS = {
    "sqlite": ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON"),
    "postgresql": (f"SELECT pg_advisory_lock({LOCK})", f"SELECT pg_advisory_unlock({LOCK})"),
}
"""What is said before and after the tables are changed."""


def compare_options() -> dict[str, object]:
    """How models and tables are compared, and tables changed, on either database."""
    return {
        "target_metadata": Base.metadata,
        "compare_type": True,
        "render_as_batch": True,
        "transactional_ddl": True,
        "transaction_per_migration": True,
    }


def run_offline() -> None:
    """Print the SQL instead of running it."""
    engine: Engine = current_app.extensions["migrate"].db.engine
    context.configure(
        url=engine.url.render_as_string(hide_password=True),
        literal_binds=True,
        **compare_options(),
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Change the tables.

    SQLite rebuilds a table to change it, and would delete the rows that hang on the old
    one: foreign keys are off while that happens, and checked when it is done. On PostgreSQL
    several hosts may start at once: one changes the tables, the others wait and find it done.
    """
    engine: Engine = current_app.extensions["migrate"].db.engine
    before, after = SURROUNDINGS[engine.dialect.name]
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        _run_outside(connection, before)
        try:
            context.configure(connection=connection, **compare_options())
            with context.begin_transaction():
                context.run_migrations()
        finally:
            _run_outside(connection, after)


def _run_outside(connection: Connection, statement: str) -> None:
    """Run a statement outside any transaction."""
    connection.rollback()
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(statement)
    raw.rollback()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
