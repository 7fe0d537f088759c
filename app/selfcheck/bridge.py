"""From a result to services: five that fit, found in this request, and the way to all of them.

Only services a family can go to without an assessment are shown: those with a route of their
own. The address of all of them carries the age band, the area and the needs, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from flask import current_app, url_for
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app import listing_words
from app.extensions import db
from app.languages import gettext
from app.listing import Listing, from_json
from app.listing_places import where_in_short
from app.models import PublishedListing
from app.search.criteria import Criteria, Hit
from app.search.engine import Search
from app.selfcheck.told import Told
from app.site import Site
from app.vocabulary import AGE_BANDS, NEEDS, TIERS

SHOWN: Final = 5
LOOKED_AT: Final = 40
OPEN_TIERS: Final = ("universal", "targeted")
OPEN_ROUTES: Final = frozenset(
    {"drop_in", "book_direct", "ask_first", "register_card", "apply_council"}
)
"""Ways in that need no professional and no assessment."""
BREAKS_FOR: Final[dict[str, tuple[str, ...]]] = {
    "things_to_do": (
        "inclusive_mainstream",
        "after_school",
        "saturday_club",
        "holiday_club",
        "youth_club",
        "play_leisure",
    ),
    "break_for_carer": ("saturday_club", "holiday_club", "after_school", "daytime_specialist"),
    "support_worker": ("enabling", "msi_support"),
    "help_at_home": ("home_support",),
    "overnight": ("overnight_family", "overnight_residential", "overnight_home"),
    "information": ("parent_support", "whole_family"),
}
"""Kinds of break for what a family said would help most."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service as a short card."""

    id: str
    url: str
    name: str
    when: Markup
    where: str
    miles: str
    tier: str
    tier_words: str
    route_words: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """A few services, for whom they are, and how many there are in all."""

    intro: str
    services: tuple[Service, ...]
    total: int


def services_for(told: Told, site: Site) -> Bridge | None:
    """What a family could go to now.

    None for one that belongs to another council, and while the database cannot be read.
    """
    if told.is_elsewhere or told.is_neighbour:
        return None
    asked = _criteria(told, site)
    try:
        found = tuple(islice(_fitting(asked), SHOWN))
        total = _engine().count(_criteria_of_address(told, site))
    except SQLAlchemyError:  # whom to ring matters more: the page goes on without a list
        db.session.rollback()
        return None
    return Bridge(_intro(told, site), tuple(_service(*pair, site) for pair in found), total)


def services_address(told: Told, site: Site) -> str:
    """The address of all services for the age band, the area and the needs: nothing else."""
    pairs = [("age", band) for band in _bands(told)]
    pairs += [("locality", code) for code in _locality(told, site)]
    pairs += [("need", code) for code in _needs(told)]
    return url_for("directory.search") + (f"?{urlencode(pairs)}" if pairs else "")


def _criteria_of_address(told: Told, site: Site) -> Criteria:
    """The search behind `services_address`."""
    return Criteria(age=_bands(told), locality=_locality(told, site), need=_needs(told), size=1)


def _criteria(told: Told, site: Site) -> Criteria:
    """The search: by age, need and what would help most; nearest first where home is known."""
    age = told.facts.values["age"]
    home = next(iter(_locality(told, site)), "")
    point = site.centre_of(home) if home else None
    wants = told.facts.values["wants"]
    kinds = wants if isinstance(wants, frozenset) else frozenset()
    breaks = [code for want, codes in BREAKS_FOR.items() if want in kinds for code in codes]
    return Criteria(
        point=point,
        home=home,
        years=(age,) if isinstance(age, int) else (),
        need=_needs(told),
        break_=tuple(dict.fromkeys(breaks)),
        tier=OPEN_TIERS,
        sort="distance" if point else "relevance",
        size=LOOKED_AT,
    )


def _fitting(asked: Criteria) -> Iterator[tuple[Listing, Hit]]:
    """Services that fit all that was said; then, if they are few, more that fit age and need."""
    seen: set[str] = set()
    for search in dict.fromkeys((asked, replace(asked, break_=()))):
        hits = {hit.id: hit for hit in _engine().find(search).hits if hit.id not in seen}
        seen |= hits.keys()
        for listing in find_listings(hits):
            if not listing.routes or not OPEN_ROUTES.isdisjoint(listing.routes):
                yield listing, hits[listing.id]


def find_listings(ids: Iterable[str]) -> list[Listing]:
    """The published listings with these ids, in the order given."""
    wanted = list(ids)
    stored = select(PublishedListing.service_id, PublishedListing.document)
    rows = db.session.execute(stored.where(PublishedListing.service_id.in_(wanted))).all()
    found = {row.service_id: row.document for row in rows}
    return [from_json(found[key]) for key in wanted if key in found]


def _service(listing: Listing, hit: Hit, site: Site) -> Service:
    return Service(
        id=listing.id,
        url=url_for("directory.service", slug=listing.slug),
        name=listing.name,
        when=listing_words.when_in_short(listing),
        where=where_in_short(listing, site.council),
        miles="" if hit.miles is None else listing_words.miles_words(hit.miles),
        tier=listing.tier,
        tier_words=TIERS.label(listing.tier),
        route_words=listing_words.route_words(listing),
    )


def _intro(told: Told, site: Site) -> str:
    """For whom these are: only what the family said itself."""
    age = told.facts.values["age"]
    home = next(iter(_locality(told, site)), "")
    place = site.council.locality_label(home) if home else ""
    if isinstance(age, int) and place:
        return gettext(
            "For age %(age)s, near %(place)s, open to you without an assessment.",
            age=age,
            place=place,
        )
    if isinstance(age, int):
        return gettext("For age %(age)s, open to you without an assessment.", age=age)
    if place:
        return gettext("Near %(place)s, open to you without an assessment.", place=place)
    return gettext("Open to you without an assessment.")


def _needs(told: Told) -> tuple[str, ...]:
    """The need groups that were ticked, in the list's order."""
    ticked = told.facts.values["needs"]
    return tuple(code for code in NEEDS if isinstance(ticked, frozenset) and code in ticked)


def _bands(told: Told) -> tuple[str, ...]:
    age = told.facts.values["age"]
    if not isinstance(age, int):
        return ()
    return tuple(band.code for band in AGE_BANDS if band.low <= age <= band.high)


def _locality(told: Told, site: Site) -> tuple[str, ...]:
    """The family's area, when it is known and one of this council's."""
    known = {locality.code for locality in site.council.localities}
    return (told.facts.district,) if told.facts.district in known else ()


def _engine() -> Search:
    engine: Search = current_app.extensions["search"]
    return engine
