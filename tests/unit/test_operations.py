"""The administrator's commands: tables and checks. Each does its work or says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from sqlalchemy import Column, inspect, text

from app import create_app
from app.config import Settings
from app.database import write
from app.extensions import Base, db
from app.mail import queue_mail
from app.models import Taxonomy, TaxonomyTerm
from app.operations import schema
from app.operations.schema import MIGRATIONS, current_revision, newest_revision
from app.site import Site, set_site
from app.taxonomies import sync_taxonomy, term_id
from app.vocabulary import SERVICE_LISTS
from tests.conftest import close
from tests.databases import SQLITE, database_url, drop, only_on
from tests.factories import published, service
from tests.operations import count_rows, plain_line

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
def production(settings: Settings, tmp_path: Path) -> Iterator[Make]:
    """Makes a site with settings a council would use, all in order unless changed."""
    made: list[Flask] = []

    def build(**changes: Any) -> Flask:
        own = replace(settings, **{**SAFE, "database_url": database_url(tmp_path, "live")})
        made.append(create_app(replace(own, **changes)))
        return made[-1]

    yield build
    for app in made:
        close(app)
    drop(tmp_path, "live")


@pytest.fixture
def run(app: Flask) -> Run:
    """Runs a command of `app`."""
    return lambda *words: app.test_cli_runner().invoke(args=[str(word) for word in words])


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


@only_on(SQLITE, "PostgreSQL never lets go of references")
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
