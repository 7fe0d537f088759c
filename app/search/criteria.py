"""What a family asks for, and what it gets back: the words between pages and the search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

FACETS = (
    "locality",
    "age",
    "need",
    "activity",
    "break",
    "tier",
    "cost",
    "access",
    "when",
)
"""The groups a family can tick, named as the parameters of the address."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """Values in one group are alternatives; groups all hold. Codes are those of the vocabulary."""

    text: str = ""
    point: tuple[float, float] | None = None
    """Easting and northing of the family's place, in metres."""
    home: str = ""
    """The locality code of that place: a service that takes families from it counts as near."""
    within: int | None = None
    """Miles from `point`."""
    locality: tuple[str, ...] = ()
    age: tuple[str, ...] = ()
    """Codes of age bands."""
    years: tuple[int, ...] = ()
    """Ages in whole years: alternatives to the bands."""
    need: tuple[str, ...] = ()
    activity: tuple[str, ...] = ()
    break_: tuple[str, ...] = ()
    tier: tuple[str, ...] = ()
    cost: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    exact: bool = False
    """Whether every word of the text must be there as it is, with no meaning read into it."""
    sort: str = "relevance"
    """`relevance`, `distance` (nearest place first; services without one come last, those
    that take families from `home` before the others), `name` or `updated`."""
    page: int = 1
    size: int = 20

    def chosen(self, group: str) -> tuple[str, ...]:
        """The ticked values of one of `FACETS`."""
        values: tuple[str, ...] = getattr(self, "break_" if group == "break" else group)
        return values


class Hit(NamedTuple):
    """One service found."""

    id: str
    score: float
    """By which it was ordered; 0 when something else decided."""
    miles: float | None
    """To its nearest place; None without one or without a point."""
    covers: bool = False
    """Whether it takes families from the home locality."""
    hash: str = ""
    """The fingerprint of the listing as the index knows it."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Words of the family, and the facet and code they were taken for."""

    text: str
    kind: str
    code: str
    rest: str = ""
    """What is left of all that was typed when these words are taken out."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of services found.

    A count of `facets` is the number of services with that value among those that meet
    every other group: what ticking it alone in its group would give. Values that would
    give none are left out.
    """

    hits: list[Hit]
    total: int
    facets: dict[str, dict[str, int]]
    words: tuple[str, ...] = ()
    """Stems to mark with `Search.mark`."""
    limited: bool = False
    """Answered from the database: order and counts are rough."""
    page: int = 1
    pages: int = 0
    understood: tuple[Understood, ...] = ()
    help_cards: tuple[str, ...] = ()
    centre: str = ""
    """The name of the place among the words that miles are measured from."""
    is_loose: bool = False
    """Whether services without some of the words are among those found."""
    mended: tuple[tuple[str, str], ...] = ()
    """Words that nobody knows, each with the one that was read for it."""
    did_you_mean: str = ""
    """The text with a rare word replaced by a common neighbour that finds something else."""
