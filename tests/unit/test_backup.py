"""Copies of the database: whole, brought back whole, and never in the place of something else."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import NullPool, create_engine, func, select

from app import create_app
from app.database import WRITES, now, write
from app.extensions import db
from app.models import ChangeFeed, Organisation, PublishedListing, Service
from app.operations import backup, schema
from app.taxonomies import sync_taxonomy
from tests.conftest import close
from tests.databases import KIND, POSTGRESQL, SQLITE, database_url, only_on
from tests.factories import published
from tests.operations import count_rows, plain_line

Make = Callable[[Path], object]
a_file = only_on(SQLITE, "it is about the file itself")


@pytest.fixture
def stocked(bare: Flask) -> Flask:
    """A site with its tables, one row in each, and an index."""
    schema.migrate_to_newest()
    with write() as database:
        sync_taxonomy(database)
    published(bare.extensions["local-offer-site"], "Otter Club")
    published(bare.extensions["local-offer-site"], "Badger Café")
    bare.extensions["search"].rebuild()
    return bare


def names() -> list[str]:
    """The names families see, from the database."""
    return list(db.session.scalars(select(PublishedListing.name).order_by("name")))


def database_file() -> Path:
    """The file of the database in use."""
    file = schema.sqlite_file()
    assert file is not None
    return file


def kept_beside(copy: Path) -> list[Path]:
    """Where restoring a copy has kept what was there before."""
    kept = copy if KIND == POSTGRESQL else database_file()
    return sorted(kept.parent.glob(f"{kept.name}.before-restore*"))


def remove_all() -> None:
    with write() as database:
        for row in database.scalars(select(Organisation)):
            database.delete(row)


def test_a_copy_brings_everything_back(stocked: Flask, tmp_path: Path) -> None:
    runner, copy = stocked.test_cli_runner(), tmp_path / "copy"
    before = count_rows()
    assert runner.invoke(args=["backup", "create", str(copy)]).exit_code == 0
    remove_all()
    assert names() == []
    restored = runner.invoke(args=["backup", "restore", str(copy)])
    assert restored.exit_code == 0, restored.stderr
    assert count_rows() == before
    assert names() == ["Badger Café", "Otter Club"]
    assert stocked.extensions["search"].differences() == []
    published(stocked.extensions["local-offer-site"], "Heron Club")
    assert stocked.extensions["search"].catch_up() == 1, "the feed goes on from its numbers"

    (kept,) = kept_beside(copy)
    backup.restore_backup(kept)
    db.session.expire_all()
    assert count_rows()["organisation"] == 0, "and what was there before comes back from there"


def test_every_earlier_state_is_kept(stocked: Flask, tmp_path: Path) -> None:
    backup.create_backup(tmp_path / "copy")
    kept = [backup.restore_backup(tmp_path / "copy") for _ in range(3)]
    assert sorted(path for path in kept if path) == kept_beside(tmp_path / "copy")
    assert [str(path).partition(".before-restore")[2] for path in kept] == ["", "-2", "-3"]


@a_file
def test_a_damaged_database_is_moved_aside(stocked: Flask, tmp_path: Path) -> None:
    runner = stocked.test_cli_runner()
    before = count_rows()
    assert runner.invoke(args=["backup", "create", str(tmp_path / "copy")]).exit_code == 0
    db.session.remove()
    close(stocked)
    file = database_file()
    file.write_bytes(b"\xff" * file.stat().st_size)
    refused = runner.invoke(args=["backup", "create", str(tmp_path / "second")])
    assert "the database is damaged" in plain_line(refused)
    assert not (tmp_path / "second").exists()
    assert runner.invoke(args=["backup", "restore", str(tmp_path / "copy")]).exit_code == 0
    assert count_rows() == before
    assert file.with_name("bare.db.before-restore").read_bytes()[:4] == b"\xff" * 4


@a_file
def test_a_lost_database_comes_back(stocked: Flask, tmp_path: Path) -> None:
    runner = stocked.test_cli_runner()
    before = count_rows()
    assert runner.invoke(args=["backup", "create", str(tmp_path / "copy")]).exit_code == 0
    db.session.remove()
    close(stocked)
    for part in database_file().parent.glob("bare.db*"):
        part.unlink()
    assert runner.invoke(args=["backup", "restore", str(tmp_path / "copy")]).exit_code == 0
    assert count_rows() == before


@contextmanager
def somebody_writing() -> Iterator[None]:
    """Meanwhile somebody else adds changes of `a` and `b`, always in pairs."""
    stop, engine = threading.Event(), create_engine(db.engine.url, poolclass=NullPool)
    pair = [{"service_id": key, "removed": False, "changed_at": now()} for key in "ab"]

    def keep_writing() -> None:
        with engine.connect().execution_options(**{WRITES: True}) as other:
            while not stop.is_set():
                for change in pair:
                    other.execute(ChangeFeed.__table__.insert(), change)
                other.commit()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join()


def test_a_copy_made_while_others_write_is_whole(
    stocked: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES_AT_ONCE", 1)
    with somebody_writing():
        backup.create_backup(tmp_path / "copy")
    assert list(tmp_path.glob("copy*")) == [tmp_path / "copy"], "one file and nothing beside it"
    backup.restore_backup(tmp_path / "copy")
    db.session.expire_all()
    counted = select(ChangeFeed.service_id, func.count()).group_by(ChangeFeed.service_id)
    pairs = dict(db.session.execute(counted).all())
    assert pairs.get("a", 0) == pairs.get("b", 0)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        lambda path: path.write_text("not a database " * 99),
        lambda path: path.write_bytes(b""),
        lambda path: _make(path, "CREATE TABLE x (y text)"),
        lambda path: _make(
            path,
            "CREATE TABLE alembic_version (version_num text)",
            "INSERT INTO alembic_version VALUES ('from the future')",
        ),
    ],
    ids=["nothing", "text", "empty", "another's", "from the future"],
)
def test_a_file_that_is_not_ours_changes_nothing(
    stocked: Flask, tmp_path: Path, make: Make
) -> None:
    before = count_rows()
    make(tmp_path / "odd")
    result = stocked.test_cli_runner().invoke(args=["backup", "restore", str(tmp_path / "odd")])
    said = ("there is no file", "is not a sound copy", "is not a copy of this site's database")
    assert any(words in plain_line(result) for words in said)
    assert count_rows() == before
    assert kept_beside(tmp_path / "odd") == []


def _make(path: Path, *statements: str) -> None:
    """A whole copy of somebody else's database."""
    source = create_engine(database_url(path.parent, "theirs"), poolclass=NullPool)
    with source.connect().execution_options(**{WRITES: True}) as theirs:
        for statement in statements:
            theirs.exec_driver_sql(statement)
        theirs.commit()
    if KIND == SQLITE:
        (path.parent / "theirs.db").rename(path)
    else:
        url = source.url.set(drivername="postgresql").render_as_string()
        subprocess.run(["pg_dump", "-Fc", f"--file={path}", f"--dbname={url}"], check=True)


