"""Scores listings against the slots of a search, over all rows at once.

Which listings match is settled by the words alone, never by filters, so that a facet's
count is what ticking it gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.search.columns import Bits, pack, popcount, unpack
from app.search.snapshot import Answer, Posting, Snapshot
from app.search.words import Slot, respelt

ENOUGH = 20
"""Fewer services than this with every word, and those with most of the words follow them."""
MOST, LEAST = 0.5, 1e-6
"""The share of the words' importance that a service must have to follow, and never none."""
OTHERS = 0.2
"""What further alternatives add to the best one."""
CODE, NAMED = 0.8, 0.2
"""How strongly having a code answers a wish; what is added for a need named, not only welcomed."""
SOFT = 0.3
"""What a word that need not be there counts for."""
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Match:
    """What answers the words, before any filter."""

    bits: Bits
    """The rows found."""
    answers: tuple[tuple[Answer, float], ...]
    """The answer to each slot, and what it counts for."""
    is_loose: bool
    """Whether rows without some of the words are found too; then those with more come first."""
    required: tuple[Answer, ...]

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems to mark."""
        return tuple(sorted({stem for answer, _ in self.answers for stem in answer.stems}))

    def scores(self, rows: NDArray[np.int64]) -> Scores:
        """The scores of these rows."""
        scores = np.zeros(len(rows), np.float32)
        for answer, weight in self.answers:
            scores += answer.strengths[rows] * np.float32(weight)
        return scores

    def levels(self, rows: NDArray[np.int64]) -> Scores:
        """How many of the words these rows have."""
        levels = np.zeros(len(rows), np.float32)
        for answer in self.required:
            levels += answer.strengths[rows] > 0
        return levels


def match(snapshot: Snapshot, slots: Sequence[Slot]) -> Match:
    """Find what answers the words: all of them, or most of them when that gives too few."""
    given = [(slot, answer_slot(snapshot, slot)) for slot in slots]
    required = tuple(answer for slot, answer in given if slot.is_required)
    weighed = tuple((a, a.weight if slot.is_required else SOFT * a.weight) for slot, a in given)
    if not required:
        bits = reduce(np.bitwise_or, (answer.bits for _, answer in given))
        return Match(bits, weighed, False, ())
    bits = reduce(np.bitwise_and, (answer.bits for answer in required))
    if len(required) == 1 or popcount(bits) >= ENOUGH:
        return Match(bits, weighed, False, required)
    size = snapshot.columns.size
    held = np.zeros(size, np.float32)
    for answer in required:
        held += unpack(answer.bits, size) * np.float32(answer.weight)
    enough = max(MOST * sum(answer.weight for answer in required), LEAST)
    return Match(pack(held >= enough), weighed, True, required)


def answer_slot(snapshot: Snapshot, slot: Slot) -> Answer:
    """How well each row answers a slot. Remembered, because families ask alike.

    A word no listing has is replaced by its neighbours in spelling.
    """
    known = snapshot.recall(slot)
    if known is not None:
        return known
    mended = _mended(snapshot, slot)
    strengths = _strengths(snapshot, mended)
    bits = pack(strengths > 0) & snapshot.live
    answer = Answer(
        bits=bits,
        strengths=strengths.astype(np.float16),
        weight=_importance(int(popcount(bits)), snapshot.total),
        stems=frozenset(stem for stems, _ in mended.texts for stem in stems),
    )
    snapshot.remember(slot, answer)
    return answer


def _mended(snapshot: Snapshot, slot: Slot) -> Slot:
    """The slot with neighbours in spelling, when no listing has its word."""
    if not slot.word or snapshot.has(slot.texts[0][0][0]):
        return slot
    return respelt(slot, snapshot.speller.near(slot.word))


def _importance(having: int, total: int) -> float:
    """Inverse document frequency of a slot: rare wishes weigh more, and none weighs nothing."""
    if not having:
        return 0.0
    return float(np.log1p((total - having + 0.5) / (having + 0.5)))


def _strengths(snapshot: Snapshot, slot: Slot) -> Scores:
    """How well each row answers a slot: its best alternative, and a little for the others."""
    best, rest = np.zeros((2, snapshot.columns.size), np.float32)
    for stems, weight in slot.texts:
        for first, (rows, strengths) in _all_of(snapshot, stems):
            places = rows + first
            before, more = best[places], strengths * np.float32(weight)
            rest[places] += np.minimum(before, more)
            best[places] = np.maximum(before, more)
    for weight, codes in _by_weight(slot).items():
        more = _having(snapshot, codes) * np.float32(weight)
        rest += np.minimum(best, more)
        np.maximum(best, more, out=best)
    return best + rest * np.float32(OTHERS)


def _by_weight(slot: Slot) -> dict[float, list[tuple[str, str]]]:
    """The codes of a slot, those of one weight together."""
    groups: dict[float, list[tuple[str, str]]] = defaultdict(list)
    for code, weight in slot.codes:
        groups[weight].append(code)
    return groups


def _having(snapshot: Snapshot, codes: Sequence[tuple[str, str]]) -> Scores:
    """How strongly each row has any of these codes."""
    columns = snapshot.columns
    having, naming = np.zeros((2, columns.bits.shape[1]), np.uint64)
    for group, code in codes:
        having |= columns.any_of(group, (code,))
        naming |= columns.any_of("named" if group == "need" else group, (code,))
    strengths = unpack(having, columns.size) * np.float32(CODE)
    strengths += unpack(naming, columns.size) * np.float32(NAMED)
    return strengths


def _all_of(snapshot: Snapshot, stems: Sequence[str]) -> list[tuple[int, Posting]]:
    """The rows with every one of these stems, by part, with their mean strength."""
    found = []
    for first, part in snapshot.firsts():
        postings = [part.posting(stem) for stem in stems]
        for left, right in pairwise(range(len(postings))):
            postings[right] = _both(postings[left], postings[right], part.columns.size)
        rows, strengths = postings[-1]
        found.append((first, (rows, strengths / np.float32(len(stems)))))
    return found


def _both(left: Posting, right: Posting, size: int) -> Posting:
    """The rows of both lists, with their strengths added."""
    if not len(left[0]) or not len(right[0]):
        return left if not len(left[0]) else right
    spread = np.zeros(size, np.float32)
    spread[left[0]] = left[1]
    held = spread[right[0]]
    kept = held > 0
    return right[0][kept], right[1][kept] + held[kept]
