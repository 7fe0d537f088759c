"""What the rules promise every family of a world, each checked over all its combinations.

A check gives one counter-example for each way in which its promise is broken. What is promised of
words and contacts is in promised_words.py and reach.py; what of time and worlds together, in
proof.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Final

import numpy as np

from app.criteria.conditions import Both
from app.criteria.proof.arrays import Bools, along, make_grid, simplest
from app.criteria.proof.counter import CounterExample, example
from app.criteria.proof.worlds import UNDECIDED, Sheet, Walk, number_of
from app.criteria.records import OUTCOMES, TierRule

Check = Callable[[Walk], Iterator[CounterExample]]
ONE_OUTCOME: Final = "Every family has exactly one outcome."
ONE_STEP: Final = "Two rules of one step that can hold together agree."
DANGER: Final = "Danger comes before all, until the family carries on."
SAFETY: Final = "Whoever is in danger sees the safety block, carried on or not."
RIGHTS: Final = (
    "Every result has the rights box, SENDIASS, the complaint route and a way to ask for an "
    "assessment."
)
COUNTRY: Final = "A family in Wales, and no other, has the rights of Wales."
URGENT: Final = "Who cannot carry on is sent to urgent help, whatever the outcome."
RIGHTS_CODES: Final = ("rights_box", "sendiass", "complaint_route")
SAFETY_CODES: Final = ("safeguarding_999", "safeguarding_front_door")
URGENT_CODE: Final = "urgent_front_door"


def has_one_outcome(walked: Walk) -> Iterator[CounterExample]:
    """Some rule holds for everyone."""
    index = simplest(walked.tier.decided == UNDECIDED)
    if index is not None:
        says = "No rule holds for this family, so it gets no outcome."
        yield example(ONE_OUTCOME, says, walked, walked.tier.grid.answers_at(index))


def agrees_in_steps(walked: Walk) -> Iterator[CounterExample]:
    """Rules of one step that hold together lead to one outcome and one country's law."""
    for one, other in combinations(walked.rules, 2):
        if one.row.step == other.row.step and _lead(one) != _lead(other):
            together = Both((one.condition, other.condition))
            grid = make_grid(walked.criteria.keys, [together])
            index = simplest(np.broadcast_to(grid.lay(together), grid.shape))
            if index is not None:
                says = (
                    f"{one.id} ({_lead(one)}) and {other.id} ({_lead(other)}) are both of step "
                    f"{one.row.step} and both hold for this family."
                )
                yield example(ONE_STEP, says, walked, grid.answers_at(index))


def _lead(rule: TierRule) -> str:
    return f"{rule.row.outcome}, {rule.row.country}"


def puts_danger_first(walked: Walk) -> Iterator[CounterExample]:
    """In danger and not carried on is the safety page, and nobody else is kept there."""
    sheet = walked.tier
    is_exit = np.isin(sheet.decided, number_of("safety_exit"))
    danger = _where(sheet, "danger_now", "yes") & _where(sheet, "carried_on", False)
    free = _where(sheet, "danger_now", "no") | _where(sheet, "carried_on", True)
    kept = "Nobody is in danger, or the family has carried on: still it is {}."
    for bad, given, says in (
        (danger & ~is_exit, {"danger_now": "yes"}, "Someone is in danger, yet the outcome is {}."),
        (free & is_exit, {"carried_on": True}, kept),
    ):
        index = simplest(bad)
        if index is not None:
            said = says.format(OUTCOMES[sheet.decided[index]])
            yield example(DANGER, said, walked, given | sheet.grid.answers_at(index))


def _where(sheet: Sheet, name: str, answer: str | bool) -> Bools:
    """Where some family gives an answer: everywhere, when the rules of a sheet do not ask."""
    if name not in sheet.grid.names:
        return np.ones((1,) * len(sheet.grid.axes), bool)
    place = sheet.grid.names.index(name)
    axis = sheet.grid.axes[place]
    is_given = np.arange(len(axis.values)) == axis.class_of[answer]
    return along(is_given, place, len(sheet.grid.axes))


def keeps_rights(walked: Walk) -> Iterator[CounterExample]:
    """The signposts of every result are on every result."""
    for code in RIGHTS_CODES:
        yield from _always(walked, RIGHTS, code, "", "")


def shows_safety(walked: Walk) -> Iterator[CounterExample]:
    """Safety's signposts are there for everyone in danger, before all others."""
    for code in SAFETY_CODES:
        yield from _always(walked, SAFETY, code, "danger_now", "yes")
    for outcome, order in walked.criteria.order.items():
        first = order[: len(SAFETY_CODES)]
        if set(first) != set(SAFETY_CODES):
            says = f"On {outcome} the page shows {first[0]} before {' and '.join(SAFETY_CODES)}."
            yield CounterExample(SAFETY, says)


def sends_to_urgent_help(walked: Walk) -> Iterator[CounterExample]:
    """A carer who cannot carry on sees whom to ring today."""
    yield from _always(walked, URGENT, URGENT_CODE, "coping", "cannot_carry_on")


def _always(
    walked: Walk, promise: str, code: str, name: str, answer: str
) -> Iterator[CounterExample]:
    """A signpost stands on every outcome, for all families or those who give an answer."""
    given = {name: answer} if name else {}
    sheet = walked.signposts.get(code)
    if sheet is None:
        yield example(promise, f"No rule adds {code} for this family.", walked, given)
        return
    index = simplest(_where(sheet, name, answer) & ~sheet.held)
    if index is not None:
        says = f"The outcome is {OUTCOMES[sheet.decided[index]]}, and {code} is not shown."
        yield example(promise, says, walked, given | sheet.grid.answers_at(index))


def has_its_country(walked: Walk) -> Iterator[CounterExample]:
    """The law is that of the country the child lives in."""
    is_welsh = "wales" in walked.world.homes
    index = simplest(walked.tier.held != is_welsh)
    if index is not None:
        says = f"This family’s rights are those of {'England' if is_welsh else 'Wales'}."
        yield example(COUNTRY, says, walked, walked.tier.grid.answers_at(index))


CHECKS: Final[dict[str, Check]] = {
    ONE_OUTCOME: has_one_outcome,
    ONE_STEP: agrees_in_steps,
    DANGER: puts_danger_first,
    SAFETY: shows_safety,
    RIGHTS: keeps_rights,
    COUNTRY: has_its_country,
    URGENT: sends_to_urgent_help,
}
