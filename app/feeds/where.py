"""Where a place of a feed is: metres of the National Grid, and whether it is in our council."""

from __future__ import annotations

import re
from typing import Final

from app.council import Council
from app.feeds.incoming import Venue
from app.grid import GridPoint, miles, to_grid
from app.places import Place
from app.site import Site

FARTHEST: Final = 12
"""Miles from the middle of a locality or one of its towns that may still be in it."""
Point = tuple[int, int]
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def locate(venue: Venue, site: Site) -> tuple[Point | None, str]:
    """The grid point and our locality's code; "" outside the council.

    A known postcode decides the locality. Without one, the point counts as ours when the
    nearest town we know is ours, is near, and no town next door is nearer.
    """
    found = site.places.find(venue.postcode) if venue.postcode else None
    known = found if isinstance(found, Place) else None
    if venue.degrees:
        exact = to_grid(*venue.degrees)
        locality = (known.locality or "") if known else _locality_near(exact, site)
        return (round(exact.easting), round(exact.northing)), locality
    if known:
        return (round(known.easting), round(known.northing)), known.locality or ""
    return None, ""


def _locality_near(point: GridPoint, site: Site) -> str:
    ours = _nearest(point, _our_points(site.council))
    theirs = _nearest(point, _points_next_door(site.council))
    is_ours = ours <= min(theirs, FARTHEST)
    return site.places.nearest_locality(*point) if is_ours else ""


def _nearest(point: GridPoint, others: list[tuple[float, float]]) -> float:
    return min((miles(*point, *to_grid(*degrees)) for degrees in others), default=float("inf"))


def _our_points(council: Council) -> list[tuple[float, float]]:
    middles = [(place.lat, place.lon) for place in council.localities]
    towns = [(town.lat, town.lon) for place in council.localities for town in place.towns]
    return middles + towns


def _points_next_door(council: Council) -> list[tuple[float, float]]:
    others = council.nearby_other_councils
    return [(town.lat, town.lon) for other in others for town in other.towns]


def localities_of(name: str, council: Council) -> list[tuple[str, str]]:
    """An area as pairs of its name and a locality of ours: all for the whole council's area.

    Another area has the one pair with no locality.
    """
    key = _key(name)
    if key in {_key(council.name), _key(council.area_name)}:
        return [(place.label, place.code) for place in council.localities]
    ours = next(
        (place for place in council.localities if key in (_key(place.label), _key(place.code))),
        None,
    )
    return [(name, ours.code if ours else "")]


def _key(text: str) -> str:
    return _NOT_A_WORD.sub(" ", text.lower()).strip()
