"""A demonstration directory and its index in a folder of their own, made and timed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from flask import Flask
from sqlalchemy import select

from app import create_app
from app.config import Settings, read_settings
from app.demo.load import load_demo
from app.extensions import db
from app.listing import Listing, from_json
from app.models import PublishedListing
from app.operations.schema import migrate_to_newest
from app.search.documents import Stored
from app.search.engine import Search
from app.search.snapshot import Snapshot, load_snapshot
from app.search.state import read_state
from app.site import Site, current_site
from tests.bench.empty import add_empty_page
from tests.bench.grown import grow

SEED, LOADED = 1, 5_000


@dataclass(frozen=True, slots=True)
class Directory:
    """A site with its demonstration directory, and how long both steps of making it took."""

    app: Flask
    settings: Settings
    services: int
    load_rate: float
    """Services a second that `demo load` made."""
    index_seconds: float

    @property
    def engine(self) -> Search:
        """The search of the site."""
        engine: Search = self.app.extensions["search"]
        return engine

    def fresh_snapshot(self) -> Snapshot:
        """The index as a process that has just started holds it."""
        held, state = self.engine._current(), read_state(self.settings.search_index)
        assert held is not None
        assert state is not None
        folder = self.settings.search_index / state.build
        return load_snapshot(folder, state.files, towns=held.towns)

    @property
    def site(self) -> Site:
        """The council and its map."""
        with self.app.app_context():
            return current_site()

    def listings(self, step: int = 1) -> Iterator[tuple[Stored, Listing]]:
        """Published listings, as stored and as read: all, or every so manieth."""
        columns = [getattr(PublishedListing, name) for name in Stored._fields]
        held = select(*columns).order_by(PublishedListing.service_id)
        with self.app.app_context():
            rows = db.session.execute(held.execution_options(yield_per=1000))
            for row in islice(rows, 0, None, step):
                yield Stored(*row), from_json(row.document)


@contextmanager
def made_directory(services: int) -> Iterator[Directory]:
    """A directory of so many services in a temporary folder, gone at the end."""
    with TemporaryDirectory(prefix="local-offer-bench-") as name:
        directory = make_directory(Path(name), services)
        yield directory
        with directory.app.app_context():
            db.session.remove()
            db.engine.dispose()


def make_directory(folder: Path, services: int) -> Directory:
    """Load and index a directory in a folder, with the time each step takes.

    What goes beyond `LOADED` is put together from what was loaded.
    """
    settings = replace(
        read_settings(),
        database_url=f"sqlite:///{folder / 'bench.db'}",
        search_index=folder / "index",
        mail_folder=folder / "mail",
    )
    app = add_empty_page(create_app(settings))
    with app.app_context():
        migrate_to_newest()
        start = perf_counter()
        count = min(services, LOADED)
        load_demo(current_site(), count, SEED, date.today(), lambda _count: None)
        rate = count / (perf_counter() - start)
        if services > count:
            documents = db.session.scalars(select(PublishedListing.document)).all()
            grow([from_json(document) for document in documents], services - count, SEED)
        start = perf_counter()
        app.extensions["search"].rebuild()
        return Directory(app, settings, services, rate, perf_counter() - start)
