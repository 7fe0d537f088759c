"""Finds the directory's words nearest to one it does not have."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from app.search.meanings import load_meanings
from app.search.text import LONGEST_WORD, stem

MOST_COMPARED, MOST_NEIGHBOURS = 400, 4
SHORTEST, LONG = 3, 7
LETTERS = {letter: 1 << place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
ANY_OTHER = 1 << 26


class Speller:
    """Edit distance (letters added, lost, changed, or two swapped) over a list of words.

    A word of five letters or more may be two edits away, a shorter one a single edit; the
    first letter may be wrong too, but under `LONG` letters not beside another edit. Words are
    first sifted by the letters they hold, so at most `MOST_COMPARED` are compared.
    """

    def __init__(self, words: Iterable[str]) -> None:
        meant = load_meanings().words
        known = dict.fromkeys([*words, *meant])
        self.words = [word for word in known if SHORTEST <= len(word) <= LONGEST_WORD]
        self._letters = np.array([_letters(word) for word in self.words], np.uint32)
        self._lengths = np.array([len(word) for word in self.words], np.int16)
        self.near = lru_cache(maxsize=2048)(self._near)

    def _near(self, typed: str) -> tuple[str, ...]:
        """The nearest words, best first; the first letter counts a little when others tie."""
        if len(typed) < SHORTEST or typed.isdigit():
            return ()
        forms = {typed, stem(typed)}
        furthest = 1 if len(typed) < 5 else 2
        compared = self._sifted(typed, furthest)
        found = []
        for word in compared:
            gap = min(distance(form, word, furthest) for form in forms)
            if gap <= furthest:
                found.append((gap, word[0] != typed[0], abs(len(word) - len(typed)), word))
        found.sort()
        best = [word for gap, _, _, word in found if gap == found[0][0]]
        return tuple(best[:MOST_NEIGHBOURS])

    def _sifted(self, typed: str, furthest: int) -> list[str]:
        """The words that share nearly all letters: one edit changes at most two of them."""
        apart = np.bitwise_count(self._letters ^ np.uint32(_letters(typed)))
        near = np.abs(self._lengths - len(typed)) <= furthest + 3
        places = np.flatnonzero(near & (apart <= 2 * furthest + 1))
        order = places[np.argsort(apart[places], kind="stable")][:MOST_COMPARED]
        return [self.words[place] for place in order]


def _letters(word: str) -> int:
    """The set of letters of a word as bits."""
    held = 0
    for letter in word:
        held |= LETTERS.get(letter, ANY_OTHER)
    return held


def distance(left: str, right: str, furthest: int) -> int:
    """Edits between two words, swaps of neighbours counted once; `furthest` + 1 when more."""
    if abs(len(left) - len(right)) > furthest:
        return furthest + 1
    last, row = [0], list(range(len(right) + 1))
    for place, letter in enumerate(left, 1):
        before, last, row = last, row, [place]
        for other_place, other in enumerate(right, 1):
            cost = min(
                last[other_place] + 1,
                row[-1] + 1,
                last[other_place - 1] + (letter != other),
            )
            swapped = place > 1 and other_place > 1
            if swapped and letter == right[other_place - 2] and left[place - 2] == other:
                cost = min(cost, before[other_place - 2] + 1)
            row.append(cost)
        if min(row) > furthest:
            return furthest + 1
    return row[-1]
