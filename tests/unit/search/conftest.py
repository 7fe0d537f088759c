"""Small directories to search in: as arrays alone, or stored and indexed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from whoosh.index import create_in

from app.database import write
from app.listing import Answer, Listing, Place, Support, to_json
from app.models import ChangeFeed, Organisation, PublishedListing, Service
from app.publishing import content_hash, plain_words, sort_name
from app.search.documents import Stored, make_schema, to_document
from app.search.engine import Search
from app.search.snapshot import Snapshot, load_snapshot
from app.search.towns import Spot, Towns
from tests.factories import listing

EXETER, TIVERTON, BIDEFORD = (292000, 92000), (295500, 112500), (245000, 126500)
TOWNS = Towns(
    [
        ("Exeter", Spot("Exeter", *EXETER, "exeter")),
        ("Tiverton", Spot("Tiverton", *TIVERTON, "mid-devon")),
        ("Bideford", Spot("Bideford", *BIDEFORD, "torridge")),
        ("Newton Abbot", Spot("Newton Abbot", 286000, 71000, "teignbridge")),
    ],
    ["Devon"],
)


def place(town: str, point: tuple[int, int], locality: str) -> Place:
    """A place in the middle of a town."""
    return Place(id=town, town=town, easting=point[0], northing=point[1], locality=locality)


IN_EXETER = place("Exeter", EXETER, "exeter")
IN_TIVERTON = place("Tiverton", TIVERTON, "mid-devon")
IN_BIDEFORD = place("Bideford", BIDEFORD, "torridge")


def says(**answers: str) -> tuple[Support, ...]:
    """What a provider says of support: `says(hoist="yes")`."""
    return tuple(Support(feature, Answer(answer)) for feature, answer in answers.items())


def stored(item: Listing) -> Stored:
    """A listing as the index is given it."""
    document = to_json(item)
    is_demo = item.source == "demo"
    return Stored(item.id, content_hash(document), sort_name(item.name), is_demo, document)


@pytest.fixture
def snapshot_of(tmp_path: Path) -> Callable[..., Snapshot]:
    """A function that indexes listings and loads the index; `parts` says how many commits."""

    def make(*items: Listing, parts: int = 1) -> Snapshot:
        folder = tmp_path / "arrays"
        folder.mkdir()
        index = create_in(folder, make_schema())
        for part in range(parts):
            writer = index.writer()
            for item in items[part::parts]:
                writer.add_document(**to_document(stored(item)))
            writer.commit(merge=False)
        return load_snapshot(folder, towns=TOWNS)

    return make


class Shelf:
    """A stored directory: `put` and `take` change it as publishing does."""

    def __init__(self, search: Search) -> None:
        self.search = search

    def put(self, *items: Listing) -> None:
        """Show these listings, new or changed."""
        with write() as database:
            for item in items:
                database.merge(Organisation(id="o", name="Wagtail Trust"))
                database.merge(
                    Service(id=item.id, organisation_id="o", slug=item.slug, name=item.name)
                )
                database.flush()
                database.merge(self.row(item))
                database.add(ChangeFeed(service_id=item.id))

    def take(self, item: Listing) -> None:
        """Take a listing away."""
        with write() as database:
            database.delete(database.get(PublishedListing, item.id))
            database.add(ChangeFeed(service_id=item.id, removed=True))

    @staticmethod
    def row(item: Listing) -> PublishedListing:
        """A listing as families see it."""
        kept = stored(item)
        return PublishedListing(
            slug=item.slug,
            name=item.name,
            letter="a",
            tier=item.tier,
            words=plain_words(item),
            **kept._asdict(),
        )


@pytest.fixture
def shelf(app: Flask) -> Iterator[Shelf]:
    """An empty directory with its search."""
    settings_folder = Path(app.extensions["search"]._folder)
    search = Search(app, settings_folder, TOWNS)
    app.extensions["search"] = search
    yield Shelf(search)
    search.close()


def named(name: str, **facts: Any) -> Listing:
    """A listing with as little as can be."""
    return listing(name, **{"summary": "", **facts})
