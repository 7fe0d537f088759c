"""What is promised when one answer changes: a step up loses nothing, skipping takes no right.

A step is a pair of places along one axis; both whole slices of an array are compared at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.criteria.answers import single_answers
from app.criteria.classes import Axis, Step, added_ticks, steps_up
from app.criteria.keys import Value
from app.criteria.proof.arrays import Bools, simplest
from app.criteria.proof.counter import CounterExample, example
from app.criteria.proof.promises import RIGHTS_CODES, Check
from app.criteria.proof.worlds import Sheet, Walk, number_of
from app.criteria.records import OUTCOMES, TIERS

STEP_TIER: Final = "A step up in one answer never lowers the tier."
STEP_LOSS: Final = "A step up in one answer never takes away money or a route."
SKIPPING: Final = "Skipping a question never takes away a right."
LEFT_OPEN: Final = "What a skipped question leaves open is named in full."
_RANKS: Final = np.array([TIERS.index(name) if name in TIERS else -1 for name in OUTCOMES], np.int8)
NO_TIER: Final = -1
_Scalar = TypeVar("_Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True)
class _Move:
    """A change of one answer, as places along an axis and as answers."""

    place: int
    low: int
    high: int
    answers: Step
    is_step_up: bool


def _cut(array: NDArray[_Scalar], move: _Move) -> tuple[NDArray[_Scalar], NDArray[_Scalar]]:
    """The array before and after a change, without its axis."""
    turned = np.moveaxis(array, move.place, 0)
    return turned[move.low], turned[move.high]


def never_lowers(walked: Walk) -> Iterator[CounterExample]:
    """The tier after a step up is no lower."""
    sheet = walked.tier
    for move in _moves(walked, sheet):
        before, after = _cut(_RANKS[sheet.decided], move)
        index = simplest(after < before) if move.is_step_up else None
        if index is not None:
            one, other = _both(sheet, move, index)
            was, now = (OUTCOMES[decided[index]] for decided in _cut(sheet.decided, move))
            says = f"{_said(sheet, move)}, the outcome goes from {was} to {now}."
            yield example(STEP_TIER, says, walked, one, other)


def never_loses(walked: Walk) -> Iterator[CounterExample]:
    """A step up, or one more tick that leads to a higher tier, takes no such signpost away."""
    for code in walked.criteria.keys.never_lost:
        if code not in walked.signposts:
            continue
        sheet = walked.signposts[code]
        for move in _moves(walked, sheet):
            index = simplest(_lost(sheet, move))
            if index is not None:
                one, other = _both(sheet, move, index)
                yield example(STEP_LOSS, f"{_said(sheet, move)}, {code} goes.", walked, one, other)


def _lost(sheet: Sheet, move: _Move) -> Bools:
    before, after = _cut(sheet.held, move)
    lost = before & ~after
    if move.is_step_up or not lost.any():
        return lost
    low, high = _cut(_RANKS[sheet.decided], move)
    return lost & (low > NO_TIER) & (high > low)


def _moves(walked: Walk, sheet: Sheet) -> Iterator[_Move]:
    """Each change along each axis of a sheet that a rule can tell, once."""
    for place, axis in enumerate(sheet.grid.axes):
        ups = steps_up(walked.criteria.keys, axis.key)
        ticks = added_ticks(axis.key, axis.key.codes) if axis.key.kind == "many" else []
        for (low, high), (answers, is_up) in _told_apart(axis, ups, ticks).items():
            yield _Move(place, low, high, answers, is_up)


def _told_apart(
    axis: Axis, ups: list[Step], ticks: list[Step]
) -> Mapping[tuple[int, int], tuple[Step, bool]]:
    """Changes by the classes they lead from and to; a step up goes before another tick."""
    found: dict[tuple[int, int], tuple[Step, bool]] = {}
    for steps, is_up in ((ups, True), (ticks, False)):
        for low, high in steps:
            classes = axis.class_of[low], axis.class_of[high]
            if classes[0] != classes[1]:
                found.setdefault(classes, ((low, high), is_up))
    return found


def _both(
    sheet: Sheet, move: _Move, index: tuple[int, ...]
) -> tuple[dict[str, Value], dict[str, Value]]:
    """Both families: they differ in one answer."""
    whole = (*index[: move.place], move.low, *index[move.place :])
    answers = sheet.grid.answers_at(whole)
    name = sheet.grid.names[move.place]
    return answers | {name: move.answers[0]}, answers | {name: move.answers[1]}


def _said(sheet: Sheet, move: _Move) -> str:
    """Which answer changes, and how."""
    name, (low, high) = sheet.grid.names[move.place], move.answers
    if isinstance(low, frozenset) and isinstance(high, frozenset):
        return f"When {_ticks(high - low)} is ticked too ({name})"
    return f"When {name} goes from {low} to {high}"


def _ticks(answer: Value) -> str:
    return ", ".join(sorted(map(str, answer))) if isinstance(answer, frozenset) else str(answer)


def keeps_rights_when_skipped(walked: Walk) -> Iterator[CounterExample]:
    """No right hangs on a question that was answered."""
    for code in RIGHTS_CODES:
        if code in walked.signposts:
            yield from _lost_when_skipped(walked, walked.signposts[code], code)


def _lost_when_skipped(walked: Walk, sheet: Sheet, code: str) -> Iterator[CounterExample]:
    for place, axis in enumerate(sheet.grid.axes):
        skipped = axis.key.skipped
        for given, answer in enumerate(axis.values):
            move = _Move(place, given, axis.class_of[skipped], (answer, skipped), True)
            index = simplest(_lost(sheet, move))
            if index is not None:
                says = f"When {axis.key.name} is skipped, {code} goes."
                yield example(SKIPPING, says, walked, *_both(sheet, move, index))


def names_what_is_open(walked: Walk) -> Iterator[CounterExample]:
    """Single ticks bring all that ticks together can, since single ones are what is tried."""
    for tier in TIERS:
        reached = np.isin(walked.tier.decided, number_of(tier))
        yield from _unnamed(walked, walked.tier, reached, f"The outcome {tier}")
    for code in walked.criteria.keys.never_lost:
        if code in walked.signposts:
            sheet = walked.signposts[code]
            yield from _unnamed(walked, sheet, sheet.held, f"The signpost {code}")


def _unnamed(walked: Walk, sheet: Sheet, reached: Bools, what: str) -> Iterator[CounterExample]:
    for place, axis in enumerate(sheet.grid.axes):
        if axis.key.kind != "many":
            continue
        named = axis.only([axis.key.skipped, *single_answers(axis.key)])
        turned: Bools = np.moveaxis(reached, place, 0)
        tried = turned[[*named]].any(axis=0)
        for number, answer in enumerate(axis.values):
            index = simplest(turned[number] & ~tried)
            if index is not None:
                whole = (*index[:place], number, *index[place:])
                said = f"{_ticks(answer)} together ({axis.key.name}); none alone brings it."
                says = f"{what} needs {said}"
                yield example(LEFT_OPEN, says, walked, sheet.grid.answers_at(whole))


STEP_CHECKS: Final[dict[str, Check]] = {
    STEP_TIER: never_lowers,
    STEP_LOSS: never_loses,
    SKIPPING: keeps_rights_when_skipped,
    LEFT_OPEN: names_what_is_open,
}
