"""Hears among a family's words that somebody may be in danger, or at the end of their strength."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.search.meanings import Meanings, Phrase


def hear_crisis(typed: Sequence[str], meanings: Meanings) -> tuple[frozenset[str], bool]:
    """The words of innocent phrases, and whether a crisis phrase stands outside them."""
    typed = [word for word in typed if word not in meanings.fillers]
    aside: set[int] = set()
    for start, length in _runs(typed, meanings.innocent, meanings.longest):
        aside.update(range(start, start + length))
    rest = _runs(typed, meanings.crisis, meanings.longest)
    is_crisis = any(aside.isdisjoint(range(start, start + length)) for start, length in rest)
    return frozenset(typed[place] for place in aside), is_crisis


def _runs(
    typed: Sequence[str], phrases: frozenset[Phrase], longest: int
) -> Iterator[tuple[int, int]]:
    """Where any of the phrases stands in what was typed: start and length."""
    for start in range(len(typed)):
        for length in range(1, min(longest, len(typed) - start) + 1):
            if tuple(typed[start : start + length]) in phrases:
                yield start, length
