"""Services like the one on the page, a short row each."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for

from app import listing_words as wording
from app.council import Council
from app.directory.views import RelatedRow
from app.listing import Listing
from app.listing_places import where_in_short
from app.pebbles import pebble_of
from app.vocabulary import TIERS


def related_rows(listings: Iterable[Listing], council: Council) -> tuple[RelatedRow, ...]:
    """A row for each listing: its name, then where, for whom and how you get in."""
    return tuple(
        RelatedRow(
            url=url_for("directory.service", slug=listing.slug),
            name=listing.name,
            facts=tuple(filter(None, _facts(listing, council))),
            pebble=pebble_of(listing),
        )
        for listing in listings
    )


def _facts(listing: Listing, council: Council) -> tuple[str, ...]:
    return (
        where_in_short(listing, council),
        wording.ages(listing),
        str(TIERS.label(listing.tier)),
    )
