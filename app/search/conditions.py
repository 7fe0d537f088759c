"""Names of conditions that no list holds: there are thousands of rare syndromes."""

from __future__ import annotations

from collections.abc import Sequence

from app.search.meanings import key, load_meanings

AFTER = frozenset({"syndrome", "syndrom", "disease", "disorder", "deletion"})
BEFORE = frozenset({"zespol", "zespolu", "zespolem", "zespole"})
"""Words that come after the name of a condition, and before it."""
MOST_NAMED = 2
"""Words of such a name: `Coffin-Siris`."""


def names_a_condition(typed: Sequence[str], place: int) -> bool:
    """Whether a word may be the name of a condition, as in `Coffin-Siris syndrome`."""
    is_led = place > 0 and typed[place - 1] in BEFORE
    return is_led or not AFTER.isdisjoint(typed[place + 1 : place + 1 + MOST_NAMED])


def is_slip_of_a_condition(typed: Sequence[str], place: int, words: Sequence[str]) -> bool:
    """Whether these words, read for the one typed, make a condition we know with one beside it."""
    phrases = load_meanings().phrases
    before, after = typed[max(place - 1, 0) : place], typed[place + 1 : place + 2]
    return any(key(each) in phrases for each in ((*before, *words), (*words, *after)))