def test_a_cut_off_copy_is_refused(stocked: Flask, tmp_path: Path) -> None:
    """Wherever it was cut off; on PostgreSQL what stood at the beginning may still be read."""
    before, copy = count_rows(), tmp_path / "copy"
    backup.create_backup(copy)
    whole = copy.read_bytes()
    for size in (10, len(whole) // 2, len(whole) - 500):
        copy.write_bytes(whole[:size])
        result = stocked.test_cli_runner().invoke(args=["backup", "restore", str(copy)])
        assert plain_line(result)
        db.session.rollback()
        assert count_rows() == before


def test_a_copy_never_overwrites(stocked: Flask, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("precious")
    result = stocked.test_cli_runner().invoke(args=["backup", "create", str(tmp_path / "copy")])
    assert "is there already" in plain_line(result)
    assert (tmp_path / "copy").read_text() == "precious"
    lost = stocked.test_cli_runner().invoke(args=["backup", "create", "/nowhere/copy"])
    assert "there is no folder" in plain_line(lost)


def test_a_reader_at_work_sees_the_restored_rows(stocked: Flask, tmp_path: Path) -> None:
    backup.create_backup(tmp_path / "copy")
    with create_engine(db.engine.url, poolclass=NullPool).connect() as worker:

        def held() -> int:
            worker.rollback()
            count: int = worker.scalar(select(func.count()).select_from(Service)) or 0
            worker.rollback()
            return count

        remove_all()
        assert held() == 0
        backup.restore_backup(tmp_path / "copy")
        assert held() == 2


@only_on(POSTGRESQL, "SQLite needs no tools")
def test_without_the_tools_it_says_what_to_install(
    stocked: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = stocked.test_cli_runner().invoke(args=["backup", "create", str(tmp_path / "copy")])
    assert "pg_dump is not installed: install PostgreSQL's client tools" in plain_line(result)


@only_on(POSTGRESQL, "SQLite has no server")
def test_a_server_that_does_not_answer_is_one_plain_line(stocked: Flask, tmp_path: Path) -> None:
    settings = stocked.extensions["local-offer-site"].settings
    url = f"postgresql+psycopg://nobody:hushhush@/site?host={tmp_path}"
    lost = create_app(replace(settings, database_url=url))
    with lost.app_context():
        result = lost.test_cli_runner().invoke(args=["backup", "create", str(tmp_path / "copy")])
    assert "hushhush" not in plain_line(result)
    assert not (tmp_path / "copy").exists()
    close(lost)
