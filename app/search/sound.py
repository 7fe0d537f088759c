"""Tells which words sound alike in British English, for those who spell by ear."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce

SHORTEST_BY_EAR, LEAST_SOUNDS = 5, 3
"""Letters of a word, and sounds in it, that are few enough to be another's by chance."""
TWICE = re.compile(r"(.)\1")
LETTERS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"ph|gh$", "f"),
        (r"gh", ""),
        (r"x", "ks"),
        (r"sch", "sk"),
        (r"sh|[tcs]+i(?=on|ous|al|an)", "X"),
        (r"t?ch", "C"),
        (r"qu", "kw"),
        (r"c(?=[eiy])", "s"),
        (r"[ck]+", "k"),
        (r"d?g(?=[eiy])", "j"),
        (r"z", "s"),
        (r"r(?![aeiouy])", ""),
        (r"(?<!^)[hw]", ""),
        (r"^[aeiouy]+", "A"),
        (r"[aeiouy]", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""What letters say, in this order. Nobody hears an `r` before a consonant, and vowels differ."""


def sound(word: str) -> str:
    """How a plain word sounds, `tramperleen` as `trampoline`; short ones are not told apart."""
    heard = reduce(lambda heard, rule: rule[0].sub(rule[1], heard), LETTERS, word)
    return heard if len(word) >= SHORTEST_BY_EAR and len(heard) >= LEAST_SOUNDS else ""


def once(word: str) -> str:
    """A word without doubled letters: the likeliest to be forgotten, or added."""
    return TWICE.sub(r"\1", word)


def by_sound(known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Known words by how they sound."""
    found: dict[str, tuple[str, ...]] = {}
    for word in known:
        if heard := sound(word):
            found[heard] = (*found.get(heard, ()), word)
    return found
