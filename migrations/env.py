"""Runs migrations against the application's own database, quietly."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine

from app import models
from app.extensions import Base

assert models.__all__, "importing the models fills the metadata"


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
    one: foreign keys are off while that happens, and checked when it is done.
    """
    engine: Engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        _set_foreign_keys(connection, "OFF")
        context.configure(connection=connection, **compare_options())
        with context.begin_transaction():
            context.run_migrations()
        _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, value: str) -> None:
    """Turn SQLite's keeping of references on or off, outside any transaction."""
    if connection.dialect.name != "sqlite":
        return
    connection.rollback()
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(f"PRAGMA foreign_keys={value}")
    connection.rollback()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
