"""What the directory's templates receive: small frozen rows, ready to show.

They are structs, which are made in a tenth of the time of a frozen dataclass: a page has fifty.
"""

from __future__ import annotations

import msgspec
from markupsafe import Markup

from app.kept import Ready
from app.pebbles import Pebble


class Fact(msgspec.Struct, frozen=True):
    """One fact of a card: an icon, words, and at most one part in bold after them."""

    icon: str
    words: str
    bold: str = ""
    is_long: bool = False
    """Takes a line of its own on a phone."""


class Card(msgspec.Struct, frozen=True):
    """One result. `checked` is empty when `stale` says what to do instead."""

    id: str
    url: str
    name: str
    summary: str
    pebble: Pebble
    facts: tuple[Fact, ...]
    space: str
    """A code of `app.states.Space`: it chooses the shape."""
    space_words: str
    space_said: str
    checked: str
    stale: str
    tier: str
    tier_words: str
    route_words: str


class Chip(msgspec.Struct, frozen=True):
    """Something in force, with the address of the search without it."""

    words: str
    url: str


class ExactLink(msgspec.Struct, frozen=True):
    """The way between a search for meanings and one for the very words."""

    url: str
    is_on: bool
    """Whether the very words are being searched for now."""


class Pager(msgspec.Struct, frozen=True):
    """Where the reader is in the pages; addresses are empty at the ends."""

    page: int
    pages: int
    previous: str
    next: str
    left: int
    """How many the next page shows."""


class Loosen(msgspec.Struct, frozen=True):
    """One change that would find more, with its count."""

    words: str
    total: int
    url: str


class Option(msgspec.Struct, frozen=True):
    """One choice of an order or a distance; an order has the address of the search in it."""

    code: str
    words: str
    is_chosen: bool
    url: str = ""


class ResultsPage(msgspec.Struct, frozen=True):
    """The whole results page."""

    heading: str
    fields: dict[str, str]
    """What stands in the search box, and what to type instead of what cannot be used."""
    problems: dict[str, str]
    """What to type instead, by the names of the fields."""
    unseen: tuple[tuple[str, str], ...]
    """What is in force and has no field to be seen on this page."""
    chips: tuple[Chip, ...]
    exact: ExactLink | None
    mended: tuple[tuple[str, str], ...]
    """Words nobody knows, each with what was read for it."""
    meant: Chip | None
    """Another search that may have been meant."""
    clear: str
    total: int
    ready: Ready
    """The large parts as HTML; these four stand for them, and are empty when there is nothing."""
    cards: Markup
    """The first two results."""
    more_cards: Markup
    """The others."""
    close: Markup
    """What comes close, when few or none fit."""
    panel: Markup
    """The groups of the filter panel."""
    filter_count: int
    distances: tuple[Option, ...]
    orders: tuple[Option, ...]
    sort_words: str
    order_words: str
    pager: Pager
    notes: tuple[str, ...]
    loosen: tuple[Loosen, ...]
    help_first: Markup
    """The card that comes before everything, when a family may need help at once; else empty."""
    help_card: Markup
    """One more card, above the results; else empty."""


class RelatedRow(msgspec.Struct, frozen=True):
    """A service like the one on the page."""

    url: str
    name: str
    facts: tuple[str, ...]
    pebble: Pebble


class Tile(msgspec.Struct, frozen=True):
    """A kind of break on the start page, with how many there are."""

    words: str
    count: int
    url: str
    pebble: Pebble
