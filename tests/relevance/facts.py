"""A listing's facts as a judge asks for them.

A judgement is a predicate over these facts, never over words that a ranking could be
tuned to, and it was written before any ranking was.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from app.council import Council
from app.grid import to_grid
from app.listing import Listing
from app.states import Stays

METRES_A_MILE = 1609.344
Points = dict[str, tuple[int, int]]
NIGHTS = frozenset({"overnight_family", "overnight_residential", "overnight_home"})
AT_HOME_OR_NIGHTS = NIGHTS | {"home_support"}
NOT_FOR_THE_CHILD = frozenset({"parent_support", "direct_payment", "allowance"})
NO_CHARGE = ("free", "haf_free", "donation")


def town_points(council: Council) -> Points:
    """The grid point of every town and village of a council, and of its neighbours' towns."""
    theirs = (town for other in council.nearby_other_councils for town in other.towns)
    ours = (town for area in council.localities for town in (*area.towns, *area.villages))
    points: Points = {}
    for town in (*ours, *theirs):
        easting, northing = to_grid(town.lat, town.lon)
        points.setdefault(town.name, (round(easting), round(northing)))
    return points


@dataclass(frozen=True, slots=True)
class Facts:
    """One listing, with the grid points of the towns around (metres)."""

    listing: Listing
    towns: Points

    def does(self, *activities: str) -> bool:
        """Offers one of these activities."""
        return bool(set(activities) & set(self.listing.activities))

    def is_kind(self, *breaks: str) -> bool:
        """Is one of these kinds of break."""
        return bool(set(breaks) & set(self.listing.breaks))

    def welcomes(self, *needs: str) -> bool:
        """Says that it welcomes one of these needs, or every need."""
        return bool({*needs, "any_send"} & set(self.listing.needs))

    def names_need(self, *needs: str) -> bool:
        """Names one of these needs itself."""
        return bool(set(needs) & set(self.listing.needs))

    def has(self, *features: str) -> bool:
        """Says yes to one of these support features."""
        return bool(set(features) & set(self.listing.access))

    def refuses(self, *features: str) -> bool:
        """Says no to one of these support features."""
        return bool(set(features) & set(self.listing.refused))

    def runs(self, *when: str) -> bool:
        """Runs at one of these times."""
        return bool(set(when) & set(self.listing.when))

    def costs(self, *codes: str) -> bool:
        """Has one of these kinds of cost."""
        return bool(set(codes) & set(self.listing.costs))

    def takes(self, low: int, high: int | None = None) -> bool:
        """Takes a child of that age, or of some age in the range."""
        return self.listing.takes_age(low, low if high is None else high)

    def near(self, town: str, miles: float = 15) -> bool:
        """Meets within so many miles of a town (a withheld place: its locality's middle)."""
        east, north = self.towns[town]
        return any(
            hypot(place.easting - east, place.northing - north) <= miles * METRES_A_MILE
            for place in self.listing.places
            if place.easting is not None and place.northing is not None
        )

    def serves(self, locality: str) -> bool:
        """Meets in a locality or takes families from it."""
        return locality in self.listing.localities

    def offers(self, *activities: str) -> bool:
        """Offers one of these to a child who comes for it, not in a night away or at home."""
        return self.does(*activities) and self.is_outing

    def meets_on(self, *days: str) -> bool:
        """Has a session on one of these days (RFC 5545 codes)."""
        return any(
            set(days) & set(session.days)
            for place in self.listing.places
            for session in place.sessions
        )

    def is_named(self, *names: str) -> bool:
        """Is one of these services, by its name."""
        return self.listing.name in names

    def is_run_by(self, organisation: str) -> bool:
        """Is run by this organisation."""
        return self.listing.organisation == organisation

    @property
    def is_outing(self) -> bool:
        """Is something a child goes to by day: neither nights, nor help at home, nor advice."""
        return self.is_for_the_child and AT_HOME_OR_NIGHTS.isdisjoint(self.listing.breaks)

    @property
    def is_for_the_child(self) -> bool:
        """Is more than advice or money for the parents."""
        return not set(self.listing.breaks) <= NOT_FOR_THE_CHILD

    @property
    def is_without_charge(self) -> bool:
        """Is free, free with free school meals, or paid as one can."""
        return self.costs(*NO_CHARGE)

    @property
    def lets_parents_go(self) -> bool:
        """Does not need the parent to stay."""
        return self.listing.stays is not Stays.MUST_STAY and not self.has("parent_stays")

    @property
    def is_for_carers(self) -> bool:
        """Is for parents and carers rather than the child."""
        return set(self.listing.breaks) <= {"parent_support"} and bool(self.listing.breaks)
