"""What other answers would bring: what a skipped question leaves open, and the smallest changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from app.criteria.facts import Facts
from app.criteria.keys import Code, Key, Value
from app.criteria.load import Criteria
from app.criteria.records import TIERS
from app.criteria.rules import Evaluation, evaluate, outcome_of

OLDEST_CHILD: Final = 17
MOST_CHANGES: Final = 2
_NOT_SKIPPED: Final = frozenset({"danger_now", "carried_on"})
_NOT_CHANGED: Final = frozenset({"danger_now", "carried_on", "who", "lives_in"})
"""What a family cannot answer otherwise; nor can it an age, which has no codes to try."""

Answers = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Opening:
    """What an answer to one skipped question could bring that is not on the page."""

    key: str
    tiers: tuple[str, ...]
    """Tiers above this one, from low to high."""
    signposts: tuple[str, ...]
    adult: bool = False
    """Whether an age from 18 would lead to adult services."""


@dataclass(frozen=True, slots=True)
class Change:
    """The fewest other answers that lead to another tier."""

    outcome: str
    answers: tuple[tuple[str, Value], ...]


def left_open(criteria: Criteria, facts: Facts, site: str) -> tuple[Opening, ...]:
    """What each skipped question leaves open; questions that leave nothing open are left out.

    Every answer is tried: each code by itself, and each age from 0 to 17.
    """
    now = evaluate(criteria, facts, site)
    skipped = [key for key in criteria.keys.asked if key.name in facts.skipped - _NOT_SKIPPED]
    openings = (_opening(criteria, facts, site, key, now) for key in skipped)
    return tuple(found for found in openings if found.tiers or found.signposts or found.adult)


def _opening(criteria: Criteria, facts: Facts, site: str, key: Key, now: Evaluation) -> Opening:
    tried = [
        evaluate(criteria, facts.with_answers({key.name: answer}), site)
        for answer in single_answers(key)
    ]
    outcomes = {other.outcome for other in tried}
    brought = {code for other in tried for code in other.added} - set(now.added)
    return Opening(
        key.name,
        tuple(tier for tier in tiers_above(now.outcome) if tier in outcomes),
        tuple(code for code in criteria.keys.never_lost if code in brought),
        adult=key.kind == "number" and now.outcome in TIERS,
    )


def tiers_above(outcome: str) -> tuple[str, ...]:
    """The tiers higher than an outcome; none above what is no tier."""
    return TIERS[TIERS.index(outcome) + 1 :] if outcome in TIERS else ()


def single_answers(key: Key) -> Iterator[Value]:
    """Each answer a child's family might give to one question: of many, each by itself."""
    if key.kind == "number":
        yield from range(key.youngest, OLDEST_CHILD + 1)
    elif key.kind == "many":
        yield from (frozenset({code}) for code in key.codes)
    else:
        yield from key.codes


def smallest_changes(criteria: Criteria, facts: Facts, site: str) -> tuple[Change, ...]:
    """The fewest other answers, at most two, that lead to each other tier.

    Of an ordered question only the nearest answer that will do. Nothing for an outcome that is
    no tier: it does not hang on how much help a child needs.
    """
    now = outcome_of(criteria, facts, site)
    if now not in TIERS:
        return ()
    single = [*_single_changes(criteria, facts)]
    found: list[Change] = []
    for tier in TIERS:
        if tier != now:
            found += _fewest(criteria, facts, site, tier, single)
    return tuple(found)


def _fewest(
    criteria: Criteria, facts: Facts, site: str, tier: str, single: list[tuple[str, Value]]
) -> list[Change]:
    for size in range(1, MOST_CHANGES + 1):
        found = [
            Change(tier, together)
            for together in combinations(single, size)
            if len({key for key, _ in together}) == size
            and outcome_of(criteria, facts.with_answers(dict(together)), site) == tier
        ]
        if found:
            return [change for change in found if not _is_beaten(criteria, facts, change, found)]
    return []


def _is_beaten(criteria: Criteria, facts: Facts, change: Change, found: Iterable[Change]) -> bool:
    """Whether a nearer answer to the same questions does as well."""
    return any(_is_nearer(criteria, facts, other, change) for other in found)


def _is_nearer(criteria: Criteria, facts: Facts, one: Change, other: Change) -> bool:
    near, far = dict(one.answers), dict(other.answers)
    if near.keys() != far.keys() or near == far:
        return False
    return all(
        near[name] == far[name]
        or (
            criteria.keys[name].ordered
            and _distance(criteria.keys[name], facts, near[name])
            < _distance(criteria.keys[name], facts, far[name])
        )
        for name in near
    )


def _distance(key: Key, facts: Facts, answer: Value) -> int:
    codes: tuple[Value, ...] = key.codes
    return abs(codes.index(answer) - codes.index(facts.values[key.name]))


def _single_changes(criteria: Criteria, facts: Facts) -> Iterator[tuple[str, Value]]:
    """Each other answer to each question that a rule of the tiers looks at."""
    for key in criteria.keys.asked:
        if key.name in _NOT_CHANGED:
            continue
        now = facts.values[key.name]
        if isinstance(now, frozenset):
            yield from ((key.name, ticks) for ticks in _one_tick_away(key, now))
        else:
            yield from ((key.name, code) for code in key.codes if code != now)


def _one_tick_away(key: Key, now: frozenset[Code]) -> Iterator[frozenset[Code]]:
    """The ticks with one more, or one less."""
    for code in key.codes:
        if code in now:
            yield now - {code}
        elif code not in key.alone:
            yield (now - set(key.alone)) | {code}
