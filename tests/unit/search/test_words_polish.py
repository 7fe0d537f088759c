"""What families type in Polish means what it means in English, and English is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest

from app.search.files import ENGLISH, FILES, every_way, read_file, ways
from app.search.meanings import key, load_meanings
from app.search.slots import Role
from app.search.spelling import Lexicon
from app.search.text import SOFT, STOP, plain, words
from app.search.words import understand
from tests.unit.search.conftest import TOWNS

POLISH = next(file for file in FILES if file.name == "meanings.pl.toml")
ROWS: list[dict[str, Any]] = read_file(POLISH)["meaning"]
CRISIS: dict[str, list[str]] = read_file(POLISH)["crisis"]
KINDS = ("names", "everyday", "misspelt", "outdated")
LISTINGS = Lexicon([frozenset({"club", "swim", "prose", "matter"})], TOWNS)
"""As beside a directory: words that are in no listing are not known."""


def codes(text: str) -> set[str]:
    """Everything understood, as `kind:code`, with the age."""
    return {f"{item.kind}:{item.code}" for item in understand(text, LISTINGS).understood}


SLIPS = 200
"""Slips of the pen that are tried, of some hundreds."""


def told(row: dict[str, Any]) -> list[str]:
    """Every way to type the meaning of a row."""
    return list(every_way(text for kind in KINDS for text in row.get(kind, ())))


def spread(texts: list[str], most: int) -> list[str]:
    """At most so many of the texts, from first to last."""
    return texts[:: -(-len(texts) // most)]


@contextmanager
def in_english_only() -> Iterator[Lexicon]:
    """As if there were no other language; gives the same lexicon without it."""
    english = partial(load_meanings, (ENGLISH,))
    with (
        patch("app.search.words.load_meanings", english),
        patch("app.search.spelling.load_meanings", english),
    ):
        yield Lexicon([frozenset({"club", "swim", "prose", "matter"})], TOWNS)


def test_a_choice_stands_for_each_of_its_ways() -> None:
    assert ways("plain") == ["plain"]
    assert ways("bike(|s)") == ["bike", "bikes"]
    assert ways("(a|b(c|)) d") == ["a d", "bc d", "b d"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['code']} {row['means']}")
def test_every_way_to_type_a_meaning_is_understood(row: dict[str, Any]) -> None:
    kind, _, code = row["code"].partition(":")
    for typed in told(row):
        found = load_meanings().phrases[key(words(typed))]
        assert (kind, code) in {(meaning.kind, meaning.code) for meaning in found}, typed
    for typed in spread(told(row), 3):
        assert understand(typed, LISTINGS).understood, typed


def test_every_meaning_of_the_english_file_can_be_said_in_polish() -> None:
    english = {row["code"] for row in read_file(ENGLISH)["meaning"]}
    left_out = {code for code in english - {row["code"] for row in ROWS} if code[:6] != "place:"}
    assert left_out == {"cost:max_card", "info:"}, "the card is under info, and `info:` is nothing"


def test_rows_answer_with_what_the_english_row_answers_with() -> None:
    english = read_file(ENGLISH)["meaning"]
    means = {(row["means"], row["code"]) for row in english}
    cards = {(row["code"], row.get("card", "")) for row in english}
    for row in ROWS:
        assert (row["means"], row["code"]) in means
        assert (row["code"], row.get("card", "")) in cards


def test_words_that_say_nothing_have_no_meaning_of_their_own() -> None:
    stop = load_meanings().foreign.stop
    meant = {text for row in ROWS for text in told(row)}
    assert not stop & {plain(text) for text in meant}
    assert all(word.isalpha() for word in stop)


def test_no_english_word_shows_that_a_text_is_polish() -> None:
    english = load_meanings((ENGLISH,)).words | STOP | SOFT
    assert not load_meanings().foreign.words & english


# whole sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "pływanie dla mojego syna z autyzmem w soboty",
            {"activity:swimming", "need:autism", "when:saturday"},
        ),
        ("szukam opieki wytchnieniowej dla 7-letniej córki", {"break:", "age:7"}),
        (
            "Czy są zajęcia po szkole dla dziecka na wózku w Exeter?",
            {"break:after_school", "access:wheelchair", "place:Exeter"},
        ),
        (
            "darmowe półkolonie w ferie dla 8-latka z ADHD",
            {"cost:haf_free", "break:holiday_club", "age:8", "need:adhd"},
        ),
        (
            "jazda konna dla dziewczynki z zespołem Downa",
            {"activity:horse_riding", "need:learning_disability"},
        ),
        ("potrzebuję pracownika socjalnego", {"process:social_care_assessment"}),
        ("jak dostać plan EHC", {"process:ehcp"}),
        ("kto zaopiekuje się moim synem w nocy", {"break:", "break:overnight_family"}),
        ("szukam kogoś do wyjść z córką", {"break:enabling"}),
        (
            "tanie zajęcia muzyczne, bez hałasu",
            {"cost:free", "activity:music", "access:quiet_space"},
        ),
        ("logopeda dla niemówiącego 3 latka", {"need:communication", "age:3"}),
        ("syn nie lubi piłki nożnej, lubi pływać", {"activity:swimming"}),
        ("nie umie pływać, szukam lekcji", {"activity:swimming"}),
        ("plywnie dla niepelnosprawnych", {"activity:swimming", "need:any_send"}),
        (
            "wakacje w Bideford dla nastolatka",
            {"break:holiday_club", "place:Bideford", "age:11-15", "age:16-17"},
        ),
        ("wsparcie dla rodzeństwa", {"process:sibling_support"}),
    ],
)
def test_whole_sentences(text: str, expected: set[str]) -> None:
    assert codes(text) == expected
    required = [slot for slot in understand(text, LISTINGS).slots if slot.role is Role.MUST]
    assert all(slot.codes for slot in required), "a Polish word is required of no listing"


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("dla form", True),
        ("dla middle rate", True),
        ("DLA", True),
        ("dla for my son", True),
        ("kto pomoże napisać DLA?", True),
        ("wniosek DLA dla syna", True),
        ("dla dziecka", False),
        ("pływanie dla syna", False),
        ("coś dla 5-latka na lato", False),
        ("dla niewidomych", False),
    ],
)
def test_dla_is_a_benefit_in_english_and_for_in_polish(text: str, card: bool) -> None:
    assert ("dla" in understand(text, LISTINGS).help_cards) is card


def test_a_town_is_known_by_its_name_and_never_mended() -> None:
    for text in ("swimming Exeter", "basen Exeter", "basen w Exeter dla syna"):
        found = understand(text, LISTINGS)
        assert (found.mended, found.spot and found.spot.name) == ((), "Exeter")
    assert understand("basen w Exter", LISTINGS).spot is not None


def test_polish_words_that_are_not_understood_are_not_required() -> None:
    (slot,) = understand("szukam kręgielni", LISTINGS).slots
    assert slot.role is Role.HINTS


def test_what_belongs_to_an_earlier_phrase_does_not_unwish_the_next() -> None:
    assert "activity:swimming" in codes("no diagnosis swimming")
    assert "activity:swimming" in codes("syn nie chodzi, pływanie")
    assert "activity:swimming" not in codes("bez pływania")


# English is left alone

ENGLISH_PHRASES = [
    text
    for row in read_file(ENGLISH)["meaning"]
    for text in (row["means"], *(typed for kind in KINDS for typed in row.get(kind, ())))
]


def read_otherwise(texts: list[str]) -> list[str]:
    """Those of the texts that are not read the same with the other language and without."""
    with in_english_only() as lexicon:
        alone = {text: understand(text, lexicon) for text in texts}
    return [
        text
        for text in texts
        if (found := understand(text, LISTINGS)).understood != alone[text].understood
        or found.help_cards != alone[text].help_cards
        or found.ages != alone[text].ages
        or [(slot.texts[:1], slot.codes, slot.role) for slot in found.slots]
        != [(slot.texts[:1], slot.codes, slot.role) for slot in alone[text].slots]
    ]


def test_every_english_phrase_is_read_as_without_polish() -> None:
    assert read_otherwise(ENGLISH_PHRASES) == []
    longer = [f"{text} for my 7 year old on saturday" for text in spread(ENGLISH_PHRASES, 60)]
    assert read_otherwise(longer) == []


def test_slips_in_english_words_are_not_taken_for_polish() -> None:
    right = load_meanings().words
    every = {word for text in ENGLISH_PHRASES for word in words(text)}
    long = sorted(word for word in every if len(word) > 5 and word in right)
    slips = [word[:2] + word[3:] for word in long] + [word[:-2] + word[-1] for word in long]
    assert read_otherwise(spread(slips, SLIPS)) == []
