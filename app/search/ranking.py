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
from app.search.towns import Spot
from app.search.words import COMPANION, Slot, respelt

ENOUGH = 20
"""Fewer services than this with every word, and those with most of the words follow them."""
MOST, LEAST = 0.5, 1e-6
"""The share of the words' importance that a service must have to follow, and never none."""
OTHERS = 0.2
"""What further alternatives add to the best one."""
CODE, NAMED = 0.8, 0.2
"""How strongly having a code answers a wish; what is added for a need named, not only welcomed."""
UNSURE = 0.4
"""What a word without a known meaning counts for when not every word can be had."""
REACH, HALF_NEAR, COVERS = 15.0, 5.0, 0.5
"""How far a place named reaches, in miles; where half of its strength is left; and the
strength of a service that takes families from there."""
PLACE = 3.0
"""What a place named counts for at its very middle."""
WELL, LEAST_MEANT = 0.65, 1.5
"""How strong an answer is that counts as a good one, and the least that a wish with a known
meaning counts for, however many listings answer it."""
REFUSED = 0.25
"""What is left of an answer by a service that says it cannot give the support asked for."""
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
    required: tuple[tuple[Answer, float], ...]
    """The answers to the words that must be there, and how surely each was meant."""

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems to mark: of the words that must be there, if any."""
        telling = [answer for answer, _ in self.required or self.answers]
        return tuple(sorted({stem for answer in telling for stem in answer.stems}))

    def scores(self, rows: NDArray[np.int64]) -> Scores:
        """The scores of these rows."""
        scores = np.zeros(len(rows), np.float32)
        for answer, weight in self.answers:
            scores += answer.strengths[rows] * np.float32(weight)
        return scores

    def levels(self, rows: NDArray[np.int64]) -> Scores:
        """How many of the words these rows have, those without a known meaning counting less."""
        levels = np.zeros(len(rows), np.float32)
        for answer, sureness in self.required:
            levels += (answer.strengths[rows] > 0) * np.float32(sureness)
        return levels


def match(snapshot: Snapshot, slots: Sequence[Slot]) -> Match:
    """Find what answers the words: all of them, or most of them when that gives too few."""
    given = [(slot, answer_slot(snapshot, slot)) for slot in slots]
    required = tuple(
        (answer, 1.0 if slot.is_sure else UNSURE) for slot, answer in given if slot.is_required
    )
    weighed = tuple((a, a.weight if slot.is_required else SOFT * a.weight) for slot, a in given)
    if not required:
        bits = reduce(np.bitwise_or, (answer.bits for _, answer in given))
        return Match(bits, weighed, False, ())
    bits = reduce(np.bitwise_and, (answer.bits for answer, _ in required))
    if len(required) == 1 or popcount(bits) >= ENOUGH:
        return Match(bits, weighed, False, required)
    size = snapshot.columns.size
    held = np.zeros(size, np.float32)
    for answer, sureness in required:
        held += unpack(answer.bits, size) * np.float32(answer.weight * sureness)
    enough = max(MOST * sum(answer.weight * sure for answer, sure in required), LEAST)
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
    strengths *= unpack(snapshot.live, snapshot.columns.size)
    bits = pack(strengths > 0)
    answer = Answer(
        bits=bits,
        strengths=strengths.astype(np.float16),
        weight=_importance(mended, strengths, snapshot.total),
        stems=frozenset(stem for stems, _ in mended.texts for stem in stems),
    )
    snapshot.remember(slot, answer)
    return answer


def _mended(snapshot: Snapshot, slot: Slot) -> Slot:
    """The slot with neighbours in spelling, when no listing has its word."""
    if not slot.word or snapshot.has(slot.texts[0][0][0]):
        return slot
    return respelt(slot, snapshot.speller.near(slot.word), snapshot.towns)


def _importance(slot: Slot, strengths: Scores, total: int) -> float:
    """How much a slot tells. A place tells as much as `PLACE`; else, the fewer listings answer
    it well, the more (inverse document frequency)."""
    if slot.spot is not None:
        return PLACE
    well = WELL if slot.codes else 0.0
    having = int(np.count_nonzero(strengths > well)) or int(np.count_nonzero(strengths))
    if not having:
        return 0.0
    rarity = float(np.log1p((total - having + 0.5) / (having + 0.5)))
    return max(rarity, LEAST_MEANT) if slot.codes else rarity


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
    if slot.spot is not None:
        np.maximum(best, _nearness(snapshot, slot.spot), out=best)
    asked = [
        code for (group, code), weight in slot.codes if group == "access" and weight > COMPANION
    ]
    refused = unpack(snapshot.columns.any_of("refused", asked), snapshot.columns.size)
    kept: Scores = np.where(refused, np.float32(REFUSED), np.float32(1))
    return (best + rest * np.float32(OTHERS)) * kept


def _nearness(snapshot: Snapshot, spot: Spot) -> Scores:
    """How near each row is to a place, from 1 down to 0 beyond its reach."""
    columns = snapshot.columns
    miles = columns.miles((spot.easting, spot.northing))
    near = np.where(miles <= REACH, HALF_NEAR / (HALF_NEAR + miles), 0).astype(np.float32)
    covers = unpack(columns.any_of("area", (spot.locality,)), columns.size)
    return np.maximum(near, covers * np.float32(COVERS))


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
    """The rows with every one of these stems, by part, as strong as the weakest of them."""
    found = []
    for first, part in snapshot.firsts():
        postings = [part.posting(stem) for stem in stems]
        for left, right in pairwise(range(len(postings))):
            postings[right] = _both(postings[left], postings[right], part.columns.size)
        found.append((first, postings[-1]))
    return found


def _both(left: Posting, right: Posting, size: int) -> Posting:
    """The rows of both lists, with the weaker of their strengths."""
    if not len(left[0]) or not len(right[0]):
        return left if not len(left[0]) else right
    spread = np.zeros(size, np.float32)
    spread[left[0]] = left[1]
    held = spread[right[0]]
    kept = held > 0
    return right[0][kept], np.minimum(right[1][kept], held[kept])
