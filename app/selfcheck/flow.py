"""Which question comes next. Knows the questions as data, and nothing of the web.

The answers are looked at from the first question on, each time: so a page that cannot be
reached yet leads to the first open question, and a changed answer drops only what it made void.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from msgspec.structs import replace

from app.criteria.facts import Facts, read_facts
from app.criteria.keys import COUNCIL, Value
from app.criteria.load import Criteria
from app.criteria.records import Question
from app.criteria.rules import council_of
from app.criteria.wording import Voice, voice_of
from app.selfcheck.answers import Answers, Said

SAFETY = "safety"
CHECK_ANSWERS = "check-answers"
QUESTIONS_A_MINUTE = 3


@dataclass(frozen=True)
class Journey:
    """One family's way through the questions, under the council whose site this is."""

    criteria: Criteria
    answers: Answers
    site: str
    """The code of the site's council: its rules are used when home is in none of ours."""

    @cached_property
    def facts(self) -> Facts:
        """The answers as the rules read them. Raises `FactsError` for codes there are none of."""
        return read_facts(self.criteria, dict(self.answers.said))

    @cached_property
    def council(self) -> str:
        """The council whose rules are used."""
        return council_of(self.criteria, self.facts, self.site)

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Every key's answer, with that of a skipped question filled in."""
        return {**self.facts.values, COUNCIL: self.council}

    @property
    def voice(self) -> Voice:
        """In which voice the pages speak."""
        return voice_of(str(self.values["who"]))

    @cached_property
    def path(self) -> tuple[Question, ...]:
        """The questions asked of this family, in order."""
        return tuple(
            question
            for question in self.criteria.questions
            if question.shown_when.holds(self.values)
        )

    @property
    def first_open(self) -> Question | None:
        """The first question that is neither answered nor skipped."""
        return next((question for question in self.path if self._is_open(question)), None)

    @property
    def in_danger(self) -> bool:
        """Whether the safety page comes before anything else."""
        return self.values["danger_now"] == "yes" and self.values["carried_on"] is not True

    @property
    def station(self) -> str:
        """The last part of the address to go on from: safety, a question, or check answers."""
        question = self.first_open
        if self.in_danger:
            return SAFETY
        return question.id if question else CHECK_ANSWERS

    def may_see(self, question: Question) -> bool:
        """Whether every question before this one is answered or skipped."""
        if question not in self.path or (self.in_danger and question.row.kind != "danger"):
            return False
        before = self.path[: self.path.index(question)]
        return not any(self._is_open(earlier) for earlier in before)

    def before(self, question: Question) -> Question | None:
        """The question on the page before; None for the first."""
        place = self.path.index(question)
        return self.path[place - 1] if place else None

    def progress(self, question: Question) -> tuple[int, int, int]:
        """Which question this is, of how many, and about how many minutes are left."""
        counted = [item for item in self.path if item.row.kind != "danger"]
        place = counted.index(question)
        return place + 1, len(counted), ceil((len(counted) - place) / QUESTIONS_A_MINUTE)

    def _is_open(self, question: Question) -> bool:
        return question.id in self.answers.again or not (
            question.row.keys[0] in self.answers.said or question.id in self.answers.skipped
        )


def answered(journey: Journey, question: Question, values: Mapping[str, Said]) -> Journey:
    """The journey after a question got these answers, instead of what was said to it before."""
    said = {**_without(journey.answers.said, question.row.keys), **values}
    if question.row.kind == "danger":
        said.pop("carried_on", None)
    answers = replace(
        journey.answers,
        said=said,
        skipped=journey.answers.skipped - {question.id},
        again=journey.answers.again - {question.id},
    )
    return _settled(replace_answers(journey, answers))


def skipped(journey: Journey, question: Question) -> Journey:
    """The journey after a question was skipped; what was said to it before is forgotten."""
    answers = replace(
        journey.answers,
        said=_without(journey.answers.said, question.row.keys),
        skipped=journey.answers.skipped | {question.id},
        again=journey.answers.again - {question.id},
    )
    return _settled(replace_answers(journey, answers))


def carried_on(journey: Journey) -> Journey:
    """The journey after the family read the safety page and went on."""
    said = {**journey.answers.said, "carried_on": True}
    return replace_answers(journey, replace(journey.answers, said=said))


def before_carrying_on(journey: Journey) -> Journey:
    """The journey as it was when the family came to the safety page."""
    said = _without(journey.answers.said, ["carried_on"])
    return replace_answers(journey, replace(journey.answers, said=said))


def replace_answers(journey: Journey, answers: Answers) -> Journey:
    """The same journey with other answers."""
    return Journey(journey.criteria, answers, journey.site)


def _settled(journey: Journey) -> Journey:
    """Without answers to questions that are no longer asked, or that are no longer offered."""
    answers = journey.answers
    gone = [question for question in journey.criteria.questions if question not in journey.path]
    lost = {question.id for question in gone}
    said = _without(answers.said, [key for question in gone for key in question.row.keys])
    again = set(answers.again)
    for question in journey.path:
        for key, codes in _not_offered(question, journey.council).items():
            ticked = said.get(key)
            if isinstance(ticked, list) and not codes.isdisjoint(ticked):
                said[key] = [code for code in ticked if code not in codes]
                again.add(question.id)
    kept = {"said": said, "skipped": answers.skipped - lost, "again": frozenset(again - lost)}
    return replace_answers(journey, replace(answers, **kept))


def _not_offered(question: Question, council: str) -> dict[str, set[object]]:
    """The codes of a question, by key, that families of this council are not offered."""
    answers = question.row.answers
    offered = {(item.key, item.code) for item in answers if item.is_for(council)}
    found: dict[str, set[object]] = {}
    for key, code in {(item.key, item.code) for item in answers} - offered:
        found.setdefault(key, set()).add(code)
    return found


def _without(said: Mapping[str, Said], keys: Iterable[str]) -> dict[str, Said]:
    dropped = set(keys)
    return {key: value for key, value in said.items() if key not in dropped}
