"""What all tests share: an application of their own, records with sensible defaults.

`app` has an empty database and index, new for each test. `demo_app` holds a small
demonstration directory, made once for each worker and only read; who writes copies `demo_template`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings

from app import create_app
from app.config import Settings, read_settings
from app.database import write
from app.demo.load import load_demo
from app.extensions import db
from app.operations.schema import migrate_to_newest
from app.site import Site, current_site
from app.taxonomies import sync_taxonomy
from tests.cluster import stop_cluster
from tests.databases import Template, database_url, drop
from tests.memory import keep_files_in_memory
from tests.once import compile_once
from tests.strict import StrictClient

SHARED = Path(__file__).resolve().parents[2] / "shared"
DEMO_SERVICES = 240
hypothesis_settings.register_profile("suite", derandomize=True, deadline=None, max_examples=60)
hypothesis_settings.load_profile("suite")
compile_once()


def settings_in(folder: Path, **changes: Any) -> Settings:
    """Settings whose every file lies in a folder of the test's own."""
    base = read_settings({})
    own = replace(
        base,
        database_url=database_url(folder),
        search_index=folder / "index",
        mail_folder=folder / "mail",
    )
    return replace(own, **changes)


def close(app: Flask) -> None:
    """Let go of an application’s connections."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A database made by the migrations, with the closed lists, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    app = create_app(settings_in(folder), testing=True)
    with app.app_context():
        migrate_to_newest()
        with write() as database:
            sync_taxonomy(database)
    close(app)
    return Template(folder)


@pytest.fixture
def settings(tmp_path: Path, empty_database: Template) -> Iterator[Settings]:
    """Settings of a test with an empty database."""
    empty_database.copy_to(tmp_path)
    yield settings_in(tmp_path)
    drop(tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An application with nothing in it, inside its context."""
    made = create_app(settings, testing=True)
    made.test_client_class = StrictClient
    with made.app_context():
        yield made
    close(made)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that checks every page it is given."""
    return app.test_client()


@pytest.fixture
def site(app: Flask) -> Site:
    """The site of `app`."""
    return current_site()


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory, empty_database: Template) -> Template:
    """A small demonstration directory and its index, to be copied."""
    folder = tmp_path_factory.mktemp("demo")
    empty_database.copy_to(folder)
    made = create_app(settings_in(folder), testing=True)
    with made.app_context():
        load_demo(current_site(), DEMO_SERVICES, 1, date.today(), lambda _count: None)
        made.extensions["search"].rebuild()
    close(made)
    return Template(folder)


@pytest.fixture(scope="session")
def demo_app(tmp_path_factory: pytest.TempPathFactory, demo_template: Template) -> Iterator[Flask]:
    """An application with a small demonstration directory. Do not write to it."""
    folder = tmp_path_factory.mktemp("demo-app")
    demo_template.copy_to(folder)
    made = create_app(settings_in(folder), testing=True)
    made.test_client_class = StrictClient
    yield made
    close(made)


@pytest.fixture
def demo_client(demo_app: Flask) -> FlaskClient:
    """A strict browser on the demonstration directory."""
    return demo_app.test_client()


@pytest.fixture
def swept(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Lets go, in the test that they belong to, of files Whoosh cannot read and leaves open."""
    yield
    for stage in ("setup", "call"):
        caplog.get_records(stage).clear()
    gc.collect()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared facts. Skips, saying so, where a clone has none."""
    if not SHARED.is_dir():
        pytest.skip(f"no folder {SHARED.name}/ beside the project")
    return SHARED


def pytest_configure() -> None:
    """Begin a run of tests; what measures speed uses parts of this file too, and real disks."""
    keep_files_in_memory()


def pytest_sessionfinish() -> None:
    """End what this process started for its tests."""
    stop_cluster()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests noted for people to read, also when they pass."""
    for report in terminalreporter.getreports("passed"):
        for name, words in report.user_properties:
            if name == "for_people":
                terminalreporter.write_line(str(words))
