"""The facts of many listings as arrays, one row each: what filters, counts and orders read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Any, BinaryIO
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from app.grid import METRES_IN_A_MILE
from app.search.arrays import from_texts, read_array, to_texts, write_array
from app.search.bits import WIDTH, Bits, Mask, pack, popcount, put, unpack
from app.search.criteria import FACETS
from app.search.documents import Facts
from app.search.text import words
from app.states import Space

Code = tuple[str, str]
"""A group and a code of it."""

GROUPS = (*FACETS, "area", "named", "refused")
NOWHERE, FURTHEST = 100_000_000, 10_000
"""Metres: where a service without a place is put; miles beyond which it has no distance."""
OLDEST_COUNTED = 199
NARROW = np.float32(5)
"""Years of a range that is half narrow."""
STALE_DAYS = 365
MOST_TOLD, TOLD = 10, 0.1
"""Kinds of support beyond which more tells no more, and what that many add to a score."""
SPARSE = 4
"""Fewer numbers than one in so many touched, and only they are counted."""
SINKS: dict[str, float] = {Space.FULL: 0.92, Space.WAITING: 0.97}


ROW = np.dtype(
    [
        ("id", "S36"),
        ("hash", "S32"),
        ("name", "S32"),
        ("name_key", np.uint32),
        ("low", np.uint8),
        ("high", np.uint8),
        ("assured", np.int32),
        ("told", np.uint8),
        ("sink", np.float32),
        ("crowd", np.uint8),
        ("is_demo", np.bool_),
    ]
)
"""`told` is how many kinds of support it says it gives, `sink` what being full leaves of a
score; the rest is as in `Facts`."""
PLACE = np.dtype([("row", np.int64), ("easting", np.float32), ("northing", np.float32)])


@dataclass(frozen=True, slots=True)
class Columns:
    """Facts of many listings."""

    rows: dict[str, NDArray[Any]]
    """By the names of `ROW`, each side by side in memory: gathering them is then quick."""
    points: NDArray[np.float32]
    """Eastings and northings of the first place of each row, shape (2, rows)."""
    further: NDArray[np.void]
    """The other places of rows with several, of type `PLACE`."""
    bits: Bits
    """Shape (codes, words): which rows have which code."""
    codes: dict[Code, int]
    """To a row of `bits`; the codes of a group stand together."""
    spans: dict[str, slice]
    """Where the codes of each group stand."""
    values: list[str]
    """The code of each row of `bits`."""

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self.points.shape[1]

    def within(self, whole: Columns, first: int) -> Columns:
        """These columns as a piece of the whole that they were joined to, from row `first` on:
        all but their bits is looked at there, and held no second time."""
        own = slice(first, first + self.size)
        rows = {name: column[own] for name, column in whole.rows.items()}
        return replace(self, rows=rows, points=whole.points[:, own])

    def any_of(self, group: str, codes: Iterable[str]) -> Bits:
        """The rows with any of these codes."""
        found = np.zeros(self.bits.shape[1], np.uint64)
        for code in codes:
            place = self.codes.get((group, code))
            if place is not None:
                found |= self.bits[place]
        return found

    def taking(self, low: int, high: int) -> Bits:
        """The rows that take some age from `low` to `high`."""
        return pack((self.rows["low"] <= high) & (self.rows["high"] >= low))

    def narrowness(self) -> NDArray[np.float32]:
        """How narrow a range of ages each row is for: 1 for a single year, 0 for everybody."""
        years = self.rows["high"].astype(np.float32) - self.rows["low"]
        return NARROW / (NARROW + np.maximum(years, 0))

    def count(self, among: Bits, group: str) -> dict[str, int]:
        """How many of these rows have each value of a group; values none has are left out."""
        span = self.spans[group]
        return _told(self.values[span], self._counts(span, among))

    def count_all(self, among: Bits) -> dict[str, dict[str, int]]:
        """The same for every facet, in one go."""
        counts = self._counts(slice(self.spans[FACETS[-1]].stop), among)
        spans = ((group, self.spans[group]) for group in FACETS)
        return {group: _told(self.values[span], counts[span]) for group, span in spans}

    def _counts(self, span: slice, among: Bits) -> list[int]:
        """How many of these rows have each code of a span. Where they are few, most numbers of
        64 rows hold none of them and are passed over."""
        bits, touched = self.bits[span], np.flatnonzero(among)
        if len(touched) < len(among) // SPARSE:
            bits, among = bits[:, touched], among[touched]
        return popcount(bits & among).tolist()

    def miles(self, point: tuple[float, float]) -> NDArray[np.float32]:
        """From a point to the nearest place of each row; infinite without one."""
        squares = _squares(self.points[0], self.points[1], point)
        more = _squares(self.further["easting"], self.further["northing"], point)
        np.minimum.at(squares, self.further["row"], more)
        miles = (np.sqrt(squares) / np.float32(METRES_IN_A_MILE)).astype(np.float32, copy=False)
        miles[miles > FURTHEST] = np.inf
        return miles

    def has_only(self, group: str, codes: Sequence[str]) -> Mask:
        """The rows with some of these codes of a group and no other."""
        having = np.sum([unpack(self.any_of(group, (code,)), self.size) for code in codes], axis=0)
        only: Mask = (having > 0) & (having == self.many(group))
        return only

    def many(self, group: str) -> NDArray[np.int64]:
        """How many codes of a group each row has."""
        return unpack(self.bits[self.spans[group]], self.size).sum(axis=0, dtype=np.int64)

    def quality(self, today: date) -> NDArray[np.float32]:
        """What to multiply a score by: less when old or full, more the more support is told of."""
        days = today.toordinal() - self.rows["assured"]
        fresh = np.where(days <= STALE_DAYS, 1.0, np.where(days <= 2 * STALE_DAYS, 0.92, 0.85))
        told = 1 + TOLD * self.rows["told"] / MOST_TOLD
        return (fresh * self.rows["sink"] * told).astype(np.float32)


def write_columns(columns: Columns, file: BinaryIO) -> None:
    """Put these columns behind what a file holds."""
    keys = from_texts(f"{group}:{code}" for group, code in columns.codes)
    arrays = (*columns.rows.values(), columns.points, columns.further, columns.bits, keys)
    for array in arrays:
        write_array(file, array)


def read_columns(file: BinaryIO) -> Columns:
    """The columns that come next in a file. Raises `ValueError` when they are damaged."""
    rows = {name: read_array(file) for name in ROW.names or ()}
    points, further, bits = (read_array(file) for _ in range(3))
    parted = (key.partition(":") for key in to_texts(read_array(file)))
    return _columns(rows, points, further, bits, [(group, code) for group, _, code in parted])


def make_columns(facts: Sequence[Facts]) -> Columns:
    """Arrays of these facts, a row each, in the order given."""
    table = np.array([_row(fact) for fact in facts], ROW)
    rows = {name: np.ascontiguousarray(table[name]) for name in ROW.names or ()}
    firsts = [fact.points[0] if fact.points else (NOWHERE, NOWHERE) for fact in facts]
    points = np.array(firsts, np.float32).reshape(-1, 2).T.copy()
    further = [(row, *at) for row, fact in enumerate(facts) for at in fact.points[1:]]
    having: dict[Code, list[int]] = defaultdict(list)
    for number, fact in enumerate(facts):
        for group, codes in fact.codes.items():
            for code in codes:
                having[group, code].append(number)
    masks = _masks(len(facts))
    for key, numbers in having.items():
        masks[key][numbers] = True
    return _packed(rows, points, np.array(further, PLACE), masks)


def join(parts: Sequence[Columns]) -> Columns:
    """Several sets of rows, one after another."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return make_columns(())
    rows = {name: np.concatenate([part.rows[name] for part in parts]) for name in parts[0].rows}
    points = np.concatenate([part.points for part in parts], axis=1)
    further = np.concatenate([part.further for part in parts])
    further["row"] += np.repeat(_firsts(parts), [len(part.further) for part in parts])
    keys = _in_order({key for part in parts for key in part.codes})
    places = {key: place for place, key in enumerate(keys)}
    bits = np.zeros((len(keys), -(-points.shape[1] // WIDTH)), np.uint64)
    for first, part in zip(_firsts(parts), parts, strict=True):
        put(bits, [places[key] for key in part.codes], first, part.bits)
    return _columns(rows, points, further, bits, keys)


def _firsts(parts: Sequence[Columns]) -> list[int]:
    """The first row of each part among all."""
    return [0, *accumulate(part.size for part in parts)][:-1]


def _row(fact: Facts) -> tuple[object, ...]:
    """The facts that are one value each."""
    name = " ".join(words(fact.sort_name)).encode("ascii", "replace")
    low, high = min(fact.low, OLDEST_COUNTED), min(fact.high, OLDEST_COUNTED)
    sink = SINKS.get(fact.space, 1.0)
    return (
        fact.id,
        fact.content_hash,
        name,
        key_of(fact.name_key),
        low,
        high,
        fact.assured,
        min(len(fact.codes.get("access", ())), MOST_TOLD),
        sink,
        fact.crowd,
        fact.is_demo,
    )


def key_of(name: str) -> int:
    """A number that stands for the stems of a name."""
    return crc32(name.encode("utf-8"))


def _masks(rows: int) -> dict[Code, Mask]:
    """Masks of so many rows by group and code, each made when first met."""
    return defaultdict(lambda: np.zeros(rows, np.bool_))


def _squares(
    eastings: NDArray[np.float32], northings: NDArray[np.float32], point: tuple[float, float]
) -> NDArray[np.float32]:
    """How far places are from a point, in metres, squared."""
    easting, northing = np.array(point, np.float32)
    squares: NDArray[np.float32] = np.square(eastings - easting) + np.square(northings - northing)
    return squares


def _told(codes: Sequence[str], counts: Sequence[int]) -> dict[str, int]:
    """Counts by code; those of none are left out."""
    return {code: count for code, count in zip(codes, counts, strict=True) if count}


def _in_order(keys: Iterable[Code]) -> list[Code]:
    """Codes with those of each group side by side."""
    return sorted(keys, key=lambda key: (GROUPS.index(key[0]), key[1]))


def _packed(
    rows: dict[str, NDArray[Any]],
    points: NDArray[np.float32],
    further: NDArray[np.void],
    table: dict[Code, Mask],
) -> Columns:
    """The arrays, with the codes of each group side by side."""
    keys = _in_order(table)
    shape = (len(keys), points.shape[1])
    bits = pack(np.array([table[key] for key in keys], np.bool_).reshape(shape))
    return _columns(rows, points, further, bits, keys)


def _columns(
    rows: dict[str, NDArray[Any]],
    points: NDArray[np.float32],
    further: NDArray[np.void],
    bits: Bits,
    keys: Sequence[Code],
) -> Columns:
    """The arrays, and where in `bits` each code and group is found."""
    spans, end = {}, 0
    for group in GROUPS:
        places = [place for place, key in enumerate(keys) if key[0] == group]
        first = places[0] if places else end
        end = first + len(places)
        spans[group] = slice(first, end)
    codes = {key: place for place, key in enumerate(keys)}
    return Columns(rows, points, further, bits, codes, spans, [code for _, code in keys])
