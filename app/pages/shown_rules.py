"""Rules of the criteria as pages show them: in plain words, with basis, sources and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import format_date

from app.council import Council
from app.criteria.conditions import Always
from app.criteria.criteria import Criteria
from app.criteria.plain import Plain, PlainWords
from app.criteria.records import Rule, SignpostRule, TierRule
from app.criteria.rules import shown_sources
from app.languages import gettext


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A page or a law, with the month in which it was read."""

    title: str
    url: str
    """Empty when it has no address."""
    month: str


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule as families of a council read it."""

    id: str
    plain: Plain
    because: str
    basis: str
    agreed_by: str
    """Who agreed it for the council; empty when nobody has."""
    sources: tuple[ShownSource, ...]
    starts: str
    until: str
    """The last day on which it holds; empty when that is not known."""
    is_coming: bool
    """Whether it does not hold yet."""


@dataclass(frozen=True, slots=True)
class RuleWords:
    """Shows rules to the families of one council on one day."""

    criteria: Criteria
    council: Council
    today: date

    @property
    def words(self) -> PlainWords:
        """What puts conditions and sayings into words."""
        return PlainWords(self.criteria, self.council.code, gettext)

    def show(self, rule: TierRule | SignpostRule) -> ShownRule | None:
        """The rule; None when it is over, or can never hold for this council."""
        plain = self._plain(rule)
        row = rule.row
        if plain is None or (row.until is not None and row.until < self.today):
            return None
        agreement = rule.agreement(self.council.code)
        return ShownRule(
            id=rule.id,
            plain=plain,
            because=self.words.said(row.because),
            basis=self._basis(rule),
            agreed_by=agreement.by if agreement and row.basis == "derived" else "",
            sources=self._sources(rule),
            starts=long_day(row.starts),
            until=long_day(row.until) if row.until else "",
            is_coming=row.starts > self.today,
        )

    def _plain(self, rule: TierRule | SignpostRule) -> Plain | None:
        """The condition in words; a tier rule without one is for whomever no other rule fits."""
        if isinstance(rule, TierRule) and isinstance(rule.condition, Always):
            return Plain(gettext("Everyone whose answers fit no rule above"))
        return self.words.of(rule.condition)

    def _basis(self, rule: Rule) -> str:
        """Published, worked out, or agreed by this council on a day, as a sentence."""
        basis = rule.basis_for(self.council.code)
        sentence = self.words.said(self.criteria.guide.basis[basis])
        agreement = rule.agreement(self.council.code)
        if basis != "agreed" or agreement is None:
            return sentence
        return sentence % {"council": self.council.name, "day": long_day(agreement.on)}

    def _sources(self, rule: TierRule | SignpostRule) -> tuple[ShownSource, ...]:
        return tuple(
            ShownSource(source.title, source.url or "", format_date(source.read, "LLLL y"))
            for source in shown_sources(self.criteria, rule, self.council.code)
        )


def long_day(day: date) -> str:
    """ "1 April 2026" in the reader's language."""
    words: str = format_date(day, "d MMMM y")
    return words
