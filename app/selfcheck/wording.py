"""A question and its answers in a family's words, as the pages show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.council import council_codes, load_council
from app.criteria.records import Answer, Question
from app.criteria.wording import Saying
from app.languages import gettext, ngettext
from app.selfcheck.answers import Said
from app.selfcheck.flow import Journey
from app.selfcheck.forms import Asked, Reply, value_of


@dataclass(frozen=True, slots=True)
class Option:
    """One radio or tick box."""

    id: str
    name: str
    value: str
    words: str
    hint: str
    is_chosen: bool
    is_alone: bool
    """Whether it is ticked without any other."""


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question as its page shows it."""

    asked: Asked
    journey: Journey
    reply: Reply
    heading: str
    hint: str
    why: str
    options: tuple[Option, ...]

    @property
    def id(self) -> str:
        """The question's id, and that of the first control."""
        return self.asked.question.id

    @property
    def kind(self) -> str:
        """What kind of answer it takes."""
        return self.asked.question.row.kind

    @property
    def name(self) -> str:
        """The name of the field, where there is one to type in."""
        return self.asked.question.row.keys[0]

    @property
    def token(self) -> str:
        """What must come back with the form."""
        return self.journey.answers.token

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, with the control to go to, for the error summary."""
        if not self.reply.problem:
            return []
        is_choice = self.kind == "place" and not self.reply.is_typed_wrong
        return [(self.options[0].id if is_choice else self.id, self.reply.problem)]

    @property
    def progress(self) -> tuple[int, int, int] | None:
        """Which question, of how many, and minutes left; None for the one before all others."""
        return None if self.kind == "danger" else self.journey.progress(self.asked.question)

    @property
    def before(self) -> Question | None:
        """The question before this one."""
        return self.journey.before(self.asked.question)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the answers to check; no answers when the question was skipped."""

    id: str
    short: str
    answers: tuple[str, ...]


def say(journey: Journey, saying: Saying | None) -> str:
    """A sentence in the reader's language, in the voice of whoever answers."""
    return gettext(saying.to(journey.voice)) if saying else ""


def question_page(journey: Journey, asked: Asked, reply: Reply | None = None) -> QuestionPage:
    """A question to be shown: with what was said before, or with what was wrong just now."""
    row = asked.question.row
    shown = reply or _said_before(asked)
    return QuestionPage(
        asked,
        journey,
        shown,
        say(journey, row.heading),
        say(journey, row.hint),
        say(journey, row.why),
        tuple(_options(journey, asked, shown)),
    )


def answer_rows(journey: Journey) -> list[Row]:
    """Every question that was asked, with what the family said."""
    return [
        Row(item.id, say(journey, item.row.short), tuple(_words_said(journey, item)))
        for item in journey.path
    ]


def home_words(lives_in: Said, district: Said, answer: str) -> str:
    """Where a family lives: a council's area with the district, else the answer's own words."""
    if lives_in not in council_codes():
        return answer
    council = load_council(str(lives_in))
    label = next((place.label for place in council.localities if place.code == district), "")
    return f"{council.area_name} ({label})" if label else council.area_name


def _options(journey: Journey, asked: Asked, reply: Reply) -> Iterator[Option]:
    """The answers on the page: what is ticked alone comes last."""
    row = asked.question.row
    after_a_field = row.kind == "place"
    in_order = sorted(asked.offered, key=lambda item: item.alone)
    for number, answer in enumerate(in_order, 1 + after_a_field):
        value = value_of(answer.code)
        yield Option(
            id=asked.question.id if number == 1 else f"{asked.question.id}-{number}",
            name=answer.key,
            value=value,
            words=say(journey, answer.words),
            hint=say(journey, answer.hint),
            is_chosen=(answer.key, value) in reply.chosen,
            is_alone=answer.alone,
        )


def _said_before(asked: Asked) -> Reply:
    """What was said to this question, as if it had just been sent."""
    chosen = set()
    typed = ""
    for key in asked.question.row.keys:
        said = asked.said.get(key)
        if isinstance(said, list):
            chosen |= {(key, code) for code in said}
        elif isinstance(said, bool | str):
            chosen.add((key, value_of(said)))
        elif said is not None:
            typed = str(said)
    return Reply({}, chosen=frozenset(chosen), typed=typed)


def _words_said(journey: Journey, question: Question) -> Iterator[str]:
    said = journey.answers.said
    if question.row.kind == "number":
        age = said.get(question.row.keys[0])
        if isinstance(age, int):
            yield ngettext("%(num)s year", "%(num)s years", age) if age else gettext("Under 1 year")
    if said.get(question.row.keys[0]) == [] and question.row.may_be_none:
        yield gettext("None of these")
    answers = [
        answer
        for answer in question.row.answers
        if answer.is_for(journey.council) and _is_said(said.get(answer.key), answer)
    ]
    for answer in answers:
        words = say(journey, answer.words)
        if question.row.kind == "place":
            yield home_words(answer.code, said.get("district"), words)
        elif not answer.alone or len(answers) == 1:
            yield words


def _is_said(said: Said, answer: Answer) -> bool:
    return answer.code in said if isinstance(said, list) else said == answer.code
