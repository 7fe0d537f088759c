"""Open Referral UK 3.0: a service record as `/services` and `/services/{id}` give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from app.feeds import oruk, parts
from app.feeds.codes import Meant, add_terms, widest
from app.feeds.fields import Fields
from app.feeds.incoming import Incoming

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
    alike, meant = oruk.shared(fields, _meant, today)
    alert = fields.text("alert", what="alert")
    low, high = parts.ages(fields)
    if (low, high) == (None, None):
        low, high = widest(meant.ages)
    parts.count_unused(fields, UNUSED)
    real = (at for at in oruk.meetings(fields) if not _is_virtual(at))
    return replace(
        alike,
        description="\n\n".join(filter(None, [alert.markdown, alike.description])),
        min_age=low,
        max_age=high,
        venues=oruk.venues(fields, real, "schedules"),
        areas=oruk.areas(fields, "name", "service_area", "extent"),
        funding=oruk.funding(fields, "funding"),
    )


def _meant(fields: Fields) -> Meant:
    meant = Meant()
    attributes = fields.many("attributes", most=oruk.MOST_TERMS, what="attribute")
    add_terms(meant, [part.one("taxonomy_term") for part in attributes], fields.notes)
    if any(_is_virtual(at) for at in oruk.meetings(fields)):
        meant.codes.append(("activity", "online"))
    return meant


def _is_virtual(at: Fields) -> bool:
    return at.one("location").raw.get("location_type") == "virtual"
