"""A condition in words that a parent can read, from the words of the questions themselves.

    Any of these
        Joining clubs: “Only with a trained person or extra help” or “Not yet”
        Nights: “Up most nights, or someone must stay awake”

So when a rule or an answer changes in its file, what families read about it changes too. The
words are translated by whoever asks: this part knows nothing of languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.criteria.conditions import (
    Always,
    AtLeast,
    Between,
    Both,
    Condition,
    Either,
    Not,
    OneOf,
    Ticked,
)
from app.criteria.criteria import Criteria
from app.criteria.keys import Value
from app.criteria.records import Answer, Question
from app.criteria.simple import simplify
from app.criteria.wording import Saying

Translate = Callable[..., str]
"""As `gettext`: an English sentence, with values for its named gaps."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A line, and the lines it speaks of."""

    words: str
    parts: tuple[Plain, ...] = ()

    def lines(self, depth: int = 0) -> list[str]:
        """Every line, indented by two spaces a level: for tests and plain text."""
        inside = (line for part in self.parts for line in part.lines(depth + 1))
        return ["  " * depth + self.words, *inside]


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Puts conditions into words for the families of one council."""

    criteria: Criteria
    council: str
    gettext: Translate

    def of(self, condition: Condition) -> Plain | None:
        """The condition in words; None when it can never hold for this council."""
        simple = simplify(self.criteria, condition, self.council)
        return None if simple is None else self._say(simple)

    def said(self, saying: Saying) -> str:
        """A sentence as it is said to a parent or carer."""
        return self.gettext(saying.to("child"))

    def question_of(self, key: str) -> Question | None:
        """The question that asks for a key."""
        asking = (item for item in self.criteria.questions if key in item.row.keys)
        return next(asking, None)

    def answers_to(self, question: Question) -> tuple[Answer, ...]:
        """The answers that families of this council are offered."""
        return tuple(item for item in question.row.answers if item.is_for(self.council))

    def _say(self, condition: Condition) -> Plain:
        match condition:
            case Both(parts):
                return Plain(self.gettext("All of these:"), self._each(parts))
            case Either(parts):
                return Plain(self.gettext("Any of these:"), self._each(parts))
            case AtLeast(least, signs):
                words = self.gettext("%(num)s or more of these:", num=least)
                return Plain(words, self._each(signs))
            case Not(part):
                return self._not(part)
        return Plain(self._one(condition))

    def _one(self, condition: Always | OneOf | Ticked | Between) -> str:
        match condition:
            case Always():
                return self.gettext("Everyone")
            case Between(key, low, high):
                return self._number(key, low, high)
            case OneOf(key, codes) | Ticked(key, codes):
                return self._answered(key, codes)

    def _each(self, parts: Iterable[Condition]) -> tuple[Plain, ...]:
        return tuple(self._say(part) for part in parts)

    def _not(self, part: Condition) -> Plain:
        match part:
            case OneOf(key, codes) | Ticked(key, codes):
                return Plain(self._answered(key, codes, is_so=False))
            case Either(parts):
                return Plain(self.gettext("None of these:"), self._each(parts))
        return Plain(self.gettext("Not so:"), (self._say(part),))

    def _answered(self, key: str, codes: frozenset[Value], is_so: bool = True) -> str:
        """Which answers to a question, in the question's own order."""
        question = self.question_of(key)
        if question is None:
            return self._unasked(codes, is_so)
        words = [
            self.gettext("“%(words)s”", words=self.said(answer.words))
            for answer in self.answers_to(question)
            if answer.key == key and answer.code in codes
        ]
        asked, answers = self.said(question.row.short), self._or(words)
        if question.row.kind == "many":
            if is_so:
                return self.gettext(
                    "%(asked)s: you ticked %(answers)s", asked=asked, answers=answers
                )
            return self.gettext(
                "%(asked)s: you did not tick %(answers)s", asked=asked, answers=answers
            )
        if is_so:
            return self.gettext("%(asked)s: %(answers)s", asked=asked, answers=answers)
        return self.gettext("%(asked)s: not %(answers)s", asked=asked, answers=answers)

    def _unasked(self, codes: frozenset[Value], is_so: bool) -> str:
        """The one key that no question asks for: a button on the safety page."""
        if (True in codes) == is_so:
            return self.gettext("You chose to carry on from the safety page")
        return self.gettext("You have not chosen to carry on from the safety page")

    def _number(self, key: str, low: int, high: int) -> str:
        question = self.question_of(key)
        asked = self.said(question.row.short) if question else key
        limits = self.criteria.keys[key]
        if high >= limits.oldest:
            return self.gettext("%(asked)s: %(low)s or over", asked=asked, low=low)
        if low <= limits.youngest:
            return self.gettext("%(asked)s: %(high)s or under", asked=asked, high=high)
        return self.gettext("%(asked)s: %(low)s to %(high)s", asked=asked, low=low, high=high)

    def _or(self, words: list[str]) -> str:
        *some, last = words
        if not some:
            return last
        return self.gettext("%(some)s or %(last)s", some=", ".join(some), last=last)
