"""What a family has said, checked: every key has a value, and what was skipped is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.criteria.keys import Code, Key, Value
from app.criteria.load import Criteria

ON: Final = "on"
DISTRICT: Final = "district"
LONGEST: Final = 60
_LISTED: Final = 100
"""More ticks than any question has boxes are refused unread."""


class FactsError(ValueError):
    """An answer that cannot be; `key` says to which question, the message what is wrong."""

    def __init__(self, key: str, words: str) -> None:
        super().__init__(f"{key}: {words}")
        self.key = key


@dataclass(frozen=True, slots=True)
class Facts:
    """A family's answers as rules read them."""

    values: Mapping[str, Value]
    """Every key that may be asked; what was skipped has the value the rules read for it."""
    skipped: frozenset[str]
    on: date
    """The day on which rules and contacts are read."""
    district: str | None = None
    """A locality's code, when known: it chooses contacts only."""

    def with_answers(self, answers: Mapping[str, Value]) -> Facts:
        """The same family, had it answered some questions otherwise."""
        return Facts(
            {**self.values, **answers}, self.skipped - answers.keys(), self.on, self.district
        )


def read_facts(criteria: Criteria, raw: Any, today: date | None = None) -> Facts:
    """Check answers given as JSON. Raises `FactsError` for the first that cannot be.

    A key that is missing or null was skipped.
    """
    if not isinstance(raw, Mapping):
        raise FactsError("facts", "give an object of keys and answers")
    given = {key: answer for key, answer in raw.items() if answer is not None}
    known = {key.name for key in criteria.keys.asked} | {ON, DISTRICT}
    if strange := sorted(str(key) for key in given.keys() - known):
        raise FactsError(strange[0][:LONGEST], "there is no such question")
    values = {
        key.name: read_answer(key, given[key.name]) if key.name in given else key.skipped
        for key in criteria.keys.asked
    }
    skipped = frozenset(key.name for key in criteria.keys.asked if key.name not in given)
    return Facts(values, skipped, _day(given, today), _district(given))


def read_answer(key: Key, answer: Any) -> Value:
    """Check one answer. Raises `FactsError`."""
    if key.kind == "number":
        return _number(key, answer)
    if key.kind == "many":
        return _ticked(key, answer)
    if isinstance(answer, str | bool) and answer in key.codes:
        return answer
    raise FactsError(key.name, f"{_short(answer)} is not one of its answers")


def _number(key: Key, answer: Any) -> int:
    is_whole = isinstance(answer, int) and not isinstance(answer, bool)
    if is_whole and key.youngest <= answer <= key.oldest:
        return int(answer)
    raise FactsError(key.name, f"give a whole number from {key.youngest} to {key.oldest}")


def _ticked(key: Key, answer: Any) -> frozenset[Code]:
    if not isinstance(answer, list | tuple | frozenset) or len(answer) > _LISTED:
        raise FactsError(key.name, "give a list of its answers")
    for code in answer:
        if not isinstance(code, str) or code not in key.codes:
            raise FactsError(key.name, f"{_short(code)} is not one of its answers")
    ticked: frozenset[Code] = frozenset(answer)
    if len(ticked) > 1 and (alone := sorted(ticked & set(key.alone), key=str)):
        raise FactsError(key.name, f"{alone[0]} cannot be ticked with another answer")
    return ticked


def _day(given: Mapping[str, Any], today: date | None) -> date:
    if ON not in given:
        return today or date.today()
    try:
        return date.fromisoformat(given[ON])
    except (TypeError, ValueError):
        raise FactsError(ON, "give a day as YYYY-MM-DD") from None


def _district(given: Mapping[str, Any]) -> str | None:
    district = given.get(DISTRICT)
    if district is None or (isinstance(district, str) and len(district) <= LONGEST):
        return district or None
    raise FactsError(DISTRICT, "give the code of a locality")


def _short(answer: Any) -> str:
    """What was given, at most so long, as a message quotes it."""
    return f"{answer!r:.{LONGEST}}"
