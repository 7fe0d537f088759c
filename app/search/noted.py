"""What was understood of a family's words, and what is left when any of it is taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.search.ages import Heard, hear_age, is_number
from app.search.criteria import Understood
from app.search.spelling import Said
from app.search.text import words

AGED = "age "
"""Comes before a number when the words are taken out that made an age of it."""
_AND = "(?:and|or|&|oraz|lub)"
DANGLING = re.compile(
    rf"\A{_AND} |(?:(?:\A| )(?:{_AND}|i|z|my|our|moj[aei]?|mój|nasz[ae]?))+\Z|\s+(?=[,.;])",
    re.IGNORECASE,
)
"""What joins, or is said of, nothing any more."""


class _Phrase(NamedTuple):
    """Words that were understood, as they are shown, and where those typed stand."""

    shown: str
    places: frozenset[int]


class Noted:
    """Remembers what was understood while a text is read."""

    def __init__(self, text: str, asked: Sequence[Said], heard: Heard | None) -> None:
        self._text, self._asked, self._heard = text, asked, heard
        self._spent = heard.spent if heard else frozenset()
        self._phrases: dict[tuple[str, str], list[_Phrase]] = {}

    def note(self, kind: str, code: str, shown: str, places: Iterable[int]) -> None:
        """Remember a phrase for what it was taken for."""
        self._phrases.setdefault((kind, code), []).append(_Phrase(shown, frozenset(places)))

    def understood(self) -> tuple[Understood, ...]:
        """All of it, ages first, each with the text that is left without it."""
        return tuple(
            Understood(found[0].shown, *meant, self._without(_places(found)))
            for meant, found in [*self._ages(), *self._phrases.items()]
        )

    def _ages(self) -> Iterator[tuple[tuple[str, str], list[_Phrase]]]:
        """The ages, with those of their words that are no part of another phrase."""
        if self._heard is None:
            return
        taken = _places(phrase for found in self._phrases.values() for phrase in found)
        own = self._spent - taken or self._spent
        said = " ".join(self._asked[place].word for place in sorted(own))
        phrase = _Phrase(said if self._is_said_in(said) else f"{AGED}{said}", own)
        for code in self._heard.codes:
            yield ("age", code), [phrase]

    def _is_said_in(self, text: str) -> bool:
        """Whether the same age is heard in other words."""
        heard = hear_age(words(text))
        return heard is not None and self._heard is not None and heard.codes == self._heard.codes

    def _without(self, places: frozenset[int]) -> str:
        """The text without these words; an age that they helped to say is still said."""
        cuts = [(start, end, " ") for start, end in self._spans(places)]
        rest = _edited(self._text, cuts)
        helped = not self._spent.isdisjoint(place + by for place in places for by in (-1, 0, 1))
        left = (place for place in sorted(self._spent - places) if self._is_number(place))
        start = next((self._asked[place].start for place in left), None) if helped else None
        if start is None or self._is_said_in(rest):
            return rest
        return _edited(self._text, [*cuts, (start, start, AGED)])

    def _is_number(self, place: int) -> bool:
        return is_number(self._asked[place].word)

    def _spans(self, places: frozenset[int]) -> Iterator[tuple[int, int]]:
        """Where these words stand in the text, with what is between two that are neighbours."""
        for place in sorted(places):
            start = self._asked[place - 1].end if place - 1 in places else self._asked[place].start
            yield min(start, self._asked[place].start), self._asked[place].end


def _places(phrases: Iterable[_Phrase]) -> frozenset[int]:
    """Where all the words of some phrases stand."""
    return frozenset().union(*(phrase.places for phrase in phrases))


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The text with something else in place of each part, made tidy."""
    for start, end, put in sorted(set(edits), reverse=True):
        text = f"{text[:start]}{put}{text[end:]}"
    return DANGLING.sub("", " ".join(text.split()).strip(" ,;")).strip(" ,;")
