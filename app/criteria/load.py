"""Reads the files of this folder once, checks them, and gives the criteria.

Anything wrong in a file is an error at start-up that names the file, the rule and the reason.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from app.council import council_codes
from app.criteria.conditions import Condition, ConditionError, read_condition
from app.criteria.keys import Keys, KeysFile
from app.criteria.records import (
    Guide,
    OutcomeWords,
    Question,
    QuestionRow,
    Record,
    Right,
    SignpostRow,
    SignpostRule,
    Source,
    Step,
    StepRow,
    TierRow,
    TierRule,
    Version,
)
from app.criteria.wording import read_saying

FOLDER: Final = Path(__file__).parent
FILES: Final = (
    "facts.toml",
    "rules.toml",
    "signposts.toml",
    "sources.toml",
    "questions.toml",
    "outcomes.toml",
    "steps.toml",
    "rights.toml",
    "guide.toml",
    "versions.toml",
)
_T = TypeVar("_T")


class CriteriaFileError(ValueError):
    """A file of the criteria is missing or wrong; the message names the file and the fault."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """Everything the self-check, the statement and the help cards are made from."""

    keys: Keys
    rules: tuple[TierRule, ...]
    """In the order of their steps."""
    signposts: tuple[SignpostRule, ...]
    sources: dict[str, Source]
    questions: tuple[Question, ...]
    outcomes: tuple[OutcomeWords, ...]
    steps: dict[str, Step]
    """By the signpost's code, in the order in which a page shows them."""
    rights: tuple[Right, ...]
    guide: Guide
    versions: tuple[Version, ...]
    """The newest first."""
    digest: str
    """A fingerprint of every file: the same files, the same answer."""

    @property
    def version(self) -> str:
        """The version's number and the files' fingerprint."""
        return f"{self.versions[0].number}-{self.digest}"

    def rules_on(self, day: date) -> tuple[TierRule, ...]:
        """The tier rules in force on a day."""
        return tuple(rule for rule in self.rules if rule.holds_on(day))

    def signposts_on(self, day: date) -> tuple[SignpostRule, ...]:
        """The signpost rules in force on a day."""
        return tuple(rule for rule in self.signposts if rule.holds_on(day))

    def changes(self) -> tuple[date, ...]:
        """The first day of the rules, and every later day on which one begins or has ended."""
        rows = [rule.row for rule in (*self.rules, *self.signposts)]
        starts = {row.starts for row in rows}
        ends = {date.fromordinal(row.until.toordinal() + 1) for row in rows if row.until}
        return tuple(sorted(starts | ends))

    def words_of(self, outcome: str, country: str) -> OutcomeWords:
        """The heading and lines of an outcome. Raises KeyError when there are none."""
        for words in self.outcomes:
            if words.code == outcome and words.country in (country, None):
                return words
        raise KeyError(outcome)


class _Rules(Record, frozen=True):
    rules: tuple[TierRow, ...]


class _Signposts(Record, frozen=True):
    signposts: tuple[SignpostRow, ...]


class _Questions(Record, frozen=True):
    questions: tuple[QuestionRow, ...]


class _Outcomes(Record, frozen=True):
    outcomes: tuple[OutcomeWords, ...]


class _Steps(Record, frozen=True):
    steps: tuple[StepRow, ...]


class _Rights(Record, frozen=True):
    points: tuple[Right, ...]


class _Versions(Record, frozen=True):
    versions: tuple[Version, ...]


@cache
def load_criteria(folder: Path = FOLDER) -> Criteria:
    """Read and check the criteria, once. Raises `CriteriaFileError` naming the first fault."""
    from app.criteria.checks import find_faults

    criteria = _read_all(folder)
    for fault in find_faults(criteria):
        raise CriteriaFileError(fault)
    return criteria


def _read_all(folder: Path) -> Criteria:
    """Every file as records, each condition read; what they mean together is not yet checked."""
    keys = Keys(_read(folder, "facts.toml", KeysFile), tuple(council_codes()))
    rules = _read(folder, "rules.toml", _Rules).rules
    signposts = _read(folder, "signposts.toml", _Signposts).signposts
    questions = _read(folder, "questions.toml", _Questions).questions
    steps = sorted(_read(folder, "steps.toml", _Steps).steps, key=lambda row: row.rank)
    return Criteria(
        keys=keys,
        rules=tuple(
            TierRule(row, _condition("rules.toml", row.id, row.when, keys))
            for row in sorted(rules, key=lambda row: row.step)
        ),
        signposts=tuple(
            SignpostRule(row, _condition("signposts.toml", row.id, row.when, keys))
            for row in signposts
        ),
        sources=_read(folder, "sources.toml", dict[str, Source]),
        questions=tuple(
            Question(row, _condition("questions.toml", row.id, row.shown_when or "always", keys))
            for row in questions
        ),
        outcomes=_read(folder, "outcomes.toml", _Outcomes).outcomes,
        steps={row.code: _step(row, keys) for row in steps},
        rights=_read(folder, "rights.toml", _Rights).points,
        guide=_read(folder, "guide.toml", Guide),
        versions=_read(folder, "versions.toml", _Versions).versions,
        digest=_digest(folder),
    )


def _step(row: StepRow, keys: Keys) -> Step:
    return Step(
        row, tuple((_condition("steps.toml", row.code, also.when, keys), also) for also in row.also)
    )


def _condition(file: str, name: str, text: str, keys: Keys) -> Condition:
    try:
        return read_condition(text, keys)
    except ConditionError as fault:
        raise CriteriaFileError(f"{file}: {name}: when: {fault}") from fault


def _read(folder: Path, name: str, kind: type[_T]) -> _T:
    """One file as a record. Raises `CriteriaFileError`."""
    hook: Callable[[type, Any], Any] = read_saying
    try:
        table = tomllib.loads((folder / name).read_text(encoding="utf-8"))
        return msgspec.convert(table, kind, dec_hook=hook)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise CriteriaFileError(f"{name}: cannot be read: {fault}") from fault
    except msgspec.ValidationError as fault:
        raise CriteriaFileError(f"{name}: {_place_first(str(fault), table)}") from fault


def _place_first(fault: str, table: dict[str, Any]) -> str:
    """Turn "Expected … - at `$.rules[3].basis`" into "T-04: basis: Expected …"."""
    words, _, path = fault.partition(" - at `$")
    place: Any = table
    names: list[str] = []
    for part in path.strip("`").replace("[", ".[").split("."):
        if part.startswith("[") and part[1:-1].isdecimal() and isinstance(place, list):
            place = place[int(part[1:-1])]
            name = place.get("id") or place.get("code") if isinstance(place, dict) else None
            names = [str(name)] if name else [*names, part]
        elif part:
            place = place.get(part) if isinstance(place, dict) else None
            names.append(part)
    return f"{': '.join(names) or 'top of the file'}: {words}"


def _digest(folder: Path) -> str:
    """A short fingerprint of the files."""
    parts: Iterable[bytes] = ((folder / name).read_bytes() for name in FILES)
    return sha256(b"\0".join(parts)).hexdigest()[:8]
