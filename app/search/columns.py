"""The facts of many listings as arrays, one row each: what filters, counts and orders read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from app.grid import METRES_IN_A_MILE
from app.search.criteria import FACETS
from app.search.documents import Facts
from app.search.text import words
from app.states import Space

Bits = NDArray[np.uint64]
"""One bit a row, 64 rows a number; spare bits at the end are 0."""
Mask = NDArray[np.bool_]

GROUPS = (*FACETS, "area", "named", "refused")
NOWHERE, FURTHEST = 100_000_000, 10_000
"""Metres: where a service without a place is put; miles beyond which it has no distance."""
OLDEST_COUNTED = 199
NARROW = np.float32(5)
"""Years of a range that is half narrow."""
STALE_DAYS = 365
MOST_TOLD, TOLD = 10, 0.1
"""Kinds of support beyond which more tells no more, and what that many add to a score."""
SINKS: dict[str, float] = {Space.FULL: 0.92, Space.WAITING: 0.97}


def pack(mask: NDArray[np.bool_]) -> Bits:
    """A mask (its last axis is rows) as bits."""
    octets = np.packbits(mask, axis=-1, bitorder="little")
    whole = np.zeros((*octets.shape[:-1], -(-octets.shape[-1] // 8) * 8), np.uint8)
    whole[..., : octets.shape[-1]] = octets
    return whole.view(np.uint64)


def unpack(bits: Bits, rows: int) -> Mask:
    """Bits as a mask of so many rows."""
    octets = np.ascontiguousarray(bits).view(np.uint8)
    return np.unpackbits(octets, axis=-1, count=rows, bitorder="little").view(np.bool_)


def popcount(bits: Bits) -> NDArray[np.int64]:
    """How many bits are set along the last axis."""
    return np.bitwise_count(bits).sum(axis=-1, dtype=np.int64)


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
        ("is_demo", np.bool_),
    ]
)
"""`told` is how many kinds of support it says it gives, `sink` what being full leaves of a
score; the rest is as in `Facts`."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Facts of many listings."""

    rows: NDArray[np.void]
    """Of type `ROW`."""
    points: NDArray[np.float32]
    """Eastings and northings, shape (2, places); every row has at least one."""
    starts: NDArray[np.int64]
    """The first place of each row."""
    bits: Bits
    """Shape (codes, words): which rows have which code."""
    codes: dict[tuple[str, str], int]
    """Group and code to a row of `bits`; the codes of a group stand together."""
    spans: dict[str, slice]
    """Where the codes of each group stand."""
    values: list[str]
    """The code of each row of `bits`."""
    ages: NDArray[np.uint8]
    """Youngest and oldest taken, shape (2, rows)."""

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.rows)

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
        return pack((self.ages[0] <= high) & (self.ages[1] >= low))

    def narrowness(self) -> NDArray[np.float32]:
        """How narrow a range of ages each row is for: 1 for a single year, 0 for everybody."""
        years = self.ages[1].astype(np.float32) - self.ages[0]
        return NARROW / (NARROW + np.maximum(years, 0))

    def count(self, among: Bits, group: str) -> dict[str, int]:
        """How many of these rows have each value of a group; values none has are left out."""
        span = self.spans[group]
        counts = popcount(self.bits[span] & among).tolist()
        return {code: n for code, n in zip(self.values[span], counts, strict=True) if n}

    def count_all(self, among: Bits) -> dict[str, dict[str, int]]:
        """The same for every facet, in one go."""
        counts = popcount(self.bits[: self.spans[FACETS[-1]].stop] & among).tolist()
        found: dict[str, dict[str, int]] = {}
        for group in FACETS:
            span = self.spans[group]
            pairs = zip(self.values[span], counts[span], strict=True)
            found[group] = {code: number for code, number in pairs if number}
        return found

    def miles(self, point: tuple[float, float]) -> NDArray[np.float32]:
        """From a point to the nearest place of each row; infinite without one."""
        gaps = self.points - np.array(point, np.float32)[:, None]
        squares = np.minimum.reduceat(np.square(gaps).sum(axis=0), self.starts)
        miles: NDArray[np.float32] = (np.sqrt(squares) / METRES_IN_A_MILE).astype(np.float32)
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


def make_columns(facts: Sequence[Facts]) -> Columns:
    """Arrays of these facts, a row each, in the order given."""
    rows = np.array([_row(fact) for fact in facts], ROW)
    places = [fact.points or ((NOWHERE, NOWHERE),) for fact in facts]
    lengths = np.array([len(place) for place in places], np.int64)
    points = np.array([at for place in places for at in place], np.float32).reshape(-1, 2).T
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, fact in enumerate(facts):
        for group, codes in fact.codes.items():
            for code in codes:
                having[group, code].append(number)
    table = _masks(len(facts))
    for key, numbers in having.items():
        table[key][numbers] = True
    return _columns(rows, points, np.cumsum(lengths) - lengths, table)


def join(parts: Sequence[Columns]) -> Columns:
    """Several sets of rows, one after another."""
    if len(parts) == 1:
        return parts[0]
    rows = np.concatenate([np.empty(0, ROW), *(part.rows for part in parts)])
    points = np.concatenate([np.empty((2, 0), np.float32), *(p.points for p in parts)], axis=1)
    table = _masks(len(rows))
    starts, done, placed = [np.empty(0, np.int64)], 0, 0
    for part in parts:
        starts.append(part.starts + placed)
        for key, place in part.codes.items():
            table[key][done : done + part.size] = unpack(part.bits[place], part.size)
        done, placed = done + part.size, placed + part.points.shape[1]
    return _columns(rows, points, np.concatenate(starts), table)


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
        fact.is_demo,
    )


def key_of(name: str) -> int:
    """A number that stands for the stems of a name."""
    return crc32(name.encode("utf-8"))


def _masks(rows: int) -> dict[tuple[str, str], Mask]:
    """Masks of so many rows by group and code, each made when first met."""
    return defaultdict(lambda: np.zeros(rows, np.bool_))


def _columns(
    rows: NDArray[np.void],
    points: NDArray[np.float32],
    starts: NDArray[np.int64],
    table: dict[tuple[str, str], Mask],
) -> Columns:
    """The arrays, with the codes of each group side by side."""
    keys = sorted(table, key=lambda item: (GROUPS.index(item[0]), item[1]))
    masks = np.array([table[key] for key in keys], np.bool_).reshape(len(keys), len(rows))
    spans, end = {}, 0
    for group in GROUPS:
        places = [place for place, key in enumerate(keys) if key[0] == group]
        first = places[0] if places else end
        end = first + len(places)
        spans[group] = slice(first, end)
    codes = {key: place for place, key in enumerate(keys)}
    ages = np.array([rows["low"], rows["high"]], np.uint8)
    values = [code for _, code in keys]
    return Columns(rows, points, starts, pack(masks), codes, spans, values, ages)
