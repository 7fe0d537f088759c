"""From a listing and its place in the results to the card a family sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import url_for
from markupsafe import Markup

from app import listing_words as wording
from app.council import Council
from app.directory.views import Card, Fact
from app.listing import Listing
from app.listing_places import where_in_short
from app.pebbles import pebble_of
from app.states import Stays
from app.vocabulary import TIERS

Mark = Callable[[str], Markup]


def card_of(
    listing: Listing, council: Council, today: date, *, name: str, summary: str, distance: str
) -> Card:
    """One result card, with its name, summary and distance as they are to be shown."""
    stale = wording.is_stale(listing.assured, today)
    return Card(
        id=listing.id,
        url=url_for("directory.service", slug=listing.slug),
        name=name,
        summary=summary if listing.summary else "",
        pebble=pebble_of(listing),
        facts=_facts(listing, distance, council),
        space=listing.availability.space,
        space_words=wording.space_words(listing.availability),
        space_said=wording.space_said(listing),
        checked=wording.day(listing.assured) if listing.assured and not stale else "",
        stale=wording.stale_words(listing.assured) if stale else "",
        tier=listing.tier,
        tier_words=TIERS.label(listing.tier),
        route_words=wording.route_words(listing),
    )


def _facts(listing: Listing, distance: str, council: Council) -> tuple[Fact, ...]:
    facts = []
    if when := wording.when_in_short(listing):
        facts.append(Fact("calendar", when, is_long=True))
    if where := where_in_short(listing, council):
        facts.append(Fact("pin", where, distance))
    facts.append(Fact("users", wording.ages(listing)))
    facts.append(Fact("pound", wording.cost_in_short(listing)))
    if listing.stays in wording.STAYS and listing.stays is not Stays.UNKNOWN:
        facts.append(Fact("walk", str(wording.STAYS[listing.stays])))
    return tuple(facts)
