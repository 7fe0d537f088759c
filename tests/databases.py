"""Where tests keep their records: in SQLite, or with `TEST_DATABASE=postgresql` in PostgreSQL.

A test names a database by a folder of its own. On SQLite it is a file in it; on PostgreSQL a
database of the tests' private server (`tests/cluster.py`), named after the folder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, inspect, text

from app.extensions import Base
from tests.cluster import cluster

SQLITE, POSTGRESQL = "sqlite", "postgresql"
KIND = os.environ.get("TEST_DATABASE") or SQLITE
"""Which of the two these tests run on."""
if KIND not in {SQLITE, POSTGRESQL}:
    raise pytest.UsageError(f"TEST_DATABASE: “{KIND}” is neither {SQLITE} nor {POSTGRESQL}")
USUAL = "test"


@dataclass(frozen=True)
class Template:
    """A database that nobody uses, and its index where it has one, to be copied."""

    folder: Path

    def copy_to(self, folder: Path) -> None:
        """Make the folder's database and index copies of these."""
        if (self.folder / "index").exists():
            shutil.copytree(self.folder / "index", folder / "index", symlinks=True)
        if KIND == SQLITE:
            shutil.copy(_file(self.folder, USUAL), _file(folder, USUAL))
        else:
            cluster().copy(_name(self.folder, USUAL), _name(folder, USUAL))


def database_url(folder: Path, name: str = USUAL) -> str:
    """What `DATABASE_URL` says for a folder's database; empty of tables unless copied to."""
    if KIND == SQLITE:
        return f"sqlite:///{_file(folder, name)}"
    return cluster().address(_name(folder, name))


def copy_in_use(source: Path, folder: Path) -> None:
    """Copy the database of a site that is running; a file has been copied with its folder."""
    if KIND == POSTGRESQL:
        cluster().clone(_name(source, USUAL), _name(folder, USUAL))


def out_of_reach(folder: Path) -> str:
    """The address of a database that is not there, with `lost` in its name."""
    if KIND == SQLITE:
        return f"sqlite:///{folder / 'nowhere' / 'lost.db'}"
    return f"postgresql+psycopg://local_offer@/lost?host={folder / 'nowhere'}"


def table_names(folder: Path) -> list[str]:
    """The tables of the folder's database."""
    return inspect(create_engine(database_url(folder), poolclass=NullPool)).get_table_names()


def drop(folder: Path, name: str = USUAL) -> None:
    """Take a folder's database away; files go with their folder."""
    if KIND == POSTGRESQL:
        cluster().drop(_name(folder, name))


def rows(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    """What the folder's database says now, asked past the application."""
    engine = create_engine(database_url(folder), poolclass=NullPool)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def everything(folder: Path) -> str:
    """All that the folder's database holds, as text."""
    tables = Base.metadata.sorted_tables
    found = (row for table in tables for row in rows(folder, f'SELECT * FROM "{table}"'))
    return "\n".join(map(str, found))


@contextmanager
def watching(url: str) -> Iterator[Callable[[], object]]:
    """Gives a look at the database that differs after anybody has committed a change to it.

    SQLite counts commits itself. On PostgreSQL every row names the transaction it is from: rows
    that are new or changed are newer than any other, and rows that are gone are missing.
    """
    engine = create_engine(url, poolclass=NullPool)
    tables = Base.metadata.sorted_tables
    counts = " UNION ALL ".join(
        f"SELECT '{table}', count(*), max(xmin::text::bigint) FROM \"{table}\"" for table in tables
    )
    statement = "PRAGMA data_version" if KIND == SQLITE else counts
    with engine.connect() as connection:

        def state() -> object:
            connection.rollback()
            return connection.exec_driver_sql(statement).all()

        yield state


def only_on(kind: str, why: str) -> pytest.MarkDecorator:
    """Marks a test that is about one of the two; skipped on the other, saying why."""
    return pytest.mark.skipif(kind != KIND, reason=f"on {kind} only: {why}")


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.db"


def _name(folder: Path, name: str) -> str:
    """A name of a database that no other folder has."""
    return f"{name}_{sha256(str(folder.resolve()).encode()).hexdigest()[:20]}"
