"""The criteria: everything the self-check, the statement and the help cards are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.criteria.keys import Keys
from app.criteria.records import (
    Guide,
    OutcomeWords,
    Question,
    Right,
    SignpostRule,
    Source,
    Step,
    TierRule,
    Version,
)


@dataclass(frozen=True, slots=True, eq=False)
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
    """By the signpost's code, in the order of their ranks."""
    order: Mapping[str, tuple[str, ...]]
    """By the outcome's code, the signposts' codes in the order in which a page shows them."""
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
        return _in_force(self, day)[0]

    def signposts_on(self, day: date) -> tuple[SignpostRule, ...]:
        """The signpost rules in force on a day."""
        return _in_force(self, day)[1]

    def changes(self) -> tuple[date, ...]:
        """The first day of the rules, and every later day on which one begins or has ended."""
        rows = [rule.row for rule in (*self.rules, *self.signposts)]
        starts = {row.starts for row in rows}
        ends = {date.fromordinal(row.until.toordinal() + 1) for row in rows if row.until}
        return tuple(sorted(starts | ends))

    def words_of(self, outcome: str, country: str) -> OutcomeWords:
        """The heading and lines of an outcome. Raises KeyError when there are none."""
        words = self.find_words(outcome, country)
        if words is None:
            raise KeyError(outcome)
        return words

    def find_words(self, outcome: str, country: str) -> OutcomeWords | None:
        """The heading and lines of an outcome, or None."""
        own = (words for words in self.outcomes if words.code == outcome)
        return next((words for words in own if words.country in (country, None)), None)


@lru_cache(maxsize=64)
def _in_force(
    criteria: Criteria, day: date
) -> tuple[tuple[TierRule, ...], tuple[SignpostRule, ...]]:
    """The rules of a day: kept, since one page asks for them hundreds of times."""
    rules = tuple(rule for rule in criteria.rules if rule.holds_on(day))
    return rules, tuple(rule for rule in criteria.signposts if rule.holds_on(day))
