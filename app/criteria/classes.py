"""The answers that rules can tell apart.

Two answers to a question are of one class when every comparison gives the same for both. Rules
look at answers through comparisons alone, so one answer of each class stands for all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from app.criteria.conditions import Condition, Leaf, keys_read, leaves
from app.criteria.keys import Key, Keys, Value


@dataclass(frozen=True, slots=True)
class Axis:
    """A key with one answer for each class, and the class of every answer."""

    key: Key
    values: tuple[Value, ...]
    """The simplest answer of each class."""
    class_of: dict[Value, int]


def every_answer(key: Key) -> list[Value]:
    """All answers a key can have, what is read when it is skipped included, simplest first.

    Of a `many` key every set of ticks that may stand together.
    """
    if key.kind == "number":
        return [key.skipped, *range(key.youngest, key.oldest + 1)]
    if key.kind != "many":
        return list(key.codes)
    sets = chain.from_iterable(combinations(key.codes, n) for n in range(len(key.codes) + 1))
    return [frozenset(ticks) for ticks in sets if len(ticks) < 2 or not set(ticks) & set(key.alone)]


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
    """An axis for each key that some condition looks at."""
    looks = [leaf for condition in conditions for leaf in leaves(condition)]
    names = sorted(frozenset().union(*(keys_read(condition) for condition in conditions)))
    return [make_axis(keys[name], looks) for name in names]


def can_hold(keys: Keys, condition: Condition) -> bool:
    """Whether any answers at all make a condition hold."""
    axes = make_axes(keys, [condition])
    names = [axis.key.name for axis in axes]
    combinations_ = product(*(axis.values for axis in axes))
    return any(condition.holds(dict(zip(names, values, strict=True))) for values in combinations_)
