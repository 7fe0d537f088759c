"""Hears among a family's words that somebody may be in danger, or at the end of their strength."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from pathlib import Path
from typing import Any

from app.search.files import FILES, Phrase, every_way, reach, read_file
from app.search.text import words


@dataclass(frozen=True)
class Crisis:
    """The phrases of every language, as sequences of plain words."""

    phrases: frozenset[Phrase]
    innocent: frozenset[Phrase]
    """Those that only look like one."""
    fillers: frozenset[str]
    """Words that may stand within either and change nothing."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of them: none is a slip of another."""
        every = (word for phrase in self.phrases | self.innocent for word in phrase)
        return self.fillers.union(every)

    @cached_property
    def reaches(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """For the phrases and the innocent ones, how long those are that begin with a word."""
        return reach(self.phrases), reach(self.innocent)


def hear_crisis(typed: Sequence[str]) -> tuple[frozenset[str], bool]:
    """The words of innocent phrases, and whether a crisis phrase stands outside them."""
    crisis = load_crisis()
    typed = [word for word in typed if word not in crisis.fillers]
    aside: set[int] = set()
    for start, length in _runs(typed, crisis.innocent, crisis.reaches[1]):
        aside.update(range(start, start + length))
    rest = _runs(typed, crisis.phrases, crisis.reaches[0])
    is_crisis = any(aside.isdisjoint(range(start, start + length)) for start, length in rest)
    return frozenset(typed[place] for place in aside), is_crisis


def _runs(
    typed: Sequence[str], phrases: Collection[Phrase], reaches: Mapping[str, int]
) -> Iterator[tuple[int, int]]:
    """Where any of the phrases stands in what was typed: start and length."""
    for start, word in enumerate(typed):
        for length in range(1, min(reaches.get(word, 0), len(typed) - start) + 1):
            if tuple(typed[start : start + length]) in phrases:
                yield start, length


@cache
def load_crisis(languages: tuple[Path, ...] = FILES) -> Crisis:
    """Read the files once for each process."""
    files = [read_file(file)["crisis"] for file in languages]
    fillers = frozenset(every_way(text for file in files for text in file.get("fillers", ())))
    phrases, innocent = (
        frozenset(
            tuple(word for word in phrase if word not in fillers)
            for file in files
            for phrase in _phrases(file, name)
        )
        for name in ("phrases", "innocent")
    )
    return Crisis(phrases, innocent, fillers)


def _phrases(file: dict[str, Any], name: str) -> Iterator[Phrase]:
    """The crisis phrases of one language, or the innocent ones, in every way to write them."""
    alike = [[tuple(words(form)) for form in forms] for forms in file.get("alike", ())]
    for text in every_way(file[name]):
        written: set[Phrase] = {tuple(words(text))}
        yield from reduce(_with_alike, alike, written)


def _with_alike(phrases: Iterable[Phrase], forms: Sequence[Phrase]) -> set[Phrase]:
    """The phrases, and each with every form of a word that is written in several."""
    return set(phrases) | {
        (*phrase[:start], *other, *phrase[start + len(form) :])
        for phrase in phrases
        for form in forms
        if form[0] in phrase
        for start in range(len(phrase))
        if phrase[start : start + len(form)] == form
        for other in forms
    }
