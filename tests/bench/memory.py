"""What one process holds in memory for each listing of the search."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence

from app.search.query import find
from app.search.snapshot import Snapshot
from tests.bench.directory import Directory
from tests.bench.goals import goals_for
from tests.bench.report import Figure, Section
from tests.bench.searches import Query


def measure_memory(directory: Directory, searches: Sequence[Query]) -> Section:
    """Kilobytes a listing after the mixed searches, and with every posting list decoded."""
    tracemalloc.start()
    snapshot = directory.fresh_snapshot()
    for query in searches:
        find(snapshot, query.criteria)
    after_searches = tracemalloc.get_traced_memory()[0]
    _decode_all(snapshot)
    in_full = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    each, goal = 1000 * directory.services, goals_for(directory.services).kilobytes
    figures = [
        Figure(
            "a listing, after the mixed searches",
            after_searches / each,
            unit="kB",
            at_most=goal,
        ),
        Figure("a listing, with every word decoded", in_full / each, unit="kB"),
    ]
    return Section("Memory of the search, in each process", figures)


def _decode_all(snapshot: Snapshot) -> None:
    for part in snapshot.parts.values():
        for stem in part.stems:
            part.posting(stem)
    assert snapshot.lexicon.words
