"""Several hosts, each with an index of its own, on one PostgreSQL: each follows by itself."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from flask import Flask

from app.config import ROOT
from app.database import write
from app.extensions import db
from app.models import Service
from app.operations.schema import newest_revision
from app.publishing import unpublish
from app.search.indexer import LOCK
from app.search.state import read_state
from app.site import Site
from app.vocabulary import SERVICE_LISTS
from tests import factories
from tests.browser.live import LIVE, READY, serving
from tests.databases import POSTGRESQL, database_url, only_on, rows

pytestmark = only_on(POSTGRESQL, "hosts cannot share a file")
PATIENCE = 60
"""Seconds a host is given on a busy machine; how soon it is in truth is measured elsewhere."""
ROUGH = "Our search is resting"


@contextmanager
def host(folder: Path, until: str = READY) -> Iterator[str]:
    """A host on the test's database, whose index and log are in a folder of its own."""
    folder.mkdir(exist_ok=True)
    with serving(folder, until=until, DATABASE_URL=database_url(folder.parent)) as address:
        yield address


def ask(address: str, word: str) -> str:
    """The results for a word."""
    with urlopen(f"{address}/services?q={word}", timeout=30) as answer:
        return str(answer.read().decode())


def finds(address: str, service: Service) -> bool:
    """Whether a host finds a service by the first word of its name."""
    return f'data-service="{service.id}"' in ask(address, service.name.split()[0])


def soon(address: str, service: Service, *, found: bool = True) -> None:
    """Wait until a host finds a service, or no longer finds it."""
    end = time.monotonic() + PATIENCE
    while finds(address, service) is not found:
        assert time.monotonic() < end, f"{service.name} at {address}"
        time.sleep(0.1)


def put(site: Site, name: str) -> Service:
    """Publish a service, as somebody does on yet another host."""
    service = factories.published(site, name)
    db.session.refresh(service)
    db.session.expunge(service)
    return service


def take(service: Service) -> None:
    """Take a service off the site."""
    with write() as database:
        unpublish(database, database.get_one(Service, service.id))


def build(folder: Path) -> str:
    """The build that a host's index is of; another one when it was made anew."""
    state = read_state(folder / "index")
    assert state is not None
    return state.build


def test_each_host_follows_and_one_that_stood_still_catches_up(
    app: Flask, site: Site, tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    gone = put(site, "Quokka Club")
    with host(one) as steady:
        with host(other) as address:
            first = put(site, "Numbat Club")
            soon(steady, first)
            soon(address, first)
            before = build(other)
        second, third = put(site, "Bilby Club"), put(site, "Potoroo Club")
        take(gone)
        for service in (second, third):
            soon(steady, service)
        soon(steady, gone, found=False)
        with host(other) as address:
            for service in (first, second, third):
                soon(address, service)
            soon(address, gone, found=False)
            assert ROUGH not in ask(address, "club")
            assert build(other) == before, "it took up what it had missed and no more"


def test_hosts_that_start_at_once_change_the_tables_once(tmp_path: Path) -> None:
    environ = {**os.environ, "DATABASE_URL": database_url(tmp_path), "CONFIG": "production"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare"]
    hosts = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environ, "SEARCH_INDEX": str(tmp_path / name)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name in ("one", "other", "third")
    ]
    said = [host.communicate(timeout=300)[0] for host in hosts]
    assert [host.returncode for host in hosts] == [0, 0, 0], said
    terms = "(SELECT count(*) FROM taxonomy_term)"
    held = rows(tmp_path, f"SELECT {terms}, version_num FROM alembic_version")
    assert held == [(sum(map(len, SERVICE_LISTS.values())), newest_revision())]


def test_a_host_without_an_index_answers_while_it_builds_one(
    app: Flask, site: Site, tmp_path: Path
) -> None:
    """The building is held up here, so that it lasts as long as that of a large directory."""
    folder = tmp_path / "new"
    club = put(site, "Quokka Club")
    index = folder / "index"
    index.mkdir(parents=True)
    with (index / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with host(folder, until=LIVE) as address:
            assert ROUGH in ask(address, "quokka")
            assert finds(address, club)
            late = put(site, "Numbat Club")
            assert finds(address, late), "the database knows it at once"
            assert read_state(index) is None
            fcntl.flock(lock, fcntl.LOCK_UN)
            end = time.monotonic() + PATIENCE
            while ROUGH in ask(address, "quokka"):
                assert time.monotonic() < end, "the index was never built"
                time.sleep(0.1)
            assert finds(address, club)
            soon(address, late)
