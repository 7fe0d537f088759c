"""Faults put into rules: a part dropped, a bound moved, a code swapped, an outcome changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import msgspec

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
from app.criteria.keys import Key, Keys, Value
from app.criteria.proof.arrays import NEVER
from app.criteria.records import OUTCOMES, SignpostRule, TierRule


@dataclass(frozen=True)
class Mutant:
    """The criteria with one fault, and the rule that has it."""

    name: str
    criteria: Criteria
    old: TierRule | SignpostRule
    new: TierRule | SignpostRule


def rule_mutants(criteria: Criteria) -> Iterator[Mutant]:
    """Every rule with every fault."""
    for number, rule in enumerate(criteria.rules):
        for name, wrong in _faulty_tier_rules(criteria.keys, rule):
            rules = [*criteria.rules[:number], wrong, *criteria.rules[number + 1 :]]
            ordered = tuple(sorted(rules, key=lambda other: other.row.step))
            changed = replace(criteria, rules=ordered)
            yield Mutant(f"{rule.id}: {name}", changed, rule, wrong)
    for number, added in enumerate(criteria.signposts):
        for name, other in _faulty_signpost_rules(criteria, added):
            before, after = criteria.signposts[:number], criteria.signposts[number + 1 :]
            changed = replace(criteria, signposts=(*before, other, *after))
            yield Mutant(f"{added.id}: {name}", changed, added, other)


def _faulty_tier_rules(keys: Keys, rule: TierRule) -> Iterator[tuple[str, TierRule]]:
    for condition in changes(keys, rule.condition):
        yield f"when {said(condition)}", replace(rule, condition=condition)
    rows: list[dict[str, Any]] = [
        {"outcome": outcome} for outcome in OUTCOMES if outcome != rule.row.outcome
    ]
    rows += [{"step": rule.row.step + by} for by in (-1, 1)]
    rows.append({"country": "england" if rule.row.country == "wales" else "wales"})
    for row in rows:
        yield str(row), replace(rule, row=msgspec.structs.replace(rule.row, **row))


def _faulty_signpost_rules(
    criteria: Criteria, rule: SignpostRule
) -> Iterator[tuple[str, SignpostRule]]:
    for condition in changes(criteria.keys, rule.condition):
        yield f"when {said(condition)}", replace(rule, condition=condition)
    adds, on = rule.row.adds, rule.row.on
    rows: list[dict[str, Any]] = [{"adds": _without(adds, code)} for code in adds]
    rows += [
        {"adds": (*_without(adds, old), new)}
        for old in adds
        for new in criteria.steps
        if new not in adds
    ]
    rows += [{"on": _without(on, outcome)} for outcome in on]
    rows += [{"on": (*on, outcome)} for outcome in OUTCOMES if outcome not in on]
    for row in rows:
        yield str(row), replace(rule, row=msgspec.structs.replace(rule.row, **row))


def _without(codes: tuple[Any, ...], code: str) -> tuple[Any, ...]:
    return tuple(other for other in codes if other != code)


def changes(keys: Keys, condition: Condition) -> Iterator[Condition]:
    """A condition with each single fault."""
    match condition:
        case Always():
            yield NEVER
        case Not(part):
            yield from (part, *(Not(changed) for changed in changes(keys, part)))
        case Both(parts) | Either(parts):
            yield Either(parts) if isinstance(condition, Both) else Both(parts)
            yield from _changed_parts(keys, type(condition), parts)
        case AtLeast():
            yield from _changed_count(keys, condition)
        case Between(key, low, high):
            for by in (-1, 1):
                yield from (Between(key, low + by, high), Between(key, low, high + by))
        case OneOf(key, codes) | Ticked(key, codes):
            yield from (type(condition)(key, other) for other in _other_codes(keys[key], codes))


def _changed_parts(
    keys: Keys, kind: type[Both] | type[Either], parts: tuple[Condition, ...]
) -> Iterator[Condition]:
    """One part dropped, or itself with a fault."""
    for n, part in enumerate(parts):
        before, after = parts[:n], parts[n + 1 :]
        yield kind((*before, *after)) if len(parts) > 2 else (*before, *after)[0]
        for changed in (Not(part), *changes(keys, part)):
            yield kind((*before, changed, *after))


def _changed_count(keys: Keys, condition: AtLeast) -> Iterator[Condition]:
    """One more or less, a sign dropped, or a sign with another code."""
    least, signs = condition.least, condition.signs
    yield from (AtLeast(least - 1, signs), AtLeast(least + 1, signs))
    for n, sign in enumerate(signs):
        before, after = signs[:n], signs[n + 1 :]
        yield AtLeast(least, (*before, *after))
        for codes in _other_codes(keys[sign.key], sign.codes):
            yield AtLeast(least, (*before, OneOf(sign.key, codes), *after))


def _other_codes(key: Key, codes: frozenset[Value]) -> Iterator[frozenset[Value]]:
    """One code more, one less, and one in the place of another."""
    for code in key.codes:
        if code in codes and len(codes) > 1:
            yield codes - {code}
        elif code not in codes:
            yield codes | {code}
            yield from ((codes - {old}) | {code} for old in sorted(codes, key=str))


def said(condition: Condition) -> str:
    """A condition as a reader of a report sees it."""
    match condition:
        case Always():
            return "always"
        case Not(part):
            return f"not ({said(part)})"
        case Both(parts) | Either(parts):
            word = " and " if isinstance(condition, Both) else " or "
            return f"({word.join(said(part) for part in parts)})"
        case AtLeast(least, signs):
            return f"{least} of ({', '.join(said(sign) for sign in signs)})"
        case Between(key, low, high):
            return f"{low} <= {key} <= {high}"
        case OneOf(key, codes) | Ticked(key, codes):
            return f"{key} in {'|'.join(sorted(map(str, codes)))}"
