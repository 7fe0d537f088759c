"""Every sentence of the site can be read by a child of nine, and promises nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from statistics import median

import pytest

from app.translations.catalogues import marked_sentences, sentences
from tests.sweeps.reading import Reading, own_words, readings, syllables

MOST_WORDS = 20
MEDIAN_GRADE = 4.0
NEVER_SAID = (
    "not eligible",
    "does not qualify",
    "entitle",
    "you will get this",
    "you will get a",
    "you have no rights",
    "ineligible",
)
"""What no page may say: only the council decides, and it has not decided yet."""


@lru_cache
def messages() -> tuple[str, ...]:
    """Every English message; of two forms the one for many."""
    found = [message.id for message in sentences(marked_sentences())]
    return tuple(words if isinstance(words, str) else words[-1] for words in found)


@lru_cache
def all_readings() -> list[Reading]:
    return sorted({reading for words in messages() for reading in readings(words)}, reverse=True)


def full_sentences() -> list[Reading]:
    """Sentences alone: a label of one long word is no sentence."""
    return [item for item in all_readings() if re.search(r"[.?!]$", item.sentence)]


def test_a_child_of_nine_can_read_it(record_property: Callable[[str, object], None]) -> None:
    found = full_sentences()
    worst = "\n".join(f"{item.grade:5.1f}  {item.sentence}" for item in found[:10])
    middle = median(item.grade for item in found)
    told = f"reading: median grade {middle:.1f} of {len(found)} sentences; the ten worst:\n{worst}"
    record_property("for_people", told)
    assert middle <= MEDIAN_GRADE, worst


def test_labels_and_sentences_together_are_no_harder() -> None:
    assert median(item.grade for item in all_readings()) <= MEDIAN_GRADE


def test_no_sentence_is_long() -> None:
    long = [item.sentence for item in all_readings() if item.words > MOST_WORDS]
    assert not long


@pytest.mark.parametrize("words", NEVER_SAID)
def test_no_page_says_what_only_a_council_may_decide(words: str) -> None:
    assert not [message for message in messages() if words in message.lower()]


def test_the_pages_avoid_what_the_domain_forbids(shared: Path) -> None:
    listed = json.loads((shared / "domain" / "vocabulary.json").read_text())
    for words in listed["page_must_never_say"]:
        assert not [message for message in messages() if words in message.lower()]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("club", 1),
        ("make", 1),
        ("needed", 2),
        ("asked", 1),
        ("people", 2),
        ("every", 3),
        ("family", 3),
        ("disability", 5),
        ("accessibility", 6),
        ("one-to-one", 3),
        ("child’s", 1),
    ],
)
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


def test_names_and_numbers_are_left_out() -> None:
    assert own_words("We ring Exeter at 9 in SEND") == ["We", "ring", "at", "in"]


def test_a_hard_sentence_is_seen_to_be_hard() -> None:
    hard = "Eligibility necessitates comprehensive multidisciplinary consideration."
    assert readings(hard)[0].grade > 12
