"""Large directories quickly: listings put together from the parts of others.

`demo load` makes whole records and takes minutes for tens of thousands. Search and pages read only
what is published, so here a name comes from one listing, what is done there from a second, where
it is from a third and when from a fourth: as many words and codes as before, and few alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import insert

from app.database import write
from app.listing import Listing, to_json
from app.models import Organisation, PublishedListing, Service
from app.publishing import content_hash, letter_of, locality_of, plain_words, sort_name
from app.states import Status

AT_ONCE = 5_000
OWNER = "grown"
WHAT = ("summary", "description", "breaks", "activities", "needs", "support", "min_age", "max_age")
WHERE = ("places", "areas")
WHEN = ("when", "costs", "prices", "availability", "assured", "languages")


def grow(listings: list[Listing], wanted: int, seed: int) -> None:
    """Publish so many more listings, made of these."""
    rng = Random(seed)
    with write() as database:
        database.add(Organisation(id=OWNER, name="Grown Trust"))
    for start in range(0, wanted, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, wanted))
        made = [_mixed(rng, listings, number) for number in numbers]
        with write() as database:
            database.execute(insert(Service), [_service(item) for item in made])
            database.execute(insert(PublishedListing), [_row(item) for item in made])


def _mixed(rng: Random, listings: list[Listing], number: int) -> Listing:
    """One listing out of four."""
    whole, what, where, when = rng.choices(listings, k=4)
    return msgspec.structs.replace(
        whole,
        id=str(UUID(int=rng.getrandbits(128), version=4)),
        slug=f"grown-{number}",
        **dict([*_parts(what, WHAT), *_parts(where, WHERE), *_parts(when, WHEN)]),
    )


def _parts(listing: Listing, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    yield from ((name, getattr(listing, name)) for name in names)


def _service(item: Listing) -> dict[str, Any]:
    return {
        "id": item.id,
        "organisation_id": OWNER,
        "slug": item.slug,
        "name": item.name,
        "status": Status.PUBLISHED,
        "version": 1,
    }


def _row(item: Listing) -> dict[str, Any]:
    document, name = to_json(item), sort_name(item.name)
    return {
        "service_id": item.id,
        "slug": item.slug,
        "name": item.name,
        "sort_name": name,
        "letter": letter_of(name),
        "tier": item.tier,
        "words": plain_words(item),
        "document": document,
        "content_hash": content_hash(document),
        "is_demo": True,
        "organisation_id": OWNER,
        "locality": locality_of(item),
        "assured": item.assured,
    }
