"""What the page of one service shows: small frozen rows, ready to show.

The directory shows it to families, and providers see it before they send their changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app.pebbles import Pebble


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line of “Could my child go?”. `answer` is yes, ask, no or unsaid."""

    feature: str
    answer: str
    note: str
    checked: str
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class SessionGroup:
    """The sessions of one part of the year at one place."""

    period: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place of a service page. A withheld one has only `area`."""

    lines: tuple[str, ...]
    area: str
    is_withheld: bool
    directions: str
    map_url: str
    groups: tuple[SessionGroup, ...]
    next_dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServicePage:
    """The whole page of one service, in the order a parent asks."""

    id: str
    slug: str
    name: str
    summary: str
    description: Markup
    run_by: str
    tier: str
    tier_words: str
    route_words: str
    routes: tuple[str, ...]
    pebble: Pebble
    stale: str
    checked: str
    closed: str
    """Until when it is closed; empty when it is open."""
    cancelled: tuple[tuple[str, str], ...]
    """Days to come on which it does not run, each with why (may be empty)."""
    marks: tuple[tuple[str, str], ...]
    """What the council says of it, each with since when."""
    space: str
    space_words: str
    space_said: str
    space_note: str
    ages: str
    needs: tuple[str, ...]
    answers: tuple[AnswerRow, ...]
    more_answers: tuple[AnswerRow, ...]
    unsaid: tuple[str, ...]
    """Labels of the features nobody has answered."""
    staff: str
    training: str
    stays: str
    stays_note: str
    trial_visit: str
    transport: str
    suitability_checked: str
    is_suitability_stale: bool
    registration: str
    send_report_url: str
    activities: tuple[str, ...]
    breaks: tuple[str, ...]
    outcomes: tuple[str, ...]
    languages: tuple[str, ...]
    places: tuple[PlaceView, ...]
    areas: tuple[str, ...]
    prices: tuple[tuple[str, str], ...]
    """Pairs of a price and for whom or why (may be empty)."""
    payments: tuple[str, ...]
    cost_note: str
    funding: tuple[str, ...]
    joining: tuple[str, ...]
    contacts: tuple[ContactView, ...]
    website: str
    back: str
    """The search the reader came from, or the directory."""


@dataclass(frozen=True, slots=True)
class ContactView:
    """A person or desk; telephone numbers as pairs of what is dialled and what is shown."""

    who: str
    hours: str
    phones: tuple[tuple[str, str], ...]
    email: str
