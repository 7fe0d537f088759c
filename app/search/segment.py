"""One segment of the index as arrays: columns of facts, and posting lists decoded once each.

Whoosh keeps words and posting lists. Its own block reader decodes them here
(`tests/unit/search/test_snapshot.py` fails when that changes).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from threading import Lock
from weakref import finalize

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.matching import FilterMatcher
from whoosh.reading import SegmentReader, TermNotFound

from app.search.columns import join, make_columns
from app.search.documents import Facts, read_facts

SATURATION = 2.0
"""The weight at which a word has half its strength; more of it adds ever less."""
AT_ONCE = 2_000
"""Facts unpacked at once: as objects they take ten times the room of arrays."""
Posting = tuple[NDArray[np.integer], NDArray[np.float32]]
"""Rows, and the strength (0 to 1) of a word in each."""
NO_POSTING: Posting = (np.empty(0, np.int32), np.empty(0, np.float32))


class Part:
    """One segment of the index. Raises whatever its files make Whoosh raise."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        finalize(self, reader.close)
        self._lock = Lock()
        self._postings: dict[str, Posting] = {}
        facts, whole = self.facts(), []
        while some := list(islice(facts, AT_ONCE)):
            whole.append(make_columns(some))
        self.columns = join(whole)

    def facts(self) -> Iterator[Facts]:
        """The facts of each row, in order."""
        column = self._reader.column_reader("facts")
        for number in range(self._reader.doc_count_all()):
            yield read_facts(column[number])

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem."""
        with self._lock:
            return frozenset(stem.decode("utf-8") for stem in self._reader.lexicon("words"))

    def posting(self, stem: str) -> Posting:
        """Where a stem stands, decoded once."""
        found = self._postings.get(stem)
        if found is None:
            with self._lock:
                found = self._postings[stem] = decode(self._reader, stem)
        return found


def decode(reader: SegmentReader, stem: str) -> Posting:
    """A posting list as arrays, block by block."""
    try:
        matcher = reader.postings("words", stem)
    except TermNotFound:
        return NO_POSTING
    if isinstance(matcher, FilterMatcher):
        matcher = matcher.child
        matcher.reset()
    rows, weights = [], []
    for deltas, weight, size in _blocks(matcher):
        rows.append(np.cumsum(np.array(deltas, np.int32), dtype=np.int32))
        weights.append(np.broadcast_to(np.array(weight, np.float32), (size,)))
    places, whole = np.concatenate(rows), np.concatenate(weights)
    if places[-1] <= np.iinfo(np.uint16).max:
        places = places.astype(np.uint16)  # postings are most of what a process holds
    return places, whole / (whole + np.float32(SATURATION))


def _blocks(matcher: W3LeafMatcher) -> Iterator[tuple[tuple[int, ...], object, int]]:
    """Each block of a list: gaps between rows, the weights (one for all if alike), its size."""
    while matcher.is_active():
        matcher._read_data()
        deltas, weights, _ = matcher._data
        yield deltas, 1.0 if weights is None else weights, matcher._blocklength
        matcher._next_block()
