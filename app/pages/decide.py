"""How we decide: every question, rule and source of the self-check, on one page.

Everything is read from the files of the criteria at the moment of asking, so that what families
are told and what the self-check does can never be two different things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.council import Council
from app.criteria.criteria import Criteria
from app.criteria.plain import Plain
from app.criteria.records import OUTCOMES, TIERS, Outcome, Question
from app.languages import gettext
from app.pages.shown_rules import RuleWords, ShownRule, long_day


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer, with the hint below it."""

    words: str
    hint: str


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question of the self-check; `only_when` says who is asked, when not everyone."""

    id: str
    heading: str
    why: str
    hint: str
    answers: tuple[ShownAnswer, ...]
    only_when: Plain | None
    most: int | None


@dataclass(frozen=True, slots=True)
class ShownStep:
    """The rules of one step, which all lead to the same result."""

    number: int
    results: tuple[tuple[str, str], ...]
    """The result's heading and the tier it stands for, or no tier."""
    rules: tuple[ShownRule, ...]


@dataclass(frozen=True, slots=True)
class ShownSignpost:
    """Next steps that stand together, and the rules that add them."""

    id: str
    titles: tuple[str, ...]
    rules: tuple[tuple[ShownRule, str], ...]
    """Each rule with the results beside which it counts."""


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """What changed on a day."""

    number: str
    day: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decide:
    """The whole page."""

    version: str
    promises: tuple[str, ...]
    questions: tuple[ShownQuestion, ...]
    steps: tuple[ShownStep, ...]
    signposts: tuple[ShownSignpost, ...]
    versions: tuple[ShownVersion, ...]


def decide_view(criteria: Criteria, council: Council, today: date) -> Decide:
    """Everything the page shows to the families of a council on a day."""
    shown = RuleWords(criteria, council, today)
    said = shown.words.said
    return Decide(
        version=criteria.version,
        promises=tuple(said(promise) for promise in criteria.guide.promises),
        questions=tuple(_question(shown, question) for question in criteria.questions),
        steps=tuple(shown_steps(shown)),
        signposts=tuple(_signposts(shown)),
        versions=tuple(
            ShownVersion(
                version.number,
                long_day(version.day),
                tuple(gettext(words) for words in version.changed),
            )
            for version in criteria.versions
        ),
    )


def shown_steps(shown: RuleWords) -> Iterator[ShownStep]:
    """The steps in their order, without rules that no family of the council can meet."""
    for number, rules in groupby(shown.criteria.rules, key=lambda rule: rule.row.step):
        kept = [(rule, one) for rule in rules if (one := shown.show(rule))]
        if kept:
            results = {_result(shown, rule.row.outcome, rule.row.country): None for rule, _ in kept}
            yield ShownStep(number, tuple(results), tuple(one for _, one in kept))


def _result(shown: RuleWords, outcome: Outcome, country: str) -> tuple[str, str]:
    heading = shown.words.said(shown.criteria.words_of(outcome, country).heading)
    return heading, outcome if outcome in TIERS else ""


def _question(shown: RuleWords, question: Question) -> ShownQuestion:
    row, words = question.row, shown.words
    plain = words.of(question.shown_when) if row.shown_when else None
    return ShownQuestion(
        id=question.id,
        heading=words.said(row.heading),
        why=words.said(row.why),
        hint=words.said(row.hint) if row.hint else "",
        answers=tuple(
            ShownAnswer(words.said(answer.words), words.said(answer.hint) if answer.hint else "")
            for answer in words.answers_to(question)
        ),
        only_when=plain,
        most=row.max_chosen,
    )


def _signposts(shown: RuleWords) -> Iterator[ShownSignpost]:
    """The signposts in a page's order; those that the same rules add stand together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for code in shown.criteria.steps:
        rules = tuple(rule.id for rule in shown.criteria.signposts if code in rule.row.adds)
        together.setdefault(rules, []).append(code)
    for codes in together.values():
        adding = tuple(_rules_adding(shown, codes[0]))
        if adding:
            titles = (shown.words.said(shown.criteria.steps[code].row.title) for code in codes)
            yield ShownSignpost(codes[0], tuple(titles), adding)


def _rules_adding(shown: RuleWords, code: str) -> Iterator[tuple[ShownRule, str]]:
    for rule in shown.criteria.signposts:
        one = shown.show(rule) if code in rule.row.adds else None
        if one:
            yield one, _beside(shown, rule.row.on)


def _beside(shown: RuleWords, outcomes: tuple[Outcome, ...]) -> str:
    """The results beside which a rule counts, by their headings; empty for every result."""
    if set(outcomes) == set(OUTCOMES):
        return ""
    headings = (
        _result(shown, words.code, words.country or "england")[0]
        for words in shown.criteria.outcomes
        if words.code in outcomes
    )
    return ", ".join(gettext("“%(words)s”", words=words) for words in headings)
