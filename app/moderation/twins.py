"""Is a service in the directory already? Candidates by place and by name, then a closer look.

Two selects, however many listings there are: those at the same postcode, and those whose name
begins alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.draft import Draft
from app.models import Location, PublishedListing, ServiceAtLocation
from app.publishing import letter_of, sort_name

LIKE_NAMES, LIKE_NAMES_HERE = 0.86, 0.6
"""How like two names are that make twins: anywhere, and at one postcode."""
BEGINNING = 4
MOST = 200
"""Candidates looked at closely for each way of finding them."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A published listing that may be the same service."""

    slug: str
    name: str
    is_same_place: bool
    likeness: float


def find_twin(database: Session, draft: Draft, service_id: str | None) -> Twin | None:
    """The published listing that is most likely the same as a draft, other than its own."""
    here = [_twin(draft, row, True) for row in _at_postcodes(database, draft, service_id)]
    alike = [_twin(draft, row, False) for row in _beginning_alike(database, draft, service_id)]
    likely = [twin for twin in (*here, *alike) if _is_likely(twin)]
    return max(likely, key=lambda twin: (twin.likeness, twin.is_same_place), default=None)


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1: letters and digits only, small and large alike."""
    return SequenceMatcher(None, _letters(one), _letters(other), autojunk=False).ratio()


def _is_likely(twin: Twin) -> bool:
    return twin.likeness >= (LIKE_NAMES_HERE if twin.is_same_place else LIKE_NAMES)


def _twin(draft: Draft, row: tuple[str, str], is_same_place: bool) -> Twin:
    slug, name = row
    return Twin(slug, name, is_same_place, likeness(draft.about.name, name))


def _letters(name: str) -> str:
    return "".join(letter for letter in sort_name(name) if letter.isalnum())


def _at_postcodes(
    database: Session, draft: Draft, service_id: str | None
) -> Iterable[tuple[str, str]]:
    codes = {place.postcode for place in draft.when.places if place.postcode}
    found = (
        select(PublishedListing.slug, PublishedListing.name)
        .join(ServiceAtLocation, ServiceAtLocation.service_id == PublishedListing.service_id)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(
            Location.postcode.in_(sorted(codes)), PublishedListing.service_id != (service_id or "")
        )
        .distinct()
        .limit(MOST)
    )
    return database.execute(found)


def _beginning_alike(
    database: Session, draft: Draft, service_id: str | None
) -> Iterable[tuple[str, str]]:
    name = sort_name(draft.about.name)
    begin = name[:BEGINNING]
    found = (
        select(PublishedListing.slug, PublishedListing.name)
        .where(
            PublishedListing.letter == letter_of(name),
            PublishedListing.sort_name >= begin,
            PublishedListing.sort_name < begin + "\U0010ffff",
            PublishedListing.service_id != (service_id or ""),
        )
        .limit(MOST)
    )
    return database.execute(found)
