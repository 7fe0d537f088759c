"""What the files of this folder hold: one unchangeable, typed record for each of their tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

from app.criteria.conditions import Condition
from app.criteria.keys import Code
from app.criteria.wording import Saying

Outcome = Literal["safety_exit", "out_of_area", "adult", "universal", "targeted", "specialist"]
Basis = Literal["published", "derived"]
CountryCode = Literal["england", "wales"]
OUTCOMES: tuple[Outcome, ...] = (
    "safety_exit",
    "out_of_area",
    "adult",
    "universal",
    "targeted",
    "specialist",
)
TIERS: tuple[str, ...] = OUTCOMES[3:]
"""From low to high."""


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of a file: unchangeable, and a misspelt key is an error."""


class Agreement(Record, frozen=True):
    """A council agreed a derived rule in writing."""

    council: str
    by: str
    on: date


class RuleRow(Record, frozen=True):
    """What every rule says of itself; `until` is the last day it holds."""

    id: str
    when: str
    because: Saying
    basis: Basis
    sources: tuple[str, ...]
    starts: date = msgspec.field(name="from")
    until: date | None = None
    agreed: tuple[Agreement, ...] = ()


class TierRow(RuleRow, frozen=True, kw_only=True):
    """A rule that decides the outcome; `country` whose law then holds."""

    step: int
    outcome: Outcome
    country: CountryCode = "england"


class SignpostRow(RuleRow, frozen=True, kw_only=True):
    """A rule that adds signposts beside some outcomes."""

    adds: tuple[str, ...]
    on: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its condition read."""

    row: TierRow | SignpostRow
    condition: Condition

    @property
    def id(self) -> str:
        """The rule's name, such as `T-07`."""
        return self.row.id

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on a day."""
        return self.row.starts <= day and (self.row.until is None or day <= self.row.until)

    def agreement(self, council: str) -> Agreement | None:
        """When and by whom a council agreed the rule."""
        return next((item for item in self.row.agreed if item.council == council), None)

    def basis_for(self, council: str) -> str:
        """Published, derived or agreed, as far as this council goes."""
        is_agreed = self.row.basis == "derived" and self.agreement(council) is not None
        return "agreed" if is_agreed else self.row.basis


@dataclass(frozen=True, slots=True)
class TierRule(Rule):
    """A rule that decides the outcome."""

    row: TierRow


@dataclass(frozen=True, slots=True)
class SignpostRule(Rule):
    """A rule that adds signposts."""

    row: SignpostRow


class Source(Record, frozen=True):
    """Where something was read; `council` whose page it is, `read` the day it was looked at."""

    title: str
    kind: Literal["council", "law", "guidance", "other"]
    read: date
    council: str | None = None
    url: str | None = None

    @property
    def is_shown(self) -> bool:
        """Whether families are shown it: a council's own words, or the law's."""
        return self.kind != "other"


class Version(Record, frozen=True):
    """One version of what families are told."""

    number: str
    day: date
    changed: tuple[str, ...]


class Answer(Record, frozen=True):
    """One answer to a question: a code of a key. `alone`: not with any other."""

    key: str
    code: Code
    words: Saying
    hint: Saying | None = None
    only_in: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    alone: bool = False

    def is_for(self, council: str) -> bool:
        """Whether a family of this council is offered the answer."""
        return council not in self.not_in and (not self.only_in or council in self.only_in)


class QuestionRow(Record, frozen=True):
    """One page of the self-check."""

    id: str
    keys: tuple[str, ...]
    kind: Literal["one", "many", "number", "place", "danger"]
    heading: Saying
    short: Saying
    why: Saying
    hint: Saying | None = None
    answers: tuple[Answer, ...] = ()
    max_chosen: int | None = None
    may_be_none: bool = False
    """Whether ticking nothing is an answer, beside skipping."""
    shown_when: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the condition on which it is asked."""

    row: QuestionRow
    shown_when: Condition

    @property
    def id(self) -> str:
        """The last part of its address."""
        return self.row.id


class OutcomeWords(Record, frozen=True):
    """The heading and first lines of a result; `badge` is the shape beside it."""

    code: Outcome
    heading: Saying
    lines: tuple[Saying, ...]
    country: CountryCode | None = None
    badge: str = ""


class AlsoRow(Record, frozen=True):
    """Lines that are added to a step when a condition holds, beside some outcomes or all."""

    when: str
    lines: tuple[Saying, ...]
    tiers: tuple[Outcome, ...] = ()


class StepRow(Record, frozen=True):
    """What a signpost tells a family: what it is and how to ask.

    `rank` is its place on a page, low first; `ranks` its place beside certain outcomes.
    """

    code: str
    title: Saying
    place: Literal["safety", "step", "rights", "note"]
    rank: int
    ranks: Mapping[Outcome, int] = {}
    lines: tuple[Saying, ...] = ()
    also: tuple[AlsoRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A signpost's words with the conditions of its further lines."""

    row: StepRow
    also: tuple[tuple[Condition, AlsoRow], ...]


class Right(Record, frozen=True):
    """A point of the rights box."""

    id: str
    country: CountryCode
    ages: Literal["child", "adult", "any"]
    say: Saying
    sources: tuple[str, ...]


class Line(Record, frozen=True):
    """One sentence of a list, shown when its condition holds."""

    say: Saying
    when: str = "always"


class Guide(Record, frozen=True):
    """Sentences that belong to every result."""

    promises: tuple[Saying, ...]
    have_ready: tuple[Line, ...]
    while_you_wait: tuple[Line, ...]
    basis: Mapping[str, Saying]
    notes: tuple[Line, ...] = ()
