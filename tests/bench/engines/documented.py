"""Whoosh as its documentation shows it: `QueryParser`, `filter`, `groupedby`, `highlights`.

An index of the usual kind: text fields, codes as keywords, facets counted by `FieldFacet`, the
summaries of a page marked. A facet that ignores its own filter takes a search of its own. Ages
are kept at full precision only: with Whoosh's usual coarser steps beside it, a range of unsigned
numbers now and then lets a listing through that is outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.analysis import SpaceSeparatedTokenizer, Token, Tokenizer
from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema
from whoosh.index import create_in
from whoosh.qparser import MultifieldParser
from whoosh.query import And, Every, NullQuery, NumericRange, Or, Query, Term
from whoosh.searching import Results
from whoosh.sorting import FieldFacet, FunctionFacet

from app.search.criteria import FACETS, Criteria
from app.search.text import STOP, stem, tidy
from app.search.text import tokens as words_in
from tests.bench.engines.places import Places
from tests.bench.engines.protocol import Engine, Found, Reading, Row, Syntax, ages, filtered, tokens

FIELDS = ("name", "summary", "description", "words")
SYNTAX = Syntax()


class Stems(Tokenizer):
    """Our stems of a text. What is asked for is stems already."""

    def __call__(self, value: str, mode: str = "", **_options: Any) -> Iterator[Token]:
        if mode == "query":
            yield from SpaceSeparatedTokenizer()(value)
            return
        token = Token(positions=True, chars=True, removestops=False, boost=1.0, stopped=False)
        for token.pos, (word, token.startchar, token.endchar) in enumerate(words_in(tidy(value))):
            if word not in STOP:
                token.text = stem(word)
                yield token


class Documented(Engine):
    """A Whoosh index of a directory in a folder of its own."""

    def __init__(self, rows: Iterable[Row], read: Reading, folder: Path) -> None:
        self.read = read
        folder.mkdir()
        index = create_in(folder, _schema())
        facts = []
        writer = index.writer(limitmb=256)
        for row in rows:
            facts.append(row.facts)
            writer.add_document(**_document(row))
        writer.commit()
        self.searcher = index.searcher()
        self.parser = MultifieldParser(FIELDS, index.schema)
        self.places = Places(facts)

    def find(self, criteria: Criteria) -> Found:
        """One page of a search, its summaries marked."""
        words = self.read(criteria.text)
        query = self.parser.parse(SYNTAX.write(words)) if words.slots else Every()
        filters = self._filters(criteria)
        free = [group for group in FACETS if group not in filters]
        squares = None if criteria.point is None else self.places.squares(criteria.point)
        order = None if squares is None else FunctionFacet(lambda _, row: squares[row])
        results = self._search(query, filters, free, criteria, order)
        for hit in results:
            hit.highlights("summary")
        facets = _counts(results, free)
        for group in filtered(criteria):
            others = {name: each for name, each in filters.items() if name != group}
            facets |= _counts(self._search(query, others, [group], criteria), [group])
        return Found([hit["id"] for hit in results], len(results), facets)

    def close(self) -> None:
        """Let go of what it holds open."""
        self.searcher.close()

    def _search(
        self,
        query: Query,
        filters: dict[str, Query],
        groups: list[str],
        criteria: Criteria,
        order: FunctionFacet | None = None,
    ) -> Results:
        allowed: Query | set[int] | None = And(list(filters.values())) if filters else None
        if criteria.within is not None and criteria.point is not None:
            squares = self.places.squares(criteria.point)
            near = set(self.places.within(criteria, squares).nonzero()[0].tolist())
            near &= set(self.searcher.docs_for_query(allowed)) if allowed else near
            allowed = near or NullQuery  # an empty set would be no filter at all
        return self.searcher.search(
            query,
            limit=criteria.size,
            filter=allowed,
            groupedby={group: FieldFacet(group, allow_overlap=True) for group in groups},
            sortedby=order,
        )

    def _filters(self, criteria: Criteria) -> dict[str, Query]:
        found: dict[str, Query] = {
            group: Or([Term(group, code) for code in criteria.chosen(group)])
            for group in filtered(criteria)
        }
        if spans := ages(criteria):
            found["age"] = Or([_fit(low, high) for low, high in spans])
        return found


def _fit(low: int, high: int) -> Query:
    """Those that take some age from `low` to `high`."""
    return And([NumericRange("low", None, high), NumericRange("high", low, None)])


def _counts(results: Results, groups: list[str]) -> dict[str, dict[str, int]]:
    """How many hits have each value."""
    return {
        group: {code: len(rows) for code, rows in results.groups(group).items() if code}
        for group in groups
    }


def _schema() -> Schema:
    told = {group: KEYWORD(commas=True) for group in FACETS}
    stemmed = SpaceSeparatedTokenizer()
    return Schema(
        id=ID(stored=True, unique=True),
        name=TEXT(analyzer=stemmed, field_boost=4.0),
        summary=TEXT(analyzer=Stems(), stored=True),
        description=TEXT(analyzer=stemmed),
        words=TEXT(analyzer=stemmed),
        low=NUMERIC(signed=False, shift_step=0),
        high=NUMERIC(signed=False, shift_step=0),
        **told,
    )


def _document(row: Row) -> dict[str, object]:
    facts, texts = row.facts, dict(row.texts)
    name, description, _ = (texts.pop(field) for field in ("name", "description", "summary"))
    return {
        "id": facts.id,
        "name": name,
        "summary": row.summary,
        "description": description,
        "words": " ".join([*texts.values(), tokens(facts)]),
        "low": facts.low,
        "high": facts.high,
        **{group: ",".join(facts.codes[group]) for group in FACETS},
    }
