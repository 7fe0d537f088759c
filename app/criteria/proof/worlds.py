"""Every family of one council, home and day, with its outcome and each of its signposts.

A world is all families whose answers are read by one council's rules, who live in its area or
elsewhere, on a day. The outcome and each signpost stand in arrays of their own: beside the keys
that decide the outcome a signpost needs only those its own rules read. Questions that no rule
joins are so proved apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.criteria.conditions import Always, Answers, Either, leaves
from app.criteria.criteria import Criteria
from app.criteria.keys import COUNCIL, Value
from app.criteria.proof.arrays import NEVER, Bools, Grid, make_grid, settle
from app.criteria.records import OUTCOMES, SignpostRule, TierRule

HOME: Final = "lives_in"
UNDECIDED: Final = -1
Outcomes = NDArray[np.int8]
"""Numbers of `OUTCOMES`."""


@dataclass(frozen=True, slots=True)
class World:
    """Families of one council's rules; `homes`: answers to where they live that no rule parts."""

    council: str
    homes: tuple[str, ...]
    day: date

    @property
    def fixed(self) -> Answers:
        """What all its families share."""
        return {COUNCIL: self.council, HOME: self.homes[0]}

    def __str__(self) -> str:
        return f"{self.council.capitalize()}, home {' or '.join(self.homes)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every combination of answers that the rules of one signpost, or of the outcome, part."""

    grid: Grid
    decided: Outcomes
    held: Bools
    """Where the signpost is added."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A world with its rules, as far as they can matter in it, and its arrays."""

    criteria: Criteria
    world: World
    rules: tuple[TierRule, ...]
    added: tuple[SignpostRule, ...]
    tier: Sheet
    """The outcome; `held` is where the law of Wales holds."""
    signposts: Mapping[str, Sheet]
    """Those that some rule can add here."""

    @property
    def combinations(self) -> int:
        """How many combinations of classes stand in the arrays."""
        return sum(sheet.decided.size for sheet in (self.tier, *self.signposts.values()))

    def facts_at(self, answers: Mapping[str, Value]) -> dict[str, Any]:
        """A family's answers as `self-check evaluate` reads them; skipped ones are left out."""
        facts: dict[str, Any] = {"on": self.world.day.isoformat(), HOME: self.world.homes[0]}
        for key in self.criteria.keys.asked:
            answer = answers.get(key.name)
            if key.name in self.world.fixed or answer in (None, key.skipped):
                continue
            facts[key.name] = sorted(answer, key=str) if isinstance(answer, frozenset) else answer
        return facts


def number_of(*outcomes: str) -> list[int]:
    """The numbers that stand for outcomes in arrays."""
    return [n for n, outcome in enumerate(OUTCOMES) if outcome in outcomes]


def find_worlds(criteria: Criteria, councils: Iterable[str], day: date) -> list[World]:
    """The worlds of some councils' sites on a day; homes no rule tells apart are one."""
    return [
        World(council, homes, day)
        for council in councils
        for homes in _homes(criteria, council, day)
    ]


def _homes(criteria: Criteria, council: str, day: date) -> list[tuple[str, ...]]:
    ours = set(criteria.keys[COUNCIL].codes)
    homes = [str(home) for home in criteria.keys[HOME].codes if home == council or home not in ours]
    rules = (*criteria.rules_on(day), *criteria.signposts_on(day))
    looks = [leaf for rule in rules for leaf in leaves(rule.condition) if leaf.key == HOME]
    alike: dict[tuple[bool, ...], list[str]] = {}
    for home in homes:
        alike.setdefault(tuple(leaf.holds({HOME: home}) for leaf in looks), []).append(home)
    return [tuple(together) for together in alike.values()]


def walk(criteria: Criteria, world: World) -> Walk:
    """Lay out everything a world's families can be told."""
    rules = _reachable(criteria.rules_on(world.day), world.fixed)
    added = _addable(criteria, world, {rule.row.outcome for rule in rules})
    codes = dict.fromkeys(code for rule in added for code in rule.row.adds)
    signposts = {
        code: _sheet(criteria, rules, [rule for rule in added if code in rule.row.adds])
        for code in codes
    }
    return Walk(criteria, world, rules, added, _tier(criteria, world, rules), signposts)


def _reachable(rules: Sequence[TierRule], fixed: Answers) -> tuple[TierRule, ...]:
    """The rules that can hold in a world and stand in no step after one that always holds."""
    left: list[TierRule] = []
    for _step, together in groupby(rules, key=lambda rule: rule.row.step):
        settled = [replace(rule, condition=settle(rule.condition, fixed)) for rule in together]
        left += [rule for rule in settled if rule.condition != NEVER]
        if any(rule.condition == Always() for rule in settled):
            break
    return tuple(left)


def _addable(criteria: Criteria, world: World, outcomes: Iterable[str]) -> tuple[SignpostRule, ...]:
    """The rules of signposts that can hold in a world beside an outcome it has."""
    settled = (
        replace(rule, condition=settle(rule.condition, world.fixed))
        for rule in criteria.signposts_on(world.day)
        if not set(rule.row.on).isdisjoint(outcomes)
    )
    return tuple(rule for rule in settled if rule.condition != NEVER)


def _sheet(criteria: Criteria, rules: Sequence[TierRule], adding: Sequence[SignpostRule]) -> Sheet:
    grid = make_grid(criteria.keys, [rule.condition for rule in (*rules, *adding)])
    decided = decide(grid, rules)
    held = np.zeros((1,) * decided.ndim, bool)
    for rule in adding:
        held = held | (np.isin(decided, number_of(*rule.row.on)) & grid.lay(rule.condition))
    return Sheet(grid, np.broadcast_to(decided, grid.shape), np.broadcast_to(held, grid.shape))


def _tier(criteria: Criteria, world: World, rules: Sequence[TierRule]) -> Sheet:
    """The outcome; Welsh law holds wherever a rule that says so does, whichever step decides."""
    abroad = [rule for rule in criteria.rules_on(world.day) if rule.row.country == "wales"]
    welsh = settle(Either((NEVER, *(rule.condition for rule in abroad))), world.fixed)
    grid = make_grid(criteria.keys, [welsh, *(rule.condition for rule in rules)])
    decided, held = decide(grid, rules), grid.lay(welsh)
    return Sheet(grid, np.broadcast_to(decided, grid.shape), np.broadcast_to(held, grid.shape))


def decide(grid: Grid, rules: Iterable[TierRule]) -> Outcomes:
    """The outcome of the first rule that holds, in the order of the steps."""
    decided = np.full((1,) * len(grid.axes), UNDECIDED, np.int8)
    for rule in rules:
        is_new = (decided == UNDECIDED) & grid.lay(rule.condition)
        decided = np.where(is_new, np.int8(OUTCOMES.index(rule.row.outcome)), decided)
    return decided
