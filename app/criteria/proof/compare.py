"""Whether the arrays say what `evaluate` says, on answers drawn at random from a seed.

The proof is about arrays; families are told what `evaluate` finds. Both must be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.criteria.classes import every_answer
from app.criteria.criteria import Criteria
from app.criteria.facts import Facts
from app.criteria.keys import Key, Value
from app.criteria.proof.counter import CounterExample, example
from app.criteria.proof.worlds import HOME, Sheet, Walk, World
from app.criteria.records import OUTCOMES
from app.criteria.rules import council_of, evaluate

SAME: Final = "The proof and the site say the same of every family."
_SKIPPED: Final = 0.2
"""How often a question is skipped."""
_MOST_TICKS: Final = 4
Walks = Mapping[tuple[str, str], Walk]
"""The walk of every council and home, on one day."""
Places = NDArray[np.intp]
Told = tuple[str, str, tuple[str, ...]]
"""An outcome, a country and signposts in the order of a page."""


def draw_facts(
    criteria: Criteria, homes: Sequence[str], days: Sequence[date], chance: Random
) -> Facts:
    """One family that could be: some questions skipped, some boxes ticked."""
    values: dict[str, Value] = {}
    skipped: list[str] = []
    for key in criteria.keys.asked:
        if chance.random() < _SKIPPED:
            values[key.name] = key.skipped
            skipped.append(key.name)
        else:
            pools = (tuple(homes),) if key.name == HOME else _pools(key)
            values[key.name] = chance.choice(chance.choice(pools))
    return Facts(values, frozenset(skipped), chance.choice(days))


@cache
def _pools(key: Key) -> tuple[tuple[Value, ...], ...]:
    """A key's answers; sets of ticks by how many there are, so that small ones are not rare."""
    sizes: dict[int, list[Value]] = {}
    for answer in every_answer(key):
        ticks = len(answer) if isinstance(answer, frozenset) else 0
        if ticks <= _MOST_TICKS and answer is not None:
            sizes.setdefault(ticks, []).append(answer)
    return tuple(tuple(answers) for answers in sizes.values())


def walk_of(walks: Walks, facts: Facts, site: str) -> Walk:
    """The walk in which a family stands."""
    home = str(facts.values[HOME])
    first = next(iter(walks.values()))
    return walks[council_of(first.criteria, facts, site), home]


def find_differences(
    walks: Walks, families: Sequence[tuple[Facts, str]]
) -> Iterator[CounterExample]:
    """The families, with the site each asks, of whom the arrays and `evaluate` differ."""
    together: dict[World, list[tuple[Facts, str]]] = {}
    for facts, site in families:
        together.setdefault(walk_of(walks, facts, site).world, []).append((facts, site))
    for mine in together.values():
        yield from _differences(walk_of(walks, *mine[0]), mine)


def _differences(walked: Walk, families: Sequence[tuple[Facts, str]]) -> Iterator[CounterExample]:
    told = _told(walked, [facts for facts, _ in families])
    for (facts, site), expected in zip(families, told, strict=True):
        found = evaluate(walked.criteria, facts, site)
        actual = (found.outcome, found.country, found.signposts)
        if actual != expected:
            says = f"The site says {_said(actual)}; the proof {_said(expected)}."
            yield example(SAME, says, walked, facts.values)


def _told(walked: Walk, families: Sequence[Facts]) -> list[Told]:
    """What the arrays say of many families at once."""
    numbers = _Numbers(families)
    tier = numbers.index(walked.tier)
    outcomes = np.broadcast_to(walked.tier.decided[tier], len(families))
    welsh = np.broadcast_to(walked.tier.held[tier], len(families))
    held = {
        code: np.broadcast_to(sheet.held[numbers.index(sheet)], len(families))
        for code in walked.criteria.steps
        if (sheet := walked.signposts.get(code)) is not None
    }
    return [
        (
            OUTCOMES[outcomes[n]],
            "wales" if welsh[n] else "england",
            tuple(
                code
                for code in walked.criteria.order[OUTCOMES[outcomes[n]]]
                if code in held and held[code][n]
            ),
        )
        for n in range(len(families))
    ]


class _Numbers:
    """Many families' answers as numbers, so that they are found in arrays at once."""

    def __init__(self, families: Sequence[Facts]) -> None:
        self.families = families
        self.given: dict[str, Places] = {}

    def index(self, sheet: Sheet) -> tuple[Places, ...]:
        """The places of all families in a sheet."""
        places = []
        for axis in sheet.grid.axes:
            classes = np.array([axis.class_of[answer] for answer in every_answer(axis.key)])
            places.append(classes[self._answers(axis.key)])
        return tuple(places)

    def _answers(self, key: Key) -> Places:
        if key.name not in self.given:
            number = {answer: n for n, answer in enumerate(every_answer(key))}
            answers = [number[facts.values[key.name]] for facts in self.families]
            self.given[key.name] = np.array(answers)
        return self.given[key.name]


def _said(told: Told) -> str:
    outcome, country, signposts = told
    return f"{outcome} ({country}) with {', '.join(signposts) or 'no signposts'}"
