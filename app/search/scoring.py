"""What makes one service stand before another: factors that are multiplied, each with its name.

The same factors explain a place in the results (`search query --explain`), so what is said
and what is done cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.search.bits import Bits, pack, unpack
from app.search.columns import FURTHEST, key_of
from app.search.criteria import Criteria
from app.search.ranking import Match
from app.search.slots import NIGHTS
from app.search.snapshot import FOR_CARERS, READ, Snapshot
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
NO_CHILD = 0.6
"""What is left where it is for parents, and something for a child was asked for."""
LATER = np.array([1.0, 0.7, 0.4])
"""What is left by whom it speaks of, where it tells no age: children, nobody, adults alone."""
ADULT = 18
Rows = NDArray[np.int64]
Factor = NDArray[np.floating]
Standing = Callable[[Snapshot], Factor]


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


def _has(group: str, *codes: str) -> Callable[[Snapshot], NDArray[np.bool_]]:
    """Tells which rows have one of these codes."""
    return lambda snapshot: unpack(snapshot.columns.any_of(group, codes), snapshot.columns.size)


def _only_for_carers(snapshot: Snapshot) -> NDArray[np.bool_]:
    """Which rows are advice or money for parents and carers, and nothing else."""
    return snapshot.columns.has_only("break", FOR_CARERS)


def _left(share: float, having: Callable[[Snapshot], NDArray[np.bool_]]) -> Standing:
    """A factor that leaves a share of the score where something holds."""
    return lambda snapshot: np.where(having(snapshot), share, 1.0)


STANDING: dict[str, Standing] = {
    "freshness, spaces, support told": lambda snapshot: snapshot.quality,
    "fit of ages": lambda snapshot: 1.0 + FITTING * snapshot.columns.narrowness(),
    "whom it speaks of": lambda snapshot: LATER[snapshot.columns.rows["crowd"]],
    "for parents": _left(NO_CHILD, _only_for_carers),
    "for nights": _left(UNASKED_NIGHTS, _has("break", *NIGHTS)),
    "parents stay": _left(NO_BREAK, _has("access", "parent_stays")),
}
"""The factors that a row has whatever is asked, of all rows. Which of them are in force depends on
what is asked."""


def standing(snapshot: Snapshot, names: tuple[str, ...]) -> NDArray[np.float32]:
    """The product of some of them for every row, worked out once."""
    known = snapshot.standing.get(names)
    if known is None:
        product = np.prod([STANDING[name](snapshot) for name in names], axis=0)
        known = snapshot.standing[names] = product.astype(np.float32)
    return known


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
        found: Factor = standing(self.snapshot, tuple(self._standing()))[rows].astype(np.float64)
        for _, factor in self._asked(rows):
            found = found * factor
        return found + EXACT_NAME * self.named(rows)

    def factors(self, rows: Rows) -> Iterator[tuple[str, Factor]]:
        """Each factor of a score, with what it is for."""
        yield from self._asked(rows)
        for name in self._standing():
            yield name, STANDING[name](self.snapshot)[rows]

    def _asked(self, rows: Rows) -> Iterator[tuple[str, Factor]]:
        """The factors that follow from what was asked."""
        if self.matched is not None:
            yield "answers", 1.0 + self.matched.scores(rows)
        if self.near is not None:
            yield "nearness", FLOOR + (1.0 - FLOOR) * self.near.closeness(rows)

    def _standing(self) -> Iterator[str]:
        """The names of those that do not, but for whether they are in force."""
        yield "freshness, spaces, support told"
        if self.asked.ages or self.criteria.years or self.criteria.age:
            yield "fit of ages"
        if not self.is_for_an_adult:
            yield "whom it speaks of"
        if self.matched is not None and self.matched.is_for_a_child:
            yield "for parents"
        if self.matched is not None:
            yield "parents stay" if self.matched.is_for_nights else "for nights"

    @property
    def is_for_an_adult(self) -> bool:
        """Whether somebody grown up is looked for."""
        low = self.asked.ages[0] if self.asked.ages else 0
        return max((low, *self.criteria.years)) >= ADULT

    def named(self, rows: Rows) -> NDArray[np.bool_]:
        """Whether the very name of each of these rows was typed."""
        keys = self.snapshot.columns.rows["name_key"][rows]
        named: NDArray[np.bool_] = keys == _name_key(self.criteria.text)
        return named


@lru_cache(maxsize=READ)
def _name_key(text: str) -> int:
    """What a listing has as `name_key` whose very name was typed."""
    return key_of(" ".join(stems(text[:MOST_LETTERS])))
