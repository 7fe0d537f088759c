"""The words of the self-check alone: questions, answers, results, rules and its pages.

`test_reading` holds the whole site to a median; here every question is held to a grade of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from statistics import median
from typing import get_args

import pytest
from babel.messages.extract import extract_from_dir

from app.criteria.load import load_criteria
from app.criteria.wording import Voice, find_sayings
from app.translations.catalogues import APP, KEYWORDS, METHODS, OPTIONS
from tests.sweeps.reading import Reading, passage_grade, readings

HARDEST_QUESTION = 6.0
MOST_WORDS = 20
MEDIAN_GRADE = 4.0
PLACES = ("selfcheck/", "templates/selfcheck/")


def said_by(*records: object) -> set[str]:
    """Every sentence in these records, in each voice."""
    return {words for record in records for saying in find_sayings(record) for words in saying}


@lru_cache
def parts() -> dict[str, set[str]]:
    """The words by where a family meets them."""
    criteria = load_criteria()
    rows = [question.row for question in criteria.questions]
    headings = {words for row in rows for words in row.heading}
    return {
        "headings of questions": headings,
        "questions with hints, answers and why": said_by(*rows),
        "results and next steps": said_by(
            *criteria.outcomes, *(step.row for step in criteria.steps.values())
        ),
        "rights": said_by(*criteria.rights),
        "rules": said_by(*(rule.row for rule in (*criteria.rules, *criteria.signposts))),
        "guide": said_by(criteria.guide),
        "pages": set(of_the_pages()),
    }


def of_the_pages() -> Iterator[str]:
    """What templates and code of the journey say themselves; of two forms the one for many."""
    for file, _line, words, *_ in extract_from_dir(APP, METHODS, OPTIONS, KEYWORDS):
        if file.startswith(PLACES):
            yield words if isinstance(words, str) else words[-1]


def passages() -> dict[str, str]:
    """Each question as it is read, in each voice: the heading, the hint and why we ask."""
    found = {}
    for question in load_criteria().questions:
        said = [one for one in (question.row.heading, question.row.hint, question.row.why) if one]
        for voice in get_args(Voice):
            words = [one.to(voice) for one in said]
            found[f"{question.id} ({voice})"] = " ".join(ended(part) for part in words)
    return found


def ended(words: str) -> str:
    """A heading without a stop, as a sentence."""
    return words if words.endswith((".", "?")) else f"{words}."


def graded(words: set[str]) -> list[Reading]:
    """Each sentence, the hardest first; labels are no sentences."""
    found = {item for text in words for item in readings(text)}
    return sorted((item for item in found if item.sentence.endswith((".", "?"))), reverse=True)


def test_no_question_is_above_grade_six(record_property: Callable[[str, object], None]) -> None:
    grades = {name: passage_grade(words) for name, words in passages().items()}
    worst = max(grades, key=lambda name: grades[name])
    record_property(
        "for_people",
        f"reading, {len(load_criteria().questions)} questions in 3 voices: median grade "
        f"{median(grades.values()):.1f}, hardest {grades[worst]:.1f} ({worst})",
    )
    assert {name: found for name, found in grades.items() if found > HARDEST_QUESTION} == {}
    headings = graded(parts()["headings of questions"])
    assert [item for item in headings if item.grade > HARDEST_QUESTION] == []


@pytest.mark.parametrize("part", list(parts()))
def test_every_part_is_plain(part: str, record_property: Callable[[str, object], None]) -> None:
    found = graded(parts()[part])
    assert len(found) > 5
    middle, hardest = median(item.grade for item in found), found[0]
    record_property(
        "for_people",
        f"reading, {part}: {len(found)} sentences, median grade {middle:.1f}, "
        f"hardest {hardest.grade:.1f} “{hardest.sentence}”",
    )
    assert middle <= MEDIAN_GRADE
    assert [item.sentence for item in found if item.words > MOST_WORDS] == []


def test_a_hard_question_is_seen_to_be_hard() -> None:
    hard = (
        "Does your child demonstrate behaviour necessitating continuous professional supervision?"
    )
    assert passage_grade(hard) > HARDEST_QUESTION
