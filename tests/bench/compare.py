"""Our search beside other engines: first that they agree, then what each takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.directory.queries import find_listings
from app.listing import from_json
from app.search.criteria import Criteria, Results
from app.search.lately import forget
from app.search.query import find
from app.search.snapshot import Snapshot
from tests.bench.directory import Directory
from tests.bench.engines.fts5 import Fts5
from tests.bench.engines.limit import Limit
from tests.bench.engines.protocol import (
    Engine,
    Found,
    MissingError,
    Reading,
    Row,
    Words,
    rows_of,
    words_of,
)
from tests.bench.goals import LARGE, SMALL, Goals, goals_for
from tests.bench.report import NOT_MEASURED, Figure, Section
from tests.bench.searches import WORDED, Query

PASSES = 5
FEW = {"Whoosh as documented"}
"""Engines so slow that they are given a part of the searches, in one pass."""
NEW = "ours, words too"
Mark = Callable[[str, Iterable[str]], Markup]
Times = NDArray[np.float64]


class UnequalError(Exception):
    """Two engines do not find or count the same."""


@dataclass(frozen=True, slots=True)
class Rival:
    """Another engine, with its directory, and the clock it is timed by."""

    engine: Engine
    build_seconds: float
    clock: Callable[[], float] = thread_time


def compare(directory: Directory, queries: Sequence[Query], folder: Path) -> Section:
    """Check and time all. Raises `UnequalError` when a comparable search differs."""
    snapshot = directory.fresh_snapshot()

    @cache
    def read(text: str) -> Words:
        return words_of(snapshot.read(text))

    rivals, notes = _rivals(directory, read, folder)
    with directory.app.app_context(), ExitStack() as stack:
        for rival in rivals.values():
            stack.callback(rival.engine.close)
        notes += _check(snapshot, read, rivals, queries)
        figures = _timed(directory, snapshot, rivals, [q.criteria for q in queries[:WORDED]])
    build = rivals["SQLite FTS5"].build_seconds / directory.index_seconds
    figures.append(Figure("index build rate ÷ FTS5 build rate", build))
    heading = f"Search in the process, {directory.services:,} listings, {WORDED} searches"
    return Section(heading, figures, notes)


def _rivals(
    directory: Directory, read: Reading, folder: Path
) -> tuple[dict[str, Rival], list[str]]:
    """Every engine this machine has, and what it lacks."""
    start = perf_counter()
    stream = lambda: rows_of(directory.listings())  # noqa: E731
    rows = None if directory.services >= LARGE else list(stream())
    prepared = perf_counter() - start
    found: dict[str, Rival] = {}
    notes = []
    for name, make in _makers(directory.services, folder).items():
        start = perf_counter()
        try:
            engine = make(stream() if rows is None else rows, read)
        except MissingError as error:
            notes.append(f"{NOT_MEASURED}: {name}. {error}")
            continue
        clock = perf_counter if name == "PostgreSQL" else thread_time
        found[name] = Rival(engine, perf_counter() - start + prepared, clock)
    return found, notes


def _makers(services: int, folder: Path) -> dict[str, Callable[[Iterable[Row], Reading], Engine]]:
    """How each engine is made; the largest directory is for those alone that have a goal."""
    makers: dict[str, Callable[[Iterable[Row], Reading], Engine]] = {
        "NumPy limit": Limit,
        "SQLite FTS5": partial(Fts5, folder=folder),
    }
    if services < LARGE:
        makers |= {
            "tantivy": partial(_tantivy, folder=folder),
            "PostgreSQL": partial(_postgres, name=f"bench_{services}"),
            "Whoosh as documented": partial(_documented, folder=folder),
        }
    return makers


def _tantivy(rows: Iterable[Row], read: Reading, folder: Path) -> Engine:
    from tests.bench.engines.tantivy import Tantivy  # noqa: PLC0415 - an extra

    return Tantivy(rows, read, folder / "tantivy")


def _postgres(rows: Iterable[Row], read: Reading, name: str) -> Engine:
    from tests.bench.engines.postgres import Postgres  # noqa: PLC0415 - an extra

    return Postgres(rows, read, name)


def _documented(rows: Iterable[Row], read: Reading, folder: Path) -> Engine:
    from tests.bench.engines.documented import Documented  # noqa: PLC0415 - as slow to build

    return Documented(rows, read, folder / "documented")


def _check(
    snapshot: Snapshot, read: Reading, rivals: dict[str, Rival], queries: Sequence[Query]
) -> list[str]:
    """Compare what all find; says how many searches were found equal."""
    limit = rivals["NumPy limit"].engine
    assert isinstance(limit, Limit)
    equal, others = 0, {name: 0 for name in rivals if name != "NumPy limit"}
    for number, query in enumerate(queries):
        bare = limit.find(query.criteria)
        for name in others:
            if number % _step(name, snapshot.total) == 0:
                _must_agree(name, query, rivals[name].engine.find(query.criteria), bare)
                others[name] += 1
        if _is_comparable(snapshot, limit, read, query):
            _must_agree("ours", query, find(snapshot, query.criteria), bare)
            equal += 1
    told = ", ".join(f"{name} {count}" for name, count in others.items())
    return [
        f"equal totals and equal counts of every facet as the limit: {told}, ours {equal}"
        f" of {len(queries)} searches",
        f"the other {len(queries) - equal} name a town (ours knows what is near it) or find too few"
        " (ours goes on to those with most of the words): the others do less there",
        "order differs on purpose: ours knows freshness, spaces and closeness",
    ]


def _is_comparable(snapshot: Snapshot, limit: Limit, read: Reading, query: Query) -> bool:
    """Whether ours is to find what the words alone say."""
    text = query.criteria.text
    few = read(text).few
    if snapshot.read(text).spot is not None:
        return False
    return not few or np.count_nonzero(limit.matched(text)[0]) >= few


def _must_agree(name: str, query: Query, found: Results | Found, bare: Found) -> None:
    ids = found.ids if isinstance(found, Found) else [hit.id for hit in found.hits]
    if found.total != bare.total or found.facets != bare.facets:
        raise UnequalError(f"{query.address}: {name} {found.total}, {bare.total}, or other counts")
    if bare.total <= query.criteria.size and set(ids) != set(bare.ids):
        raise UnequalError(f"{query.address}: {name} has not the same services")


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that is timed, and what is done before each pass."""

    ask: Callable[[Criteria], object]
    clock: Callable[[], float] = thread_time
    before: Callable[[], None] = lambda: None

    def run(self, asked: Sequence[Criteria]) -> list[float]:
        """The seconds of each search: of processor time, which neighbours disturb less, where
        the work is done in this process."""
        self.before()
        seconds = []
        for criteria in asked:
            start = self.clock()
            self.ask(criteria)
            seconds.append(self.clock() - start)
        return seconds


