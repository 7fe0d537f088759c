"""When a rule holds: a closed set of comparisons, joined by `and`, `or`, `not` and brackets.

    clubs >= needs_support                the answer, or a higher one in the key's order
    age >= 4 and age <= 17                false when the age is not known
    wants has overnight                   ticked
    strain                                a group of facts.toml: any of its codes is ticked
    strong >= 2                           two or more of the strong signs
    council = herefordshire               the council whose rules are used
    always

A condition is read once, into leaves that each look at one key. The proof lays the same leaves
along the axes of an array, so both ask the same questions of the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.criteria.keys import Key, Keys, Value

Answers = Mapping[str, Value]


class ConditionError(ValueError):
    """A condition that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for everyone."""

    def holds(self, _answers: Answers) -> bool:
        """Yes."""
        return True


@dataclass(frozen=True, slots=True)
class OneOf:
    """The one answer to a key is among these codes."""

    key: str
    codes: frozenset[Value]

    def holds(self, answers: Answers) -> bool:
        """Whether it is."""
        return answers[self.key] in self.codes


@dataclass(frozen=True, slots=True)
class Ticked:
    """At least one of these codes is ticked."""

    key: str
    codes: frozenset[Value]

    def holds(self, answers: Answers) -> bool:
        """Whether one is."""
        ticked = answers[self.key]
        return isinstance(ticked, frozenset) and not self.codes.isdisjoint(ticked)


@dataclass(frozen=True, slots=True)
class Between:
    """A number is known and lies between two others, both included."""

    key: str
    low: int
    high: int

    def holds(self, answers: Answers) -> bool:
        """Whether it does."""
        number = answers[self.key]
        return isinstance(number, int) and self.low <= number <= self.high


Leaf = OneOf | Ticked | Between


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of the signs hold, or more."""

    least: int
    signs: tuple[OneOf, ...]

    def holds(self, answers: Answers) -> bool:
        """Whether they do."""
        return sum(sign.holds(answers) for sign in self.signs) >= self.least


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: Condition

    def holds(self, answers: Answers) -> bool:
        """Whether the part does not hold."""
        return not self.part.holds(answers)


@dataclass(frozen=True, slots=True)
class Both:
    """Every part holds."""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Whether all do."""
        return all(part.holds(answers) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Whether any does."""
        return any(part.holds(answers) for part in self.parts)


Condition = Always | OneOf | Ticked | Between | AtLeast | Not | Both | Either


def leaves(condition: Condition) -> Iterator[Leaf]:
    """The comparisons of a condition, each of which looks at one key."""
    match condition:
        case Both(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case AtLeast(_, signs):
            yield from signs
        case Always():
            return
        case _:
            yield condition


def keys_read(condition: Condition) -> frozenset[str]:
    """The keys a condition looks at."""
    return frozenset(leaf.key for leaf in leaves(condition))


_TOKEN: Final = re.compile(r"\s*(>=|<=|=|\(|\)|\w+)")


def read_condition(text: str, keys: Keys) -> Condition:
    """Read a condition. Raises `ConditionError`, saying which word or code is not known."""
    reader = _Reader(_tokens(text), keys)
    condition = reader.either()
    if reader.words:
        raise ConditionError(f"cannot read “{' '.join(reader.words)}” in “{text}”")
    return condition


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise ConditionError(f"cannot read “{text[at:].strip()}”")
        tokens.append(found[1])
        at = found.end()
    return tokens


class _Reader:
    """Reads words from the front: `or` binds weakest, then `and`, then `not`."""

    def __init__(self, words: list[str], keys: Keys) -> None:
        self.words = words
        self.keys = keys

    def either(self) -> Condition:
        """Parts joined by `or`."""
        return self._joined("or", self.both, _either)

    def both(self) -> Condition:
        """Parts joined by `and`."""
        return self._joined("and", self.one, Both)

    def _joined(
        self,
        word: str,
        read: Callable[[], Condition],
        make: Callable[[tuple[Condition, ...]], Condition],
    ) -> Condition:
        parts = [read()]
        while self._took(word):
            parts.append(read())
        return make(tuple(parts)) if len(parts) > 1 else parts[0]

    def one(self) -> Condition:
        """A comparison, its opposite, or something in brackets."""
        if self._took("not"):
            return Not(self.one())
        if self._took("("):
            inside = self.either()
            if not self._took(")"):
                raise ConditionError("a bracket is not closed")
            return inside
        return self._comparison(self._next("a comparison"))

    def _comparison(self, word: str) -> Condition:
        if word == "always":
            return Always()
        if word == "strong":
            return self._strong()
        if group := self.keys.groups.get(word):
            return Ticked(group.key, frozenset(group.codes))
        key = self.keys.get(word)
        if key is None:
            raise ConditionError(f"no key or group is called {word!r}")
        sign = self._next(f"a comparison after {word!r}")
        return _compare(key, sign, self._next(f"a code after {word!r}"))

    def _strong(self) -> Condition:
        sign, number = self._next("`>=` after `strong`"), self._next("a number after `strong`")
        signs = tuple(OneOf(sign.key, frozenset(sign.codes)) for sign in self.keys.strong_signs)
        if sign != ">=" or not number.isdecimal() or not 1 <= int(number) <= len(signs):
            raise ConditionError(f"`strong` is followed by >= and a number from 1 to {len(signs)}")
        return AtLeast(int(number), signs)

    def _next(self, wanted: str) -> str:
        if not self.words:
            raise ConditionError(f"{wanted} is missing")
        return self.words.pop(0)

    def _took(self, word: str) -> bool:
        if self.words[:1] == [word]:
            self.words.pop(0)
            return True
        return False


def _either(parts: tuple[Condition, ...]) -> Condition:
    """Any of the parts; ticks of one key become one comparison."""
    ticks = [part for part in parts if isinstance(part, Ticked)]
    if len(ticks) == len(parts) and len({tick.key for tick in ticks}) == 1:
        return replace(ticks[0], codes=frozenset().union(*(tick.codes for tick in ticks)))
    return Either(parts)


def _compare(key: Key, sign: str, code: str) -> Condition:
    """One comparison of a key. Raises `ConditionError` when the key has no such comparison."""
    if key.kind == "number":
        return _compare_number(key, sign, code)
    value: Value = {"true": True, "false": False}.get(code, code) if key.kind == "yes_no" else code
    if value not in key.codes:
        raise ConditionError(f"{key.name!r} has no code {code!r}")
    if key.kind == "many" and sign == "has":
        return Ticked(key.name, frozenset({value}))
    if key.kind != "many" and sign == "=":
        return OneOf(key.name, frozenset({value}))
    if key.ordered and sign == ">=":
        return OneOf(key.name, frozenset(_from(key.codes, value)))
    raise ConditionError(f"{key.name!r} cannot be compared by {sign!r}")


def _compare_number(key: Key, sign: str, number: str) -> Condition:
    if not number.isdecimal() or not key.youngest <= int(number) <= key.oldest:
        raise ConditionError(f"{key.name!r} is a number from {key.youngest} to {key.oldest}")
    n = int(number)
    spans = {">=": (n, key.oldest), "<=": (key.youngest, n), "=": (n, n)}
    if sign not in spans:
        raise ConditionError(f"{key.name!r} cannot be compared by {sign!r}")
    return Between(key.name, *spans[sign])


def _from(codes: Sequence[Value], code: Value) -> Sequence[Value]:
    return codes[codes.index(code) :]
