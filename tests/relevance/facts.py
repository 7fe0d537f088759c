"""A listing's facts as a judge asks for them.

A judgement is a predicate over these facts, never over words that a ranking could be
tuned to, and it was written before any ranking was.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from app.listing import Listing

METRES_A_MILE = 1609.344
Points = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Facts:
    """One listing, with the grid points of the council's towns (metres)."""

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
        """Meets within so many miles of a town, or comes to families of its locality."""
        east, north = self.towns[town]
        return any(
            hypot(place.easting - east, place.northing - north) <= miles * METRES_A_MILE
            for place in self.listing.places
            if place.easting is not None and place.northing is not None
        )

    def serves(self, locality: str) -> bool:
        """Meets in a locality or takes families from it."""
        return locality in self.listing.localities

    @property
    def is_for_carers(self) -> bool:
        """Is for parents and carers rather than the child."""
        return set(self.listing.breaks) <= {"parent_support"} and bool(self.listing.breaks)