class _Ours:
    """Our search in the states it is timed in."""

    def __init__(self, directory: Directory, snapshot: Snapshot) -> None:
        self._directory, self._warm, self._new = directory, snapshot, snapshot

    def _forget_answers(self) -> None:
        """Words stay decoded and read; what was answered is forgotten."""
        forget(self._warm, "answer_slot")

    def _forget(self) -> None:
        """What was read is forgotten too."""
        self._forget_answers()
        forget(self._warm, "read")

    def _start(self) -> None:
        self._new = self._directory.fresh_snapshot()

    def ways(self, fts5: Fts5) -> dict[str, Way]:
        """What is timed of ours, and a page of the yardstick."""
        mark = self._directory.engine.mark
        return {
            "first": Way(lambda criteria: find(self._new, criteria), before=self._start),
            "ours": Way(partial(find, self._warm), before=self._forget_answers),
            NEW: Way(partial(find, self._warm), before=self._forget),
            "our page": Way(partial(_shown, self._warm, mark), before=self._forget),
            "fts5 page": Way(partial(_shown_by, fts5, mark)),
        }


def _timed(
    directory: Directory, snapshot: Snapshot, rivals: dict[str, Rival], asked: Sequence[Criteria]
) -> list[Figure]:
    """The times of each, medians over passes that take turns.

    Words are read once for all engines, ours too; “words too” is ours when nobody has typed them
    before, and is no yardstick of the others.
    """
    fts5 = rivals["SQLite FTS5"].engine
    assert isinstance(fts5, Fts5)
    ways = _Ours(directory, snapshot).ways(fts5)
    ways |= {name: Way(rival.engine.find, rival.clock) for name, rival in rivals.items()}
    runs: dict[str, list[list[float]]] = {name: [] for name in ways}
    for turn in range(PASSES):
        for name, way in ways.items():
            if name not in FEW:
                runs[name].append(way.run(asked))
            elif not turn:
                runs[name].append(way.run(asked[:: _step(name, directory.services)]))
    times = {name: np.median(passes, axis=0) for name, passes in runs.items()}
    return _figures(times, goals_for(directory.services))


def _step(name: str, services: int) -> int:
    """Of how many searches an engine is given one."""
    return 1 if name not in FEW else 10 if services <= SMALL else 20


def _figures(times: dict[str, Times], goals: Goals) -> list[Figure]:
    """What the times say."""
    halves = {name: np.percentile(each, (50, 95)) for name, each in times.items()}
    at_most = {"NumPy limit": goals.limit, "SQLite FTS5": goals.fts5}
    figures = [
        Figure("ours, p50 / p95", *(1000 * halves["ours"]), unit="ms"),
        Figure("ours, words read too, p50 / p95", *(1000 * halves[NEW]), unit="ms"),
    ]
    others = [name for name in times if name not in {"ours", NEW, "first", "our page", "fts5 page"}]
    for name in others:
        few = f" ({len(times[name])} searches)" if name in FEW else ""
        figures.append(Figure(f"{name}, p50 / p95{few}", *(1000 * halves[name]), unit="ms"))
    for name in others:
        ratio = halves["ours"] / halves[name]
        figures.append(Figure(f"ours ÷ {name}, p50", ratio[0]))
        figures.append(Figure(f"ours ÷ {name}, p95", ratio[1], at_most=at_most.get(name)))
    page = halves["our page"] / halves["fts5 page"]
    first = times["first"].sum() / times[NEW].sum()
    new = halves[NEW] / halves["NumPy limit"]
    return [
        *figures,
        Figure("ours, words read too ÷ NumPy limit, p95", new[1]),
        Figure("ours ÷ SQLite FTS5 with 20 rows read and marked, p95", page[1]),
        Figure("first pass after a start ÷ warm", first, at_most=goals.first),
    ]


def _shown(snapshot: Snapshot, mark: Mark, criteria: Criteria) -> object:
    """Our search, with its rows read and their names and summaries marked."""
    found = find(snapshot, criteria)
    rows = find_listings(hit.id for hit in found.hits)
    return [mark(row.name + row.summary, found.words) for row in rows]


def _shown_by(fts5: Fts5, mark: Mark, criteria: Criteria) -> object:
    """FTS5's, in the same way."""
    found = fts5.find(criteria)
    rows = [from_json(document) for document in fts5.documents(found.ids)]
    slots = fts5.read(criteria.text).slots
    stems = {stem for slot in slots for phrase, _ in slot.texts for stem in phrase}
    return [mark(row.name + row.summary, stems) for row in rows]
