"""Loads `meanings*.toml`: what families type, and the official word and code it stands for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from app.search.text import STOP, stem, words

FILES = tuple(sorted(Path(__file__).parent.glob("meanings*.toml")))
"""English, and a file for each other language of the site."""
SHORT = 4
"""Words up to this long are matched letter by letter; longer ones by their stem."""
WISHES = frozenset({"need", "activity", "break", "access"})
"""Kinds of meaning that a family can be helped to type."""
CHILD = "him"
CHILDREN = frozenset("him her them son daughter child boy girl kid kids".split())
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One wish: the official word, its code and other codes that answer it."""

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
    crisis: frozenset[Phrase]
    innocent: frozenset[Phrase]
    longest: int
    words: frozenset[str]
    """Every word that is part of a phrase with a meaning, for spelling."""
    stop: frozenset[str]
    """Words of other languages that say nothing of a service."""

    def at(self, typed: Sequence[str], start: int) -> tuple[int, tuple[Meaning, ...]]:
        """The longest phrase with a meaning that begins at `start`: its length, or 0."""
        for length in range(min(self.longest, len(typed) - start), 0, -1):
            found = self.phrases.get(key(typed[start : start + length]))
            if found:
                return length, found
        return 0, ()


def key(typed: Sequence[str]) -> Phrase:
    """What a phrase is found by. Whichever child is spoken of, the wish is the same."""
    return tuple(
        CHILD if word in CHILDREN else word if len(word) <= SHORT else stem(word) for word in typed
    )


def _spoken(row: dict[str, Any]) -> Iterator[str]:
    """Every way to type one meaning."""
    for kind in ("names", "everyday", "misspelt", "outdated"):
        yield from row.get(kind, ())


def _meaning(row: dict[str, Any]) -> Meaning:
    """One row of the file."""
    kind, code = _pair(row["code"])
    outdated = frozenset(key(words(typed)) for typed in row.get("outdated", ()))
    equally, also = (
        tuple(map(_pair, pairs)) for pairs in (row.get("equally", ()), row.get("also", ()))
    )
    return Meaning(row["means"], kind, code, equally, also, row.get("card", ""), outdated)


def _pair(code: str) -> tuple[str, str]:
    """`facet:code` in two."""
    facet, _, value = code.partition(":")
    return facet, value


def _phrase_set(files: Iterable[dict[str, Any]], name: str) -> frozenset[Phrase]:
    """The crisis phrases, or the innocent ones, of every language as sequences of plain words."""
    texts = (text for data in files for text in data["crisis"][name])
    return frozenset(tuple(words(text)) for text in texts)


@cache
def load_meanings() -> Meanings:
    """Read the files, once for each process."""
    files = [tomllib.loads(file.read_text("utf-8")) for file in FILES]
    rows = [row for data in files for row in data["meaning"]]
    phrases: dict[Phrase, tuple[Meaning, ...]] = {}
    for row in rows:
        meaning = _meaning(row)
        for typed in dict.fromkeys(key(words(text)) for text in _spoken(row)):
            phrases[typed] = (*phrases.get(typed, ()), meaning)
    for row in rows:
        phrases.setdefault(key(words(row["means"])), (_meaning(row),))
    texts = [text for row in rows for text in (row["means"], *_spoken(row))]
    return Meanings(
        phrases=phrases,
        names={_pair(row["code"]): " ".join(row["names"]) for row in rows if "names" in row},
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
        crisis=_phrase_set(files, "phrases"),
        innocent=_phrase_set(files, "innocent"),
        longest=max(map(len, phrases)),
        words=frozenset(word for text in texts for word in words(text)) - STOP,
        stop=frozenset(word for data in files for word in data.get("stop", ())),
    )


class Saying(NamedTuple):
    """A way to say a wish: as it is compared, as it is shown, what it is for, in which language."""

    plain: str
    shown: str
    wish: tuple[str, str]
    """Facet and code."""
    language: str
    is_official: bool


@cache
def load_sayings() -> tuple[Saying, ...]:
    """Every way to say what can be looked for that we would say ourselves, A to Z: official and
    everyday words, but no slips, no outdated words, and nothing of process or crisis."""
    found = {
        Saying(" ".join(words(text)), text, _pair(row["code"]), _language_of(file), is_official)
        for file in FILES
        for row in tomllib.loads(file.read_text("utf-8"))["meaning"]
        for is_official, texts in (
            (True, (row["means"], *row.get("names", ()))),
            (False, row.get("everyday", ())),
        )
        for text in texts
        if row["code"].partition(":")[0] in WISHES and not row["code"].endswith(":")
    }
    return tuple(sorted(found))


def _language_of(file: Path) -> str:
    """`meanings.pl.toml` is in `pl`, `meanings.toml` in `en`."""
    return file.name.removeprefix("meanings").removesuffix("toml").strip(".") or "en"
