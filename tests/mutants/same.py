"""Whether a changed rule changes anything: both are laid out over every combination of answers.

Outcome, country, deciding rules and the rules that add each signpost are compared, in every world.
"""

from __future__ import annotations

from itertools import groupby

import numpy as np

from app.criteria.conditions import Answers
from app.criteria.criteria import Criteria
from app.criteria.proof.arrays import Bools, Grid, make_grid, settle
from app.criteria.proof.prove import all_councils
from app.criteria.proof.worlds import UNDECIDED, World, decide, find_worlds, number_of
from app.criteria.records import TierRule
from tests.mutants.of_rules import Mutant


def is_equivalent(criteria: Criteria, mutant: Mutant) -> bool:
    """Whether no family of any world is told anything else."""
    return all(
        _is_same(criteria, mutant, world)
        for day in criteria.changes()
        for world in find_worlds(criteria, all_councils(criteria), day)
    )


def _is_same(criteria: Criteria, mutant: Mutant, world: World) -> bool:
    if isinstance(mutant.old, TierRule):
        return _is_same_tier(criteria, mutant.criteria, world)
    sides = (criteria, mutant.old), (mutant.criteria, mutant.new)
    told = [settle(rule.condition, world.fixed) for _, rule in sides]
    rules = _settled(criteria, world.fixed)
    grid = make_grid(criteria.keys, [*told, *(rule.condition for rule in rules)])
    decided = decide(grid, rules)
    held = [
        np.isin(decided, number_of(*rule.row.on)) & grid.lay(condition)
        for (_, rule), condition in zip(sides, told, strict=True)
        if not isinstance(rule, TierRule)
    ]
    adds = [set(rule.row.adds) for _, rule in sides if not isinstance(rule, TierRule)]
    return _equal(held[0], held[1], grid) and (adds[0] == adds[1] or not held[0].any())


def _settled(criteria: Criteria, fixed: Answers) -> list[TierRule]:
    return [TierRule(rule.row, settle(rule.condition, fixed)) for rule in criteria.rules]


def _is_same_tier(one: Criteria, other: Criteria, world: World) -> bool:
    sides = [_settled(criteria, world.fixed) for criteria in (one, other)]
    grid = make_grid(one.keys, [rule.condition for rules in sides for rule in rules])
    if not _equal(decide(grid, sides[0]), decide(grid, sides[1]), grid):
        return False
    reasons = [_reasons(grid, rules) for rules in sides]
    return reasons[0].keys() == reasons[1].keys() and all(
        _equal(held, reasons[1][name], grid) for name, held in reasons[0].items()
    )


def _reasons(grid: Grid, rules: list[TierRule]) -> dict[str, Bools]:
    """Where each rule decides, and where the law of Wales holds."""
    found: dict[str, Bools] = {"wales": np.zeros((1,) * len(grid.axes), bool)}
    earlier: list[TierRule] = []
    for _step, together in groupby(rules, key=lambda rule: rule.row.step):
        is_open = decide(grid, earlier) == UNDECIDED
        for rule in (step := list(together)):
            held = grid.lay(rule.condition)
            found[rule.id] = is_open & held
            if rule.row.country == "wales":
                found["wales"] = found["wales"] | held
        earlier += step
    return found


def _equal(one: np.ndarray, other: np.ndarray, grid: Grid) -> bool:
    return bool((np.broadcast_to(one, grid.shape) == np.broadcast_to(other, grid.shape)).all())
