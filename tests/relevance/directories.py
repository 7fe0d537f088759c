"""The directories that searches are judged on: made up for each council, and a real feed.

Each is built once and its listings are read once; the search is then made anew on it for
every layer that is taken away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app import create_app
from app.config import read_settings
from app.demo.load import load_demo
from app.extensions import db
from app.feeds.actions import import_feed
from app.feeds.reader import read_file
from app.listing import Listing, from_json
from app.models import PublishedListing
from app.operations.schema import migrate_to_newest
from app.search import towns
from app.search.engine import Search as Engine
from app.site import current_site
from tests.relevance.facts import Facts, town_points
from tests.relevance.layers import Layer

SERVICES = 1200
FEED = Path(__file__).resolve().parents[3] / "shared" / "feeds" / "bristol-oruk1-services.json"
BRISTOL, STANDS_IN = "bristol", "devon"
"""The feed's council is none of ours; another's site shows it, and knows none of its places."""


@dataclass(frozen=True, slots=True)
class Directory:
    """One directory with its index, and what it lists by id."""

    app: Flask
    council: str
    folder: Path
    listings: dict[str, Facts]

    @contextmanager
    def without(self, layer: Layer) -> Iterator[Engine]:
        """The search on this directory with one layer taken away."""
        folder = self.folder / (layer.name if layer.is_indexed else "index")
        with self.app.app_context(), layer.taken_away():
            engine = Engine(self.app, folder, towns.make_towns(current_site().council))
            if not engine.is_ready():
                engine.rebuild()
            yield engine
            engine.close()


def made_up(council: str, seed: int, folder: Path) -> Directory:
    """A council's demonstration directory."""
    app = _application(council, folder)
    with app.app_context():
        load_demo(current_site(), SERVICES, seed, date.today(), lambda _count: None)
    return _directory(app, council, folder)


def real(folder: Path) -> Directory:
    """The services of the feed, shown as `feed import --publish` shows them."""
    app = _application(STANDS_IN, folder)
    with app.app_context():
        import_feed(
            current_site(),
            read_file(str(FEED)),
            date.today(),
            lambda _count: None,
            show=True,
            dry_run=False,
        )
    return _directory(app, BRISTOL, folder)


def _application(council: str, folder: Path) -> Flask:
    """An application with an empty database of its own."""
    settings = replace(
        read_settings({"COUNCIL": council}),
        database_url=f"sqlite:///{folder / 'judged.db'}",
        search_index=folder / "index",
    )
    app = create_app(settings, testing=True)
    with app.app_context():
        migrate_to_newest()
    return app


def _directory(app: Flask, council: str, folder: Path) -> Directory:
    with app.app_context():
        points = town_points(current_site().council)
        documents = db.session.scalars(select(PublishedListing.document)).all()
    listings = {item.id: Facts(item, points) for item in map(from_json, documents)}
    return Directory(app, council, folder, listings)


def describe(listing: Listing) -> str:
    """One listing in a line."""
    where = ",".join(listing.localities[:2])
    ages = f"{listing.min_age or 0}–{'' if listing.max_age is None else listing.max_age}"
    kinds = "/".join((*listing.breaks, *listing.activities)) or listing.organisation
    return f"{listing.name} [{where}] {ages} {kinds}"
