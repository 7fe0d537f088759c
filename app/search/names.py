"""Names of services that begin, at some word, with what is being typed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.search.bits import unpack
from app.search.snapshot import Snapshot
from app.search.text import words

SHORTEST = 2
ARTICLE = "the "
"""No name is kept with it in front (`publishing.sort_name`)."""
MOST_LOOKED_AT = 200
"""Names met before the search for more is given up."""


def find_names(snapshot: Snapshot, typed: str, size: int) -> list[str]:
    """The ids of services whose name holds what was typed, at the start of a word.

    Names that begin with it come first, then those better kept. `typed` is anything; the
    first letters of each name are looked at (`columns.ROW`).
    """
    sought = " ".join(words(typed)).removeprefix(ARTICLE)
    if len(sought) < SHORTEST:
        return []
    live = unpack(snapshot.live, snapshot.columns.size)
    rows = np.fromiter((row for row in _rows(snapshot, sought) if live[row]), np.int64)
    begins = np.char.startswith(snapshot.columns.rows["name"][rows], sought.encode())
    order = np.lexsort((-snapshot.quality[rows], ~begins))
    return snapshot.columns.rows["id"][rows[order[:size]]].astype("U36").tolist()


def _rows(snapshot: Snapshot, sought: str) -> Iterator[int]:
    """The rows whose name has these letters after a space or at its start, each once."""
    text, width = snapshot.names_in_a_row
    place, last = -1, -1
    for _ in range(MOST_LOOKED_AT):
        place = text.find(b" " + sought.encode(), place + 1)
        if place < 0:
            return
        if place // width != last:
            last = place // width
            yield last
