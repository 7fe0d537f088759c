"""`make bench` on a very small directory: it runs, and an engine that differs is found out."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from pathlib import Path

import pytest

from app.search.criteria import Criteria
from tests.bench.compare import UnequalError, _must_agree, compare
from tests.bench.directory import made_directory
from tests.bench.engines.protocol import Found
from tests.bench.report import Figure, Section, rows
from tests.bench.searches import Query, draw_searches

FOUND = Found(["a", "b"], 2, {"tier": {"universal": 2}})
UNLIKE = (
    replace(FOUND, total=3),
    replace(FOUND, facets={"tier": {"universal": 1}}),
    replace(FOUND, ids=["a", "c"]),
)


@pytest.mark.slow
def test_every_engine_finds_the_same_in_a_small_directory(tmp_path: Path) -> None:
    with made_directory(150) as directory:
        searches = draw_searches(directory)
        section = compare(directory, searches[::4], tmp_path)
    assert all(isfinite(figure.value) and figure.value > 0 for figure in section.figures)
    assert any("equal counts of every facet" in note for note in section.notes)


@pytest.mark.parametrize("other", UNLIKE)
def test_an_engine_that_counts_or_finds_something_else_is_refused(other: Found) -> None:
    query = Query(Criteria(text="swim"))
    _must_agree("it", query, replace(FOUND, ids=["b", "a"]), FOUND)
    with pytest.raises(UnequalError):
        _must_agree("it", query, other, FOUND)


def test_the_table_says_which_goals_are_not_met() -> None:
    figures = [Figure("fast", 0.2, at_most=0.3), Figure("slow", 0.4, at_most=0.3)]
    fast, slow = rows(Section("Speed", figures)).splitlines()[2:]
    assert fast.endswith("≤ 0.30  met")
    assert slow.endswith("≤ 0.30  NOT MET")
