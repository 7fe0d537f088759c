"""Whether the page names exactly what a skipped question leaves open: asked of the arrays.

The page tries answers one by one with `evaluate`; here every answer of a question is looked at in
the arrays at once, every set of ticks included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from app.criteria.answers import OLDEST_CHILD, Opening, left_open, tiers_above
from app.criteria.classes import Axis
from app.criteria.facts import Facts
from app.criteria.keys import Key, Value
from app.criteria.proof.compare import Walks, walk_of
from app.criteria.proof.counter import CounterExample, example
from app.criteria.proof.worlds import HOME, Sheet, Walk
from app.criteria.records import OUTCOMES, TIERS

NAMED: Final = "The page names exactly what answers to a skipped question could bring."
DANGER_KEYS: Final = frozenset({"danger_now", "carried_on"})


@dataclass(slots=True)
class _Told:
    """All that families who differ in one answer are told."""

    outcomes: set[str] = field(default_factory=set)
    signposts: set[str] = field(default_factory=set)


def find_unnamed(walks: Walks, families: Sequence[tuple[Facts, str]]) -> Iterator[CounterExample]:
    """The families to whom the page names too little or too much as open."""
    for facts, site in families:
        walked = walk_of(walks, facts, site)
        named = left_open(walked.criteria, facts, site)
        expected = tuple(_openings(walks, walked, facts, site))
        if named != expected:
            says = f"The page names {_said(named)}; answers could bring {_said(expected)}."
            yield example(NAMED, says, walked, facts.values)


def _openings(walks: Walks, walked: Walk, facts: Facts, site: str) -> Iterator[Opening]:
    now = _told(walked, facts.values)
    outcome = next(iter(now.outcomes))
    for key in walked.criteria.keys.asked:
        if key.name not in facts.skipped - DANGER_KEYS:
            continue
        could = _could_be_told(walks, walked, facts, site, key)
        brought = could.signposts - now.signposts
        opening = Opening(
            key.name,
            tuple(tier for tier in tiers_above(outcome) if tier in could.outcomes),
            tuple(code for code in walked.criteria.keys.never_lost if code in brought),
            adult=key.kind == "number" and outcome in TIERS,
        )
        if opening.tiers or opening.signposts or opening.adult:
            yield opening


def _could_be_told(walks: Walks, walked: Walk, facts: Facts, site: str, key: Key) -> _Told:
    if key.name != HOME:
        return _told(walked, facts.values, key)
    could = _Told()
    for home in key.codes:
        moved = facts.with_answers({HOME: home})
        told = _told(walk_of(walks, moved, site), moved.values)
        could.outcomes |= told.outcomes
        could.signposts |= told.signposts
    return could


def _told(walked: Walk, answers: Mapping[str, Value], key: Key | None = None) -> _Told:
    """What a family is told, with any child's answer to one question if that is named."""
    tier = walked.tier.decided[_places(walked.tier, answers, key)]
    held = (
        code
        for code, sheet in walked.signposts.items()
        if sheet.held[_places(sheet, answers, key)].any()
    )
    return _Told({OUTCOMES[number] for number in np.unique(tier)}, set(held))


def _places(
    sheet: Sheet, answers: Mapping[str, Value], key: Key | None
) -> tuple[int | list[int], ...]:
    return tuple(
        [*_child_classes(axis)] if axis.key == key else axis.class_of[answers[axis.key.name]]
        for axis in sheet.grid.axes
    )


def _child_classes(axis: Axis) -> tuple[int, ...]:
    if axis.key.kind == "number":
        return axis.only(range(axis.key.youngest, OLDEST_CHILD + 1))
    return tuple(range(len(axis.values)))


def _said(openings: Sequence[Opening]) -> str:
    """Openings in a line."""
    said = [
        f"{opening.key}: {', '.join((*opening.tiers, *opening.signposts)) or 'adult services'}"
        for opening in openings
    ]
    return "; ".join(said) or "nothing"
