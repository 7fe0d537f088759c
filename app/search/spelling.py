"""Mends what a family typed against the words that are known: of the directory, of the meanings
and of places.

A word nobody knows is mended by its nearest neighbour, cut in two, joined with the next, taken
for what sounds the same, or for the beginning of a longer word: whichever is the smallest change.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache, cached_property
from itertools import accumulate, takewhile
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from app.search.ages import AGE_WORDS, NUMBERS, hear_age
from app.search.conditions import is_slip_of_a_condition, names_a_condition
from app.search.lately import lately
from app.search.meanings import key, key_of, load_meanings
from app.search.sound import by_sound, once, sound
from app.search.text import COMMON, LONGEST_WORD, SOFT, STOP, Token, stem
from app.search.towns import NO_TOWNS, Towns

MOST_COMPARED, MOST_NEIGHBOURS, MOST_MENDED = 400, 4, 8
"""Words compared by distance, neighbours kept of one, and words of one search that are mended."""
WORDS = 2048
"""Words of which it is remembered what they may be."""
SHORTEST, LONG, LEAST_HALF, LEAST_BEGINNING = 3, 7, 3, 5
FIRST_LETTER, ANY_OTHER = np.uint32(ord("a")), np.uint32(26)
USUAL = STOP | SOFT | COMMON | AGE_WORDS.keys() | NUMBERS.keys()


class Said(NamedTuple):
    """A word as it is read: mended where it had to be, with where it stands as typed."""

    word: str
    start: int
    end: int
    others: tuple[str, ...] = ()
    """Further words that may have been meant, when the typed one is not known."""
    is_mended: bool = False


class Lexicon:
    """The words known: the stems of listings, the words of the meanings, and places.

    Without stems (there is no index) every word passes for known. A word of five letters or
    more may be two edits away from one with a meaning and one from any other; the first letter
    may be wrong too, but under `LONG` letters not beside another edit. Words are first sifted
    by the letters they hold, so at most `MOST_COMPARED` are compared.
    """

    def __init__(self, stems: Sequence[Set[str]] | None = None, towns: Towns = NO_TOWNS) -> None:
        self.towns = towns
        self._stems = stems

    @property
    def is_open(self) -> bool:
        """Whether every word passes for known."""
        return self._stems is None

    def has(self, word: str) -> bool:
        """Whether any listing has the word, in any of its forms."""
        held = stem(word)
        return self._stems is None or any(held in part for part in self._stems)

    @lately(WORDS)
    def knows(self, word: str) -> bool:
        """Whether the word can be answered as it is."""
        return not self._town_meant(word) and bool(
            word[0].isdigit()
            or self.has(word)
            or word in USUAL
            or key_of(word) in self._keys
            or key((word,)) in load_meanings().phrases
            or word in load_meanings().kept
            or load_meanings().ending(word)
            or word in self.towns.words
            or hear_age((word,)) is not None
        )

    def _town_meant(self, word: str) -> str:
        """The town that was meant where the stemmer takes its end for a suffix: `Totness`."""
        if len(word) - len(stem(word)) <= SHORTEST or word in self._meant or self.is_open:
            return ""
        return next((town for town in self.towns.words if distance(word, town, 1) == 1), "")

    def is_meant(self, word: str) -> bool:
        """Whether the word is part of a meaning or names a place."""
        return word in self._meant or word in self.towns.words

    def rivals(self, word: str) -> tuple[str, ...]:
        """Other words a single slip away from a known one, those with a meaning first."""
        own = stem(word)
        if len(word) <= SHORTEST or self.is_open:
            return ()
        found = [
            (not self.is_meant(other), other)
            for other in self._sifted(word, 1)
            if stem(other) != own
            and other not in load_meanings().foreign.words
            and distance(word, other, 1) == 1
        ]
        return tuple(other for _, other in sorted(found)[:MOST_NEIGHBOURS])

    @cached_property
    def _meant(self) -> frozenset[str]:
        return load_meanings().words

    @cached_property
    def _keys(self) -> frozenset[str]:
        """The words with a meaning, in all their forms."""
        return frozenset(map(key_of, self._meant))

    @cached_property
    def words(self) -> list[str]:
        """Every known word long enough to be a neighbour, A to Z."""
        known = set(self._meant).union(self.towns.words, SOFT, STOP, *(self._stems or ()))
        return sorted(word for word in known if SHORTEST <= len(word) <= LONGEST_WORD)

    @cached_property
    def _sieve(self) -> tuple[NDArray[np.uint32], NDArray[np.int16]]:
        """The letters each word holds, as bits, and its length."""
        return letters(self.words), np.array([len(word) for word in self.words], np.int16)

    @lately(WORDS)
    def mend(self, word: str, is_foreign: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a word that is not known may be: one word or two, and others as likely."""
        near = self.near(word, is_foreign)
        if town := self._town_meant(word):
            return (town,), ()
        gap = distance(word, near[0], 2) if near else 3
        if gap > 1 and (halves := self._split(word)):
            return halves, ()
        if gap > 1 and (heard := self._sounding_like(word)) and not is_foreign:
            return heard[:1], heard[1:]
        if gap > 1 and (longer := self._beginning(word, is_foreign)):
            return longer[:1], longer[1:]
        return near[:1], near[1:]

    def _fits(self, word: str, is_foreign: bool) -> bool:
        """Whether a word may be meant: in another language, only one that has a meaning."""
        return not is_foreign or self.is_meant(word)

    def _is_other_tongue(self, word: str, is_foreign: bool) -> bool:
        """Whether a word is of another language than what is typed; places are of every one."""
        is_ours = (word in load_meanings().foreign.words) == is_foreign
        return not is_ours and word not in self.towns.words

    def _split(self, word: str) -> tuple[str, str] | tuple[()]:
        """Two known words written as one; the longer the shorter half, the likelier."""
        cuts = range(LEAST_HALF, len(word) - LEAST_HALF + 1)
        halves = [(word[:cut], word[cut:]) for cut in cuts]
        known = [pair for pair in halves if all(self.knows(half) for half in pair)]
        return max(known, key=lambda pair: min(map(len, pair)), default=())

    def _sounding_like(self, word: str) -> tuple[str, ...]:
        """The words with a meaning that sound like this one, the nearest in spelling first."""
        found = _by_sound().get(sound(word), ())
        return tuple(sorted(found, key=lambda other: OSA.distance(word, other))[:MOST_NEIGHBOURS])

    def _beginning(self, word: str, is_foreign: bool) -> tuple[str, ...]:
        """The known words that begin with this one, the shortest first."""
        if len(word) < LEAST_BEGINNING:
            return ()
        first = bisect_left(self.words, word)
        known = takewhile(lambda known: known.startswith(word), self.words[first : first + 40])
        found = [
            (self._is_other_tongue(longer, is_foreign), len(longer), longer)
            for longer in known
            if self._fits(longer, is_foreign)
        ]
        return tuple(longer for *_, longer in sorted(found)[:MOST_NEIGHBOURS])

    @lately(WORDS)
    def near(self, typed: str, is_foreign: bool = False) -> tuple[str, ...]:
        """The nearest words, best first.

        When others tie, those of the language spoken come first; then the first letter counts,
        then towns, then how it sounds: `exter` is the city, though `eater` has a meaning.
        """
        if len(typed) < SHORTEST or typed.isdigit():
            return ()
        forms, heard = {typed, stem(typed)}, sound(typed)
        furthest = 1 if len(typed) < 5 else 2
        found = []
        for word in self._sifted(typed, furthest):
            if not self._fits(word, is_foreign):
                continue
            is_other = self._is_other_tongue(word, is_foreign)
            gap = min(distance(form, word, furthest) for form in ((typed,) if is_other else forms))
            other_start = word[0] != typed[0]
            if gap <= self._reach(typed, word, other_start):
                order = (
                    once(word) != once(typed),
                    not self.is_meant(word),
                    word not in self.towns.words,
                    bool(heard and sound(word) != heard),
                    abs(len(word) - len(typed)),
                )
                found.append((gap, is_other, other_start, *order, word))
        found.sort()
        return tuple(word for gap, *_, word in found if gap == found[0][0])[:MOST_NEIGHBOURS]

    def _reach(self, typed: str, word: str, other_start: bool) -> int:
        """How many edits may lie between: fewer in a short word, or to one without a meaning."""
        is_meant = self.is_meant(word) or word in USUAL
        if len(typed) < 5:
            return int(is_meant and not other_start and len(typed) > SHORTEST)
        return 2 if is_meant and not (other_start and len(typed) < LONG) else 1

    def _sifted(self, typed: str, furthest: int) -> list[str]:
        """The words that share nearly all letters: one edit changes at most two of them."""
        held, lengths = self._sieve
        apart = np.bitwise_count(held ^ letters([typed]))
        near = np.abs(lengths - len(typed)) <= furthest + 3
        places = np.flatnonzero(near & (apart <= 2 * furthest + 1))
        order = places[np.argsort(apart[places], kind="stable")][:MOST_COMPARED]
        return [self.words[place] for place in order]


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    """The English words with a meaning by how they sound: the same for every directory."""
    meanings = load_meanings()
    return by_sound(sorted(meanings.words - meanings.foreign.words))


