"""Our search beside the yardstick: first that they agree, then what each takes.

Both are given a search's `Criteria`. Ours reads the family's words anew in every pass. The
yardstick borrows that reading, already done, so the comparison flatters it a little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.directory.queries import find_listings
from app.listing import from_json
from app.search.criteria import Criteria, Results
from app.search.engine import Search
from app.search.query import find
from app.search.snapshot import Snapshot
from app.search.words import understand
from tests.bench.directory import Directory
from tests.bench.fts5 import Found, Yardstick
from tests.bench.report import Figure, Section
from tests.bench.searches import WORDED, Query

PASSES = 5
Mark = Callable[[str, Iterable[str]], Markup]


class UnequalError(Exception):
    """The two engines do not find or count the same."""


def compare(directory: Directory, queries: Sequence[Query], folder: Path) -> Section:
    """Check and time both. Raises `UnequalError` when a comparable search differs."""
    start = perf_counter()
    yardstick = Yardstick(folder / "fts5.db", directory.listings())
    built = perf_counter() - start
    with directory.app.app_context():
        checked = _check(directory.engine, yardstick, queries)
        criteria = [query.criteria for query in queries[:WORDED]]
        figures = _timed(directory, yardstick, criteria)
    rate = Figure("index build rate ÷ FTS5 build rate", built / directory.index_seconds)
    notes = (
        f"{checked[0]} of {len(queries)} searches have equal totals and equal counts of every "
        f"facet: {checked[1]} without words, {checked[2]} of one plain word, the rest mixed",
        f"the other {len(queries) - checked[0]} name a town (ours knows what is near it) or have "
        "too few services with every word (ours goes on to those with most); FTS5 does less",
        "order differs on purpose: ours knows freshness, spaces and closeness",
    )
    return Section(f"Search in the process, {WORDED} searches", [*figures, rate], notes)


def _check(engine: Search, yardstick: Yardstick, queries: Sequence[Query]) -> tuple[int, int, int]:
    """How many searches were found equal: all, those without words, those of one word."""
    equal: list[Query] = []
    for query in queries:
        ours, theirs = engine.find(query.criteria), yardstick.find(query.criteria)
        names_place = any(item.kind == "place" for item in ours.understood)
        if theirs.is_comparable and not names_place:
            _must_agree(query, ours, theirs)
            equal.append(query)
    wordless = sum(not query.criteria.text for query in equal)
    return len(equal), wordless, sum(query.is_plain_word for query in equal)


def _must_agree(query: Query, ours: Results, theirs: Found) -> None:
    if ours.limited:
        raise UnequalError("the search answers from the database: there is no index")
    if ours.total != theirs.total or ours.facets != theirs.facets:
        raise UnequalError(f"{query.address}: {ours.total}, {theirs.total}, or other counts")
    if ours.total <= query.criteria.size and {hit.id for hit in ours.hits} != set(theirs.ids):
        raise UnequalError(f"{query.address}: not the same services")


def _timed(
    directory: Directory, yardstick: Yardstick, searches: Sequence[Criteria]
) -> list[Figure]:
    """The ratios, from medians over passes that take turns.

    Warm means that words are decoded. Answers to earlier searches are forgotten before each
    pass.
    """
    snapshot, mark = directory.fresh_snapshot(), directory.engine.mark
    ways: dict[str, Callable[[Criteria], object]] = {
        "ours": partial(find, snapshot),
        "fts5": yardstick.find,
        "our page": lambda criteria: _shown(snapshot, mark, criteria),
        "fts5 page": lambda criteria: _shown_by(yardstick, mark, criteria),
    }
    runs: dict[str, list[list[float]]] = {name: [] for name in ways}
    firsts = []
    for _ in range(PASSES):
        fresh = partial(find, directory.fresh_snapshot())
        firsts.append(sum(_pass(fresh, searches)))
        for name, way in ways.items():
            snapshot.memory.clear()
            runs[name].append(_pass(way, searches))
    times = {name: np.median(passes, axis=0) for name, passes in runs.items()}
    return _figures(times, float(np.median(firsts)))


def _figures(times: dict[str, NDArray[np.float64]], first: float) -> list[Figure]:
    """What the times of each way say."""
    halves = {name: np.percentile(each, (50, 95)) for name, each in times.items()}
    plain, page = halves["ours"] / halves["fts5"], halves["our page"] / halves["fts5 page"]
    return [
        Figure("÷ FTS5, p50: ids, exact total, all facets", plain[0]),
        Figure("÷ FTS5, p95: ids, exact total, all facets", plain[1], at_most=0.35),
        Figure("÷ FTS5, p50: the same with 20 rows read and marked", page[0]),
        Figure("÷ FTS5, p95: the same with 20 rows read and marked", page[1]),
        Figure("first pass after a start ÷ warm", first / times["ours"].sum(), at_most=2.5),
        Figure("search, p50", halves["ours"][0] * 1000, "ms"),
        Figure("search, p95", halves["ours"][1] * 1000, "ms"),
    ]


def _pass(way: Callable[[Criteria], object], searches: Sequence[Criteria]) -> list[float]:
    """The seconds of processor time of each search, in one pass: neighbours disturb it less."""
    understand.cache_clear()
    seconds = []
    for criteria in searches:
        start = thread_time()
        way(criteria)
        seconds.append(thread_time() - start)
    return seconds


def _shown(snapshot: Snapshot, mark: Mark, criteria: Criteria) -> object:
    """Our search, with its rows read and their names and summaries marked."""
    found = find(snapshot, criteria)
    rows = find_listings(hit.id for hit in found.hits)
    return [mark(row.name + row.summary, found.words) for row in rows]


def _shown_by(yardstick: Yardstick, mark: Mark, criteria: Criteria) -> object:
    """The yardstick's, in the same way."""
    found = yardstick.find(criteria)
    rows = [from_json(document) for document in yardstick.documents(found.ids)]
    slots = understand(criteria.text).slots
    stems = {stem for slot in slots for phrase, _ in slot.texts for stem in phrase}
    return [mark(row.name + row.summary, stems) for row in rows]
