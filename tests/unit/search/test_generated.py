"""Ten thousand searches of any kind: each is answered from the index, by work bounded by count.

A fault in the search would be taken for a damaged index, and answered from the database: so
that is looked for too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from app.search.criteria import Criteria
from app.search.engine import Search
from app.search.spelling import MOST_COMPARED
from app.search.words import MOST_WORDS
from tests.conftest import DEMO_SERVICES
from tests.databases import SQLITE, only_on
from tests.unit.search.queries import Work, counting, criteria

QUICK, ALL = 300, 10_000
SLOTS, MENDED, LISTS = 24, 22, 200
"""At most, of one search: what was typed and what may have been meant are both answered."""
ALIKE = "the index is the same on either database"
Note = Callable[[str, object], None]


def ask(search: Search, asked: Criteria, most: Work) -> None:
    with counting() as work:
        found = search.find(asked)
    most.most(work)
    assert not found.limited
    assert work.slots <= SLOTS and work.mended <= MENDED
    assert work.compared <= MENDED * MOST_COMPARED + MOST_WORDS * len(search._towns.words)
    assert work.lists <= LISTS and work.postings <= work.lists * DEMO_SERVICES
    assert len(found.hits) <= min(max(asked.size, 1), 100) and len(found.hits) <= found.total
    assert search.count(asked) == found.total
    assert len(search.explain(asked, found.hits)) == len(found.hits)
    for word in asked.text[:60], asked.text[-30:]:
        assert len(search.suggest(word, ("en", "pl"))) <= 10


def run(app: Flask, times: int) -> str:
    search: Search = app.extensions["search"]
    assert search.is_ready()
    search._look_after = float("inf")
    most, done = Work(), []

    @settings(
        max_examples=times, derandomize=True, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(asked=criteria)
    def each(asked: Criteria) -> None:
        done.append(1)
        ask(search, asked, most)

    try:
        each()
    finally:
        search._look_after = 0.0
        print(asdict(most))
    return f"generated searches: {len(done)}, each answered by the index; most work {asdict(most)}"


def test_any_search_is_answered(demo_app: Flask, record_property: Note) -> None:
    record_property("for_people", run(demo_app, QUICK))


@only_on(SQLITE, ALIKE)
@pytest.mark.slow
def test_ten_thousand_searches_are_answered(demo_app: Flask, record_property: Note) -> None:
    record_property("for_people", run(demo_app, ALL))