NO_LEXICON = Lexicon()


def mended(typed: Sequence[Token], lexicon: Lexicon) -> list[Said]:
    """What was typed, with the first `MOST_MENDED` words that are not known mended."""
    is_foreign = load_meanings().foreign.speaks(token.word for token in typed)
    return list(_mended(_joined(typed, lexicon), lexicon, is_foreign))


def _mended(typed: Iterable[Said], lexicon: Lexicon, is_foreign: bool) -> Iterator[Said]:
    left = MOST_MENDED
    every = list(typed)
    spoken = [said.word for said in every]
    for place, said in enumerate(every):
        if not left or said.is_mended or lexicon.knows(said.word):
            yield said
            continue
        left -= 1
        words, others = lexicon.mend(said.word, is_foreign)
        is_a_name = names_a_condition(spoken, place)
        if not words or (is_a_name and not is_slip_of_a_condition(spoken, place, words)):
            yield said
            continue
        for word in words:
            yield Said(word, said.start, said.end, others, is_mended=True)


def _joined(typed: Sequence[Token], lexicon: Lexicon) -> Iterator[Said]:
    """Two words that nobody knows as a pair, but everybody as one: `foot ball`."""
    place = 0
    while place < len(typed):
        one, two = typed[place], typed[place + 1] if place + 1 < len(typed) else None
        if two and _is_one_word(one.word, two.word, lexicon):
            yield Said(one.word + two.word, one.start, two.end, is_mended=True)
            place += 2
        else:
            yield Said(*one)
            place += 1


def _is_one_word(one: str, two: str, lexicon: Lexicon) -> bool:
    """Whether the two are better read as one word."""
    phrases, whole = load_meanings().phrases, one + two
    if key((one, two)) in phrases or min(len(one), len(two)) < 2 or one in STOP or two in STOP:
        return False
    if key((whole,)) in phrases:
        return not (key((one,)) in phrases or key((two,)) in phrases)
    if lexicon.is_open or (lexicon.knows(one) and lexicon.knows(two)):
        return False
    return whole in lexicon.towns.words or lexicon.has(whole)


def letters(words: Sequence[str]) -> NDArray[np.uint32]:
    """The letters each word holds, a bit each from `a` on; all that are no such letter have the
    last. No word is empty."""
    held = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32) - FIRST_LETTER
    bits = np.uint32(1) << np.minimum(held, ANY_OTHER)
    starts = accumulate(map(len, words[:-1]), initial=0)
    return np.bitwise_or.reduceat(bits, np.fromiter(starts, np.intp))


def distance(left: str, right: str, furthest: int) -> int:
    """Edits between two words, swaps of neighbours counted once; `furthest` + 1 when more."""
    return OSA.distance(left, right, score_cutoff=furthest)
