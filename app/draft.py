"""The content of a listing as people edit it: sections of plain values.

A revision and every kept version are drafts, stored as JSON. A draft is read from the records of
a service and written back to them; families see neither, only the listing composed of the
records (`app/publishing`). `staff` holds what a provider may see and never set.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import msgspec

from app.states import Answer, Space, Stays


class Part(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A piece of a draft: unchangeable; empty values are left out of the JSON."""


class About(Part, frozen=True):
    """What it is."""

    name: str = ""
    summary: str = ""
    description: str = ""
    url: str = ""
    breaks: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


class Who(Part, frozen=True):
    """Who it is for: ages in whole years, open ends None; localities whose families it takes."""

    min_age: int | None = None
    max_age: int | None = None
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


class Support(Part, frozen=True):
    """What is said of one support feature, and when it was checked."""

    feature: str
    answer: Answer
    note: str = ""
    checked: date | None = None


class Could(Part, frozen=True):
    """Could my child go?"""

    support: tuple[Support, ...] = ()
    adults: int | None = None
    children: int | None = None
    training: str = ""
    trial_visit: str = ""
    stays: Stays = Stays.UNKNOWN
    stays_note: str = ""
    transport: str = ""
    regulator: str = ""
    registration: str = ""
    send_report_url: str = ""
    checked: date | None = None


class Session(Part, frozen=True):
    """When it runs: days are RFC 5545 codes, times `HH:MM`, every n weeks."""

    period: str
    days: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    every: int = 1
    starts: date | None = None
    ends: date | None = None
    note: str = ""


class Place(Part, frozen=True):
    """Where it happens. `id` is that of the record; a new place has none, or one that no
    record has."""

    id: str = ""
    name: str = ""
    address: str = ""
    town: str = ""
    postcode: str = ""
    locality: str = ""
    directions: str = ""
    sessions: tuple[Session, ...] = ()


class WhenWhere(Part, frozen=True):
    """When and where."""

    places: tuple[Place, ...] = ()
    when: tuple[str, ...] = ()


class Price(Part, frozen=True):
    """A price in pence (None: not known)."""

    pence: int | None = None
    per: str = ""
    whom: str = ""
    note: str = ""


class Cost(Part, frozen=True):
    """What it costs and who pays."""

    prices: tuple[Price, ...] = ()
    costs: tuple[str, ...] = ()
    cost_note: str = ""
    funding: tuple[str, ...] = ()


class Joining(Part, frozen=True):
    """How to get a place: routes, and one step a line."""

    routes: tuple[str, ...] = ()
    steps: str = ""


class Contact(Part, frozen=True):
    """A person or desk to reach."""

    name: str = ""
    title: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    hours: str = ""


class Contacts(Part, frozen=True):
    """Whom to reach."""

    contacts: tuple[Contact, ...] = ()


class Availability(Part, frozen=True):
    """Whether there are spaces, and who said so when."""

    space: Space = Space.UNKNOWN
    wait_weeks: int | None = None
    note: str = ""
    said: date | None = None


class StaffOnly(Part, frozen=True):
    """What only staff set: the tier, and whether a place is withheld (by its position)."""

    tier: str = "universal"
    withheld: tuple[bool | None, ...] = ()


class Draft(Part, frozen=True):
    """The whole content of a listing, section by section in the order people edit it."""

    about: About = About()
    who: Who = Who()
    could: Could = Could()
    when: WhenWhere = WhenWhere()
    cost: Cost = Cost()
    joining: Joining = Joining()
    contact: Contacts = Contacts()
    availability: Availability = Availability()
    staff: StaffOnly = StaffOnly()


SECTIONS: Final = ("about", "who", "could", "when", "cost", "joining", "contact", "availability")
"""What providers edit, in order."""

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Draft)


def to_json(draft: Draft) -> str:
    """The draft as it is stored."""
    return _encoder.encode(draft).decode()


def from_json(text: str | bytes) -> Draft:
    """A stored draft. Raises `msgspec.ValidationError` when it is not one."""
    return _decoder.decode(text)


def with_section(draft: Draft, section: str, value: Part) -> Draft:
    """The draft with one section in place of its old one. Raises KeyError for no section."""
    if section not in (*SECTIONS, "staff"):
        raise KeyError(section)
    changes: dict[str, Any] = {section: value}
    return msgspec.structs.replace(draft, **changes)


def changed_fields(old: Draft, new: Draft) -> tuple[str, ...]:
    """The fields, as `section.field`, in which two drafts differ, in the order of the form."""
    return tuple(
        f"{section}.{field}"
        for section in Draft.__struct_fields__
        for field in getattr(old, section).__struct_fields__
        if getattr(getattr(old, section), field) != getattr(getattr(new, section), field)
    )
