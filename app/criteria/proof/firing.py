"""Whether every rule ever decides or adds something, and if not, what stands in its way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

import numpy as np

from app.criteria.criteria import Criteria
from app.criteria.proof.arrays import make_grid, settle, simplest
from app.criteria.proof.counter import CounterExample, example
from app.criteria.proof.worlds import UNDECIDED, Walk, decide, number_of
from app.criteria.records import OUTCOMES, SignpostRule, TierRule

FIRES: Final = "Every rule decides or adds something for some family."
Named = tuple[str, str]
"""A rule's id, and its first day: an id may be used again."""


def name_of(rule: TierRule | SignpostRule) -> Named:
    """What tells a rule from all others."""
    return rule.id, rule.row.starts.isoformat()


def fired(walked: Walk) -> set[Named]:
    """The rules that decide or add something for some family of a world."""
    return {*_deciding(walked), *_adding(walked)}


def _deciding(walked: Walk) -> Iterator[Named]:
    """The tier rules that hold for a family for whom none of an earlier step does."""
    grid = walked.tier.grid
    earlier: list[TierRule] = []
    for _step, together in groupby(walked.rules, key=lambda rule: rule.row.step):
        rules = list(together)
        is_open = decide(grid, earlier) == UNDECIDED
        yield from (name_of(rule) for rule in rules if (is_open & grid.lay(rule.condition)).any())
        earlier += rules


def _adding(walked: Walk) -> Iterator[Named]:
    for rule in walked.added:
        sheet = walked.signposts[rule.row.adds[0]]
        is_on = np.isin(sheet.decided, number_of(*rule.row.on))
        if (is_on & sheet.grid.lay(rule.condition)).any():
            yield name_of(rule)


def find_idle(
    criteria: Criteria, walks: Sequence[Walk], working: Iterable[Named]
) -> Iterator[CounterExample]:
    """The rules that never fire."""
    every: list[TierRule | SignpostRule] = [*criteria.rules, *criteria.signposts]
    for rule in every:
        if name_of(rule) not in working:
            yield next(_blocked(rule, walks), _never_met(rule))


def _blocked(rule: TierRule | SignpostRule, walks: Sequence[Walk]) -> Iterator[CounterExample]:
    """A family for whom the rule's condition holds, and what happens instead."""
    for walked in walks:
        condition = settle(rule.condition, walked.world.fixed)
        others = [other.condition for other in walked.rules]
        grid = make_grid(walked.criteria.keys, [*others, condition])
        index = simplest(np.broadcast_to(grid.lay(condition), grid.shape))
        if index is not None:
            decided = np.broadcast_to(decide(grid, walked.rules), grid.shape)[index]
            says = f"{rule.id} never fires: where its condition holds, {_why(rule, decided)}."
            yield example(FIRES, says, walked, grid.answers_at(index))


def _why(rule: TierRule | SignpostRule, decided: int) -> str:
    if isinstance(rule, SignpostRule):
        return f"the outcome is never one of {', '.join(rule.row.on)}"
    return f"an earlier step has decided (here {OUTCOMES[decided]})"


def _never_met(rule: TierRule | SignpostRule) -> CounterExample:
    says = f"{rule.id} never fires: no family of any council can make “{rule.row.when}” hold."
    return CounterExample(FIRES, says)
