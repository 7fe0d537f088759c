"""How the files of the index are written, and which segments become one when a change is.

Each save leaves a small segment. Many of them would slow every search; but a save must not wait
for large ones to be written anew. So those of like size are made one when there are `MANY`, each
listing is written again no more than once a size, and large ones stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from math import log

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import NO_MERGE, SegmentWriter

MANY, LARGE = 8, 512
"""Segments of like size that become one (and how many times larger the next size is), and
listings of a segment that is large."""
Merge = Callable[[SegmentWriter, list[Segment]], list[Segment]]
"""Takes segments into what is being written, and gives the others."""
KEEP: Merge = NO_MERGE
"""Takes none."""


@contextmanager
def writing(index: FileIndex, merge: Merge) -> Iterator[SegmentWriter]:
    """A writer that commits at the end, or leaves the index as it was.

    On a full disk even giving up can fail; the lock of the folder is let go all the same.
    """
    writer = _writer(index)
    try:
        yield writer
        writer.commit(mergetype=merge)
    except BaseException:
        with suppress(Exception):
            writer.cancel()
        with suppress(Exception):
            writer.writelock.release()
        raise


def _writer(index: FileIndex) -> SegmentWriter:
    """A writer of files that suit how they are read here.

    Posting lists are always read whole, so long blocks decode faster; no field keeps its
    length, so Whoosh need not look for the length of each posting; and it reads the files
    of a compound segment into memory, but those of others from disk.
    """
    codec = W3Codec(blocklimit=4096, compression=1)
    codec.length_stats = False
    return index.writer(limitmb=256, codec=codec, compound=False)


def merge_small(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Take the segments that become one."""
    taken = [*_small(segments), *filter(_is_worn, segments)]
    for segment in dict.fromkeys(taken):
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in taken]


def _small(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Every segment up to the largest size of which there are many."""
    sizes = {segment: _size(segment) for segment in segments if segment.doc_count_all() < LARGE}
    many = [size for size, number in Counter(sizes.values()).items() if number >= MANY]
    return (segment for segment, size in sizes.items() if size <= max(many, default=-1))


def _size(segment: Segment) -> int:
    """Sizes by which segments are alike: 0 up to seven listings, 1 up to 63, and so on."""
    return int(log(max(segment.doc_count_all(), 1), MANY))


def _is_worn(segment: Segment) -> bool:
    """Whether most of its listings have been changed or taken away since."""
    return bool(segment.doc_count() * 2 < segment.doc_count_all())
