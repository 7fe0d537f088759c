"""Copies of the database: one file each, whole, made while the site goes on working."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import func, inspect, select

from app.extensions import db
from app.models import AuditEntry
from app.operations import postgres
from app.operations.plain import PlainError
from app.operations.schema import known_revisions, sqlite_file

PAGES_AT_ONCE = 2_000
Progress = Callable[[int, int], None]
"""Told how many pages are left and how many there are."""


def create_backup(path: Path, progress: Progress | None = None) -> None:
    """Write a consistent copy of the database to a new file.

    Raises PlainError when the file is there already or the database cannot be copied.
    """
    if path.exists():
        raise PlainError(f"{path} is there already: choose another name")
    if not path.parent.is_dir():
        raise PlainError(f"there is no folder {path.parent}")
    source = sqlite_file()
    if source is None:
        postgres.dump(path)
        return
    with _fresh_file(path) as fresh:
        _copy(_healthy(source), fresh, progress)


def count_entries() -> int:
    """How many entries the log has now; none while there are no tables."""
    source = sqlite_file()
    if source is not None and (not source.is_file() or find_damage(source)):
        return 0
    if not inspect(db.engine).has_table(AuditEntry.__tablename__):
        return 0
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def restore_backup(path: Path, progress: Progress | None = None) -> Path | None:
    """Put a copy in the database's place; gives the file that keeps what was there before.

    The copy is checked first and nothing is touched when it is not one of ours. A sound
    database is overwritten in one transaction, which a running site takes up by itself; a
    damaged one is moved aside. Raises PlainError.
    """
    target = sqlite_file()
    check_backup(path)
    db.session.remove()
    db.engine.dispose()
    if target is None:
        return _restore_postgres(path)
    kept = _keep(target)
    with _fresh_file(target) if not target.exists() else _same_file(target) as fresh:
        _copy(path, fresh, progress)
    return kept


def _restore_postgres(path: Path) -> Path:
    """Keep what is there now in a file beside the copy, then put the copy in its place."""
    kept = _free_name(path)
    postgres.dump(kept)
    try:
        postgres.put_back(path)
    except PlainError:
        kept.unlink()  # nothing was changed
        raise
    return kept


def check_backup(path: Path) -> None:
    """Refuse, by PlainError, a file that is not a whole copy of a database of this site."""
    if not path.is_file():
        raise PlainError(f"there is no file {path}")
    if sqlite_file() is None:
        revision = postgres.revision_in(path)
    else:
        problem = find_damage(path) or _cut_off(path)
        if problem:
            raise PlainError(f"{path} is not a sound copy: {problem}")
        revision = _revision(path)
    if revision not in known_revisions():
        raise PlainError(f"{path} is not a copy of this site's database, or of a later version")


def find_damage(path: Path) -> str:
    """What SQLite finds wrong with a file, in its words; empty when nothing."""
    try:
        with closing(_open(path, "ro")) as database:
            found = str(database.execute("PRAGMA integrity_check(1)").fetchone()[0])
            return "" if found == "ok" else " ".join(found.split())
    except sqlite3.DatabaseError as error:
        return str(error)


def _cut_off(copy: Path) -> str:
    """Says so when a copy ends early: SQLite reads what is missing of its last page as nothing."""
    with closing(_open(copy, "ro")) as database:
        pages, size = (
            database.execute(f"PRAGMA page_{each}").fetchone()[0] for each in ("count", "size")
        )
    return "" if copy.stat().st_size == pages * size else "its end is missing"


def _healthy(source: Path) -> Path:
    """The database's file, if it can be copied at all."""
    if not source.is_file():
        raise PlainError("there is no database yet: run `prepare`")
    problem = find_damage(source)
    if problem:
        raise PlainError(f"the database is damaged, so it was not copied: {problem}")
    return source


def _copy(source: Path, target: Path, progress: Progress | None) -> None:
    """Copy page by page what the source held at this moment, whatever is written meanwhile."""

    def tell(_status: int, left: int, total: int) -> None:
        if progress is not None:
            progress(left, total)

    with closing(_open(source, "ro")) as old, closing(_open(target, "rwc")) as new:
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()
        old.backup(new, pages=PAGES_AT_ONCE, progress=tell)


def _open(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=30)


def _revision(path: Path) -> str:
    try:
        with closing(_open(path, "ro")) as database:
            row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        return ""
    return str(row[0]) if row else ""


@contextmanager
def _fresh_file(path: Path) -> Iterator[Path]:
    """A file to fill beside its final place, which it takes when it is whole and on disk."""
    fresh = path.with_name(f"{path.name}.part")
    fresh.unlink(missing_ok=True)
    try:
        yield fresh
        _fold(fresh)
        fresh.replace(path)
    finally:
        _remove(fresh)


@contextmanager
def _same_file(path: Path) -> Iterator[Path]:
    """The file itself, for a copy that is one transaction."""
    yield path


def _fold(path: Path) -> None:
    """Make a copy one file that is safely on disk, without a log beside it."""
    with closing(_open(path, "rw")) as database:
        database.execute("PRAGMA journal_mode=DELETE").fetchone()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _keep(target: Path) -> Path | None:
    """Keep what is there now under another name: a copy when it is sound, else the file itself."""
    if not target.exists():
        return None
    kept = _free_name(target)
    if find_damage(target):
        for ending in ("", "-wal", "-shm"):
            part = target.with_name(target.name + ending)
            if part.exists():
                part.replace(kept.with_name(kept.name + ending))
    else:
        with _fresh_file(kept) as fresh:
            _copy(target, fresh, None)
    return kept


def _free_name(target: Path) -> Path:
    """A name ending in `.before-restore` that nothing has yet."""
    name = target.with_name(f"{target.name}.before-restore")
    number = 1
    while name.exists():
        number += 1
        name = target.with_name(f"{target.name}.before-restore-{number}")
    return name


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
