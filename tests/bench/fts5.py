"""The yardstick: the same directory in SQLite's FTS5, searched as well as one can there.

The words of each field are stored as the same stems and weighed with the same worths
(BM25); a listing's codes are one more field, so that a wish can be answered by a code. The
words are matched once into a temporary table, which also notes the filter groups a listing
fails. Each group is one whole number with a bit for each code: filters are one "and", and
the counts (each group ignoring its own filter) are sums of bits, some five times faster
than rows of codes. It differs from our search on purpose in the order (no freshness, no
closeness) and where fewer than `ENOUGH` listings have every word: it stops there, while
ours goes on to those with most of the words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.grid import METRES_IN_A_MILE
from app.listing import Listing
from app.search.criteria import FACETS, Criteria
from app.search.documents import FIELDS, Facts, Stored, _texts, facts_of
from app.search.ranking import ENOUGH
from app.search.text import stems
from app.search.words import Slot, understand
from app.vocabulary import AGE_BAND_BY_CODE
from tests.bench.terms import expression, token

GROUPS = (*FACETS, "area")
FAR = len(GROUPS)
"""The bit of those too far away; the others are those of `GROUPS`."""
WORTHS = ", ".join(str(worth) for worth, _, _ in FIELDS.values())
CODES_WORTH = 1.0
COLUMNS = ", ".join(f"g_{group}" for group in GROUPS)
TABLES = f"""
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -200000;
CREATE VIRTUAL TABLE words USING fts5({", ".join(f"f_{name}" for name in FIELDS)}, codes,
    content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE listing (row INTEGER PRIMARY KEY, id TEXT, name TEXT, low INT, high INT, {COLUMNS});
CREATE TABLE document (id TEXT PRIMARY KEY, document TEXT);
CREATE TABLE place (row INT, easting INT, northing INT);
CREATE INDEX place_row ON place (row, easting, northing);
CREATE TEMP TABLE hit (row INTEGER PRIMARY KEY, score REAL, square REAL, covers INT, failed INT);
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What the yardstick answers."""

    ids: list[str]
    total: int
    facets: dict[str, dict[str, int]]
    is_comparable: bool
    """Whether enough listings have every word, so that ours stops there too."""


class Yardstick:
    """An FTS5 copy of a directory in a file of its own."""

    def __init__(self, file: Path, rows: Iterable[tuple[Stored, Listing]]) -> None:
        self.run = sqlite3.connect(file, isolation_level=None).execute
        for statement in TABLES.split(";"):
            self.run(statement)
        self.codes: dict[str, list[str]] = {group: [] for group in GROUPS}
        self.run("BEGIN")
        for number, (stored, listing) in enumerate(rows):
            self._add(number, facts_of(stored, listing), listing, stored.document)
        self.run("COMMIT")
        self.run("ANALYZE")
        self.sums = {group: self._sums(group) for group in FACETS}

    def _add(self, row: int, facts: Facts, listing: Listing, document: str) -> None:
        texts = [" ".join(stems(text)) for text in _texts(listing).values()]
        names = ", ".join(f"f_{name}" for name in _texts(listing))
        tokens = (token(group, code) for group in GROUPS for code in facts.codes[group])
        words = (row, *texts, " ".join(tokens))
        self.run(f"INSERT INTO words (rowid, {names}, codes) VALUES ({_marks(words)})", words)
        masks = [self._mask(group, facts.codes[group]) for group in GROUPS]
        values = (row, facts.id, facts.sort_name, facts.low, facts.high, *masks)
        self.run(f"INSERT INTO listing VALUES ({_marks(values)})", values)
        self.run("INSERT INTO document VALUES (?, ?)", (facts.id, document))
        for point in facts.points:
            self.run("INSERT INTO place VALUES (?, ?, ?)", (row, *point))

    def _mask(self, group: str, codes: Iterable[str]) -> int:
        """The codes of one group as bits, each numbered when first met."""
        known = self.codes[group]
        known += [code for code in dict.fromkeys(codes) if code not in known]
        return sum(1 << known.index(code) for code in set(codes))

    def _sums(self, group: str) -> str:
        """One sum for each code of a group."""
        return ", ".join(f"sum(g_{group} >> {bit} & 1)" for bit in range(len(self.codes[group])))

    def find(self, criteria: Criteria) -> Found:
        """The first page, the exact total, and every count."""
        slots = understand(criteria.text).slots
        matched = self._match(criteria, slots)
        is_several = sum(slot.is_required for slot in slots) > 1
        total = self.run("SELECT count(*) FROM hit WHERE failed = 0").fetchone()[0]
        order = "square IS NULL, square" if criteria.sort == "distance" else "score"
        page = self.run(
            f"""SELECT id FROM hit JOIN listing USING (row) WHERE failed = 0
            ORDER BY {order}, name LIMIT ?""",
            (criteria.size,),
        )
        ids = [key for (key,) in page]
        return Found(ids, total, self._counts(criteria), not is_several or matched >= ENOUGH)

    def documents(self, ids: Sequence[str]) -> list[str]:
        """The stored listings of a page, in its order."""
        rows = self.run(f"SELECT * FROM document WHERE id IN ({_marks(ids)})", ids)
        held = dict(rows.fetchall())
        return [held[key] for key in ids]

    def _match(self, criteria: Criteria, slots: Sequence[Slot]) -> int:
        """Fill the temporary table; gives how many listings the words match."""
        self.run("DELETE FROM hit")
        source, score = "listing l", "0"
        if slots:
            source = "words JOIN listing l ON l.row = words.rowid WHERE words MATCH :words"
            score = f"bm25(words, {WORTHS}, {CODES_WORTH})"
        near = "NULL, 0"
        if criteria.point is not None:
            gaps = "(easting - :e) * (easting - :e) + (northing - :n) * (northing - :n)"
            near = f"(SELECT min({gaps}) FROM place p WHERE p.row = l.row), g_area & :home != 0"
        easting, northing = criteria.point or (0, 0)
        home = self._mask("area", [criteria.home] if criteria.home else [])
        values = {"words": expression(slots), "e": easting, "n": northing, "home": home}
        failed = self._failed(criteria)
        self.run(f"INSERT INTO hit SELECT l.row, {score}, {near}, {failed} FROM {source}", values)
        if criteria.within is not None:
            furthest = (criteria.within * METRES_IN_A_MILE) ** 2
            far = "NOT covers AND (square IS NULL OR square > ?)"
            self.run(f"UPDATE hit SET failed = failed | {1 << FAR} WHERE {far}", (furthest,))
        return int(self.run("SELECT count(*) FROM hit").fetchone()[0])

    def _failed(self, criteria: Criteria) -> str:
        """An expression with one bit for each group whose filter a listing fails."""
        tests = {
            group: f"g_{group} & {self._mask(group, criteria.chosen(group))} != 0"
            for group in _filtered(criteria)
        }
        bands = [AGE_BAND_BY_CODE[code] for code in criteria.age]
        spans = [(years, years) for years in criteria.years] + [(b.low, b.high) for b in bands]
        if spans:
            fits = (f"(low <= {high} AND high >= {low})" for low, high in spans)
            tests["age"] = " OR ".join(fits)
        bits = (f"((NOT ({test})) << {GROUPS.index(group)})" for group, test in tests.items())
        return " | ".join(bits) or "0"

    def _counts(self, criteria: Criteria) -> dict[str, dict[str, int]]:
        """For each value, the listings that fail no group but, at most, its own."""
        filtered = _filtered(criteria)
        free = [group for group in FACETS if group not in filtered]
        facets = self._count(free, "failed = 0")
        for group in filtered:
            facets |= self._count([group], f"failed & ~{1 << GROUPS.index(group)} = 0")
        return facets

    def _count(self, groups: Sequence[str], condition: str) -> dict[str, dict[str, int]]:
        """The sums of these groups over the hits that meet a condition."""
        sums = ", ".join(self.sums[group] for group in groups)
        where = f"FROM hit JOIN listing USING (row) WHERE {condition}"
        numbers = iter(self.run(f"SELECT {sums} {where}").fetchone())
        counted = {group: {code: next(numbers) for code in self.codes[group]} for group in groups}
        return {
            group: {code: number for code, number in values.items() if number}
            for group, values in counted.items()
        }


def _filtered(criteria: Criteria) -> list[str]:
    """The groups with a filter."""
    chosen = [group for group in FACETS if criteria.chosen(group)]
    return sorted({*chosen, *(["age"] if criteria.years else [])})


def _marks(values: Sequence[object]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))
