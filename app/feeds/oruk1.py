"""Open Referral UK 1.0: a service record as council feeds publish it.

Besides the published fields this reads what such feeds really hold: `eligibilitys`,
`regular_schedules`, `service_taxonomys`, `link_taxonomies`, and the `pc_…` additions of
one widely used supplier.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from app.feeds import parts
from app.feeds.codes import Meant, add_audience, add_terms, widest
from app.feeds.fields import Fields
from app.feeds.incoming import Incoming, Times, Venue
from app.feeds.people import desks, runner
from app.feeds.venues import MOST_TIMES, MOST_VENUES, times, venue

MOST_TERMS: Final = 100
UNUSED: Final = ("accreditations", "deliverable_type", "attending_type")
"""Fields this directory has no place for; counted when a record fills them."""


def read(fields: Fields, today: date) -> Incoming:
    """One service. Raises `RefusedError` without an id or a name."""
    external_id, name = parts.identity(fields)
    meant = _meant(fields)
    description = fields.text("description", what="description")
    prices = parts.charges(fields, today)
    eligible = fields.many("eligibilitys", "eligibilities", most=20, what="age")
    said = [ages for part in eligible if (ages := parts.ages(part)) != (None, None)]
    low, high = widest(said or meant.ages)
    parts.count_unused(fields, UNUSED)
    return Incoming(
        external_id,
        name,
        runner(fields, name),
        summary=description.lead,
        description=description.markdown,
        url=fields.url("url"),
        is_active=parts.is_active(fields),
        tier=meant.tier,
        min_age=low,
        max_age=high,
        assured=parts.assured(fields, today),
        cost_note=fields.line("fees", what="words about cost", longest=500),
        joining=fields.line(
            "pc_attendingAccess_additionalInfo", what="words about coming", longest=500
        ),
        desks=desks(fields),
        venues=_venues(fields),
        charges=prices,
        areas=parts.listed(
            fields,
            "service_areas",
            keys=("service_area", "name", "extent"),
            what="area",
            longest=120,
        ),
        tongues=parts.tongues(fields),
        funding=parts.listed(
            fields, "fundings", "funding", keys=("source",), what="funding", longest=255
        ),
        codes=tuple(dict.fromkeys([*meant.service_codes, *parts.cost_codes(prices)])),
        support=meant.support,
    )


def _meant(fields: Fields) -> Meant:
    meant = Meant()
    terms = [
        part.one("taxonomy")
        for name in ("service_taxonomys", "service_taxonomies", "link_taxonomies")
        for part in fields.many(name, most=MOST_TERMS, what="term")
    ]
    add_terms(meant, terms, fields.notes)
    for part in fields.many("pc_targetAudience", most=MOST_TERMS, what="audience"):
        add_audience(meant, part.line("audienceType", what="audience"), fields.notes)
    for part in fields.many("eligibilitys", "eligibilities", most=20, what="audience"):
        add_audience(meant, part.line("eligibility", what="audience"), fields.notes)
    add_audience(meant, fields.line("attending_access", what="way in"), fields.notes)
    if fields.line("attending_type", what="way of coming").lower() == "online":
        meant.codes.append(("activity", "online"))
    return meant


def _venues(fields: Fields) -> tuple[Venue, ...]:
    """The places; times given for the service as a whole hold at each without its own."""
    general = _times(fields)
    found = [
        venue(at.one("location"), _times(at) or general)
        for at in fields.many("service_at_locations", most=MOST_VENUES, what="place")
    ]
    kept = tuple(place for place in found if place is not None)
    if general and not kept:
        fields.notes.leave_out("time", "it is given without a place")
    return kept


def _times(fields: Fields) -> tuple[Times, ...]:
    listed = fields.many("regular_schedules", "regular_schedule", most=MOST_TIMES, what="time")
    found = [times(part) for part in listed]
    return tuple(dict.fromkeys(item for item in found if item is not None))
