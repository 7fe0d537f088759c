"""Reads the files of this folder once, checks them, and gives the criteria.

Anything wrong in a file is an error at start-up that names the file, the rule and the reason.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from app.council import council_codes
from app.criteria.checks import find_faults
from app.criteria.conditions import Condition, ConditionError, read_condition
from app.criteria.criteria import Criteria
from app.criteria.keys import Keys, KeysFile
from app.criteria.records import (
    OUTCOMES,
    Guide,
    Outcome,
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

__all__ = ["FILES", "FOLDER", "Criteria", "CriteriaFileError", "load_criteria"]

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
        order={outcome: _order(steps, outcome) for outcome in OUTCOMES},
        rights=_read(folder, "rights.toml", _Rights).points,
        guide=_read(folder, "guide.toml", Guide),
        versions=_read(folder, "versions.toml", _Versions).versions,
        digest=_digest(folder),
    )


def _order(rows: Iterable[StepRow], outcome: Outcome) -> tuple[str, ...]:
    """The signposts in the order of their ranks beside an outcome."""
    return tuple(row.code for row in sorted(rows, key=lambda row: row.ranks.get(outcome, row.rank)))


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
