"""From a listing and its place in the results to the card a family sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import url_for
from markupsafe import Markup

from app.council import Council
from app.directory import wording
from app.directory.pebbles import pebble_of
from app.directory.views import Card, Fact
from app.languages import gettext
from app.listing import Listing, Place
from app.vocabulary import TIERS, Stays

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


def place_name(place: Place, council: Council) -> str:
    """A town; for a withheld place only its locality."""
    if place.town and not place.withheld:
        return place.town
    return area_name(place.locality, council)


def area_name(code: str, council: Council) -> str:
    """The name of a locality; empty for none, or for one the council no longer has."""
    return next((item.label for item in council.localities if item.code == code), "")


def area_names(listing: Listing, council: Council) -> tuple[str, ...]:
    """The areas it takes families from; one name when it takes them from everywhere."""
    if {locality.code for locality in council.localities} <= set(listing.areas):
        return (gettext("All of %(area)s", area=council.area_name),)
    names = (area_name(code, council) for code in listing.areas)
    return tuple(name for name in names if name)


def _facts(listing: Listing, distance: str, council: Council) -> tuple[Fact, ...]:
    facts = []
    if when := wording.when_in_short(listing):
        facts.append(Fact("calendar", when, is_long=True))
    if where := _where(listing, council):
        facts.append(Fact("pin", where, distance))
    facts.append(Fact("users", wording.ages(listing)))
    facts.append(Fact("pound", wording.cost_in_short(listing)))
    if listing.stays in wording.STAYS and listing.stays is not Stays.UNKNOWN:
        facts.append(Fact("walk", str(wording.STAYS[listing.stays])))
    return tuple(facts)


def _where(listing: Listing, council: Council) -> str:
    names = dict.fromkeys(place_name(place, council) for place in listing.places)
    shown = [name for name in names if name] or area_names(listing, council)
    return ", ".join(shown[:2]) + (f" +{len(shown) - 2}" if len(shown) > 2 else "")
