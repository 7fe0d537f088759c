"""The answers that rules can tell apart.

Two answers to a question are of one class when every comparison gives the same for both. Rules
look at answers through comparisons alone, so one answer of each class stands for all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations, pairwise, product

from app.criteria.conditions import Condition, Leaf, keys_read, leaves
from app.criteria.keys import Code, Key, Keys, Value

Step = tuple[Value, Value]
"""An answer, and the answer that is one step up from it."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A key with one answer for each class, and the class of every answer."""

    key: Key
    values: tuple[Value, ...]
    """The simplest answer of each class; that of a skipped question is of the first."""
    class_of: Mapping[Value, int]

    def only(self, answers: Iterable[Value]) -> tuple[int, ...]:
        """The classes of some answers, each once."""
        return tuple(dict.fromkeys(self.class_of[answer] for answer in answers))


@cache
def every_answer(key: Key) -> tuple[Value, ...]:
    """All answers a key can have, first what is read when it is skipped, then simplest first.

    Of a `many` key every set of ticks that may stand together.
    """
    answers: Iterable[Value] = key.codes
    if key.kind == "number":
        answers = range(key.youngest, key.oldest + 1)
    elif key.kind == "many":
        answers = _every_set(key)
    skipped = () if key.kind == "one" and key.skipped is None else (key.skipped,)
    return tuple(dict.fromkeys([*skipped, *answers]))


def _every_set(key: Key) -> Iterable[frozenset[Code]]:
    sets = chain.from_iterable(combinations(key.codes, n) for n in range(len(key.codes) + 1))
    alone = set(key.alone)
    return (frozenset(ticks) for ticks in sets if len(ticks) < 2 or not alone & set(ticks))


def make_axis(key: Key, looks: Iterable[Leaf]) -> Axis:
    """The classes into which comparisons sort a key's answers; others' comparisons are left out."""
    own = [leaf for leaf in dict.fromkeys(looks) if leaf.key == key.name]
    values: list[Value] = []
    seen: dict[tuple[bool, ...], int] = {}
    class_of: dict[Value, int] = {}
    for answer in every_answer(key):
        looked = tuple(leaf.holds({key.name: answer}) for leaf in own)
        if looked not in seen:
            seen[looked] = len(values)
            values.append(answer)
        class_of[answer] = seen[looked]
    return Axis(key, tuple(values), class_of)


def make_axes(keys: Keys, conditions: Sequence[Condition]) -> list[Axis]:
    """An axis for each key that some condition looks at, in the order of the keys."""
    looks = [leaf for condition in conditions for leaf in leaves(condition)]
    names = frozenset().union(*(keys_read(condition) for condition in conditions))
    return [make_axis(key, looks) for name, key in keys.items() if name in names]


def can_hold(keys: Keys, condition: Condition) -> bool:
    """Whether any answers at all make a condition hold."""
    axes = make_axes(keys, [condition])
    names = [axis.key.name for axis in axes]
    combinations_ = product(*(axis.values for axis in axes))
    return any(condition.holds(dict(zip(names, values, strict=True))) for values in combinations_)


def steps_up(keys: Keys, key: Key) -> list[Step]:
    """Every step up of a key: the next answer in order, or one more code of its `step_up` group."""
    if key.ordered:
        return [*pairwise(key.codes)]
    return added_ticks(key, keys.groups[key.step_up].codes) if key.step_up else []


@cache
def added_ticks(key: Key, codes: tuple[Code, ...]) -> list[Step]:
    """Every set of ticks with the same set and one more of these codes."""
    sets = [ticks for ticks in every_answer(key) if isinstance(ticks, frozenset)]
    alone = set(key.alone)
    return [
        (ticks, (ticks - alone) | {code})
        for code in codes
        for ticks in sets
        if code not in ticks | alone
    ]
