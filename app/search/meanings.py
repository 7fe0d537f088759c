"""What families type, and the official word and code it stands for, from `meanings*.toml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.search.crisis import load_crisis
from app.search.files import ENGLISH, FILES, Phrase, every_way, listed, reach, read_file
from app.search.text import COMMON, SOFT, STOP, stem, words

SHORT = 4
"""Words up to this long are matched letter by letter; longer ones by their stem."""
LEAST_TELLING = 3
"""Letters of a word that may show which language is spoken."""
LEAST_ENDING = 4
"""Letters of an end that tells what a word means."""
LEAST_BARE = 3
"""Words that must be left of a phrase without `my`: `all my kids` is not `all her`."""
CHILD = "him"
IN_LISTINGS = frozenset({"need", "activity", "break", "access"})
"""Kinds of meaning that the words of a listing tell of."""
UNTELLING = SOFT | COMMON
EVERYDAY = UNTELLING | STOP
CHILDREN = listed("children")
"""Words for the child; whichever it is, the wish is the same."""
SAME: Mapping[str, str] = read_file(ENGLISH)["same"]
"""Words that are only another's way to be said or written."""
OURS = listed("ours")
"""Words for whose child it is: no phrase is asked to have them."""


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """One wish: the official word, its code and other codes that answer it.

    Each is read once, and equal to itself alone: what follows from it is then quickly found again.
    """

    means: str
    kind: str
    """The facet, or `process`, `info` or `place`."""
    code: str
    equally: tuple[tuple[str, str], ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    """Facets and codes that answer the wish as well, and those that go some way to."""
    card: str = ""
    outdated: frozenset[Phrase] = frozenset()
    """Ways to type it that are understood and never shown."""
    kin: tuple[Phrase, ...] = ()
    """Stems of the other telling words for it, which a listing may use."""
    vague: frozenset[Phrase] = frozenset()
    """Ways to type it that say little: they hint at it."""
    slips: Mapping[Phrase, Phrase] = field(default_factory=dict, compare=False)
    """Ways to type it that are misspelt, as they are found, with the words meant."""

    def is_vague(self, phrase: Phrase) -> bool:
        """Whether this way to type it says little."""
        return key(phrase) in self.vague


Spoken = tuple[Meaning, Collection[Phrase]]
"""A wish and every way to type it."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """The words of the site's other languages."""

    words: frozenset[str]
    """Words that show a text is not English."""
    stop: frozenset[str]
    """Words that say nothing of a service in a text that is not English."""

    def speaks(self, typed: Iterable[str]) -> bool:
        """Whether what was typed is not English."""
        return not self.words.isdisjoint(typed)


@dataclass(frozen=True, slots=True)
class Meanings:
    """Every meaning, by the phrase that is typed."""

    phrases: dict[Phrase, tuple[Meaning, ...]]
    names: dict[tuple[str, str], str]
    """Facet and code to the official words that are indexed for it."""
    beside: dict[str, tuple[frozenset[str], bool]]
    """Doubtful words: the facets or words one of which must stand by, and whether alone will do."""
    together: tuple[tuple[str, tuple[frozenset[str], ...]], ...]
    """A help card, and sets of `facet:code` (or `facet:`) one of each of which must be meant."""
    reach: Mapping[str, int]
    """Words of the longest phrase that begins with a word, as `key` writes it."""
    alone: frozenset[str]
    """Words that have a meaning by themselves, as they are listed."""
    endings: Mapping[str, tuple[Meaning, ...]]
    """Ends of words that name a condition, with what they mean."""
    words: frozenset[str]
    """Every word that is part of a phrase with a meaning, for spelling."""
    foreign: Foreign
    ours: frozenset[str]
    """Words for whose child it is."""
    unwished: frozenset[str]
    """Words, or two words, after which a thing is not wished for."""
    kept: frozenset[str]
    """Further words that are right as they are, and are not mended."""

    def at(self, typed: Sequence[str], start: int) -> tuple[int, tuple[Meaning, ...]]:
        """The longest phrase with a meaning that begins at `start`: its length, or 0."""
        reach = self.reach.get(key_of(typed[start]), 0)
        for length in range(min(reach, len(typed) - start), 0, -1):
            found = self.phrases.get(key(typed[start : start + length]))
            if found and (length > 1 or self._is_told(typed[start])):
                return length, found
        found = self.ending(typed[start])
        return int(bool(found)), found

    def _is_told(self, word: str) -> bool:
        """Whether a word by itself is listed; an everyday one is not taken for its stem's other
        words: `even` is no evening."""
        return word not in EVERYDAY or word in self.alone or word in SAME

    def ending(self, word: str) -> tuple[Meaning, ...]:
        """What the end of a long word tells of it."""
        ends = (word[place:] for place in range(LEAST_TELLING, len(word) - LEAST_ENDING + 1))
        return next((self.endings[end] for end in ends if end in self.endings), ())


def key(typed: Sequence[str]) -> Phrase:
    """What a phrase is found by. Whichever child is spoken of, the wish is the same."""
    return tuple(map(key_of, typed))


@lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """One word of such a phrase."""
    word = SAME.get(word, word)
    return CHILD if word in CHILDREN else word if len(word) <= SHORT else stem(word)


def _spoken(row: dict[str, Any]) -> dict[Phrase, None]:
    """Every way to type one meaning, in order."""
    kinds = ("names", "everyday", "vague", "misspelt", "outdated")
    texts = (text for kind in kinds for text in every_way(row.get(kind, ())))
    return dict.fromkeys(tuple(words(text)) for text in texts)


def _meaning(row: dict[str, Any]) -> Meaning:
    """One row of the file."""
    kind, code = _pair(row["code"])
    outdated, vague = (
        frozenset(key(words(typed)) for typed in every_way(row.get(name, ())))
        for name in ("outdated", "vague")
    )
    equally, also = (
        tuple(map(_pair, pairs)) for pairs in (row.get("equally", ()), row.get("also", ()))
    )
    kin = _kin().get((row["code"], equally), ()) if kind in IN_LISTINGS else ()
    misspelt = every_way(row.get("misspelt", ()))
    slips = {key(words(slip)): _words_meant(row, slip) for slip in misspelt}
    return Meaning(
        row["means"], kind, code, equally, also, row.get("card", ""), outdated, kin, vague, slips
    )


def _words_meant(row: dict[str, Any], slip: str) -> Phrase:
    """The words of a row that a misspelt way of typing it comes nearest to."""
    right = list(every_way((*row.get("names", ()), *row.get("everyday", ()), row["means"])))
    nearest, *_ = process.extractOne(slip, right, scorer=OSA.distance)
    return tuple(words(nearest))


@cache
def _kin() -> dict[tuple[str, tuple[tuple[str, str], ...]], tuple[Phrase, ...]]:
    """By code and its equals, the stems of every way to say it in which each word tells.

    Listings are written in English, in whatever language a family asks.
    """
    found: dict[tuple[str, tuple[tuple[str, str], ...]], dict[Phrase, None]] = {}
    for row in read_file(ENGLISH)["meaning"]:
        same = found.setdefault((row["code"], tuple(map(_pair, row.get("equally", ())))), {})
        for text in every_way((*row.get("names", ()), *row.get("everyday", ()))):
            spoken = words(text)
            if STOP.isdisjoint(spoken) and not UNTELLING.issuperset(spoken):
                same[tuple(dict.fromkeys(map(stem, spoken)))] = None
    return {same: tuple(phrases) for same, phrases in found.items()}


def _phrases(meant: Iterable[Spoken]) -> dict[Phrase, tuple[Meaning, ...]]:
    """The meanings of one file, by the phrases that are typed for them."""
    phrases: dict[Phrase, tuple[Meaning, ...]] = {}
    for meaning, spoken in meant:
        for typed in dict.fromkeys(each for phrase in spoken for each in _keys(phrase)):
            phrases[typed] = (*phrases.get(typed, ()), meaning)
    return phrases


def _keys(spoken: Phrase) -> Iterator[Phrase]:
    """What a phrase is found by: as it is, and, where enough is left, without whose it is."""
    yield key(spoken)
    bare = [word for word in spoken if word not in OURS]
    if len(bare) >= LEAST_BARE:
        yield key(bare)


def _pair(code: str) -> tuple[str, str]:
    """`facet:code` in two."""
    facet, _, value = code.partition(":")
    return facet, value


def _foreign(languages: Sequence[Path], meant: frozenset[str], english: frozenset[str]) -> Foreign:
    """The words of other languages, given those of their meanings and of the English ones."""
    stop = listed("stop", languages)
    small = (listed(name, languages) for name in ("children", "ours"))
    own = stop.union(meant, *small) - english - STOP - SOFT - listed("shared", languages)
    telling = (word for word in own if len(word) >= LEAST_TELLING and word.isalpha())
    return Foreign(frozenset(telling), stop)


def _words(file: dict[str, Any]) -> frozenset[str]:
    """Every word of what may rightly be typed for the meanings of a file.

    A slip is none: it is no word to mend another by, and is mended itself where it stands alone.
    """
    kinds = ("names", "everyday", "vague", "outdated")
    texts = (row.get(kind, ()) for row in file["meaning"] for kind in kinds)
    return frozenset(word for each in texts for text in every_way(each) for word in words(text))


@cache
def load_meanings(languages: tuple[Path, ...] = FILES) -> Meanings:
    """Read the files, English first, once for each process."""
    files = [read_file(file) for file in languages]
    meant = [[(_meaning(row), _spoken(row)) for row in data["meaning"]] for data in files]
    phrases: dict[Phrase, tuple[Meaning, ...]] = {}
    for each in meant:
        phrases = _phrases(each) | phrases  # what English means comes first
    official = [(tuple(words(meaning.means)), meaning) for each in meant for meaning, _ in each]
    for phrase, meaning in official:
        phrases.setdefault(key(phrase), (meaning,))
    english, *others = map(_words, files)
    english = english.union(*(phrase for phrase, _ in official))
    crisis = load_crisis(languages)
    return Meanings(
        phrases=phrases,
        names={
            _pair(row["code"]): " ".join(row["names"])
            for data in files
            for row in data["meaning"]
            if "names" in row
        },
        beside={
            word: (frozenset(rule["beside"]), rule.get("alone", False))
            for data in files
            for word, rule in data.get("careful", {}).items()
        },
        together=tuple(
            (row["card"], tuple(frozenset(each) for each in row["all"]))
            for data in files
            for row in data.get("together", ())
        ),
        reach=reach(phrases),
        alone=frozenset(
            phrase[0] for each in meant for _, spoken in each for phrase in spoken if not phrase[1:]
        ).union(phrase[0] for phrase, _ in official if not phrase[1:]),
        endings={
            end: (_meaning(row),)
            for data in files
            for row in data["meaning"]
            for end in row.get("endings", ())
        },
        words=english.union(*others) - STOP - (listed("shared", languages) - english),
        foreign=_foreign(languages[1:], frozenset().union(*others), english),
        ours=OURS,
        unwished=listed("unwished"),
        kept=crisis.words.union(
            SAME,
            *map(listed, ("stop", "shared", "children", "ours", "unwished")),
        ),
    )
