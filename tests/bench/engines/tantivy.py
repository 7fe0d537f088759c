"""tantivy: one field of stems and codes to match, fast fields to count by.

It knows no distances: the rows within reach are worked out in NumPy and given as a set of terms,
and what is ordered by distance is read whole and sorted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from app.search.criteria import FACETS, Criteria
from tests.bench.engines.places import Places
from tests.bench.engines.protocol import (
    Engine,
    Found,
    MissingError,
    Reading,
    Row,
    Syntax,
    ages,
    filtered,
    tokens,
)

try:
    import tantivy
except ImportError as error:  # the extra `bench` is not installed
    raise MissingError("tantivy is missing: pip install '.[bench]'") from error

SYNTAX = Syntax(but=" -", word='"{}"')
MANY = 1000
WHOLE = tantivy.FieldType.Integer


class Tantivy(Engine):
    """A tantivy copy of a directory in a folder of its own."""

    def __init__(self, rows: Iterable[Row], read: Reading, folder: Path) -> None:
        self.read = read
        folder.mkdir()
        self.index = tantivy.Index(_schema(), str(folder))
        facts = []
        writer = self.index.writer()
        for number, row in enumerate(rows):
            facts.append(row.facts)
            writer.add_document(_document(number, row))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.ids, self.places = [fact.id for fact in facts], Places(facts)

    def find(self, criteria: Criteria) -> Found:
        """One page of a search."""
        words = self.read(criteria.text)
        text = self.index.parse_query(SYNTAX.write(words), ["words"]) if words.slots else None
        match = text or tantivy.Query.all_query()
        squares = None if criteria.point is None else self.places.squares(criteria.point)
        filters = dict(self._filters(criteria, squares))
        whole = _joined(match, filters.values())
        ids, total = self._page(whole, criteria, squares)
        facets = self._count(whole, [group for group in FACETS if group not in filters])
        for group in filtered(criteria):
            others = (query for name, query in filters.items() if name != group)
            facets |= self._count(_joined(match, others), [group])
        return Found(ids, total, facets)

    def _filters(self, criteria: Criteria, squares: Any) -> Iterator[tuple[str, tantivy.Query]]:
        schema = self.index.schema
        for group in filtered(criteria):
            if group != "age":
                codes = list(criteria.chosen(group))
                yield group, tantivy.Query.term_set_query(schema, group, codes)
        if spans := ages(criteria):
            fits = [self._fit(low, high) for low, high in spans]
            yield "age", tantivy.Query.boolean_query([(tantivy.Occur.Should, f) for f in fits])
        if criteria.within is not None:
            near = np.flatnonzero(self.places.within(criteria, squares)).tolist()
            yield "within", tantivy.Query.term_set_query(schema, "row", near)

    def _fit(self, low: int, high: int) -> tantivy.Query:
        """Those that take some age from `low` to `high`."""
        schema, between = self.index.schema, tantivy.Query.range_query
        return _joined(
            between(schema, "low", WHOLE, upper_bound=high),
            [between(schema, "high", WHOLE, lower_bound=low)],
        )

    def _page(
        self, query: tantivy.Query, criteria: Criteria, squares: Any
    ) -> tuple[list[str], int]:
        limit = criteria.size if squares is None else len(self.ids)
        found = self.searcher.search(query, limit)
        addresses = [address for _, address in found.hits]
        rows = np.array(self.searcher.fast_field_values("row", addresses), np.int64)
        if squares is not None:
            rows = rows[np.argsort(squares[rows])][: criteria.size]
        return [self.ids[row] for row in rows], found.count

    def _count(self, query: tantivy.Query, groups: list[str]) -> dict[str, dict[str, int]]:
        """The counts of these facets."""
        asked = {group: {"terms": {"field": group, "size": MANY}} for group in groups}
        told = self.searcher.aggregate(query, asked) if groups else {}
        return {
            group: {each["key"]: int(each["doc_count"]) for each in told[group]["buckets"]}
            for group in groups
        }


def _schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    made.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    for group in FACETS:
        made.add_text_field(group, tokenizer_name="raw", fast=True, index_option="basic")
    for name in ("row", "low", "high"):
        made.add_integer_field(name, indexed=True, fast=True)
    return made.build()


def _document(number: int, row: Row) -> tantivy.Document:
    facts = row.facts
    words = " ".join([*row.texts.values(), tokens(facts)])
    codes = {group: list(facts.codes[group]) for group in FACETS}
    return tantivy.Document(words=words, row=number, low=facts.low, high=facts.high, **codes)


def _joined(first: tantivy.Query, others: Iterable[tantivy.Query]) -> tantivy.Query:
    """What meets all of these."""
    every = [(tantivy.Occur.Must, query) for query in (first, *others)]
    return tantivy.Query.boolean_query(every)
