"""Where and when a demonstration service happens."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from uuid import UUID

from app.council import Council
from app.demo import names
from app.demo.kinds import Kind, SessionTime
from app.demo.plan import Planned, Spot
from app.grid import to_grid
from app.models import Location, Schedule, ServiceArea, ServiceAtLocation
from app.vocabulary import WITHHELD_BREAKS

HIDDEN_SETTINGS = frozenset({"home", "overnight", "family_home"})
METRES_AROUND = 2200
"""How far from a town's middle a venue may be, either way."""
MORE_PLACES = {
    "town": (0, 0, 0, 0, 1),
    "district": (0, 0, 1),
    "county": (0, 1, 1, 2, 3),
}


def new_uuid(rng: Random) -> str:
    """An id that the seed decides."""
    return str(UUID(int=rng.getrandbits(128), version=4))


def is_hidden(kind: Kind) -> bool:
    """Whether its place is withheld: children sleep or live there."""
    return kind.setting in HIDDEN_SETTINGS or not WITHHELD_BREAKS.isdisjoint(kind.breaks)


def places_of(
    planned: Planned, council: Council, today: date, rng: Random
) -> list[ServiceAtLocation]:
    """The places of a service, each with its own sessions. Online services have none."""
    kind = planned.kind
    if kind.setting == "online":
        return []
    pattern = rng.choice(kind.patterns).sessions if rng.random() < 0.96 else ()
    places = []
    for position, spot in enumerate(_spots(planned, council, rng)):
        at = ServiceAtLocation(
            id=new_uuid(rng), location=_location(kind, spot, rng), position=position
        )
        at.schedules = [
            _schedule(session, number, today, rng) for number, session in enumerate(pattern)
        ]
        places.append(at)
    return places


def areas_of(planned: Planned, council: Council) -> list[ServiceArea]:
    """The localities whose families it takes, by how far it reaches."""
    own = planned.spot.locality
    if planned.kind.reach == "town" and planned.kind.setting not in {"home", "online"}:
        return []
    reached = [own] if planned.kind.reach == "district" else list(council.localities)
    return [ServiceArea(name=item.label, locality=item.code) for item in reached]


def _spots(planned: Planned, council: Council, rng: Random) -> list[Spot]:
    """Its own town and, for services that reach further, some more."""
    own, kind = planned.spot, planned.kind
    if is_hidden(kind):
        return [own]
    near = [own.locality] if kind.reach != "county" else list(council.localities)
    others = [
        Spot(town, locality)
        for locality in near
        for town in locality.towns
        if town.name != own.town.name
    ]
    more = min(rng.choice(MORE_PLACES[kind.reach]), len(others))
    return [own, *rng.sample(others, more)]


def _location(kind: Kind, spot: Spot, rng: Random) -> Location:
    easting, northing = to_grid(spot.town.lat, spot.town.lon)
    venue = rng.choice(kind.venues) if kind.venues else "house"
    return Location(
        id=new_uuid(rng),
        name=names.venue_name(rng, venue),
        address=names.street(rng),
        town=spot.town.name,
        postcode=names.postcode(rng, rng.choice(spot.locality.outcodes)),
        easting=round(easting) + rng.randint(-METRES_AROUND, METRES_AROUND),
        northing=round(northing) + rng.randint(-METRES_AROUND, METRES_AROUND),
        locality=spot.locality.code,
        directions=rng.choice(names.DIRECTIONS),
        withheld=True if is_hidden(kind) else None,
    )


def _schedule(session: SessionTime, number: int, today: date, rng: Random) -> Schedule:
    monday = today - timedelta(days=today.weekday())
    return Schedule(
        position=number,
        period=session.period,
        interval=session.every,
        byday=",".join(session.days),
        opens_at=session.opens,
        closes_at=session.closes,
        valid_from=monday - timedelta(weeks=rng.randint(1, 8)) if session.every > 1 else None,
    )
