"""What a judged search found, and the measures over many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2, nan
from statistics import fmean

DEPTH, FIRST, ENOUGH = 10, 5, 4
"""Results that nDCG looks at, those seen without scrolling far, and the good ones among these
that make a search a good one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One search on one directory with one layer away (or none)."""

    search: str
    """Its id."""
    gains: tuple[int, ...]
    """Of the first ten results, in order."""
    ideal: tuple[int, ...]
    """The ten best gains that any listing of the directory has, best first."""
    to_find: int
    """Good listings in the whole directory."""
    total: int
    """How many services were found."""
    cards: tuple[str, ...]
    """Help cards given."""
    expected: tuple[str, ...]
    never: tuple[str, ...]
    shown: tuple[str, ...] = ()
    """The first results in words, for a reader."""

    @property
    def ndcg(self) -> float:
        """Discounted gain of the first ten, against the best ten the directory could give.

        A gain (1 good, 2 best) at place i counts gain ÷ log2(i + 1). The best that could be is
        taken over all listings of the directory, not over those found, so that a search that
        finds nothing is worth 0. Not a number when the directory has no good listing at all.
        """
        best = discounted(self.ideal)
        return discounted(self.gains) / best if best else nan

    @property
    def good(self) -> int:
        """Good ones among the first five."""
        return sum(gain > 0 for gain in self.gains[:FIRST])

    @property
    def is_scarce(self) -> bool:
        """Whether the directory has fewer good listings than make a good first five."""
        return self.to_find < ENOUGH

    @property
    def is_good(self) -> bool:
        """At least four good of the first five, or all there are when there are fewer."""
        return self.good >= min(ENOUGH, self.to_find)

    @property
    def is_empty(self) -> bool:
        """Nothing was found."""
        return not self.total

    @property
    def has_card_first(self) -> bool:
        """An expected help card leads."""
        return bool(self.cards) and self.cards[0] in self.expected

    @property
    def has_cards(self) -> bool:
        """Every expected help card is given."""
        return set(self.expected) <= set(self.cards)

    @property
    def has_wrong_card(self) -> bool:
        """A card is given that must not be."""
        return bool(set(self.never) & set(self.cards))


def discounted(gains: Sequence[int]) -> float:
    """The sum of gains, each less the later it comes."""
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains[:DEPTH], 1))


@dataclass(frozen=True, slots=True)
class Summary:
    """The measures over a set of outcomes."""

    count: int
    ndcg: float
    good: int
    """Good first fives."""
    scarce: int
    """Of all, those whose directory has fewer than four good listings."""
    scarce_good: int
    """Good first fives among these."""
    empty: int
    with_cards: int
    """Outcomes that expect a help card."""
    card_first: int
    cards_given: int
    wrong_cards: int


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Measure outcomes; those whose directory has no good listing count for cards alone."""
    judged = [item for item in outcomes if item.to_find]
    asked = [item for item in outcomes if item.expected]
    scarce = [item for item in judged if item.is_scarce]
    return Summary(
        count=len(judged),
        ndcg=fmean(item.ndcg for item in judged) if judged else nan,
        good=sum(item.is_good for item in judged),
        scarce=len(scarce),
        scarce_good=sum(item.is_good for item in scarce),
        empty=sum(item.is_empty for item in judged),
        with_cards=len(asked),
        card_first=sum(item.has_card_first for item in asked),
        cards_given=sum(item.has_cards for item in asked),
        wrong_cards=sum(item.has_wrong_card for item in outcomes),
    )
