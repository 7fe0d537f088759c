"""What can be wrong with the criteria although each file can be read: names, dates, gaps.

Each fault is one line that names the file, the rule and the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from app.council import load_national
from app.criteria.classes import can_hold
from app.criteria.conditions import Always
from app.criteria.criteria import Criteria
from app.criteria.keys import COUNCIL, Group, Key, Sign
from app.criteria.records import OUTCOMES, Question, Rule

COUNTRIES = ("england", "wales")
BASES = ("published", "derived", "agreed")


def find_faults(criteria: Criteria) -> Iterator[str]:
    """Everything that is wrong with the criteria."""
    yield from _key_faults(criteria)
    yield from _rule_faults(criteria, "rules.toml", criteria.rules)
    yield from _rule_faults(criteria, "signposts.toml", criteria.signposts)
    yield from _coverage_faults(criteria)
    yield from _signpost_faults(criteria)
    yield from _step_faults(criteria)
    yield from _question_faults(criteria)
    yield from _word_faults(criteria)
    yield from _right_faults(criteria)


def _key_faults(criteria: Criteria) -> Iterator[str]:
    keys = criteria.keys
    named: list[tuple[str, Group | Sign]] = [
        *((f"groups.{name}", group) for name, group in keys.groups.items()),
        *((f"strong_signs[{index}]", sign) for index, sign in enumerate(keys.strong_signs)),
    ]
    for here, item in named:
        if item.key not in keys:
            yield f"facts.toml: {here}: no key is called {item.key!r}"
        else:
            yield from _strangers(f"facts.toml: {here}", item.codes, keys[item.key].codes, "code")
    for key in keys.asked:
        if key.step_up is not None and key.step_up not in keys.groups:
            yield f"facts.toml: keys.{key.name}.step_up: no group is called {key.step_up!r}"
        if not _can_be_read(key):
            yield f"facts.toml: keys.{key.name}.skipped: {key.skipped!r} is not one of its answers"
    yield from _strangers("facts.toml: never_lost", keys.never_lost, _signposts(), "signpost")


def _can_be_read(key: Key) -> bool:
    """Whether what is read for a skipped question is an answer to it; no number is."""
    if isinstance(key.skipped, frozenset):
        return key.skipped <= set(key.codes)
    return key.skipped in key.codes or (key.kind == "number" and key.skipped is None)


def _rule_faults(criteria: Criteria, file: str, rules: Sequence[Rule]) -> Iterator[str]:
    """Faults that any rule can have."""
    for rule in rules:
        here = f"{file}: {rule.id}"
        if not rule.row.sources:
            yield f"{here}: sources: say where the rule was read"
        yield from _strangers(f"{here}: sources", rule.row.sources, criteria.sources, "source")
        agreed = [item.council for item in rule.row.agreed]
        yield from _strangers(f"{here}: agreed", agreed, criteria.keys[COUNCIL].codes, "council")
        if rule.row.until is not None and rule.row.until < rule.row.starts:
            yield f"{here}: until: {rule.row.until} is before {rule.row.starts}, its first day"
        if not can_hold(criteria.keys, rule.condition):
            yield f"{here}: when: no answers can make “{rule.row.when}” hold"
    for one, other in combinations(rules, 2):
        if one.id == other.id and _overlap(one, other):
            yield f"{file}: {one.id}: from, until: two rules of this id hold on the same days"


def _overlap(one: Rule, other: Rule) -> bool:
    first, last = sorted((one.row, other.row), key=lambda row: row.starts)
    return first.until is None or first.until >= last.starts


def _coverage_faults(criteria: Criteria) -> Iterator[str]:
    """Every family has an outcome on every day from the first."""
    for rule in criteria.rules:
        cited = [criteria.sources.get(code) for code in rule.row.sources]
        shown = [source for source in cited if source is not None and source.is_shown]
        if rule.row.basis == "published" and not shown:
            yield f"rules.toml: {rule.id}: sources: none is a council's page or the law"
    days = criteria.changes()
    if not days:
        yield "rules.toml: there are no rules"
    for day in days:
        if not any(isinstance(rule.condition, Always) for rule in criteria.rules_on(day)):
            yield f"rules.toml: on {day} no rule holds for everyone: some families get no outcome"


def _signpost_faults(criteria: Criteria) -> Iterator[str]:
    """Signposts that nobody knows, that no rule adds or that have no words."""
    for rule in criteria.signposts:
        here = f"signposts.toml: {rule.id}"
        if not rule.row.adds:
            yield f"{here}: adds: a rule adds at least one signpost"
        if not rule.row.on:
            yield f"{here}: on: a rule belongs to at least one outcome"
        yield from _strangers(f"{here}: adds", rule.row.adds, _signposts(), "signpost")
    added = {code for rule in criteria.signposts for code in rule.row.adds}
    for code in _signposts():
        if code not in added:
            yield f"signposts.toml: no rule adds the signpost {code!r}"


def _step_faults(criteria: Criteria) -> Iterator[str]:
    """Steps of no signpost, signposts without words, and lines that are never shown."""
    for code in _signposts():
        if code not in criteria.steps:
            yield f"steps.toml: the signpost {code!r} has no words"
    yield from _strangers("steps.toml", criteria.steps, _signposts(), "signpost")
    for code, step in criteria.steps.items():
        for condition, also in step.also:
            if not can_hold(criteria.keys, condition):
                yield f"steps.toml: {code}: when: no answers can make “{also.when}” hold"


def _question_faults(criteria: Criteria) -> Iterator[str]:
    yield from _repeats("questions.toml", [question.id for question in criteria.questions])
    yield from _repeats(
        "questions.toml", [key for question in criteria.questions for key in question.row.keys]
    )
    for question in criteria.questions:
        yield from _answer_faults(criteria, question)


def _answer_faults(criteria: Criteria, question: Question) -> Iterator[str]:
    """Answers to what is not asked, and codes that no answer offers."""
    here = f"questions.toml: {question.id}"
    keys = [key for key in question.row.keys if key in criteria.keys]
    for answer in question.row.answers:
        if answer.key not in keys:
            yield f"{here}: answers: the question does not ask for {answer.key!r}"
        elif answer.code not in criteria.keys[answer.key].codes:
            yield f"{here}: answers: {answer.key!r} has no code {answer.code!r}"
    offered = {(answer.key, answer.code) for answer in question.row.answers}
    for name in keys:
        key = criteria.keys[name]
        missing = [code for code in key.codes if (name, code) not in offered]
        if key.kind in {"one", "many"} and missing:
            yield f"{here}: answers: none gives {missing[0]!r} of {name!r}"


def _word_faults(criteria: Criteria) -> Iterator[str]:
    """Outcomes, rights and bases without words."""
    for outcome in OUTCOMES:
        for country in COUNTRIES if outcome == "out_of_area" else ("england",):
            if criteria.find_words(outcome, country) is None:
                yield f"outcomes.toml: {outcome} has no words for {country}"
    for basis in BASES:
        if basis not in criteria.guide.basis:
            yield f"guide.toml: basis: there are no words for {basis!r}"
    if not criteria.versions or criteria.versions[0].day != _newest(criteria):
        yield "versions.toml: give the newest version first"


def _right_faults(criteria: Criteria) -> Iterator[str]:
    """Rights of no known source, and a country without any."""
    for right in criteria.rights:
        yield from _strangers(f"rights.toml: {right.id}", right.sources, criteria.sources, "source")
    for country in COUNTRIES:
        if not any(right.country == country for right in criteria.rights):
            yield f"rights.toml: there is no point for {country}"


def _newest(criteria: Criteria) -> date | None:
    return max((version.day for version in criteria.versions), default=None)


def _signposts() -> tuple[str, ...]:
    return load_national().signposts


def _repeats(here: str, values: Sequence[str]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{here}: {value!r} stands here {times} times"


def _strangers(
    here: str, values: Iterable[object], known: Iterable[object], kind: str
) -> Iterator[str]:
    known = set(known)
    for value in values:
        if value not in known:
            yield f"{here}: no {kind} is called {value!r}"
