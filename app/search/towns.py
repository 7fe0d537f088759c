"""The places a family may name among its words, from the council's file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.council import Council
from app.grid import to_grid
from app.search.files import Phrase
from app.search.meanings import key
from app.search.text import words


@dataclass(frozen=True, slots=True)
class Spot:
    """A named place: metres on the grid, and the locality it is in, if one of ours."""

    name: str
    easting: float
    northing: float
    locality: str = ""


class Towns:
    """Places by name, and names of the whole area, which say nothing of where."""

    def __init__(self, spots: Sequence[tuple[str, Spot]] = (), areas: Sequence[str] = ()) -> None:
        self.spots: dict[Phrase, Spot] = {}
        for name, spot in spots:
            self.spots.setdefault(key(words(name)), spot)
        self.names = tuple(sorted({(" ".join(words(name)), name) for name, _ in spots}))
        """Every name as it is compared and as it is shown, A to Z."""
        self.areas = frozenset(key(words(area)) for area in areas)
        whole = (words(name) for name, _ in spots)
        self.words = frozenset(name[0] for name in whole if len(name) == 1)
        """Names of one word, to mend spelling with."""
        self._longest = max(map(len, [*self.spots, *self.areas]), default=0)

    def at(self, typed: Sequence[str], start: int) -> tuple[int, Spot | None]:
        """The longest name that begins at `start`: its length (0 for none) and its place."""
        for length in range(min(self._longest, len(typed) - start), 0, -1):
            phrase = key(typed[start : start + length])
            if phrase in self.spots or phrase in self.areas:
                return length, self.spots.get(phrase)
        return 0, None


NO_TOWNS = Towns()


def make_towns(council: Council) -> Towns:
    """Every place the council's file names; its own first, when two share a name."""
    areas = (council.area_name, council.name, *council.area_also)
    return Towns(list(_spots(council)), areas)


def _spots(council: Council) -> Iterator[tuple[str, Spot]]:
    """Names with their places: towns and villages, then localities, then towns next door."""
    for locality in council.localities:
        for town in (*locality.towns, *locality.villages):
            spot = Spot(town.name, *to_grid(town.lat, town.lon), locality.code)
            yield from ((name, spot) for name in (town.name, *town.also))
    for locality in council.localities:
        middle = to_grid(locality.lat, locality.lon)
        yield locality.label, Spot(locality.label, *middle, locality.code)
    for other in council.nearby_other_councils:
        for town in other.towns:
            yield town.name, Spot(town.name, *to_grid(town.lat, town.lon))
