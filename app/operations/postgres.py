"""Copies of a PostgreSQL database, made and put back by PostgreSQL's own tools."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL

from app.extensions import db
from app.operations.plain import PlainError

REVISIONS = "alembic_version"


def dump(path: Path) -> None:
    """Write a consistent copy to a file. Raises PlainError."""
    try:
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={path}", _database())
    except PlainError:
        path.unlink(missing_ok=True)
        raise


def put_back(path: Path) -> None:
    """Put a copy in the database's place: whole, or not at all. Raises PlainError.

    Waits for whoever is reading or writing just then; who comes meanwhile waits for it.
    """
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
    _run("pg_restore", *options, _database(), str(path))


def revision_in(path: Path) -> str:
    """The form of the tables in a copy; empty when it is not a copy of a site."""
    try:
        words = _run("pg_restore", "--data-only", f"--table={REVISIONS}", "--file=-", str(path))
    except PlainError:
        return ""
    after = words.partition(f"{REVISIONS} (version_num) FROM stdin;")[2].split()
    return after[0] if after else ""


def _database() -> str:
    """Which database, without its password: command lines can be read by others."""
    url = db.engine.url
    plain = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, query=url.query
    )
    return f"--dbname={plain.render_as_string()}"


def _run(tool: str, *words: str) -> str:
    """Run a tool; gives what it printed. Raises PlainError with what went wrong."""
    program = shutil.which(tool)
    if program is None:
        raise PlainError(f"{tool} is not installed: install PostgreSQL's client tools")
    done = subprocess.run(  # noqa: S603 - our own settings, and no shell
        [program, *words],
        env={**os.environ, "PGPASSWORD": db.engine.url.password or ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PlainError(f"{tool} failed: {' '.join(done.stderr.split())}")
    return done.stdout
