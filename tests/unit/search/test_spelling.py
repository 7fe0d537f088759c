"""Neighbours in spelling."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search import spelling
from app.search.spelling import MOST_COMPARED, MOST_NEIGHBOURS, Lexicon, distance, letters, mended
from app.search.text import tokens


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("swim", "swim", 0),
        ("swim", "swum", 1),
        ("swim", "siwm", 1),
        ("swim", "swimm", 1),
        ("bidefrod", "bideford", 1),
        ("kitten", "sitting", 3),
        ("", "a", 1),
    ],
)
def test_distance_counts_a_swap_once(left: str, right: str, expected: int) -> None:
    assert distance(left, right, 3) == expected


@given(st.lists(st.text("abyz09ł", min_size=1, max_size=8), min_size=1, max_size=6))
def test_letters_of_many_words_are_those_of_each(words: list[str]) -> None:
    places = [{"abcdefghijklmnopqrstuvwxyz".find(letter) % 27 for letter in word} for word in words]
    assert letters(words).tolist() == [sum(1 << place for place in held) for held in places]


def test_distance_gives_up_beyond_the_furthest() -> None:
    assert distance("abcdef", "uvwxyz", 2) == 3


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("makatno", "makaton"),
        ("bidefrod", "bideford"),
        ("zideford", "bideford"),
        ("danse", "dance"),
    ],
)
def test_finds_the_nearest_word(typed: str, expected: str) -> None:
    assert Lexicon([frozenset({"bideford", "danc", "exet"})]).near(typed)[0] == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tramperleen", "trampoline"),
        ("hollerday club", "holiday club"),
        ("lerning dificulties", "learning difficulties"),
        ("sensry room", "sensory room"),
        ("gimnastiks", "gymnastics"),
        ("suport", "support"),
        ("traning", "training"),
        ("internships", "internships"),
        ("coffin siris syndrome", "coffin siris syndrome"),
        ("kabooki syndrome", "kabuki syndrome"),
        ("encephalomyopathy", "encephalomyopathy"),
        ("david", "david"),
        ("we are from ukraine", "we are from ukraine"),
    ],
)
def test_mends_what_is_written_by_ear_and_leaves_names_alone(typed: str, expected: str) -> None:
    lexicon = Lexicon([frozenset({"coffe", "sign", "brain", "bideford"})])
    assert " ".join(said.word for said in mended(tokens(typed), lexicon)) == expected


@pytest.mark.parametrize("typed", ["", "a", "ab", "123456", "qqqqqqqq", "ضصثق"])
def test_some_words_have_no_neighbour(typed: str) -> None:
    assert Lexicon([frozenset({"bideford"})]).near(typed) == ()


def test_comparisons_and_neighbours_are_few_however_many_words_there_are() -> None:
    letters = "abcdefghij"
    words = frozenset(f"s{a}{b}{c}ing" for a in letters for b in letters for c in letters)
    lexicon = Lexicon([words])
    with patch.object(spelling, "distance", wraps=distance) as compared:
        assert len(lexicon.near("sabcing")) <= MOST_NEIGHBOURS
    assert compared.call_count <= 2 * MOST_COMPARED
