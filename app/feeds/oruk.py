"""What a record of Open Referral UK says alike in 1.0 and in 3.0."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from app.feeds import parts
from app.feeds.codes import Meant
from app.feeds.fields import Fields
from app.feeds.incoming import Incoming, Times, Venue
from app.feeds.people import desks, runner
from app.feeds.venues import MOST_TIMES, MOST_VENUES, times, venue

MOST_TERMS: Final = 100


def shared(
    fields: Fields, read_meant: Callable[[Fields], Meant], today: date
) -> tuple[Incoming, Meant]:
    """The facts that both versions give in the same way, and what its terms mean.

    `read_meant` reads the terms of one version. Raises `RefusedError` without an id or a name.
    """
    external_id, name = parts.identity(fields)
    meant = read_meant(fields)
    description = fields.text("description", what="description")
    prices = parts.charges(fields, today)
    alike = Incoming(
        external_id,
        name,
        runner(fields, name),
        summary=description.lead,
        description=description.markdown,
        url=fields.url("url"),
        is_active=parts.is_active(fields),
        tier=meant.tier,
        assured=parts.assured(fields, today),
        cost_note=fields.line("fees", what="words about cost", longest=500),
        desks=desks(fields),
        charges=prices,
        tongues=parts.tongues(fields),
        codes=tuple(dict.fromkeys([*meant.service_codes, *parts.cost_codes(prices)])),
        support=meant.support,
    )
    return alike, meant


def meetings(fields: Fields) -> list[Fields]:
    """The service at each of its places."""
    return fields.many("service_at_locations", most=MOST_VENUES, what="place")


def venues(fields: Fields, found: Iterable[Fields], *schedules: str) -> tuple[Venue, ...]:
    """The places met at; times given for the service as a whole hold at each without its own.

    `schedules`: the names under which times are listed.
    """
    general = _times(fields, schedules)
    made = [venue(at.one("location"), _times(at, schedules) or general) for at in found]
    kept = tuple(place for place in made if place is not None)
    if general and not kept:
        fields.notes.leave_out("time", "it is given without a place")
    return kept


def areas(fields: Fields, *keys: str) -> tuple[str, ...]:
    """The areas whose families are taken, named by the first of these keys that is there."""
    return parts.listed(fields, "service_areas", keys=keys, what="area", longest=120)


def funding(fields: Fields, *names: str) -> tuple[str, ...]:
    """Who pays for the service, listed under the first of these names."""
    return parts.listed(fields, *names, keys=("source",), what="funding", longest=255)


def _times(fields: Fields, names: Iterable[str]) -> tuple[Times, ...]:
    listed = fields.many(*names, most=MOST_TIMES, what="time")
    found = [times(part) for part in listed]
    return tuple(dict.fromkeys(item for item in found if item is not None))
