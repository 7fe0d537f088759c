"""Conditions laid along the axes of an array, so that every combination of answers is looked at.

An axis is a key, its places the classes of answers that rules tell apart (classes.py). A leaf
becomes a row along its own axis, by its own `holds`; what joins leaves joins the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.criteria.classes import Axis, make_axes
from app.criteria.conditions import (
    Always,
    Answers,
    AtLeast,
    Between,
    Both,
    Condition,
    Either,
    Leaf,
    Not,
    OneOf,
    Ticked,
)
from app.criteria.keys import Keys, Value

Bools = NDArray[np.bool_]
Index = tuple[int, ...]
NEVER: Final = Not(Always())
_Scalar = TypeVar("_Scalar", bound=np.generic)


def settle(condition: Condition, fixed: Answers) -> Condition:
    """A condition for families who all give some answers: comparisons of those are worked out."""
    match condition:
        case OneOf(key) | Ticked(key) | Between(key):
            settled: Condition = condition
            if key in fixed:
                settled = Always() if condition.holds(fixed) else NEVER
            return settled
        case Not(part):
            part = settle(part, fixed)
            return Always() if part == NEVER else Not(part)
        case Both(parts):
            return _join(Both, [settle(part, fixed) for part in parts], Always(), NEVER)
        case Either(parts):
            return _join(Either, [settle(part, fixed) for part in parts], NEVER, Always())
        case _:
            return condition


def _join(
    kind: type[Both] | type[Either], parts: Sequence[Condition], idle: Condition, strong: Condition
) -> Condition:
    """Parts without those that say nothing; the strong one decides for all."""
    if strong in parts:
        return strong
    left = tuple(part for part in parts if part != idle)
    return kind(left) if len(left) > 1 else next(iter(left), idle)


@dataclass(frozen=True, slots=True)
class Grid:
    """Every combination of the classes of some keys."""

    axes: tuple[Axis, ...]

    @property
    def shape(self) -> Index:
        """How many classes each axis has."""
        return tuple(len(axis.values) for axis in self.axes)

    @property
    def names(self) -> tuple[str, ...]:
        """The keys, one for each axis."""
        return tuple(axis.key.name for axis in self.axes)

    def lay(self, condition: Condition) -> Bools:
        """Where a condition holds: an array that can be broadcast to the grid's shape."""
        match condition:
            case Always():
                return np.ones((1,) * len(self.axes), bool)
            case Not(part):
                return ~self.lay(part)
            case Both(parts):
                return reduce(np.logical_and, map(self.lay, parts))
            case Either(parts):
                return reduce(np.logical_or, map(self.lay, parts))
            case AtLeast(least, signs):
                counts = (self._row(sign).astype(np.int8) for sign in signs)
                return reduce(np.add, counts) >= least
            case OneOf() | Ticked() | Between():
                return self._row(condition)

    def _row(self, leaf: Leaf) -> Bools:
        """A leaf along its own axis, one place long along the others."""
        place = self.names.index(leaf.key)
        held = [leaf.holds({leaf.key: answer}) for answer in self.axes[place].values]
        return np.array(held, bool).reshape(
            [-1 if n == place else 1 for n in range(len(self.axes))]
        )

    def full(self, array: NDArray[np.generic]) -> NDArray[np.generic]:
        """An array with a value for every combination."""
        return np.broadcast_to(array, self.shape)

    def index_of(self, answers: Mapping[str, Value]) -> Index:
        """Where the family that gives these answers stands."""
        return tuple(axis.class_of[answers[axis.key.name]] for axis in self.axes)

    def answers_at(self, index: Iterable[int]) -> dict[str, Value]:
        """The simplest answers of the families at a place."""
        at = zip(self.axes, index, strict=True)
        return {axis.key.name: axis.values[place] for axis, place in at}


def make_grid(keys: Keys, conditions: Sequence[Condition]) -> Grid:
    """The grid of all that some conditions tell apart."""
    return Grid(tuple(make_axes(keys, conditions)))


def along(row: NDArray[_Scalar], place: int, size: int) -> NDArray[_Scalar]:
    """A row laid along one axis of so many."""
    return row.reshape([-1 if n == place else 1 for n in range(size)])


def simplest(bad: Bools) -> Index | None:
    """The place of the fewest answers at which an array holds, or None when it holds nowhere."""
    if not bad.any():
        return None
    given = np.zeros((1,) * bad.ndim, np.uint8)
    for place, length in enumerate(bad.shape):
        given = given + along((np.arange(length) > 0).astype(np.uint8), place, bad.ndim)
    weighed = np.where(bad, np.broadcast_to(given, bad.shape), np.uint8(255))
    return tuple(int(place) for place in np.unravel_index(int(weighed.argmin()), bad.shape))
