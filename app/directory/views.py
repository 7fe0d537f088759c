"""What the directory's templates receive: small frozen rows, ready to show."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app.directory.pebbles import Pebble


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a card: an icon, words, and at most one part in bold after them."""

    icon: str
    words: str
    bold: str = ""
    is_long: bool = False
    """Takes a line of its own on a phone."""


@dataclass(frozen=True, slots=True)
class Card:
    """One result. `checked` is empty when `stale` says what to do instead."""

    id: str
    url: str
    name: str
    summary: str
    pebble: Pebble
    facts: tuple[Fact, ...]
    space: str
    """A code of `app.vocabulary.Space`: it chooses the shape."""
    space_words: str
    space_said: str
    checked: str
    stale: str
    tier: str
    tier_words: str
    route_words: str


@dataclass(frozen=True, slots=True)
class Chip:
    """Something in force, with the address of the search without it."""

    words: str
    remove: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the reader is in the pages; addresses are empty at the ends."""

    page: int
    pages: int
    previous: str
    next: str
    left: int
    """How many the next page shows."""


@dataclass(frozen=True, slots=True)
class Loosen:
    """One change that would find more, with its count."""

    words: str
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of an order or a distance; an order has the address of the search in it."""

    code: str
    words: str
    is_chosen: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The whole results page."""

    heading: str
    q: str
    near: str
    near_problem: str
    """Words beside the place field; the results below are then without miles."""
    age: str
    chips: tuple[Chip, ...]
    clear: str
    total: int
    cards: tuple[Markup, ...]
    panel: Markup
    """The groups of the filter panel."""
    filter_count: int
    distances: tuple[Option, ...]
    orders: tuple[Option, ...]
    sort: str
    """The code of the order in force; `sort_words` are its words."""
    sort_words: str
    order_words: str
    pager: Pager
    notes: tuple[str, ...]
    is_limited: bool
    loosen: tuple[Loosen, ...]
    help_first: Markup
    """The card that comes before everything, when a family may need help at once; else empty."""
    help_card: Markup
    """One more card, for among the results; else empty."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A kind of break on the start page, with how many there are."""

    words: str
    count: int
    url: str
    pebble: Pebble


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
