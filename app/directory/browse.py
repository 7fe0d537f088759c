"""All services from A to Z, and the areas to look in."""

from __future__ import annotations

from dataclasses import dataclass

from app.council import Council
from app.directory import queries
from app.directory.asked import Asked

OTHER = "other"
"""In an address, stands for names that begin with no letter (`#` cannot be in one)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the alphabet with how many names begin with it."""

    code: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Area:
    """A locality, with how many services it has."""

    words: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """The index of the directory; `names` holds pairs of slug, name and tier."""

    letter: str
    letters: tuple[Letter, ...]
    names: tuple[tuple[str, str, str], ...]
    areas: tuple[Area, ...]


def browse_page(letter: str, council: Council) -> BrowsePage | None:
    """One letter's names (the first that has any, unless told); None for an unknown letter."""
    counts = queries.count_by_letter()
    letters = tuple(
        Letter(OTHER if key == "#" else key, key.upper(), count)
        for key, count in sorted(counts.items(), key=lambda pair: (pair[0] == "#", pair[0]))
    )
    if not letter:
        letter = letters[0].code if letters else "a"
    key = "#" if letter == OTHER else letter
    if key != "#" and not (len(key) == 1 and key.isascii() and key.islower()):
        return None
    return BrowsePage(
        letter=letter,
        letters=letters,
        names=tuple(queries.find_by_letter(key)),
        areas=_areas(council),
    )


def _areas(council: Council) -> tuple[Area, ...]:
    counts = queries.search_engine().counts().get("locality", {})
    return tuple(
        Area(
            locality.label,
            counts.get(locality.code, 0),
            Asked(codes={"locality": (locality.code,)}, sort="name").address(),
        )
        for locality in council.localities
    )
