"""What a family's answers mean: one outcome, its reasons, and the signposts beside it.

A step is looked at only if no rule of an earlier step held; every rule of the deciding step that
holds is a reason. Signposts are only ever added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.criteria.facts import Facts
from app.criteria.keys import COUNCIL, Value
from app.criteria.load import Criteria
from app.criteria.records import SignpostRule, Source, TierRule


class NoRulesError(ValueError):
    """There are no rules for a day."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the answers mean on a day, under one council's rules."""

    outcome: str
    country: str
    """Whose law holds where the child lives, whatever the outcome."""
    council: str
    """The council whose rules were used."""
    on: date
    reasons: tuple[TierRule, ...]
    added: Mapping[str, tuple[SignpostRule, ...]]
    """Each signpost with the rules that added it, in the order a page shows them."""

    @property
    def signposts(self) -> tuple[str, ...]:
        """The signposts' codes."""
        return tuple(self.added)


def council_of(criteria: Criteria, facts: Facts, site: str) -> str:
    """The council whose rules are used: the child's own when it is one of ours, else the site's."""
    home = facts.values["lives_in"]
    return home if isinstance(home, str) and home in criteria.keys[COUNCIL].codes else site


def outcome_of(criteria: Criteria, facts: Facts, site: str) -> str:
    """The outcome alone. Raises `NoRulesError`."""
    answers = {**facts.values, COUNCIL: council_of(criteria, facts, site)}
    return _deciding(criteria, facts.on, answers)[0].row.outcome


def evaluate(criteria: Criteria, facts: Facts, site: str) -> Evaluation:
    """Work out what the answers mean. Raises `NoRulesError` for a day before the first rules."""
    council = council_of(criteria, facts, site)
    answers = {**facts.values, COUNCIL: council}
    reasons = _deciding(criteria, facts.on, answers)
    outcome = reasons[0].row.outcome
    added: dict[str, list[SignpostRule]] = {code: [] for code in criteria.order[outcome]}
    for rule in criteria.signposts_on(facts.on):
        if outcome in rule.row.on and rule.condition.holds(answers):
            for code in rule.row.adds:
                added[code].append(rule)
    return Evaluation(
        outcome,
        _country(criteria, facts.on, answers),
        council,
        facts.on,
        reasons,
        {code: tuple(rules) for code, rules in added.items() if rules},
    )


def _country(criteria: Criteria, day: date, answers: Mapping[str, Value]) -> str:
    """Whose law holds: Wales where a rule says so, though danger, an earlier step, decides."""
    abroad = (rule for rule in criteria.rules_on(day) if rule.row.country == "wales")
    return "wales" if any(rule.condition.holds(answers) for rule in abroad) else "england"


def _deciding(criteria: Criteria, day: date, answers: Mapping[str, Value]) -> tuple[TierRule, ...]:
    """The rules that hold of the first step in which one does."""
    for _step, rules in groupby(criteria.rules_on(day), key=lambda rule: rule.row.step):
        held = tuple(rule for rule in rules if rule.condition.holds(answers))
        if held:
            return held
    raise NoRulesError(f"there are no rules for {day}: the first hold from {criteria.changes()[0]}")


def shown_sources(criteria: Criteria, rule: TierRule | SignpostRule, council: str) -> list[Source]:
    """The sources families are shown for a rule: their own council's or the law; else others'."""
    shown = [source for code in rule.row.sources if (source := criteria.sources[code]).is_shown]
    nearest = [source for source in shown if source.council in (council, None)]
    return nearest or shown
