"""Open Referral UK 3.0: a service record as `/services` and `/services/{id}` give it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.feeds import parts
from app.feeds.codes import Meant, add_terms, widest
from app.feeds.fields import Fields
from app.feeds.incoming import Incoming, Times, Venue
from app.feeds.people import desks, runner
from app.feeds.venues import MOST_TIMES, MOST_VENUES, times, venue

MOST_TERMS: Final = 100
_ONLY_HERE: Final = frozenset(
    "minimum_age maximum_age last_modified schedules attributes funding alert assurer_email".split()
)
UNUSED: Final = ("accreditations",)
"""Fields this directory has no place for; counted when a record fills them."""


def fits(raw: Mapping[str, object]) -> bool:
    """Whether a record has fields that only 3.0 has."""
    return not _ONLY_HERE.isdisjoint(raw)


def read(fields: Fields, today: date) -> Incoming:
    """One service. Raises `RefusedError` without an id or a name."""
    external_id, name = parts.identity(fields)
    meant = _meant(fields)
    description = fields.text("description", what="description")
    alert = fields.text("alert", what="alert")
    prices = parts.charges(fields, today)
    low, high = parts.ages(fields)
    if (low, high) == (None, None):
        low, high = widest(meant.ages)
    parts.count_unused(fields, UNUSED)
    return Incoming(
        external_id,
        name,
        runner(fields, name),
        summary=description.lead,
        description="\n\n".join(filter(None, [alert.markdown, description.markdown])),
        url=fields.url("url"),
        is_active=parts.is_active(fields),
        tier=meant.tier,
        min_age=low,
        max_age=high,
        assured=parts.assured(fields, today),
        cost_note=fields.line("fees", what="words about cost", longest=500),
        desks=desks(fields),
        venues=_venues(fields),
        charges=prices,
        areas=parts.listed(
            fields,
            "service_areas",
            keys=("name", "service_area", "extent"),
            what="area",
            longest=120,
        ),
        tongues=parts.tongues(fields),
        funding=parts.listed(fields, "funding", keys=("source",), what="funding", longest=255),
        codes=tuple(dict.fromkeys([*meant.service_codes, *parts.cost_codes(prices)])),
        support=meant.support,
    )


def _meant(fields: Fields) -> Meant:
    meant = Meant()
    attributes = fields.many("attributes", most=MOST_TERMS, what="attribute")
    add_terms(meant, [part.one("taxonomy_term") for part in attributes], fields.notes)
    if any(_is_virtual(at) for at in _at(fields)):
        meant.codes.append(("activity", "online"))
    return meant


def _at(fields: Fields) -> list[Fields]:
    return fields.many("service_at_locations", most=MOST_VENUES, what="place")


def _is_virtual(at: Fields) -> bool:
    return at.one("location").raw.get("location_type") == "virtual"


def _venues(fields: Fields) -> tuple[Venue, ...]:
    """The places; times given for the service as a whole hold at each without its own."""
    general = _times(fields)
    found = [
        venue(at.one("location"), _times(at) or general)
        for at in _at(fields)
        if not _is_virtual(at)
    ]
    kept = tuple(place for place in found if place is not None)
    if general and not kept:
        fields.notes.leave_out("time", "it is given without a place")
    return kept


def _times(fields: Fields) -> tuple[Times, ...]:
    found = [times(part) for part in fields.many("schedules", most=MOST_TIMES, what="time")]
    return tuple(dict.fromkeys(item for item in found if item is not None))
