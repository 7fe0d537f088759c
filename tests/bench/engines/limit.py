"""The limit: a bare inverted index in NumPy, with all of it in memory.

It does what any search on arrays must do: slots to arrays, arrays to masks, filters, counts, the
best twenty. It reads no words, knows no freshness, no fit and no second chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from app.search.criteria import FACETS, Criteria
from app.search.slots import Slot
from tests.bench.engines.places import Places
from tests.bench.engines.protocol import GROUPS, Engine, Found, Reading, Row, ages, filtered

Mask = NDArray[np.bool_]
Bits = NDArray[np.uint64]


class Limit(Engine):
    """The index."""

    def __init__(self, rows: Iterable[Row], read: Reading) -> None:
        self.read = read
        having: dict[str, list[int]] = defaultdict(list)
        codes: dict[tuple[str, str], list[int]] = defaultdict(list)
        facts = []
        for number, row in enumerate(rows):
            facts.append(row.facts)
            for stem in {stem for text in row.texts.values() for stem in text.split()}:
                having[stem].append(number)
            for group in GROUPS:
                for code in row.facts.codes[group]:
                    codes[group, code].append(number)
        self.ids = np.array([fact.id for fact in facts])
        self.low, self.high = np.array([(fact.low, fact.high) for fact in facts], np.int16).T
        self.places = Places(facts)
        self.postings = {stem: np.array(found, np.int32) for stem, found in having.items()}
        self.masks = {key: self._mask(np.array(found)) for key, found in codes.items()}
        self.values = {group: sorted(c for g, c in codes if g == group) for group in FACETS}
        self.bits = {
            group: np.array([_packed(self.masks[group, value]) for value in values])
            for group, values in self.values.items()
        }

    def find(self, criteria: Criteria) -> Found:
        """One page of a search."""
        words, scores = self.matched(criteria.text)
        masks, miles = self._filters(criteria)
        found = np.flatnonzero(reduce(np.logical_and, masks.values(), words))
        order = scores[found] if miles is None else miles[found]
        best = np.arange(len(found))
        if len(found) > criteria.size:
            best = np.argpartition(order, criteria.size)[: criteria.size]
        best = best[np.argsort(order[best])]
        return Found(self.ids[found[best]].tolist(), len(found), self._facets(words, masks))

    def matched(self, text: str) -> tuple[Mask, NDArray[np.float32]]:
        """The rows that match the words, and the scores of all rows, best least."""
        words = self.read(text)
        scores = np.zeros(len(self.ids), np.float32)
        answers = []
        for slot in words.slots:
            strength = self._strength(slot)
            answers.append(strength > 0)
            rarity = np.log1p(len(scores) / (1 + np.count_nonzero(answers[-1])))
            scores -= strength * np.float32(rarity)
        match = np.ones(len(scores), np.bool_)
        if words.every:
            match = reduce(np.logical_and, answers[: len(words.every)])
        elif words.some:
            match = reduce(np.logical_or, answers[: len(words.some)])
        for code in words.refused:
            match = match & ~self._having("refused", code)
        return match, scores

    def _strength(self, slot: Slot) -> NDArray[np.float32]:
        """How well each row answers a slot: the weight of its best alternative."""
        best = np.zeros(len(self.ids), np.float32)
        for phrase, weight in slot.texts:
            none = np.empty(0, np.int32)
            lists = [self.postings.get(stem, none) for stem in phrase]
            rows = reduce(lambda one, two: np.intersect1d(one, two, assume_unique=True), lists)
            best[rows] = np.maximum(best[rows], np.float32(weight))
        for (group, code), weight in slot.codes:
            np.maximum(best, self._having(group, code) * np.float32(weight), out=best)
        return best

    def _filters(self, criteria: Criteria) -> tuple[dict[str, Mask], NDArray[np.float32] | None]:
        """The rows that meet each filter, and how far each row is."""
        masks = {}
        for group in filtered(criteria):
            chosen = (self._having(group, code) for code in criteria.chosen(group))
            masks[group] = reduce(np.logical_or, chosen, np.zeros(len(self.ids), np.bool_))
        if spans := ages(criteria):
            fits = [(self.low <= high) & (self.high >= low) for low, high in spans]
            masks["age"] = reduce(np.logical_or, fits)
        if criteria.point is None:
            return masks, None
        squares = self.places.squares(criteria.point)
        if criteria.within is not None:
            masks["within"] = self.places.within(criteria, squares)
        return masks, squares

    def _facets(self, words: Mask, masks: dict[str, Mask]) -> dict[str, dict[str, int]]:
        """For each value, the rows that meet every group but, at most, its own."""
        whole = _packed(reduce(np.logical_and, masks.values(), words))
        counts = {}
        for group, values in self.values.items():
            among = whole
            if group in masks:
                others = (mask for name, mask in masks.items() if name != group)
                among = _packed(reduce(np.logical_and, others, words))
            numbers = np.bitwise_count(self.bits[group] & among).sum(axis=-1).tolist()
            counts[group] = {code: n for code, n in zip(values, numbers, strict=True) if n}
        return counts

    def _having(self, group: str, code: str) -> Mask:
        """The rows with a code."""
        return self.masks.get((group, code), np.zeros(len(self.ids), np.bool_))

    def _mask(self, rows: NDArray[np.int64]) -> Mask:
        mask = np.zeros(len(self.ids), np.bool_)
        mask[rows] = True
        return mask


def _packed(mask: Mask) -> Bits:
    """A mask as whole numbers of 64 bits."""
    octets = np.zeros(-(-len(mask) // 64) * 8, np.uint8)
    octets[: -(-len(mask) // 8)] = np.packbits(mask)
    return octets.view(np.uint64)
