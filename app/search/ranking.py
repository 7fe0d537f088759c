"""Scores listings against the slots of a search, over all rows at once.

Which listings match is settled by the words alone, never by filters, so that a facet's
count is what ticking it gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from math import log1p

import numpy as np
from numpy.typing import NDArray

from app.search.columns import Bits, pack, popcount, unpack
from app.search.segment import Posting
from app.search.slots import COMPANION, NIGHTS, Role, Slot
from app.search.snapshot import FOR_CARERS, Answer, Snapshot
from app.search.towns import Spot
from app.search.words import Understanding

ENOUGH = 20
"""Fewer services than this with every word, and those with most of the words follow them."""
MOST, LEAST = 0.5, 1e-6
"""The share of the words' importance that a service must have to follow, and never none."""
REACH = 15.0
"""Miles that a family may go to what was asked for."""
OTHERS = 0.2
"""What further alternatives add to the best one."""
CODE, NAMED = 0.8, 0.2
"""How strongly having a code answers a wish; what is added for a need named, not only welcomed."""
UNSURE = 0.4
"""What a word without a known meaning counts for beside a wish that has one."""
FOR_PARENTS = {("activity", "carer_group"), *(("break", code) for code in FOR_CARERS)}
WELL, LEAST_MEANT = 0.7, 2.5
"""How strong an answer is that counts as a good one, and the least that a wish with a known
meaning counts for, however many listings answer it."""
WORTH = {Role.MUST: 1.0, Role.RAISES: 1.0, Role.HINTS: 0.3, Role.NEAR: 0.3, Role.SAID: 1.0}
"""What an answer counts for by the role of its slot."""
DETAIL = 0.6
"""What is left of that for a day or a price: it is rather settled than what to do there."""
SOFT_WORTH = 0.1
"""What a word counts for that most services share."""
COMMONLY = 3
"""One listing in so many answers what only hints; when fewer do, it tells as much as a need."""
Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Match:
    """What answers the words, before any filter."""

    bits: Bits
    """The rows found."""
    answers: tuple[tuple[Slot, Answer, float], ...]
    """Each slot, its answer, and what that counts for."""
    is_loose: bool
    """Whether rows without some of the words are found too; then those with more come first."""
    required: tuple[tuple[Answer, float], ...]
    """The answers to the words that must be there, and what each counts for."""

    @property
    def is_for_a_child(self) -> bool:
        """Whether something for a child was asked for, and nothing for its parents."""
        codes = {code for slot, *_ in self.answers for code, _ in slot.codes}
        return bool(codes) and codes.isdisjoint(FOR_PARENTS)

    @property
    def is_for_nights(self) -> bool:
        """Whether nights, or a break of any kind, were asked for."""
        codes = {code for slot, *_ in self.answers for code, _ in slot.codes}
        return not codes.isdisjoint(("break", night) for night in NIGHTS)

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems to mark: of the words that must be there, if any."""
        telling = [each for each, _ in self.required] or [each for _, each, _ in self.answers]
        return tuple(sorted({stem for answer in telling for stem in answer.stems}))

    def scores(self, rows: Rows) -> Scores:
        """The scores of these rows."""
        parts = ((each, each.strengths * np.float32(w)) for _, each, w in self.answers)
        return self._sum(parts, rows)

    def coverage(self, rows: Rows) -> Scores:
        """The share, by importance, of what was asked for that these rows answer well."""
        whole = sum(weight for _, weight in self.required)
        if not whole:
            return np.ones(len(rows), np.float32)
        parts = (
            (each, np.minimum(each.strengths / np.float32(WELL), 1) * np.float32(weight))
            for each, weight in self.required
        )
        return self._sum(parts, rows) / np.float32(whole)

    def _sum(self, parts: Iterable[tuple[Answer, Scores]], rows: Rows) -> Scores:
        """What all answers give these rows, from what each gives its own."""
        whole = np.zeros(len(self.bits) * 64, np.float32)
        for answer, given in parts:
            whole[answer.rows] += given
        return whole[rows]


def match(snapshot: Snapshot, asked: Understanding) -> Match:
    """Find what answers the words.

    A wish with a known meaning must be met; then all else only raises. Without one, words must
    be there, as far as there are any. When that gives too few, most of them will do.
    """
    given = [(slot, answer_slot(snapshot, slot)) for slot in asked.slots]
    wishes = [(slot, each) for slot, each in given if slot.role is Role.MUST and slot.is_sure]
    plain = [(slot, each) for slot, each in given if slot.role is Role.MUST and not slot.is_sure]
    raising = [(slot, each) for slot, each in given if slot.role is Role.RAISES]
    must = plain if asked.is_exact else wishes or plain
    required = [answer for _, answer in must]
    weighed = tuple(
        (slot, answer, answer.weight * _worth(snapshot, slot, answer, bool(wishes)))
        for slot, answer in given
    )
    if required:
        bits, is_loose = _most(snapshot, required, asked)
    else:
        others = [answer.bits for _, answer in raising or given]
        bits, is_loose = reduce(np.bitwise_or, others), False
    if not wishes and not asked.is_exact and (asked.spot or raising) and popcount(bits) < ENOUGH:
        bits = snapshot.live
    if not required and not popcount(bits):
        bits = snapshot.live
    needed = tuple((each, weight) for slot, each, weight in weighed if (slot, each) in must)
    return Match(bits & ~_refusing(snapshot, asked.slots), weighed, is_loose, needed)


def _worth(snapshot: Snapshot, slot: Slot, answer: Answer, is_beside_a_wish: bool) -> float:
    """What an answer to a slot counts for.

    “Disabled” says little in a directory for disabled children, and much in a whole city's.
    """
    is_rare = len(answer.rows) * COMMONLY < snapshot.total
    if slot.role is Role.HINTS and slot.group == "need" and is_rare:
        return WORTH[Role.RAISES]
    if slot.role is Role.MUST and not slot.is_sure and is_beside_a_wish:
        return UNSURE
    if slot.role is Role.HINTS and not slot.is_sure:
        return SOFT_WORTH
    return WORTH[slot.role] * (DETAIL if slot.is_detail else 1.0)


def _most(
    snapshot: Snapshot, required: Sequence[Answer], asked: Understanding
) -> tuple[Bits, bool]:
    """The rows with all that is required, and with too few of them those with most; whether so.

    With a place they must be enough within reach of it.
    """
    bits = reduce(np.bitwise_and, (answer.bits for answer in required))
    if len(required) == 1 or asked.is_exact:
        return bits, False
    if _reached(snapshot, bits, asked.spot) >= ENOUGH:
        return bits, False
    held = np.zeros(snapshot.columns.size, np.float32)
    for answer in required:
        held[answer.rows] += np.float32(answer.weight)
    enough = max(MOST * sum(answer.weight for answer in required), LEAST)
    return pack(held >= enough), True


def _reached(snapshot: Snapshot, bits: Bits, spot: Spot | None) -> int:
    """How many of these rows are within reach of a place; all, without one."""
    if spot is None:
        return int(popcount(bits))
    near = snapshot.miles((spot.easting, spot.northing)) <= REACH
    return int(popcount(bits & pack(near)))


def _refusing(snapshot: Snapshot, slots: Sequence[Slot]) -> Bits:
    """The rows that say they cannot give support that was asked for."""
    asked = [
        code
        for slot in slots
        for (group, code), weight in slot.codes
        if group == "access" and weight > COMPANION
    ]
    return snapshot.columns.any_of("refused", asked)


def answer_slot(snapshot: Snapshot, slot: Slot) -> Answer:
    """How well each row answers a slot. Remembered, because families ask alike."""
    known = snapshot.recall(slot)
    if known is not None:
        return known
    best, more = _strengths(snapshot, slot)
    answering = (best > 0) & snapshot.is_live
    rows = np.flatnonzero(answering).astype(np.int32)
    strengths = best[rows] + more[rows] * np.float32(OTHERS)
    answer = Answer(
        bits=pack(answering),
        rows=rows,
        strengths=strengths,
        weight=_importance(slot, strengths, snapshot.total),
        stems=frozenset(stem for stems, _ in slot.texts for stem in stems),
    )
    snapshot.remember(slot, answer)
    return answer


def _importance(slot: Slot, strengths: Scores, total: int) -> float:
    """How much a slot tells: the fewer listings answer it well, the more (inverse document
    frequency)."""
    well = WELL if slot.codes else 0.0
    having = int(np.count_nonzero(strengths > well)) or len(strengths)
    if not having:
        return 0.0
    rarity = log1p((total - having + 0.5) / (having + 0.5))
    return max(rarity, LEAST_MEANT) if slot.codes else rarity


def _strengths(snapshot: Snapshot, slot: Slot) -> tuple[Scores, Scores]:
    """For each row the strength of its best alternative of a slot, and that of the others."""
    best, more = np.zeros((2, snapshot.columns.size), np.float32)
    for place, (stems, weight) in enumerate(slot.texts):
        for rows, strengths in _all_of(snapshot, stems):
            now = strengths * np.float32(weight)
            if place:
                before = best[rows]
                more[rows] += np.minimum(before, now)
                now = np.maximum(before, now)
            best[rows] = now
    _let_words_tell(snapshot, slot, best)
    for weight, codes in _by_weight(slot).items():
        having = _having_any(snapshot, codes) * np.float32(weight)
        more += np.minimum(best, having)
        np.maximum(best, having, out=best)
    return best, more


def _let_words_tell(snapshot: Snapshot, slot: Slot, best: Scores) -> None:
    """Raise the rows that tell nothing by code and have other words for what is asked."""
    silent = snapshot.silent(slot.group) if slot.kin else None
    if silent is None:
        return
    for stems, weight in slot.kin:
        for rows, strengths in _all_of(snapshot, stems):
            best[rows] = np.maximum(best[rows], strengths * silent[rows] * np.float32(weight))


def _by_weight(slot: Slot) -> dict[float, list[tuple[str, str]]]:
    """The codes of a slot, those of one weight together."""
    groups: dict[float, list[tuple[str, str]]] = defaultdict(list)
    for code, weight in slot.codes:
        groups[weight].append(code)
    return groups


def _having_any(snapshot: Snapshot, codes: Sequence[tuple[str, str]]) -> Scores:
    """For each row the strength of the code it has most strongly of these."""
    whole = np.zeros(snapshot.columns.size, np.float32)
    for place, (group, code) in enumerate(codes):
        rows, strengths = _having(snapshot, group, code)
        whole[rows] = np.maximum(whole[rows], strengths) if place else strengths
    return whole


def _having(snapshot: Snapshot, group: str, code: str) -> Posting:
    """The rows with a code, as strong as it tells: less, the more others of the group they have."""
    known = snapshot.having.get((group, code))
    if known is not None:
        return known
    columns, told = snapshot.columns, "named" if group == "need" else group
    bits, named = columns.any_of(group, (code,)), columns.any_of(told, (code,))
    rows = np.flatnonzero(unpack(bits | named, columns.size))
    strengths = unpack(bits, columns.size)[rows] * np.float32(CODE)
    strengths += unpack(named, columns.size)[rows] * np.float32(NAMED)
    if told in snapshot.focus:
        strengths *= snapshot.focus[told][rows]
    snapshot.having[group, code] = found = rows.astype(np.int32), strengths
    return found


def _all_of(snapshot: Snapshot, stems: Sequence[str]) -> Iterator[Posting]:
    """The rows with every one of these stems, part by part, as strong as the weakest of them."""
    for first, part in snapshot.firsts():
        postings = (part.posting(stem) for stem in stems)
        rows, strengths = reduce(partial(_both, size=part.columns.size), postings)
        yield rows + first, strengths


def _both(left: Posting, right: Posting, size: int) -> Posting:
    """The rows of both lists, with the weaker of their strengths."""
    if not len(left[0]) or not len(right[0]):
        return left if not len(left[0]) else right
    spread = np.zeros(size, np.float32)
    spread[left[0]] = left[1]
    held = spread[right[0]]
    kept = held > 0
    return right[0][kept], np.minimum(right[1][kept], held[kept])
