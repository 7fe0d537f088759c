"""One state of the index in memory: immutable, shared by every request of a process.

Rows are Whoosh's document numbers, deleted ones too: they are left out by the `live` bits.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import takewhile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.search.bits import Bits, Mask, pack, popcount, unpack
from app.search.columns import Columns, join
from app.search.lately import lately
from app.search.segment import OF_FULL, Part, Posting, open_part, segments
from app.search.slots import Kin
from app.search.spelling import Lexicon
from app.search.text import stem
from app.search.towns import NO_TOWNS, Towns
from app.search.words import Understanding, understand

SPREAD, FOCUSED = 0.1, ("activity", "break", "named")
"""What each further code of these groups takes from the others: saying yes to all gains nothing."""
COMES_HOME = ("home_support", "enabling", "overnight_home", "msi_support", "direct_payment")
WHAT_IT_IS = ("activity", "break")
FOR_CARERS = ("parent_support", "direct_payment", "allowance")
TRIES = 4
READ = 1024
"""Readings of words that are kept."""
Steps = NDArray[np.uint8]
"""How strong each row is in something, of which `FULL` is 1; 0 when not at all."""
NO_ROWS = np.empty(0, np.int32)
PLACES = 4
"""Places from which all distances are kept, of four bytes a listing each."""


@dataclass(frozen=True)
class Answer:
    """How one slot is answered."""

    kept: Steps
    """How well rows answer it, up to 1 and a little more: all rows, or those of `rows`."""
    rows: NDArray[np.int32] | None
    """The rows that answer it, where they are few: the others are not kept."""
    size: int
    """How many rows there are."""
    count: int
    """How many rows answer it."""
    weight: float
    """How much it tells: rare wishes more."""
    stems: frozenset[str]

    @property
    def steps(self) -> Steps:
        """How well each row answers it."""
        if self.rows is None:
            return self.kept
        steps = np.zeros(self.size, np.uint8)
        steps[self.rows] = self.kept
        return steps

    @property
    def bits(self) -> Bits:
        """The rows that answer it, as bits."""
        return pack(self.steps > 0)

    def strengths(self, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """How well these rows answer it."""
        return self.steps[rows] * OF_FULL


@dataclass(frozen=True)
class Snapshot:
    """The parts of one generation, joined."""

    parts: dict[str, Part]
    """By the name of the segment, in row order."""
    columns: Columns
    live: Bits
    ordered: NDArray[np.int32]
    """The rows in the order of names; equal names in the order of rows."""
    made: date = field(default_factory=date.today)
    towns: Towns = NO_TOWNS
    standing: dict[tuple[str, ...], NDArray[np.float32]] = field(default_factory=dict)
    """Factors of a score that do not depend on what is asked, multiplied."""
    having: dict[tuple[str, str], Steps] = field(default_factory=dict)
    """How strongly each row has each code asked for."""
    by_words: dict[tuple[str, Kin], Posting] = field(default_factory=dict)
    """The rows that have it by their words alone, where no code tells."""

    def firsts(self) -> Iterator[tuple[int, Part]]:
        """Each part with its first row."""
        first = 0
        for part in self.parts.values():
            yield first, part
            first += part.columns.size

    def frequency(self, word: str) -> int:
        """How many listings have a word in any of its forms, those gone since included."""
        return sum(len(part.posting(stem(word))[0]) for part in self.parts.values())

    def rows_of(self, ids: Sequence[str]) -> list[int]:
        """The row of each listing that is here, in the order given."""
        held = self.columns.rows["id"]
        found = (np.flatnonzero((held == id_.encode()) & self.is_live) for id_ in ids)
        return [int(rows[0]) for rows in found if len(rows)]

    @cached_property
    def total(self) -> int:
        """How many listings there are."""
        return int(popcount(self.live))

    @cached_property
    def is_live(self) -> NDArray[np.bool_]:
        """Which rows are live, one by one."""
        return unpack(self.live, self.columns.size)

    @cached_property
    def has_demo(self) -> bool:
        """Whether any listing is of the demonstration directory."""
        return bool((self.columns.rows["is_demo"] & self.is_live).any())

    @cached_property
    def quality(self) -> NDArray[np.float32]:
        """What age and fullness leave of the score of each row."""
        return self.columns.quality(self.made)

    @cached_property
    def focus(self) -> dict[str, NDArray[np.float32]]:
        """For each row, how much one of its codes tells: less, the more of the group it has."""
        return {
            group: (1 / (1 + SPREAD * np.maximum(self.columns.many(group) - 1, 0))).astype(
                np.float32
            )
            for group in FOCUSED
        }

    @cached_property
    def comes_home(self) -> NDArray[np.bool_]:
        """Which rows come to the family, so that where they have their office says nothing."""
        return unpack(self.columns.any_of("break", COMES_HOME), self.columns.size)

    @lately(None)
    def silent(self, group: str) -> Mask | None:
        """Which rows tell nothing of a group by code, so that their words must; None when there
        are no such rows. Worked out once for each group.

        A listing tells what it is by its activities or its kinds of break.
        """
        groups = WHAT_IT_IS if group in WHAT_IT_IS else (group,)
        told = (self.columns.bits[self.columns.spans[each]] for each in groups)
        bits = np.bitwise_or.reduce(np.concatenate(tuple(told)), axis=0)
        rows = self.live & ~bits
        return unpack(rows, self.columns.size) if rows.any() else None

    @lately(PLACES)
    def miles(self, point: tuple[float, float]) -> NDArray[np.float32]:
        """From a point to each row; families ask about the same towns, so some are remembered."""
        return self.columns.miles(point)

    @cached_property
    def name_ranks(self) -> NDArray[np.int32]:
        """The place of each row in the order of names."""
        places = np.empty_like(self.ordered)
        places[self.ordered] = np.arange(len(places), dtype=np.int32)
        return places

    @cached_property
    def names_in_a_row(self) -> tuple[bytes, int]:
        """Every name between a space and a line's end, one behind the other, and how long each
        is: to look through them all at once."""
        lines = np.char.add(np.char.add(b" ", self.columns.rows["name"]), b"\n")
        return lines.tobytes(), lines.itemsize

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        """How many listings have each value."""
        return self.columns.count_all(self.live)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words known: of the directory, of the meanings and of places."""
        return Lexicon([part.stems for part in self.parts.values()], self.towns)

    @lately(READ)
    def read(self, text: str) -> Understanding:
        """A family's words, read against this lexicon. Families ask alike: some are remembered."""
        return understand(text, self.lexicon)


