"""PostgreSQL's full text in a private cluster: one statement finds, orders and counts.

All stems and codes of a listing are one `tsvector` with a GIN index; the name's are of weight A.
"""

from __future__ import annotations

from collections.abc import Iterable

import psycopg
from psycopg.rows import tuple_row
from sqlalchemy import make_url

from app.grid import METRES_IN_A_MILE
from app.search.criteria import Criteria
from tests.bench.engines.protocol import (
    Engine,
    Found,
    MissingError,
    Reading,
    Row,
    Syntax,
    counted,
    tokens,
)
from tests.bench.engines.sql import COLUMNS, FAR, Masks, squared
from tests.cluster import MISSING, cluster, find_programs

TABLES = f"""
CREATE TABLE listing (row INT PRIMARY KEY, id TEXT, name TEXT COLLATE "C", low INT, high INT,
    {COLUMNS}, words TSVECTOR);
CREATE TABLE place (row INT, easting INT, northing INT);
"""
INDEXES = """
CREATE INDEX ON listing USING gin (words);
CREATE INDEX ON place (row) INCLUDE (easting, northing);
"""
SYNTAX = Syntax(" & ", " | ", " & !", "'{}'")


class Postgres(Engine):
    """A copy of a directory in a database of its own."""

    def __init__(self, rows: Iterable[Row], read: Reading, name: str) -> None:
        if find_programs() is None:
            raise MissingError(MISSING)
        self.read, self.masks = read, Masks()
        url = make_url(cluster().address(name)).set(drivername="postgresql")
        self.connection = psycopg.connect(
            url.render_as_string(), autocommit=True, row_factory=tuple_row
        )
        self.connection.execute(TABLES)
        self._fill(rows)
        self.connection.execute(INDEXES)
        self.connection.execute("VACUUM ANALYZE")

    def _fill(self, rows: Iterable[Row]) -> None:
        places = []
        with self.connection.cursor().copy("COPY listing FROM STDIN") as copy:
            for number, row in enumerate(rows):
                facts = row.facts
                values = (number, facts.id, facts.sort_name, facts.low, facts.high)
                copy.write_row((*values, *self.masks.all_of(facts.codes), _vector(row)))
                places += [(number, *point) for point in facts.points]
        with self.connection.cursor().copy("COPY place FROM STDIN") as copy:
            for place in places:
                copy.write_row(place)

    def find(self, criteria: Criteria) -> Found:
        """One page of a search."""
        order = "square NULLS LAST" if criteria.sort == "distance" else "score DESC"
        counts = list(self.masks.counts(criteria))
        sums = ", ".join(
            f"(SELECT ARRAY[{', '.join(map(self.masks.sums, groups))}] FROM hit WHERE {condition})"
            for groups, condition in counts
        )
        statement = f"""WITH hit AS MATERIALIZED ({self._hits(criteria)})
            SELECT ARRAY(SELECT id FROM hit WHERE failed = 0 ORDER BY {order}, name
            LIMIT {criteria.size}), (SELECT count(*) FROM hit WHERE failed = 0), {sums}"""
        words = self.read(criteria.text)
        values = {"words": SYNTAX.write(words)} if words.slots else {}
        ids, total, *numbers = self.connection.execute(statement, values).fetchone()
        facets = {}
        for (groups, _), found in zip(counts, numbers, strict=True):
            each = iter(found)
            facets |= {group: counted(self.masks.codes[group], each) for group in groups}
        return Found(ids, total, facets)

    def close(self) -> None:
        """Let go of what it holds open."""
        self.connection.close()

    def _hits(self, criteria: Criteria) -> str:
        """The listings that match the words, with what they fail."""
        source, score, where = "listing l", "0", ""
        if self.read(criteria.text).slots:
            source = "listing l, to_tsquery('simple', %(words)s) AS asked"
            score, where = "ts_rank(words, asked)", "WHERE words @@ asked"
        failed, square = self.masks.failed(criteria), "NULL::float"
        if criteria.point is not None:
            gaps = squared(*map(float, criteria.point))
            square = f"(SELECT min({gaps}) FROM place p WHERE p.row = l.row)"
        hits = f"SELECT l.*, {score} AS score, {square} AS square FROM {source} {where}"
        if criteria.within is not None:
            furthest = (criteria.within * METRES_IN_A_MILE) ** 2
            home = f"g_area & {self.masks.of('area', [criteria.home])} <> 0"
            near = f"({home} OR coalesce(square <= {furthest}, false))"
            failed = f"{failed} | CASE WHEN {near} THEN 0 ELSE {1 << FAR} END"
        return f"SELECT *, {failed} AS failed FROM ({hits}) AS found"


def _vector(row: Row) -> str:
    """A listing's words in the notation of a `tsvector`."""
    name = set(row.texts["name"].split())
    words = {word for text in (*row.texts.values(), tokens(row.facts)) for word in text.split()}
    return " ".join(f"'{word}':1A" if word in name else f"'{word}':1" for word in sorted(words))
