"""One record of a feed as this project understands it, whatever form it came in.

Every text is already clean and within the lengths of `app/models`; every list is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.states import Period


@dataclass(frozen=True, slots=True)
class Runner:
    """The organisation that runs a service."""

    name: str
    external_id: str = ""
    description: str = ""
    url: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """A person or desk to reach; telephone numbers as people write them."""

    name: str = ""
    title: str = ""
    email: str = ""
    hours: str = ""
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Times:
    """When it runs: days are RFC 5545 codes, times `HH:MM`, every n weeks."""

    period: str = Period.ALL_YEAR
    days: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    every: int = 1
    starts: date | None = None
    ends: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Venue:
    """Where it happens; degrees are WGS84."""

    name: str = ""
    address: str = ""
    town: str = ""
    postcode: str = ""
    degrees: tuple[float, float] | None = None
    """Latitude and longitude."""
    directions: str = ""
    times: tuple[Times, ...] = ()


@dataclass(frozen=True, slots=True)
class Charge:
    """A price in pence (None: only words), per what and for whom."""

    pence: int | None
    per: str = ""
    whom: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that staff speak or sign."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One service of a feed."""

    external_id: str
    name: str
    runner: Runner
    summary: str = ""
    description: str = ""
    """Markdown."""
    url: str = ""
    is_active: bool = True
    tier: str = "universal"
    min_age: int | None = None
    max_age: int | None = None
    assured: date | None = None
    cost_note: str = ""
    joining: str = ""
    desks: tuple[Desk, ...] = ()
    venues: tuple[Venue, ...] = ()
    charges: tuple[Charge, ...] = ()
    areas: tuple[str, ...] = ()
    tongues: tuple[Tongue, ...] = ()
    funding: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    """Pairs of a list of `app.vocabulary.SERVICE_LISTS` and one of its codes."""
    support: tuple[str, ...] = ()
    """Codes of `app.vocabulary.ACCESS` that the feed says yes to."""
