"""Putting a service before families, changing what they see, and taking it away.

The one place where a public listing is written. Each function works inside the caller's
write transaction and leaves three things in step: the service's status, its listing, and
a row of the change feed that every search index follows.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.orm import Session as Database

from app.compose import CentreOf, compose
from app.listing import Listing, to_json
from app.models import ChangeFeed, PublishedListing, Service
from app.states import Status
from app.vocabulary import SERVICE_LISTS

_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
LONGEST_SLUG = 90


def publish(database: Database, service: Service, centre_of: CentreOf) -> bool:
    """Show a service as its records now stand; True when families see something new.

    Publishing what is already shown writes nothing, so that it can be done again safely.
    `centre_of` gives the grid point of a locality, for places that are withheld.
    """
    service.status = Status.PUBLISHED
    listing = compose(service, centre_of)
    document = to_json(listing)
    digest = content_hash(document)
    row = database.get(PublishedListing, service.id)
    if row is not None:
        _keep_for_staff(row, service, listing)
        if row.content_hash == digest:
            return False
    else:
        row = PublishedListing(service_id=service.id, fresh_from=date.today())
        database.add(row)
        _keep_for_staff(row, service, listing)
    row.slug, row.name, row.tier = listing.slug, listing.name, listing.tier
    row.sort_name = sort_name(listing.name)
    row.letter = letter_of(row.sort_name)
    row.words = plain_words(listing)
    row.document, row.content_hash = document, digest
    row.is_demo = listing.source == "demo"
    database.add(ChangeFeed(service_id=service.id))
    return True


def _keep_for_staff(row: PublishedListing, service: Service, listing: Listing) -> None:
    """Keep beside a listing what staff count freshness by."""
    row.organisation_id = service.organisation_id
    row.locality = locality_of(listing)
    row.assured = listing.assured
    if listing.assured is not None:
        row.fresh_from = listing.assured


def locality_of(listing: Listing) -> str:
    """Where a listing counts: at its first place, else the first area it takes families from."""
    places = (place.locality for place in listing.places if place.locality)
    return next(places, listing.areas[0] if listing.areas else "")


def unpublish(database: Database, service: Service) -> bool:
    """Take a service away from families; True when it was shown until now."""
    service.status = Status.UNPUBLISHED
    row = database.get(PublishedListing, service.id)
    if row is None:
        return False
    database.delete(row)
    database.add(ChangeFeed(service_id=service.id, removed=True))
    return True


def content_hash(document: str) -> str:
    """A short fingerprint of a stored listing, for comparing it with a copy."""
    return blake2b(document.encode(), digest_size=16).hexdigest()


def free_slug(database: Database, name: str, place: str = "") -> str:
    """An address for a new service that no other has: its name, then its place, then a number."""
    stem = slugify(name)
    tries = [stem, slugify(f"{stem} {place}")]
    taken = set(
        database.scalars(select(Service.slug).where(Service.slug.startswith(stem, autoescape=True)))
    )
    number = 1
    while True:
        for slug in tries:
            if slug not in taken:
                return slug
        number += 1
        tries = [f"{stem}-{number}"]


def slugify(text: str) -> str:
    """A name as part of an address: lower case, no accents, hyphens, at most 90 characters."""
    plain = _NOT_IN_A_SLUG.sub("-", without_accents(text).lower())
    return plain[:LONGEST_SLUG].strip("-") or "service"


def sort_name(name: str) -> str:
    """A name for A to Z order: lower case, no accents, no leading mark or "the"."""
    plain = without_accents(name).lower().lstrip("“”\"'‘’ (")
    return plain.removeprefix("the ").strip()[:255]


def letter_of(sorted_name: str) -> str:
    """The letter a name stands under in the index: `a` to `z`, or `#` for all others."""
    first = sorted_name[:1]
    return first if first.isascii() and first.isalpha() else "#"


def without_accents(text: str) -> str:
    """The text with accents taken off its letters."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def plain_words(listing: Listing) -> str:
    """All words of a listing in lower case, for the plain search used without an index."""
    codes = [
        code.replace("_", " ")
        for name in SERVICE_LISTS
        for code in getattr(listing, _FIELD_OF.get(name, f"{name}s"), ())
    ]
    towns = [part for place in listing.places for part in (place.town, place.locality)]
    texts = [listing.name, listing.organisation, listing.summary, listing.description]
    return " ".join([*texts, *towns, *codes, *listing.access]).lower()


_FIELD_OF = {"activity": "activities", "when": "when"}
