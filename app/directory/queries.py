"""What the directory reads: the search, and the stored listings it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import bindparam, func, select

from app.directory.asked import PAGE_SIZE, Asked
from app.extensions import db
from app.listing import Listing, from_json
from app.models import OldAddress, PublishedListing
from app.places import Place
from app.search.criteria import Criteria
from app.search.engine import Search

_LISTING = PublishedListing.__table__.c
DOCUMENTS = select(_LISTING.service_id, _LISTING.content_hash, _LISTING.document).where(
    _LISTING.service_id.in_(bindparam("ids", expanding=True))
)
"""Asked on every results page: made once, of plain columns, it takes two thirds of the time."""
MOST_RELATED = 3


def search_engine() -> Search:
    """The search of the running application."""
    engine: Search = current_app.extensions["search"]
    return engine


def to_criteria(asked: Asked, place: Place | None) -> Criteria:
    """A family's search in the engine's terms. `place` is where they are, when known."""
    return Criteria(
        text=asked.q,
        point=(round(place.easting), round(place.northing)) if place else None,
        home=(place.locality or "") if place else "",
        within=asked.within,
        years=asked.years,
        age=asked.ticked("age"),
        locality=asked.ticked("locality"),
        need=asked.ticked("need"),
        activity=asked.ticked("activity"),
        break_=asked.ticked("break"),
        tier=asked.ticked("tier"),
        cost=asked.ticked("cost"),
        access=asked.ticked("access"),
        when=asked.ticked("when"),
        exact=asked.exact,
        sort=asked.sort or "relevance",
        page=asked.page,
        size=PAGE_SIZE,
    )


def without(criteria: Criteria, *groups: str) -> Criteria:
    """The same search with groups of filters taken off."""
    nothing: dict[str, Any] = {"break_" if group == "break" else group: () for group in groups}
    return replace(criteria, **nothing)


class Stored(NamedTuple):
    """A listing as it lies in the database: its id, its fingerprint and its JSON."""

    id: str
    hash: str
    document: str


def find_stored(ids: Iterable[str]) -> list[Stored]:
    """The stored listings with these ids, in the order given."""
    wanted = list(ids)
    if not wanted:
        return []
    rows = {row[0]: Stored(*row) for row in db.session.execute(DOCUMENTS, {"ids": wanted})}
    return [rows[key] for key in wanted if key in rows]


def find_listings(ids: Iterable[str]) -> list[Listing]:
    """The published listings with these ids, in the order given."""
    return [from_json(stored.document) for stored in find_stored(ids)]


def find_names(ids: Iterable[str]) -> dict[str, str]:
    """The names of the listings with these ids."""
    wanted = list(ids)
    if not wanted:
        return {}
    named = select(_LISTING.service_id, _LISTING.name).where(_LISTING.service_id.in_(wanted))
    return dict(db.session.execute(named).all())


def find_related(listing: Listing) -> list[Listing]:
    """The listings most like one, best first."""
    return find_listings(search_engine().related(listing.id, MOST_RELATED))


def get_listing(slug: str) -> Listing | None:
    """The published listing at an address, or None."""
    document = db.session.scalar(
        select(PublishedListing.document).where(PublishedListing.slug == slug)
    )
    return from_json(document) if document else None


def get_id(slug: str) -> str | None:
    """The id of the published listing at an address, or None."""
    return db.session.scalar(
        select(PublishedListing.service_id).where(PublishedListing.slug == slug)
    )


def find_moved(slug: str) -> str | None:
    """Where the listing is now that once had an address, or into which that one was merged."""
    return db.session.scalar(
        select(PublishedListing.slug)
        .join(OldAddress, OldAddress.service_id == PublishedListing.service_id)
        .where(OldAddress.slug == slug)
    )


def count_by_letter() -> dict[str, int]:
    """How many listings begin with each letter; `#` stands for all that begin with none."""
    rows = db.session.execute(
        select(PublishedListing.letter, func.count())
        .group_by(PublishedListing.letter)
        .order_by(PublishedListing.letter)
    )
    return dict(rows.all())


def find_by_letter(letter: str) -> list[tuple[str, str, str]]:
    """Slug, name and tier of each listing that begins with a letter, A to Z."""
    rows = db.session.execute(
        select(PublishedListing.slug, PublishedListing.name, PublishedListing.tier)
        .where(PublishedListing.letter == letter)
        .order_by(PublishedListing.sort_name, PublishedListing.service_id)
    )
    return [(slug, name, tier) for slug, name, tier in rows]
