"""A condition as it is for one council: comparisons already settled are taken out.

`council = devon` is true on Devon's site and false on the others, and a code that no family of
the council is offered can never be ticked. What is left is shorter, and says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.criteria.conditions import (
    Always,
    AtLeast,
    Between,
    Both,
    Condition,
    Either,
    Not,
    OneOf,
    Ticked,
)
from app.criteria.criteria import Criteria
from app.criteria.keys import COUNCIL, Value


def simplify(criteria: Criteria, condition: Condition, council: str) -> Condition | None:
    """The condition for families of a council; None when it can never hold there."""
    match condition:
        case AtLeast(1, signs):
            return simplify(criteria, Either(signs), council)
        case Both(parts):
            return _both([simplify(criteria, part, council) for part in parts])
        case Either(parts):
            return _either([simplify(criteria, part, council) for part in parts])
        case Not(part):
            inside = simplify(criteria, part, council)
            return Always() if inside is None else _opposite(inside)
    return _simplify_one(criteria, condition, council)


def _simplify_one(
    criteria: Criteria, condition: Always | AtLeast | OneOf | Ticked | Between, council: str
) -> Condition | None:
    match condition:
        case OneOf(key, codes) if key == COUNCIL:
            return Always() if council in codes else None
        case OneOf(key, codes) if codes == {False}:
            return Not(OneOf(key, frozenset({True})))
        case OneOf(key, codes) | Ticked(key, codes):
            offered = codes & _offered(criteria, key, council)
            return replace(condition, codes=offered) if offered else None
    return condition


def _offered(criteria: Criteria, key: str, council: str) -> frozenset[Value]:
    """The codes that a question offers to families of a council; all when none asks for the key."""
    answers = [
        answer
        for question in criteria.questions
        for answer in question.row.answers
        if answer.key == key
    ]
    if not answers:
        return frozenset(criteria.keys[key].codes)
    return frozenset(answer.code for answer in answers if answer.is_for(council))


def _opposite(inside: Condition) -> Condition | None:
    if isinstance(inside, Always):
        return None
    return inside.part if isinstance(inside, Not) else Not(inside)


def _both(parts: Iterable[Condition | None]) -> Condition | None:
    """All the parts in one; spans of one number become the span they share."""
    flat: list[Condition] = []
    for part in parts:
        if part is None:
            return None
        flat += part.parts if isinstance(part, Both) else [part]
    left = _share([part for part in flat if not isinstance(part, Always)])
    if len(left) < 2:
        return left[0] if left else Always()
    return Both(tuple(left))


def _share(parts: list[Condition]) -> list[Condition]:
    found: list[Condition] = []
    for part in parts:
        last = found[-1] if found else None
        if isinstance(part, Between) and isinstance(last, Between) and part.key == last.key:
            found[-1] = Between(part.key, max(part.low, last.low), min(part.high, last.high))
        else:
            found.append(part)
    return found


def _either(parts: Iterable[Condition | None]) -> Condition | None:
    """Any of the parts in one; answers to one question stand together."""
    flat: list[Condition] = []
    for part in parts:
        if isinstance(part, Always):
            return part
        if part is not None:
            flat += part.parts if isinstance(part, Either) else [part]
    left: list[Condition] = []
    for part in flat:
        joined = [_join(item, part) for item in left]
        at = next((n for n, item in enumerate(joined) if item), None)
        if at is None:
            left.append(part)
        else:
            left[at] = joined[at] or part
    if len(left) < 2:
        return left[0] if left else None
    return Either(tuple(left))


def _join(one: Condition, other: Condition) -> Condition | None:
    """Two comparisons of one answer as one; None when they are not alike."""
    if isinstance(one, OneOf) and isinstance(other, OneOf) and one.key == other.key:
        return OneOf(one.key, one.codes | other.codes)
    if isinstance(one, Ticked) and isinstance(other, Ticked) and one.key == other.key:
        return Ticked(one.key, one.codes | other.codes)
    return None
