"""Scores listings against the slots of a search, over all rows at once.

Which listings match is settled by the words alone, never by filters, so that a facet's
count is what ticking it gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search.answers import WELL, Scores, answer_slot
from app.search.bits import Bits, pack, popcount
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
UNSURE = 0.4
"""What a word without a known meaning counts for beside a wish that has one."""
FOR_PARENTS = {("activity", "carer_group"), *(("break", code) for code in FOR_CARERS)}
WORTH = {Role.MUST: 1.0, Role.RAISES: 1.0, Role.HINTS: 0.3, Role.NEAR: 0.3, Role.SAID: 1.0}
"""What an answer counts for by the role of its slot."""
DETAIL = 0.6
"""What is left of that for a day or a price: it is rather settled than what to do there."""
SOFT_WORTH = 0.1
"""What a word counts for that most services share."""
COMMONLY = 3
"""One listing in so many answers what only hints; when fewer do, it tells as much as a need."""
Rows = NDArray[np.int64]


class Counted(NamedTuple):
    """A slot with its answer."""

    slot: Slot
    answer: Answer
    weight: float
    """What it counts for."""
    is_needed: bool
    """Whether it must be answered."""


@dataclass(frozen=True, slots=True)
class Match:
    """What answers the words, before any filter."""

    bits: Bits
    """The rows found."""
    answers: tuple[Counted, ...]
    is_loose: bool
    """Whether rows without some of the words are found too; then those with more come first."""

    @property
    def is_for_a_child(self) -> bool:
        """Whether something for a child was asked for, and nothing for its parents."""
        codes = {code for each in self.answers for code, _ in each.slot.codes}
        return bool(codes) and codes.isdisjoint(FOR_PARENTS)

    @property
    def is_for_nights(self) -> bool:
        """Whether nights, or a break of any kind, were asked for."""
        codes = {code for each in self.answers for code, _ in each.slot.codes}
        return not codes.isdisjoint(("break", night) for night in NIGHTS)

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems to mark: of the words that must be there, if any."""
        telling = [each for each in self.answers if each.is_needed] or self.answers
        return tuple(sorted({stem for each in telling for stem in each.answer.stems}))

    def scores(self, rows: Rows) -> Scores:
        """What the answers give these rows, by the share that each has of what is needed."""
        given, well = np.zeros((2, len(rows)), np.float32)
        for each in self.answers:
            held, weight = each.answer.strengths(rows), np.float32(each.weight)
            given += held * weight
            if each.is_needed:
                well += np.minimum(held / np.float32(WELL), 1) * weight
        needed = sum(each.weight for each in self.answers if each.is_needed)
        return given * (well / np.float32(needed)) if needed else given


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
        Counted(
            slot,
            answer,
            answer.weight * _worth(snapshot, slot, answer, bool(wishes)),
            (slot, answer) in must,
        )
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
    return Match(bits & ~_refusing(snapshot, asked.slots), weighed, is_loose)


def _worth(snapshot: Snapshot, slot: Slot, answer: Answer, is_beside_a_wish: bool) -> float:
    """What an answer to a slot counts for.

    “Disabled” says little in a directory for disabled children, and much in a whole city's.
    """
    is_rare = answer.count * COMMONLY < snapshot.total
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
        held += (answer.steps > 0) * np.float32(answer.weight)
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
