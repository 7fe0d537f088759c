"""The safety page: whom to ring now, when someone may be in danger, and the rights that stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.council import Contact, Council
from app.criteria.contacts import contacts_for, home_of
from app.criteria.facts import Facts
from app.criteria.load import load_criteria
from app.criteria.records import Step
from app.criteria.rules import Evaluation, evaluate
from app.criteria.wording import Saying, voice_of
from app.languages import gettext
from app.site import Site

NOW, ALSO = "safety", ("police_101", "nhs_111_mental_health", "childline", "nspcc")
"""The place of the steps to take at once; national numbers beside them."""
ADULT = 18


@dataclass(frozen=True, slots=True)
class Help:
    """One signpost: what to do, and whom to ring. `points`: the list of a rights box."""

    code: str
    is_now: bool
    title: str
    lines: tuple[str, ...]
    points: tuple[str, ...]
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """What the page shows."""

    outcome: str
    rules: tuple[str, ...]
    heading: str
    lines: tuple[str, ...]
    helps: tuple[Help, ...]
    also: tuple[Contact, ...]


def safety_view(site: Site, facts: Facts) -> SafetyPage:
    """The page for a family that may be in danger and has not carried on."""
    criteria = load_criteria()
    evaluation = evaluate(criteria, facts, site.council.code)
    council = home_of(facts, evaluation).council
    speech = _Speech(facts, council)
    words = criteria.words_of(evaluation.outcome, evaluation.country)
    return SafetyPage(
        evaluation.outcome,
        tuple(rule.id for rule in evaluation.reasons),
        speech.say(words.heading),
        tuple(speech.say(line) for line in words.lines),
        tuple(_helps(speech, facts, evaluation)),
        tuple(filter(None, map(council.national.find_contact, ALSO))),
    )


@dataclass(frozen=True, slots=True)
class _Speech:
    facts: Facts
    council: Council

    def say(self, saying: Saying) -> str:
        door = self.council.find_contact("front_door")
        return gettext(
            saying.to(voice_of(str(self.facts.values["who"]))),
            council=self.council.name,
            front_door=(door.phone or door.label or "") if door else "",
        )


def _helps(speech: _Speech, facts: Facts, evaluation: Evaluation) -> Iterator[Help]:
    criteria = load_criteria()
    for code in evaluation.signposts:
        step = criteria.steps[code]
        yield Help(
            code,
            step.row.place == NOW,
            speech.say(step.row.title),
            tuple(speech.say(line) for line in _lines(step, facts, evaluation)),
            tuple(_rights(speech, facts)) if code == "rights_box" else (),
            contacts_for(facts, evaluation, code).contacts,
        )


def _lines(step: Step, facts: Facts, evaluation: Evaluation) -> Iterator[Saying]:
    answers = {**facts.values, "council": evaluation.council}
    yield from step.row.lines
    for condition, also in step.also:
        if condition.holds(answers) and evaluation.outcome in (also.tiers or [evaluation.outcome]):
            yield from also.lines


def _rights(speech: _Speech, facts: Facts) -> Iterator[str]:
    age = facts.values["age"]
    ages = {"any", "adult" if isinstance(age, int) and age >= ADULT else "child"}
    country = "wales" if facts.values["lives_in"] == "wales" else "england"
    for point in load_criteria().rights:
        if point.country == country and point.ages in ages:
            yield speech.say(point.say)