def by_name(names: NDArray[np.bytes_], ordered: NDArray[np.int32] = NO_ROWS) -> NDArray[np.int32]:
    """The rows in the order of names, equal names in the order of rows.

    Those `ordered` are the first rows, which have been put in order before: a save then costs a
    place for each new row, and no sorting anew.
    """
    further = np.arange(len(ordered), len(names), dtype=np.int32)
    further = further[np.argsort(names[further], kind="stable")]
    if not len(ordered):
        return further
    places = [bisect(ordered, name, key=names.__getitem__) for name in names[further]]
    return np.insert(ordered, places, further)


def _ordered(parts: Iterable[str], earlier: Snapshot) -> NDArray[np.int32]:
    """The rows of the parts both begin with, as the earlier snapshot has them in order."""
    both = zip(parts, earlier.parts.items(), strict=False)
    same = takewhile(lambda pair: pair[0] == pair[1][0], both)
    size = sum(part.columns.size for _, (_, part) in same)
    return earlier.ordered[earlier.ordered < size]


def load_snapshot(
    folder: Path,
    written: Collection[str] = (),
    earlier: Snapshot | None = None,
    towns: Towns = NO_TOWNS,
) -> Snapshot:
    """Read the newest generation in a folder, taking over parts that have not changed, and the
    arrays of others from the files `written`.

    A file may go while it is being opened, because the indexer merges: tried again, up to
    four times. Raises whatever a missing or damaged index makes Whoosh or NumPy raise.
    """
    known = earlier.parts if earlier else {}
    for left in reversed(range(TRIES)):
        try:
            parts, live = _load(folder, written, known)
            columns = join([part.columns for part in parts.values()])
            ordered = by_name(
                columns.rows["name"], _ordered(parts, earlier) if earlier else NO_ROWS
            )
            snapshot = Snapshot(parts, columns, pack(live), ordered, towns=towns)
            for first, part in snapshot.firsts():
                part.share(columns, first)
            return snapshot
        except FileNotFoundError:
            if not left:
                raise
    raise AssertionError


def _load(
    folder: Path, written: Collection[str], known: dict[str, Part]
) -> tuple[dict[str, Part], Mask]:
    """The parts of one generation by name, and which of their rows are live."""
    parts: dict[str, Part] = {}
    masks = [np.empty(0, np.bool_)]
    for reader in segments(folder):
        name = reader.segment().segment_id()
        parts[name] = known.get(name) or open_part(folder, reader, written)
        mask = np.ones(reader.doc_count_all(), np.bool_)
        mask[list(reader.segment().deleted_docs())] = False
        masks.append(mask)
    return parts, np.concatenate(masks)


def content_hashes(
    folder: Path, written: Collection[str], among: Collection[str] = ()
) -> dict[str, str]:
    """Id to content hash of every listing in an index, or of those named, read afresh from its
    files."""
    parts, live = _load(folder, written, {})
    rows = [[part.columns.rows[name] for part in parts.values()] for name in ("id", "hash")]
    ids, hashes = (np.concatenate([np.empty(0, "S"), *each]) for each in rows)
    if among:
        live &= np.isin(ids, [id_.encode() for id_ in among])
    pairs = zip(ids[live].tolist(), hashes[live].tolist(), strict=True)
    return {id_.decode(): told.decode() for id_, told in pairs}
