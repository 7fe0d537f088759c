"""Why a result is what it is, what would change it, and what skipped answers leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.dates import format_date

from app.criteria.answers import Change, Opening, left_open, smallest_changes
from app.criteria.conditions import keys_read
from app.criteria.keys import Value
from app.criteria.records import TIERS, Question, Rule, Source
from app.criteria.rules import shown_sources
from app.languages import gettext, locale_code
from app.selfcheck.told import Told
from app.vocabulary import TIERS as TIER_WORDS


@dataclass(frozen=True, slots=True)
class Read:
    """A source with the month in which it was read; `url` is empty for a paper."""

    title: str
    url: str
    month: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that decided."""

    rule: str
    because: str
    basis: str
    sources: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A tier these answers do not lead to, and the smallest changes that would."""

    tier: str
    words: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A skipped question, and what an answer to it could bring."""

    question: str
    short: str
    could_bring: tuple[str, ...]


def reasons(told: Told) -> tuple[Reason, ...]:
    """The rules that decided, in the family's words."""
    council = told.evaluation.council
    return tuple(
        Reason(
            rule.id,
            told.say(rule.row.because),
            _basis(told, rule),
            tuple(_read(source) for source in shown_sources(told.criteria, rule, council)),
        )
        for rule in told.evaluation.reasons
    )


def _basis(told: Told, rule: Rule) -> str:
    basis = rule.basis_for(told.evaluation.council)
    agreement = rule.agreement(told.evaluation.council)
    day = format_date(agreement.on, "d MMMM y", locale=locale_code()) if agreement else ""
    return told.say(told.criteria.guide.basis[basis], council=told.home.council.name, day=day)


def _read(source: Source) -> Read:
    month = format_date(source.read, "LLLL y", locale=locale_code())
    return Read(source.title, source.url or "", month)


def other_ways(told: Told) -> tuple[Way, ...]:
    """The smallest changes that lead to each other tier, from low to high."""
    changes = smallest_changes(told.criteria, told.facts, told.site)
    ways = []
    for tier in TIERS:
        said = [_say_change(told, change) for change in changes if change.outcome == tier]
        if told_ones := tuple(dict.fromkeys(words for words in said if words)):
            ways.append(Way(tier, TIER_WORDS.label(tier), told_ones))
    return tuple(ways)


def _say_change(told: Told, change: Change) -> str:
    """ "Nights: “Up some nights”"; empty when this family is not offered one of the answers."""
    parts = [_say_answer(told, key, answer) for key, answer in change.answers]
    if not all(parts):
        return ""
    words = parts[0]
    for part in parts[1:]:
        words = gettext("%(one)s, and %(other)s", one=words, other=part)
    return words


def _say_answer(told: Told, key: str, answer: Value) -> str:
    """One other answer: the question in short, and the answer's own words."""
    question = next((item for item in told.path if key in item.row.keys), None)
    if question is None:
        return ""
    now = told.facts.values[key]
    if not isinstance(answer, frozenset) or not isinstance(now, frozenset):
        return _quote(told, question, (key, answer), gettext("%(question)s: “%(answer)s”"))
    if added := answer - now:
        words = gettext("%(question)s: “%(answer)s” ticked too")
        return _quote(told, question, (key, min(added, key=str)), words)
    words = gettext("%(question)s: “%(answer)s” not ticked")
    return _quote(told, question, (key, min(now - answer, key=str)), words)


def _quote(told: Told, question: Question, wanted: tuple[str, Value], words: str) -> str:
    """The sentence with the answer's words; empty when the council does not offer it."""
    for answer in question.row.answers:
        if (answer.key, answer.code) == wanted and answer.is_for(told.evaluation.council):
            return words % {
                "question": told.say(question.row.short),
                "answer": told.say(answer.words),
            }
    return ""


def what_is_open(told: Told) -> tuple[LeftOpen, ...]:
    """Each skipped question with what an answer could bring, in the order of the questions."""
    found: dict[str, list[Opening]] = {}
    for opening in left_open(told.criteria, told.facts, told.site):
        if question := _skipped_question(told, opening.key):
            found.setdefault(question.id, []).append(opening)
    return tuple(
        LeftOpen(
            question.id,
            told.say(question.row.short),
            tuple(dict.fromkeys(_could_bring(told, found[question.id]))),
        )
        for question in told.path
        if question.id in found
    )


def _skipped_question(told: Told, key: str) -> Question | None:
    """The skipped question behind a key: its own, or the one whose answer would lead to it."""
    for question in told.criteria.questions:
        if key in question.row.keys:
            keys = set(question.row.keys) if question in told.path else set()
            keys |= keys_read(question.shown_when) - keys
            return _first_skipped(told, keys)
    return None


def _first_skipped(told: Told, keys: Iterable[str]) -> Question | None:
    return next(
        (
            item
            for item in told.path
            if item.id in told.skipped and not set(keys).isdisjoint(item.row.keys)
        ),
        None,
    )


def _could_bring(told: Told, openings: Iterable[Opening]) -> Iterator[str]:
    """Tiers by their plain words, then signposts by their titles."""
    openings = list(openings)
    for tier in TIERS:
        if any(tier in opening.tiers for opening in openings):
            yield TIER_WORDS.label(tier)
    if any(opening.adult for opening in openings):
        yield gettext("Adult services from 18")
    for code, step in told.criteria.steps.items():
        if any(code in opening.signposts for opening in openings):
            yield told.say(step.row.title)
