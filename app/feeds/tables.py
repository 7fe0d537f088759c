"""Tables (CSV and XLSX): one row a service, columns named in the first row.

Needed: `id` and `name`. Understood besides: `organisation`, `organisation_url`, `summary`,
`description`, `url`, `email`, `phone`, `contact`, `status` (`active` or another word),
`tier`, `min_age`, `max_age`, `assured_date`, `place`, `address` (lines parted by commas),
`town`, `postcode`, `latitude`, `longitude`, `directions`, `days` (such as `MO,WE`),
`opens`, `closes`, `period`, `price` (pounds), `price_note`, `cost_note`, `joining`, and these
with several values parted by `;`: `phone`, `areas`, `languages`, `funding`, `breaks`,
`activities`, `needs`, `costs`, `routes`, `when`, `access`, `audience`.

Column names may be written with capitals and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from app.feeds import parts
from app.feeds.clean import line
from app.feeds.codes import Meant, add_audience, add_terms, widest
from app.feeds.fields import Fields
from app.feeds.incoming import Charge, Desk, Incoming, Runner, Times, Tongue, Venue
from app.feeds.people import email, numbers
from app.feeds.venues import days_of, degrees, period_of, postcode

NEEDED: Final = ("id", "name")
_LISTS: Final = {
    "breaks": "break",
    "activities": "activity",
    "needs": "need",
    "costs": "cost",
    "routes": "route",
    "when": "when",
    "access": "access",
    "tier": "tier",
}
_ALIASES: Final = {
    "reference": "id",
    "service_id": "id",
    "service": "name",
    "service_name": "name",
    "title": "name",
    "organization": "organisation",
    "provider": "organisation",
    "website": "url",
    "web": "url",
    "telephone": "phone",
    "minimum_age": "min_age",
    "maximum_age": "max_age",
    "postal_code": "postcode",
    "venue": "place",
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "last_checked": "assured_date",
    "need": "needs",
    "activity": "activities",
}
_PERIOD_CODES: Final = ("term", "half_term", "easter", "summer", "christmas", "all_year")
_COLUMNS: Final = frozenset(
    "id name organisation organisation_url summary description url email phone contact status "
    "min_age max_age assured_date place address town postcode latitude longitude directions days "
    "opens closes period price price_note cost_note joining areas languages "
    "funding audience".split()
) | set(_LISTS)
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


def column_names(cells: Iterable[object]) -> list[str]:
    """The names of the columns from the cells of the first row."""
    plain = [_NOT_IN_A_NAME.sub("_", line(str(cell or "")).lower()).strip("_") for cell in cells]
    return [_ALIASES.get(name, name) for name in plain]


def unknown_columns(names: Sequence[str]) -> list[str]:
    """Columns that are not understood, for the report."""
    return [name for name in names if name and name not in _COLUMNS]


def read(fields: Fields, today: date) -> Incoming:
    """One row. Raises `RefusedError` without an id or a name."""
    external_id, name = parts.identity(fields)
    meant = _meant(fields)
    description = fields.text("description", what="description")
    charges = _charges(fields)
    low, high = _ages(fields, meant)
    return Incoming(
        external_id,
        name,
        _runner(fields, name),
        summary=fields.line("summary", what="summary", longest=300) or description.lead,
        description=description.markdown,
        url=fields.url("url"),
        is_active=parts.is_active(fields),
        tier=meant.tier,
        min_age=low,
        max_age=high,
        assured=parts.assured(fields, today),
        cost_note=fields.line("cost_note", what="words about cost", longest=500),
        joining=fields.line("joining", what="words about coming", longest=500),
        desks=_desks(fields),
        venues=_venues(fields),
        charges=charges,
        areas=tuple(area[:120] for area in _several(fields, "areas")),
        tongues=tuple(Tongue(name[:80]) for name in _several(fields, "languages")),
        funding=tuple(name[:255] for name in _several(fields, "funding")),
        codes=tuple(dict.fromkeys([*meant.service_codes, *parts.cost_codes(charges)])),
        support=meant.support,
    )


def _several(fields: Fields, column: str) -> list[str]:
    """The values of a cell that may hold several."""
    words = fields.line(column, what=column, longest=2000)
    found = [part.strip() for part in words.split(";") if part.strip()]
    return list(dict.fromkeys(found))[: parts.MOST_LISTED]


def _meant(fields: Fields) -> Meant:
    meant = Meant()
    for column, name in _LISTS.items():
        terms = [
            Fields({"name": value, "taxonomy": name}, fields.notes)
            for value in _several(fields, column)
        ]
        add_terms(meant, terms, fields.notes)
    for value in _several(fields, "audience"):
        add_audience(meant, value, fields.notes)
    return meant


def _ages(fields: Fields, meant: Meant) -> tuple[int | None, int | None]:
    renamed = {
        "minimum_age": fields.raw.get("min_age"),
        "maximum_age": fields.raw.get("max_age"),
    }
    said = parts.ages(Fields(renamed, fields.notes))
    return said if said != (None, None) else widest(meant.ages)


def _runner(fields: Fields, service_name: str) -> Runner:
    name = fields.line("organisation", what="organisation’s name")
    if not name:
        fields.notes.say("no organisation is named, so it stands under its own name")
        return Runner(service_name)
    return Runner(name, url=fields.url("organisation_url", what="organisation’s web address"))


def _desks(fields: Fields) -> tuple[Desk, ...]:
    found = [
        number for value in _several(fields, "phone") for number in numbers(value, fields.notes)
    ]
    made = Desk(
        fields.line("contact", what="contact’s name"),
        email=email(fields),
        phones=tuple(dict.fromkeys(found)),
    )
    return () if made == Desk() else (made,)


def _charges(fields: Fields) -> tuple[Charge, ...]:
    renamed = {
        "amount": fields.raw.get("price"),
        "amount_description": fields.raw.get("price_note"),
    }
    made = parts.charge(Fields(renamed, fields.notes))
    return () if made == Charge(None) else (made,)


def _venues(fields: Fields) -> tuple[Venue, ...]:
    lines = [part.strip() for part in fields.line("address", what="address").split(",")]
    when = _times(fields)
    made = Venue(
        fields.line("place", what="place’s name"),
        "\n".join(filter(None, lines)),
        fields.line("town", what="town", longest=120),
        postcode(fields.line("postcode", what="postcode"), fields.notes),
        degrees(fields),
        fields.line("directions", what="directions", longest=500),
        (when,) if when else (),
    )
    return () if made == Venue() else (made,)


def _times(fields: Fields) -> Times | None:
    period = fields.line("period", what="period").lower().replace(" ", "_")
    made = Times(
        period if period in _PERIOD_CODES else period_of(period.replace("_", " ")),
        days_of(fields.line("days", what="days")),
        fields.clock("opens", what="opening time"),
        fields.clock("closes", what="closing time"),
    )
    return made if made.days or made.opens else None
