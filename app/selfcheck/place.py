"""Which council a family lives under, from a postcode or a town.

The place is looked up in the maps of all our councils, this site's first. Only the council and
the district come out; what was typed is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.council import Council, council_codes, load_council
from app.places import Place, PlaceFinder

ELSEWHERE = {"england": "other", "wales": "wales"}


@dataclass(frozen=True, slots=True)
class Home:
    """The council's code (or that it is another), and the code of the district if known."""

    lives_in: str
    district: str | None = None


@dataclass(frozen=True, slots=True)
class OnABorder:
    """The first half of a postcode that two councils share: the whole postcode is needed."""


def find_home(text: str, site: str) -> Home | OnABorder | None:
    """Where a family's text is; None when no map has it. `site`: whose map to look at first."""
    found = list(_look_up(text, site))
    for council, place in found:
        if place.kind == "outcode" and _is_shared(place.text, council):
            return OnABorder()
        if place.locality or place.text in council.groups:
            return Home(council.code, place.locality)
    elsewhere = {ELSEWHERE[place.country] for _, place in found}
    return Home(max(elsewhere)) if elsewhere else None


def _look_up(text: str, site: str) -> Iterator[tuple[Council, Place]]:
    for code in sorted(council_codes(), key=lambda code: code != site):
        found = _finder(code).find(text)
        if isinstance(found, Place):
            yield load_council(code), found


def _is_shared(outcode: str, council: Council) -> bool:
    return any(outcode in nearby.outcodes for nearby in council.nearby_other_councils)


@cache
def _finder(code: str) -> PlaceFinder:
    """A council's map, made when it is first needed."""
    return PlaceFinder(load_council(code))
