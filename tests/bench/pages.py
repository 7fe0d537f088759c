"""The whole results page against an empty one, under the same gunicorn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.directory import Directory
from tests.bench.empty import EMPTY
from tests.bench.goals import goals_for
from tests.bench.load import Load, put_load
from tests.bench.report import Figure, Section
from tests.bench.searches import Query
from tests.bench.server import Server, served

ROUNDS, WARM = 3, 4
SYNC = ("--worker-class", "sync", "--workers", "2")


@dataclass(frozen=True, slots=True)
class Round:
    """One load of the empty page and one of results pages, with the workers' time a page."""

    empty: Load
    results: Load
    empty_time: float
    results_time: float


def measure_pages(directory: Directory, searches: Sequence[Query]) -> Section:
    """Rates of both pages under two sync workers."""
    addresses = [query.address for query in searches]
    rounds = _rounds(directory, addresses)
    slow = sorted((each.results for each in rounds), key=lambda load: load.rate)[ROUNDS // 2]
    goal = goals_for(directory.services).pages
    figures = [
        Figure(
            "results ÷ empty page rate, two sync workers",
            _ratio(rounds),
            at_least=goal,
        ),
        Figure("the same, by the workers' processor time", _time_ratio(rounds)),
        Figure("results pages a second, two sync workers", slow.rate),
        Figure("a results page under that load, p50", slow.p50, unit="ms"),
        Figure("a results page under that load, p95", slow.p95, unit="ms"),
    ]
    return Section(f"Pages, {len(addresses)} mixed addresses", figures)


def _rounds(directory: Directory, addresses: Sequence[str]) -> list[Round]:
    """Loads of both pages in turn, once every worker has had most of the addresses."""
    with served(directory.settings, *SYNC) as server:
        asked = 0.0
        while asked < WARM * len(addresses):
            asked += put_load(server.port, addresses).pages
        return [_round(server, addresses) for _ in range(ROUNDS)]


def _round(server: Server, addresses: Sequence[str]) -> Round:
    started = server.busy
    empty = put_load(server.port, [EMPTY])
    between = server.busy
    results = put_load(server.port, addresses)
    ended = server.busy
    return Round(
        empty, results, (between - started) / empty.pages, (ended - between) / results.pages
    )


def _ratio(rounds: Sequence[Round]) -> float:
    """The median of the rounds' own ratios."""
    return median(each.results.rate / each.empty.rate for each in rounds)


def _time_ratio(rounds: Sequence[Round]) -> float:
    """The same from processor time, which neighbours on the machine disturb less; 0 if unknown."""
    return median(each.empty_time / (each.results_time or 1) for each in rounds)
