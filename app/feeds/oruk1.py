"""Open Referral UK 1.0: a service record as council feeds publish it.

Besides the published fields this reads what such feeds really hold: `eligibilitys`,
`regular_schedules`, `service_taxonomys`, `link_taxonomies`, and the `pc_…` additions of
one widely used supplier.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from app.feeds import oruk, parts
from app.feeds.codes import Meant, add_audience, add_terms, widest
from app.feeds.fields import Fields
from app.feeds.incoming import Incoming

UNUSED: Final = ("accreditations", "deliverable_type", "attending_type")
"""Fields this directory has no place for; counted when a record fills them."""


def read(fields: Fields, today: date) -> Incoming:
    """One service. Raises `RefusedError` without an id or a name."""
    alike, meant = oruk.shared(fields, _meant, today)
    low, high = _ages(fields, meant)
    parts.count_unused(fields, UNUSED)
    return replace(
        alike,
        min_age=low,
        max_age=high,
        joining=fields.line(
            "pc_attendingAccess_additionalInfo", what="words about coming", longest=500
        ),
        venues=oruk.venues(fields, oruk.meetings(fields), "regular_schedules", "regular_schedule"),
        areas=oruk.areas(fields, "service_area", "name", "extent"),
        funding=oruk.funding(fields, "fundings", "funding"),
    )


def _ages(fields: Fields, meant: Meant) -> tuple[int | None, int | None]:
    """The widest span of what is said of ages, else of the audiences named."""
    eligible = fields.many("eligibilitys", "eligibilities", most=20, what="age")
    said = [ages for part in eligible if (ages := parts.ages(part)) != (None, None)]
    return widest(said or meant.ages)


def _meant(fields: Fields) -> Meant:
    meant = Meant()
    terms = [
        part.one("taxonomy")
        for name in ("service_taxonomys", "service_taxonomies", "link_taxonomies")
        for part in fields.many(name, most=oruk.MOST_TERMS, what="term")
    ]
    add_terms(meant, terms, fields.notes)
    for part in fields.many("pc_targetAudience", most=oruk.MOST_TERMS, what="audience"):
        add_audience(meant, part.line("audienceType", what="audience"), fields.notes)
    for part in fields.many("eligibilitys", "eligibilities", most=20, what="audience"):
        add_audience(meant, part.line("eligibility", what="audience"), fields.notes)
    add_audience(meant, fields.line("attending_access", what="way in"), fields.notes)
    if fields.line("attending_type", what="way of coming").lower() == "online":
        meant.codes.append(("activity", "online"))
    return meant
