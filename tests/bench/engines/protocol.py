"""What every engine is given and what it answers.

Ours alone reads a family's words. The others are told what was read, for nothing: the slots
(each word or phrase with all that may answer it) that a listing must answer, or of which it must
answer one. They do not go on to listings with fewer of the words, as ours does when it finds too
few; only such searches are left out when ours is compared with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.listing import Listing
from app.search.criteria import FACETS, Criteria
from app.search.documents import Facts, Stored, _texts, facts_of
from app.search.ranking import ENOUGH
from app.search.slots import COMPANION, Role, Slot
from app.search.text import stems
from app.search.words import Understanding
from app.vocabulary import AGE_BAND_BY_CODE

GROUPS = (*FACETS, "area", "refused")
"""The groups of codes an engine keeps."""


class MissingError(Exception):
    """This machine lacks what an engine needs; says what."""


@dataclass(frozen=True, slots=True)
class Row:
    """One listing as every engine is given it: nothing that ours does not index too."""

    facts: Facts
    texts: dict[str, str]
    """The stems of each field."""
    summary: str
    document: str


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of a page, the exact total, and the counts of every facet."""

    ids: list[str]
    total: int
    facets: dict[str, dict[str, int]]


class Engine(Protocol):
    """One way to search."""

    def find(self, criteria: Criteria) -> Found:
        """One page of a search."""

    def close(self) -> None:
        """Let go of what it holds open."""


@dataclass(frozen=True, slots=True)
class Words:
    """A family's words as they were read."""

    every: tuple[Slot, ...] = ()
    """Each of these must be answered."""
    some: tuple[Slot, ...] = ()
    """Without `every`: one of these must be answered."""
    others: tuple[Slot, ...] = ()
    """These only help to order."""
    refused: tuple[str, ...] = ()
    """Who says that they cannot give this support is left out."""
    few: int = 0
    """Fewer listings than this, and ours goes on to others."""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All of them."""
        return self.every + self.some + self.others


Reading = Callable[[str], Words]


def words_of(asked: Understanding) -> Words:
    """What was read, in the terms of this bench. Follows `ranking.match`, which says why."""
    slots = asked.slots
    must = [slot for slot in slots if slot.role is Role.MUST]
    wishes = [slot for slot in must if slot.is_sure]
    raising = [slot for slot in slots if slot.role is Role.RAISES]
    every = tuple(wishes or must)
    some = () if every else tuple(raising or slots)
    codes = (code for slot in slots for code in slot.codes)
    return Words(
        every,
        some,
        tuple(slot for slot in slots if slot not in every + some),
        tuple(code for (group, code), worth in codes if group == "access" and worth > COMPANION),
        ENOUGH if len(every) > 1 or (raising and not wishes) else int(bool(some)),
    )


def rows_of(listings: Iterator[tuple[Stored, Listing]]) -> Iterator[Row]:
    """Every listing as the engines are given it."""
    for stored, listing in listings:
        texts = {name: " ".join(stems(text)) for name, text in _texts(listing).items()}
        yield Row(facts_of(stored, listing), texts, listing.summary, stored.document)


def filtered(criteria: Criteria) -> list[str]:
    """The facets with a filter."""
    return [
        group for group in FACETS if criteria.chosen(group) or (group == "age" and criteria.years)
    ]


def ages(criteria: Criteria) -> list[tuple[int, int]]:
    """The ages asked for, each as youngest and oldest."""
    bands = [AGE_BAND_BY_CODE[code] for code in criteria.age]
    return [(years, years) for years in criteria.years] + [(b.low, b.high) for b in bands]


def token(group: str, code: str) -> str:
    """A code as a word that no listing says."""
    return "zz" + group + "".join(letter for letter in code if letter.isalnum())


def tokens(facts: Facts) -> str:
    """All codes of a listing as such words."""
    return " ".join(token(group, code) for group in GROUPS for code in facts.codes[group])


@dataclass(frozen=True, slots=True)
class Syntax:
    """How an engine's own query language writes these."""

    both: str = " AND "
    either: str = " OR "
    but: str = " AND NOT "
    word: str = "{}"

    def write(self, words: Words) -> str:
        """Words as a query."""
        slots, joined = (words.every, self.both) if words.every else (words.some, self.either)
        query = f"({joined.join(map(self._slot, slots))})"
        return query + "".join(self.but + self._code("refused", code) for code in words.refused)

    def _slot(self, slot: Slot) -> str:
        texts = [f"({self.both.join(map(self.word.format, phrase))})" for phrase, _ in slot.texts]
        codes = [self._code(group, code) for (group, code), _ in slot.codes]
        return f"({self.either.join([*texts, *codes])})"

    def _code(self, group: str, code: str) -> str:
        return self.word.format(token(group, code))


def counted(values: Sequence[str], numbers: Iterator[int]) -> dict[str, int]:
    """The next numbers as the counts of these values; those of none are left out."""
    return {value: number for value in values if (number := int(next(numbers) or 0))}
