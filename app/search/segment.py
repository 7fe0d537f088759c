"""One segment of the index as arrays: columns of facts, and posting lists.

Whoosh keeps words and posting lists. Its own block reader decodes them here, once, when the
indexer has written a segment (`tests/unit/search/test_snapshot.py` fails when that changes).
What was decoded lies beside the segment, so a process that starts has nothing to decode.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, KeysView
from contextlib import ExitStack
from io import BytesIO
from itertools import accumulate, islice
from pathlib import Path
from threading import Lock
from typing import BinaryIO
from weakref import finalize

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.index import open_dir
from whoosh.matching import FilterMatcher
from whoosh.reading import SegmentReader

from app.search.arrays import from_texts, pass_array, read_array, to_texts, write_array
from app.search.columns import Columns, join, make_columns, read_columns, write_columns
from app.search.documents import read_facts

ARRAYS = ".arr"
"""What the name of a segment's file of arrays ends with. Whoosh takes it away with the rest."""
SATURATION = 2.0
"""The weight at which a word has half its strength; more of it adds ever less."""
AT_ONCE = 2_000
"""Facts unpacked at once: as objects they take ten times the room of arrays."""
Posting = tuple[NDArray[np.integer], NDArray[np.float32]]
"""Rows, and the strength (0 to 1) of a word in each."""
Kept = tuple[NDArray[np.integer], NDArray[np.uint8]]
"""The same as it is kept: strengths in eight bits, of which `FULL` is 1 and none is 0."""
FULL = 200
"""A strength of 1 as it is kept: one a little above it fits in eight bits too."""
OF_FULL = np.float32(1 / FULL)
NO_POSTING: Posting = (np.empty(0, np.int32), np.empty(0, np.float32))


class Part:
    """One segment of the index, read from the file of its arrays.

    Raises whatever a damaged file makes NumPy raise.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        finalize(self, file.close)
        self._lock = Lock()
        self._postings: dict[str, Kept] = {}
        self._numbers = {stem: number for number, stem in enumerate(to_texts(read_array(file)))}
        self._starts = read_array(file)
        self.columns = read_columns(file)
        self._rows, self._strengths = pass_array(file), pass_array(file)

    @property
    def stems(self) -> KeysView[str]:
        """Every stem."""
        return self._numbers.keys()

    def posting(self, stem: str) -> Posting:
        """Where a stem stands, read once."""
        found = self._postings.get(stem)
        if found is None:
            number = self._numbers.get(stem)
            if number is None:
                return NO_POSTING
            found = self._postings[stem] = self._read(number)
        rows, kept = found
        return rows, kept * OF_FULL

    def share(self, whole: Columns, first: int) -> None:
        """Look at its own rows in the columns of all parts, which start at `first`, so that
        they are not held twice."""
        self.columns = self.columns.within(whole, first)

    def _read(self, number: int) -> Kept:
        """The posting list of a stem from the file."""
        first, last = self._starts[number : number + 2].tolist()
        with self._lock:
            rows, kept = (
                held.piece(self._file, first, last) for held in (self._rows, self._strengths)
            )
        return rows, kept


def segments(folder: Path) -> Iterator[SegmentReader]:
    """The segments of the newest generation that have rows, open until all were looked at.

    Raises whatever a missing or damaged index makes Whoosh raise.
    """
    with ExitStack() as stack:
        readers = [reader for reader, _ in open_dir(folder).reader().leaf_readers()]
        for reader in readers:
            stack.callback(reader.close)
        yield from (reader for reader in readers if reader.doc_count_all())


def open_part(folder: Path, reader: SegmentReader, written: Collection[str]) -> Part:
    """A segment from its arrays when they are among the files `written`; otherwise decoded."""
    name = arrays_of(reader)
    if name in written:
        return Part((folder / name).open("rb"))
    file = BytesIO()
    _write_part(reader, file)
    file.seek(0)
    return Part(file)


def write_parts(folder: Path, written: Collection[str]) -> None:
    """Write the arrays of every segment that are not among the files `written`."""
    for reader in segments(folder):
        name = arrays_of(reader)
        if name not in written:
            with (folder / name).open("wb") as file:
                _write_part(reader, file)


def arrays_of(reader: SegmentReader) -> str:
    """The name of the file of a segment's arrays."""
    return f"{reader.segment().segment_id()}{ARRAYS}"


def _write_part(reader: SegmentReader, file: BinaryIO) -> None:
    """Decode a segment and write it down."""
    stems = [stem.decode("utf-8") for stem in reader.lexicon("words")]
    postings = [_decode(reader, stem) for stem in stems]
    starts = [0, *accumulate(len(rows) for rows, _ in postings)]
    narrow = np.uint16 if reader.doc_count_all() <= 1 + np.iinfo(np.uint16).max else np.int32
    write_array(file, from_texts(stems))
    write_array(file, np.array(starts, np.int64))
    write_columns(_columns(reader), file)
    for number, kind in enumerate((narrow, np.uint8)):
        lists = (posting[number].astype(kind) for posting in postings)
        write_array(file, np.concatenate([np.empty(0, kind), *lists]))


def _columns(reader: SegmentReader) -> Columns:
    """The facts of each row."""
    column = reader.column_reader("facts")
    facts = (read_facts(column[number]) for number in range(reader.doc_count_all()))
    whole = []
    while some := list(islice(facts, AT_ONCE)):
        whole.append(make_columns(some))
    return join(whole)


def _decode(reader: SegmentReader, stem: str) -> Kept:
    """A posting list of Whoosh as arrays, block by block."""
    matcher = reader.postings("words", stem)
    if isinstance(matcher, FilterMatcher):
        matcher = matcher.child
        matcher.reset()
    rows, weights = [], []
    for deltas, weight, size in _blocks(matcher):
        rows.append(np.cumsum(np.array(deltas, np.int32), dtype=np.int32))
        weights.append(np.broadcast_to(np.array(weight, np.float32), (size,)))
    whole = np.concatenate(weights)
    strengths = whole / (whole + np.float32(SATURATION))
    return np.concatenate(rows), np.maximum(np.round(strengths * FULL), 1).astype(np.uint8)


def _blocks(matcher: W3LeafMatcher) -> Iterator[tuple[tuple[int, ...], object, int]]:
    """Each block of a list: gaps between rows, the weights (one for all if alike), its size."""
    while matcher.is_active():
        matcher._read_data()
        deltas, weights, _ = matcher._data
        yield deltas, 1.0 if weights is None else weights, matcher._blocklength
        matcher._next_block()
