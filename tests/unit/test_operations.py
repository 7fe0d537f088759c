"""The administrator's commands: tables, checks, copies. Each does its work or says why not."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from click.testing import Result
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Column, Table, func, inspect, select, text

from app import create_app
from app.config import Settings
from app.database import write
from app.extensions import Base, db
from app.mail import queue_mail
from app.models import Organisation, PublishedListing, Service, Taxonomy, TaxonomyTerm
from app.operations import backup, schema
from app.operations.schema import MIGRATIONS, current_revision, newest_revision
from app.site import Site, set_site
from app.taxonomies import sync_taxonomy, term_id
from app.vocabulary import SERVICE_LISTS
from tests.conftest import close
from tests.factories import published, service

SAFE = {
    "config": "production",
    "secret_key": "k" * 40,
    "public_url": "https://offer.example.org",
    "mail_url": "smtp://mail.example.org:25",
    "accept_unagreed_rules": True,
}
Run = Callable[..., Result]
Make = Callable[..., Flask]


@pytest.fixture
def bare(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """A site without tables, in its context."""
    app = create_app(replace(settings, database_url=f"sqlite:///{tmp_path / 'new' / 'bare.db'}"))
    with app.app_context():
        yield app
    close(app)


@pytest.fixture
def production(settings: Settings, tmp_path: Path) -> Iterator[Make]:
    """Makes a site with settings a council would use, all in order unless changed."""
    made: list[Flask] = []

    def build(**changes: Any) -> Flask:
        own = replace(settings, **{**SAFE, "database_url": f"sqlite:///{tmp_path / 'live.db'}"})
        made.append(create_app(replace(own, **changes)))
        return made[-1]

    yield build
    for app in made:
        close(app)


@pytest.fixture
def run(app: Flask) -> Run:
    """Runs a command of `app`."""
    return lambda *words: app.test_cli_runner().invoke(args=[str(word) for word in words])


def plain_line(result: Result) -> str:
    """The one line a failed command writes on standard error."""
    assert result.exit_code == 1, result.output
    lines = result.stderr.splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("Error: ")
    return lines[0]


def fill_every_table() -> dict[str, int]:
    """One row in each table, with a value in every column; gives the number of each."""
    made: dict[str, dict[str, Any]] = {}
    with write() as database:
        for table in Base.metadata.sorted_tables:
            row = {column.name: _value(column, made) for column in table.columns}
            made[table.name] = row
            database.execute(table.insert().values(row))
    return count_rows()


def _value(column: Column[Any], made: dict[str, dict[str, Any]]) -> Any:
    """A value that fits: that of the row referred to, else one by type."""
    for key in column.foreign_keys:
        return made[key.column.table.name][key.column.name]
    kinds = {int: 1, bool: True, str: "x", date: date(2026, 1, 1), datetime: datetime(2026, 1, 1)}
    return kinds[column.type.python_type]


def count_rows() -> dict[str, int]:
    """How many rows each table has."""

    def rows(table: Table) -> int:
        return db.session.scalar(select(func.count()).select_from(table)) or 0

    return {table.name: rows(table) for table in Base.metadata.sorted_tables}


def test_migrations_make_what_the_models_say(bare: Flask) -> None:
    schema.migrate_to_newest()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert current_revision() == newest_revision() != ""


def test_migrations_go_down_and_up_with_data(bare: Flask) -> None:
    schema.migrate_to_newest()
    assert set(fill_every_table().values()) == {1}
    db.session.remove()
    downgrade(directory=str(MIGRATIONS), revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    upgrade(directory=str(MIGRATIONS))
    assert set(count_rows().values()) == {0}
    assert set(fill_every_table().values()) == {1}


def test_what_is_counted_outlives_the_change_that_gave_it_an_end(bare: Flask) -> None:
    schema.migrate_to_newest()
    fill_every_table()
    db.session.remove()
    downgrade(directory=str(MIGRATIONS), revision="0002")
    upgrade(directory=str(MIGRATIONS), revision="0003")
    row = db.session.execute(text("SELECT times, ends_at FROM rate_count")).one()
    assert row.times == 1 and row.ends_at is not None


def test_references_are_kept_after_a_migration(bare: Flask) -> None:
    schema.migrate_to_newest()
    assert db.session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_closed_lists_become_records_once(app: Flask) -> None:
    with write() as database:
        written = sync_taxonomy(database)
    with write() as database:
        assert sync_taxonomy(database) == written
    assert count_rows()["taxonomy"] == len(SERVICE_LISTS)
    assert count_rows()["taxonomy_term"] == written == sum(map(len, SERVICE_LISTS.values()))
    term = db.session.get_one(TaxonomyTerm, term_id("break", "holiday_club"))
    assert term.name == "Holiday club or playscheme"


def test_a_word_that_changed_is_taken_over(app: Flask) -> None:
    with write() as database:
        database.get_one(TaxonomyTerm, "need:autism").name = "old"
        database.get_one(Taxonomy, "need").name = "old"
    with write() as database:
        sync_taxonomy(database)
    assert db.session.get_one(TaxonomyTerm, "need:autism").name == "Autism"
    assert db.session.get_one(Taxonomy, "need").name == "need"


def test_prepare_makes_a_site_and_then_changes_nothing(
    bare: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.operations.prepare.DEFAULT_SERVICES", 30)
    runner = bare.test_cli_runner()
    assert runner.invoke(args=["prepare"]).exit_code == 0
    first = count_rows()
    assert first["listing"] > 20
    assert bare.extensions["search"].differences() == []
    again = runner.invoke(args=["prepare"])
    assert (again.exit_code, again.output) == (0, "")
    assert count_rows() == first


def test_prepare_loads_nothing_made_up_in_production(production: Make) -> None:
    app = production()
    assert app.test_cli_runner().invoke(args=["prepare"]).exit_code == 0
    with app.app_context():
        assert count_rows()["service"] == 0
        assert count_rows()["taxonomy_term"] == sum(map(len, SERVICE_LISTS.values()))


def test_prepare_mends_a_damaged_index(run: Run, app: Flask, site: Site) -> None:
    published(site, "Otter Club")
    engine = app.extensions["search"]
    assert run("prepare").exit_code == 0
    assert engine.differences() == []
    for file in site.settings.search_index.glob("build-*/*"):
        file.write_bytes(b"damaged")
    assert engine.differences() != []
    assert run("prepare").exit_code == 0
    assert engine.differences() == []


def test_check_passes_a_safe_site(production: Make) -> None:
    runner = production().test_cli_runner()
    assert runner.invoke(args=["prepare"]).exit_code == 0
    result = runner.invoke(args=["check"])
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    assert "These settings are safe." in result.stdout
    assert "Note: 9 of the rules that decide a result are not agreed" in result.stdout
    assert "families are shown still need a check by a person" in result.stdout


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"config": "development"}, "CONFIG is “development”"),
        ({"secret_key": "development-only"}, "SECRET_KEY is missing"),
        ({"secret_key": "k" * 31}, "SECRET_KEY is too short"),
        ({"public_url": ""}, "PUBLIC_URL is missing"),
        ({"public_url": "http://offer.example.org"}, "does not begin with https"),
        ({"public_url": "https://"}, "names no host"),
        ({"neutral_site": "https://offer.example.org/x"}, "NEUTRAL_SITE is this site"),
        ({"mail_url": ""}, "MAIL_URL is missing"),
        ({"mail_url": "http://mail"}, "neither smtp:// nor smtps://"),
        ({"database_url": "sqlite:////nowhere/at/all.db"}, "folder is missing"),
        ({"search_index": Path("/nowhere/at/all")}, "search index's folder is missing"),
    ],
)
def test_check_refuses_what_is_unsafe(production: Make, changes: dict[str, Any], said: str) -> None:
    production().test_cli_runner().invoke(args=["prepare"])
    result = production(**changes).test_cli_runner().invoke(args=["check"])
    assert said in result.stdout
    assert "to mend before families use this site" in plain_line(result)


def test_check_refuses_what_is_not_settled(production: Make) -> None:
    """Rules nobody agreed and numbers nobody checked: a line for each, unless accepted."""
    app = production(accept_unagreed_rules=False)
    app.test_cli_runner().invoke(args=["prepare"])
    result = app.test_cli_runner().invoke(args=["check"])
    assert "Unsafe: 9 of the rules that decide a result are not agreed by Devon" in result.stdout
    assert "families are shown still need a check by a person" in result.stdout
    assert plain_line(result) == "Error: 2 to mend before families use this site."


def test_check_refuses_debugging(production: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = production()
    app.test_cli_runner().invoke(args=["prepare"])
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert "debugging is on" in app.test_cli_runner().invoke(args=["check"]).stdout


def test_check_refuses_tables_of_another_form(production: Make) -> None:
    result = production().test_cli_runner().invoke(args=["check"])
    assert "not in their newest form" in result.stdout
    plain_line(result)


@pytest.mark.parametrize("shown", [True, False])
def test_check_refuses_made_up_services(production: Make, shown: bool) -> None:
    app = production()
    app.test_cli_runner().invoke(args=["prepare"])
    with app.app_context():
        with write() as database:
            database.add(service("Otter Club", source="demo"))
        if shown:
            published(app.extensions["local-offer-site"], "Badger Club", source="demo")
    result = app.test_cli_runner().invoke(args=["check"])
    assert "made-up services" in result.stdout
    plain_line(result)


def test_mail_send_says_how_many(run: Run, site: Site) -> None:
    assert run("mail", "send").stdout == "Sent: 0.\n"
    with write() as database:
        queue_mail(database, site, subject="x", body="y")
    assert run("mail", "send").stdout == "Sent: 1.\n"


def test_mail_send_fails_when_mail_fails(run: Run, app: Flask, site: Site) -> None:
    set_site(app, replace(site, settings=replace(site.settings, mail_url="smtp://127.0.0.1:1")))
    with write() as database:
        queue_mail(database, site, subject="x", body="y")
    assert "1 could not be sent" in plain_line(run("mail", "send"))


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


def test_a_copy_brings_everything_back(stocked: Flask, tmp_path: Path) -> None:
    runner = stocked.test_cli_runner()
    before = count_rows()
    assert runner.invoke(args=["backup", "create", str(tmp_path / "copy")]).exit_code == 0
    with write() as database:
        for row in database.scalars(select(Organisation)):
            database.delete(row)
    assert names() == []
    restored = runner.invoke(args=["backup", "restore", str(tmp_path / "copy")])
    assert restored.exit_code == 0, restored.stderr
    assert count_rows() == before
    assert names() == ["Badger Café", "Otter Club"]
    assert stocked.extensions["search"].differences() == []
    kept = database_file().with_name("bare.db.before-restore")
    with closing(sqlite3.connect(kept)) as old:
        assert old.execute("SELECT count(*) FROM organisation").fetchone() == (0,)


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


def test_every_earlier_state_is_kept(stocked: Flask, tmp_path: Path) -> None:
    backup.create_backup(tmp_path / "copy")
    kept = [backup.restore_backup(tmp_path / "copy") for _ in range(3)]
    assert [path.name.partition(".db")[2] for path in kept if path] == [
        ".before-restore",
        ".before-restore-2",
        ".before-restore-3",
    ]


def test_a_copy_made_while_others_write_is_whole(stocked: Flask, tmp_path: Path) -> None:
    backup.PAGES_AT_ONCE, at_once = 1, backup.PAGES_AT_ONCE
    stop = threading.Event()
    file = database_file()

    def keep_writing() -> None:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as other:
            while not stop.is_set():
                other.execute("BEGIN IMMEDIATE")
                other.execute(
                    "INSERT INTO change_feed(service_id,removed,changed_at) VALUES('a',0,'')"
                )
                other.execute(
                    "INSERT INTO change_feed(service_id,removed,changed_at) VALUES('b',0,'')"
                )
                other.execute("COMMIT")

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        backup.create_backup(tmp_path / "copy")
    finally:
        stop.set()
        writer.join()
        backup.PAGES_AT_ONCE = at_once
    assert backup.find_damage(tmp_path / "copy") == ""
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        pairs = dict(copy.execute("SELECT service_id, count(*) FROM change_feed GROUP BY 1"))
    assert pairs.get("a", 0) == pairs.get("b", 0)
    assert not list(tmp_path.glob("copy?*")), "one file and nothing beside it"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "there is no file"),
        (lambda path: path.write_text("not a database " * 99), "is not a sound copy"),
        (lambda path: path.write_bytes(b""), "is not a copy of this site's database"),
        (lambda path: _make(path, "CREATE TABLE x (y)"), "is not a copy of this site's"),
        (
            lambda path: _make(
                path,
                "CREATE TABLE alembic_version (version_num)",
                "INSERT INTO alembic_version VALUES ('from the future')",
            ),
            "is not a copy of this site's",
        ),
    ],
)
def test_a_file_that_is_not_ours_changes_nothing(
    stocked: Flask, tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    before = count_rows()
    make(tmp_path / "odd")
    result = stocked.test_cli_runner().invoke(args=["backup", "restore", str(tmp_path / "odd")])
    assert said in plain_line(result)
    assert count_rows() == before
    assert not list(database_file().parent.glob("*.before-restore*"))


def _make(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_a_cut_off_copy_is_refused(stocked: Flask, tmp_path: Path) -> None:
    backup.create_backup(tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    (tmp_path / "copy").write_bytes(whole[: len(whole) // 2])
    result = stocked.test_cli_runner().invoke(args=["backup", "restore", str(tmp_path / "copy")])
    assert "is not a sound copy" in plain_line(result)


def test_a_copy_never_overwrites(stocked: Flask, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("precious")
    result = stocked.test_cli_runner().invoke(args=["backup", "create", str(tmp_path / "copy")])
    assert "is there already" in plain_line(result)
    assert (tmp_path / "copy").read_text() == "precious"
    lost = stocked.test_cli_runner().invoke(args=["backup", "create", "/nowhere/copy"])
    assert "there is no folder" in plain_line(lost)


def test_a_reader_at_work_sees_the_restored_rows(stocked: Flask, tmp_path: Path) -> None:
    backup.create_backup(tmp_path / "copy")
    with closing(sqlite3.connect(database_file())) as worker:
        with write() as database:
            for row in database.scalars(select(Service)):
                database.delete(row)
        assert worker.execute("SELECT count(*) FROM service").fetchone() == (0,)
        backup.restore_backup(tmp_path / "copy")
        assert worker.execute("SELECT count(*) FROM service").fetchone() == (2,)


def test_every_command_has_help_and_fails_in_one_line(app: Flask, run: Run) -> None:
    for words in (
        ["prepare"],
        ["check"],
        ["mail", "send"],
        ["backup", "create"],
        ["backup", "restore"],
        ["demo", "load"],
        ["feed", "import"],
        ["search", "rebuild"],
        ["search", "check"],
        ["search", "catch-up"],
        ["search", "query"],
    ):
        result = run(*words, "--help")
        assert result.exit_code == 0, words
        assert len(result.output.split("Options:")[0].splitlines()) > 2, words


def test_an_unexpected_error_is_one_plain_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_settings: Settings) -> None:
        raise OSError("the disk\nis full")

    monkeypatch.setattr("app.operations.commands.send_waiting", fail)
    assert plain_line(run("mail", "send")) == "Error: OSError: the disk is full"
