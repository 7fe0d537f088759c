"""Where and when a service happens, from the records of a feed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from app.feeds.clean import shorten
from app.feeds.fields import Fields
from app.feeds.incoming import Times, Venue
from app.feeds.notes import Notes
from app.states import Period

MOST_VENUES: Final = 50
MOST_TIMES: Final = 30
BRITAIN: Final = ((49.0, 61.5), (-9.0, 2.5))
"""Degrees of latitude and of longitude between which a place may be."""
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(
    r"\b\d*(?:MO(?:N(?:DAYS?)?)?|TU(?:ES?(?:DAYS?)?)?|WE(?:D(?:NESDAYS?)?)?|"
    r"TH(?:U(?:RS?)?(?:DAYS?)?)?|FR(?:I(?:DAYS?)?)?|SA(?:T(?:URDAYS?)?)?|SU(?:N(?:DAYS?)?)?)\b"
)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")
_PERIODS: Final = (
    ("half term", Period.HALF_TERM),
    ("half-term", Period.HALF_TERM),
    ("term time", Period.TERM),
    ("term-time", Period.TERM),
    ("termtime", Period.TERM),
    ("easter", Period.EASTER),
    ("summer", Period.SUMMER),
    ("christmas", Period.CHRISTMAS),
)


def venue(fields: Fields, times: tuple[Times, ...]) -> Venue | None:
    """A place from a location record; None when it says nothing of where it is."""
    addresses = fields.many("addresses", "physical_addresses", most=10, what="address")
    physical = [part for part in addresses if part.raw.get("address_type") == "physical"]
    address = (physical or addresses or [Fields({}, fields.notes)])[0]
    lines = [address.line(name, what="address") for name in ("attention", "address_1", "address_2")]
    access = [
        part.line("description", "accessibility", "details", what="accessibility", longest=500)
        for part in fields.many(
            "accessibility", "accessibility_for_disabilities", most=10, what="accessibility"
        )
    ]
    made = Venue(
        name=fields.line("name", what="place’s name"),
        address=shorten("\n".join(dict.fromkeys(filter(None, lines))), 500),
        town=address.line("city", what="town", longest=120),
        postcode=postcode(address.line("postal_code", "postcode", what="postcode"), fields.notes),
        degrees=degrees(fields),
        directions=shorten(" ".join(dict.fromkeys(filter(None, access))), 500),
    )
    if made == Venue() and not times:
        return None
    return replace(made, times=times)


def postcode(words: str, notes: Notes) -> str:
    """A postcode in its usual form, or "" and a note."""
    found = _POSTCODE.fullmatch(words.upper().strip())
    if words and not found:
        notes.leave_out("postcode", f"“{shorten(words, 20)}” is not a postcode")
    return f"{found[1]} {found[2]}" if found else ""


def degrees(fields: Fields) -> tuple[float, float] | None:
    """Latitude and longitude when both are given and lie in or near Britain."""
    lat = fields.number("latitude", what="point on the map")
    lon = fields.number("longitude", what="point on the map")
    if lat is None or lon is None:
        return None
    if BRITAIN[0][0] <= lat <= BRITAIN[0][1] and BRITAIN[1][0] <= lon <= BRITAIN[1][1]:
        return lat, lon
    if (lat, lon) != (0, 0):
        fields.notes.leave_out("point on the map", f"{lat:g}, {lon:g} is not in Britain")
    return None


def times(fields: Fields) -> Times | None:
    """When it runs, from a schedule record; None when it says nothing."""
    note = fields.line("description", "notes", what="description of times", longest=500)
    monthly = str(fields.raw.get("freq") or "").upper() == "MONTHLY"
    every = fields.whole("interval", what="number of weeks", most=52) or 1
    made = Times(
        period=period_of(note),
        days=days_of(fields.line("byday", "weekday", what="days")),
        opens=fields.clock("opens_at", what="opening time"),
        closes=fields.clock("closes_at", what="closing time"),
        every=min(52, every * (4 if monthly else 1)),
        starts=fields.day("valid_from", what="start date"),
        ends=fields.day("valid_to", "until", what="end date"),
        note=note,
    )
    says_nothing = not (made.days or made.opens or made.closes or made.note)
    return None if says_nothing else made


def days_of(words: str) -> tuple[str, ...]:
    """Days such as `MO,WE`, `1TH` or `Monday and Friday`, in the week's order."""
    found = {match.lstrip("0123456789")[:2] for match in _DAY.findall(words.upper())}
    return tuple(day for day in DAYS if day in found)


def period_of(words: str) -> str:
    """The part of the year some words name; a repeated time means all year by itself."""
    lower = words.lower()
    return next((code for word, code in _PERIODS if word in lower), Period.ALL_YEAR)
