"""The result page: what a family's answers mean, and what it can do next."""

from __future__ import annotations

from dataclasses import dataclass

from app.criteria.facts import Facts
from app.criteria.load import load_criteria
from app.criteria.rules import Evaluation, evaluate
from app.criteria.wording import Voice, voice_of
from app.languages import gettext
from app.site import Site


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The result as its page shows it."""

    facts: Facts
    evaluation: Evaluation
    voice: Voice
    heading: str
    lines: tuple[str, ...]


def result_view(site: Site, facts: Facts) -> ResultPage:
    """The result of a family's answers on this council's site."""
    criteria = load_criteria()
    evaluation = evaluate(criteria, facts, site.council.code)
    voice = voice_of(str(facts.values["who"]))
    words = criteria.words_of(evaluation.outcome, evaluation.country)
    lines = tuple(gettext(line.to(voice)) for line in words.lines)
    return ResultPage(facts, evaluation, voice, gettext(words.heading.to(voice)), lines)
