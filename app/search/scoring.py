"""What makes one service stand before another: factors that are multiplied, each with its name.

The same factors explain a place in the results (`search query --explain`), so what is said
and what is done cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.search.columns import FURTHEST, Bits, key_of, pack, unpack
from app.search.criteria import Criteria
from app.search.ranking import Match
from app.search.snapshot import Snapshot
from app.search.text import stems
from app.search.words import MOST_LETTERS, Understanding

EXACT_NAME = 100_000.0
"""More than any other score: a service whose very name was typed comes first."""
FLOOR, HALF_CLOSE = 0.4, 18.0
"""What being far leaves of a score, and the miles at which half of the rest is left."""
COMES = 0.6
"""The least closeness of those that come to the family, or have no place of their own."""
FITTING = 0.3
"""What being for just this age adds to a score at most, where an age was said."""
UNASKED_NIGHTS = 0.85
"""What is left where it is for nights, and neither they nor a break were asked for."""
NO_BREAK = 0.7
"""What is left where a parent has to stay, and nights or a break were asked for."""
FOR_CARERS = 0.6
"""What is left where it is for parents, and something for a child was asked for."""
LATER = np.array([1.0, 0.7, 0.4])
"""What is left by whom it speaks of, where it tells no age: children, nobody, adults alone."""
ADULT = 18
Rows = NDArray[np.int64]
Factor = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Near:
    """How far each row is from the family, and which rows take families from where they live."""

    miles: NDArray[np.float32]
    covers: NDArray[np.bool_]
    comes: NDArray[np.bool_]
    """Which rows come to the family, or have no place of their own."""

    def within(self, miles: int) -> Bits:
        """The rows no further than this, and those that take families from home."""
        return pack((self.miles <= miles) | self.covers)

    def closeness(self, rows: Rows) -> NDArray[np.float32]:
        """1 at the door, falling with distance; at least `COMES` for those that come there."""
        close: NDArray[np.float32] = 1 / (1 + np.square(self.miles[rows] / np.float32(HALF_CLOSE)))
        least = np.where(self.covers[rows] & self.comes[rows], np.float32(COMES), np.float32(0))
        return np.maximum(close, least)

    def distances(self, rows: Rows) -> NDArray[np.int64]:
        """Thousandths of a mile; rows without a place come last, those that cover home first."""
        far = np.where(self.covers[rows], FURTHEST, FURTHEST + 1)
        return np.round(np.minimum(self.miles[rows], far) * 1000).astype(np.int64)


def near_of(snapshot: Snapshot, criteria: Criteria, asked: Understanding) -> Near | None:
    """Distances, when the family said where it is: in the field for it, or among its words."""
    if criteria.point is not None:
        point, home = criteria.point, criteria.home
    elif asked.spot is not None:
        point, home = (asked.spot.easting, asked.spot.northing), asked.spot.locality
    else:
        return None
    miles = snapshot.miles(point)
    covers = unpack(snapshot.columns.any_of("area", (home,)), snapshot.columns.size)
    return Near(miles, covers, snapshot.comes_home | np.isinf(miles))


@dataclass(frozen=True, slots=True)
class Scoring:
    """All that the score of a row follows from."""

    snapshot: Snapshot
    criteria: Criteria
    asked: Understanding
    matched: Match | None
    near: Near | None

    def scores(self, rows: Rows) -> Factor:
        """The scores of these rows."""
        found: Factor = np.ones(len(rows))
        for _, factor in self.factors(rows):
            found = found * factor
        return found + EXACT_NAME * self.named(rows)

    def factors(self, rows: Rows) -> Iterator[tuple[str, Factor]]:
        """Each factor of a score, with what it is for."""
        snapshot, matched = self.snapshot, self.matched
        if matched is not None:
            yield "answers", 1.0 + matched.scores(rows) * matched.coverage(rows)
        if self.near is not None:
            yield "nearness", FLOOR + (1.0 - FLOOR) * self.near.closeness(rows)
        yield "freshness, spaces, support told", snapshot.quality[rows].astype(np.float64)
        if self.asked.ages or self.criteria.years or self.criteria.age:
            yield "fit of ages", 1.0 + FITTING * snapshot.narrowness[rows]
        if not self.is_for_an_adult:
            yield "whom it speaks of", LATER[snapshot.columns.rows["crowd"][rows]]
        if matched is not None and matched.is_for_a_child:
            yield "for parents", np.where(snapshot.for_carers[rows], FOR_CARERS, 1.0)
        if matched is not None and not matched.is_for_nights:
            yield "for nights", np.where(snapshot.for_nights[rows], UNASKED_NIGHTS, 1.0)
        elif matched is not None:
            yield "parents stay", np.where(snapshot.parents_stay[rows], NO_BREAK, 1.0)

    @property
    def is_for_an_adult(self) -> bool:
        """Whether somebody grown up is looked for."""
        low = self.asked.ages[0] if self.asked.ages else 0
        return max((low, *self.criteria.years)) >= ADULT

    def named(self, rows: Rows) -> NDArray[np.bool_]:
        """Whether the very name of each of these rows was typed."""
        name = key_of(" ".join(stems(self.criteria.text[:MOST_LETTERS])))
        named: NDArray[np.bool_] = self.snapshot.columns.rows["name_key"][rows] == name
        return named
