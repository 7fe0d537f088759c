"""How well each listing answers one slot: by its words, and by its codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial, reduce
from math import log1p

import numpy as np
from numpy.typing import NDArray

from app.search.bits import unpack
from app.search.lately import lately
from app.search.segment import FULL, NO_POSTING, Posting
from app.search.slots import Slot
from app.search.snapshot import Answer, Snapshot, Steps

OTHERS = 0.2
"""What further alternatives add to the best one."""
CODE, NAMED = 0.8, 0.2
"""How strongly having a code answers a wish; what is added for a need named, not only welcomed."""
WELL, LEAST_MEANT = 0.7, 2.5
"""How strong an answer is that counts as a good one, and the least that a wish with a known
meaning counts for, however many listings answer it."""
MOST_STEPS = np.float32(255)
REMEMBERED = 512
"""Answers kept, each of a byte a listing at most (as families ask, two fifths of that)."""
BYTES_OF_FEW, LARGE = 5, 100_000
"""What a row takes of an answer that is kept for few of them, its number included (for all of them,
a byte each); and from how many rows on it is worth the time to put them together."""
Scores = NDArray[np.float32]


@lately(REMEMBERED)
def answer_slot(snapshot: Snapshot, slot: Slot) -> Answer:
    """How well each row answers a slot. Remembered with the snapshot: families ask alike."""
    steps = _of_a_word(snapshot, slot) if slot.is_a_word else _of_many(snapshot, slot)
    if snapshot.total < snapshot.columns.size:
        steps *= snapshot.is_live
    count = int(np.count_nonzero(steps))
    well = int(np.count_nonzero(steps > WELL * FULL)) if slot.codes else count
    is_short = steps.size >= LARGE and count * BYTES_OF_FEW < steps.size
    rows = np.flatnonzero(steps).astype(np.int32) if is_short else None
    return Answer(
        kept=steps if rows is None else steps[rows],
        rows=rows,
        size=steps.size,
        count=count,
        weight=_importance(slot, well or count, snapshot.total),
        stems=frozenset(stem for stems, _ in slot.texts for stem in stems),
    )


def _of_a_word(snapshot: Snapshot, slot: Slot) -> Steps:
    """How well each row answers a single word, which most slots are."""
    ((stems, weight),) = slot.texts
    steps = np.zeros(snapshot.columns.size, np.uint8)
    for rows, strengths in _all_of(snapshot, stems):
        steps[rows] = _in_steps(strengths * np.float32(weight))
    return steps


def _of_many(snapshot: Snapshot, slot: Slot) -> Steps:
    """How well each row answers a slot by any of its alternatives."""
    best, more = _strengths(snapshot, slot)
    more *= np.float32(OTHERS)
    best += more
    return _in_steps(best)


def _in_steps(strengths: Scores) -> Steps:
    """Strengths, which are given away, as they are kept: what answers at all is no 0."""
    strengths *= np.float32(FULL)
    np.ceil(strengths, out=strengths)
    return np.minimum(strengths, MOST_STEPS, out=strengths).astype(np.uint8)


def _importance(slot: Slot, having: int, total: int) -> float:
    """How much a slot tells: the fewer listings answer it well, the more (inverse document
    frequency)."""
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
    rows, strengths = _by_words(snapshot, slot)
    best[rows] = np.maximum(best[rows], strengths)
    for weight, codes in _by_weight(slot).items():
        having = _having_any(snapshot, codes) * np.float32(weight / FULL)
        more += np.minimum(best, having)
        np.maximum(best, having, out=best)
    return best, more


def _by_words(snapshot: Snapshot, slot: Slot) -> Posting:
    """The rows that tell nothing by code and have other words for what is asked, and how well."""
    silent = snapshot.silent(slot.group) if slot.kin else None
    if silent is None:
        return NO_POSTING
    known = snapshot.by_words.get((slot.group, slot.kin))
    if known is not None:
        return known
    best = np.zeros(snapshot.columns.size, np.float32)
    for stems, weight in slot.kin:
        for rows, strengths in _all_of(snapshot, stems):
            best[rows] = np.maximum(best[rows], strengths * np.float32(weight))
    rows = np.flatnonzero((best > 0) & silent).astype(np.int32)
    snapshot.by_words[slot.group, slot.kin] = found = rows, best[rows]
    return found


def _by_weight(slot: Slot) -> dict[float, list[tuple[str, str]]]:
    """The codes of a slot, those of one weight together."""
    groups: dict[float, list[tuple[str, str]]] = defaultdict(list)
    for code, weight in slot.codes:
        groups[weight].append(code)
    return groups


def _having_any(snapshot: Snapshot, codes: Sequence[tuple[str, str]]) -> Steps:
    """For each row the strength of the code it has most strongly of these."""
    return reduce(np.maximum, (_having(snapshot, *code) for code in codes))


def _having(snapshot: Snapshot, group: str, code: str) -> Steps:
    """How strongly each row has a code: less, the more others of the group it has."""
    known = snapshot.having.get((group, code))
    if known is not None:
        return known
    columns, told = snapshot.columns, "named" if group == "need" else group
    bits, named = columns.any_of(group, (code,)), columns.any_of(told, (code,))
    strengths = unpack(bits, columns.size) * np.float32(CODE * FULL)
    strengths += unpack(named, columns.size) * np.float32(NAMED * FULL)
    if told in snapshot.focus:
        strengths *= snapshot.focus[told]
    snapshot.having[group, code] = found = np.round(strengths).astype(np.uint8)
    return found


def _all_of(snapshot: Snapshot, stems: Sequence[str]) -> Iterator[Posting]:
    """The rows with every one of these stems, part by part, as strong as the weakest of them."""
    for first, part in snapshot.firsts():
        rows, strengths = part.posting(stems[0])
        if len(stems) > 1:
            postings = (part.posting(stem) for stem in stems)
            rows, strengths = reduce(partial(_both, size=part.columns.size), postings)
        yield (rows.astype(np.int32) + first if first else rows), strengths


def _both(one: Posting, other: Posting, size: int) -> Posting:
    """The rows of both lists, with the weaker of their strengths."""
    short, long = (one, other) if len(one[0]) <= len(other[0]) else (other, one)
    if not len(short[0]):
        return short
    spread = np.zeros(size, np.float32)
    spread[long[0]] = long[1]
    held = spread[short[0]]
    kept = held > 0
    return short[0][kept], np.minimum(short[1][kept], held[kept])
