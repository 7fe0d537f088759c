"""SQLite's FTS5: the words matched once into a temporary table, all else by SQL on that.

The stems of each field are stored and weighed with our own worths (BM25); a listing's codes are
one more field, so that a wish can be answered by a code.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.grid import METRES_IN_A_MILE
from app.search.criteria import Criteria
from app.search.documents import FIELDS
from tests.bench.engines.protocol import Engine, Found, Reading, Row, Syntax, counted, tokens
from tests.bench.engines.sql import COLUMNS, FAR, Masks, squared

NAMES = ", ".join(f"f_{name}" for name in FIELDS)
WORTHS = ", ".join(str(worth) for worth, _, _ in FIELDS.values())
CODES_WORTH = 1.0
TABLES = f"""
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -200000;
CREATE VIRTUAL TABLE words USING fts5({NAMES}, codes,
    content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE listing (row INTEGER PRIMARY KEY, id TEXT, name TEXT, low INT, high INT, {COLUMNS});
CREATE TABLE document (id TEXT PRIMARY KEY, document TEXT);
CREATE TABLE place (row INT, easting INT, northing INT);
CREATE INDEX place_row ON place (row, easting, northing);
CREATE TEMP TABLE hit (row INTEGER PRIMARY KEY, score REAL, square REAL, covers INT, failed INT);
"""
SYNTAX = Syntax(but=" NOT ", word='"{}"')


class Fts5(Engine):
    """An FTS5 copy of a directory in a file of its own."""

    def __init__(self, rows: Iterable[Row], read: Reading, folder: Path) -> None:
        self.read, self.masks = read, Masks()
        self.connection = sqlite3.connect(folder / "fts5.db", isolation_level=None)
        self.run = self.connection.execute
        for statement in TABLES.split(";"):
            self.run(statement)
        self.run("BEGIN")
        for number, row in enumerate(rows):
            self._add(number, row)
        self.run("COMMIT")
        self.run("ANALYZE")

    def _add(self, number: int, row: Row) -> None:
        facts, texts = row.facts, [row.texts[name] for name in FIELDS]
        words = (number, *texts, tokens(facts))
        self.run(f"INSERT INTO words (rowid, {NAMES}, codes) VALUES ({_marks(words)})", words)
        masks = self.masks.all_of(facts.codes)
        values = (number, facts.id, facts.sort_name, facts.low, facts.high, *masks)
        self.run(f"INSERT INTO listing VALUES ({_marks(values)})", values)
        self.run("INSERT INTO document VALUES (?, ?)", (facts.id, row.document))
        for point in facts.points:
            self.run("INSERT INTO place VALUES (?, ?, ?)", (number, *point))

    def find(self, criteria: Criteria) -> Found:
        """One page of a search."""
        self._match(criteria)
        total = self.run("SELECT count(*) FROM hit WHERE failed = 0").fetchone()[0]
        order = "square IS NULL, square" if criteria.sort == "distance" else "score"
        page = self.run(
            f"""SELECT id FROM hit JOIN listing USING (row) WHERE failed = 0
            ORDER BY {order}, name LIMIT {criteria.size}"""
        )
        ids = [key for (key,) in page]
        facets: dict[str, dict[str, int]] = {}
        for groups, condition in self.masks.counts(criteria):
            facets |= self._count(groups, condition)
        return Found(ids, total, facets)

    def close(self) -> None:
        """Let go of what it holds open."""
        self.connection.close()

    def documents(self, ids: Sequence[str]) -> list[str]:
        """The stored listings of a page, in its order."""
        rows = self.run(f"SELECT * FROM document WHERE id IN ({_marks(ids)})", ids)
        held = dict(rows.fetchall())
        return [held[key] for key in ids]

    def _match(self, criteria: Criteria) -> None:
        """Fill the temporary table."""
        self.run("DELETE FROM hit")
        words = self.read(criteria.text)
        source, score, near = "listing l", "0", "NULL, 0"
        if words.slots:
            source = "words JOIN listing l ON l.row = words.rowid WHERE words MATCH ?"
            score = f"bm25(words, {WORTHS}, {CODES_WORTH})"
        if criteria.point is not None:
            nearest = f"SELECT min({squared(*criteria.point)}) FROM place p WHERE p.row = l.row"
            near = f"({nearest}), g_area & {self.masks.of('area', [criteria.home])} <> 0"
        failed = self.masks.failed(criteria)
        statement = f"INSERT INTO hit SELECT l.row, {score}, {near}, {failed} FROM {source}"
        self.run(statement, [SYNTAX.write(words)] if words.slots else [])
        if criteria.within is not None:
            furthest = (criteria.within * METRES_IN_A_MILE) ** 2
            far = f"NOT covers AND (square IS NULL OR square > {furthest})"
            self.run(f"UPDATE hit SET failed = failed | {1 << FAR} WHERE {far}")

    def _count(self, groups: Sequence[str], condition: str) -> dict[str, dict[str, int]]:
        """The counts of these facets over the hits that meet a condition."""
        sums = ", ".join(map(self.masks.sums, groups))
        where = f"FROM hit JOIN listing USING (row) WHERE {condition}"
        numbers = iter(self.run(f"SELECT {sums} {where}").fetchone())
        return {group: counted(self.masks.codes[group], numbers) for group in groups}


def _marks(values: Sequence[object]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))
