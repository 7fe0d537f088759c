"""Where a results page spends its time, in one process without a server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from statistics import median
from time import thread_time
from typing import Any
from unittest.mock import patch

from app.directory import queries, routes
from app.search.engine import Search
from tests.bench.directory import Directory
from tests.bench.empty import EMPTY
from tests.bench.report import Figure, Section
from tests.bench.searches import Query

Spent = defaultdict[str, float]


def measure_parts(directory: Directory, searches: Sequence[Query]) -> Section:
    """The median processor time of each part, and of a page with nothing on it."""
    addresses = [query.address for query in searches]
    for address in addresses:
        _parts(directory, address)
    both = [(_parts(directory, address), _whole(directory, EMPTY)) for address in addresses]
    rows = [parts for parts, _ in both]
    middles = {name: median(row[name] for row in rows) * 1000 for name in rows[0]}
    whole = sum(middles.values())
    empty = median(empty for _, empty in both) * 1000
    figures = [Figure(name, 100 * value / whole, unit="%") for name, value in middles.items()]
    figures.append(Figure("together", whole, unit="ms"))
    figures.append(Figure("an empty page, in the same way", empty, unit="ms"))
    return Section("Where a results page spends its processor time (medians)", figures)


def _parts(directory: Directory, address: str) -> dict[str, float]:
    """Seconds of each part of one page."""
    with _watched(directory) as spent:
        whole = _whole(directory, address)
    inner = spent["search"] + spent["rows"]
    return {
        "search": spent["search"],
        "rows": spent["rows"],
        "view": spent["page"] - inner,
        "template": spent["template"],
        "request, address, place, headers": whole - spent["page"] - spent["template"],
    }


def _whole(directory: Directory, address: str) -> float:
    """Seconds of one request."""
    client = directory.app.test_client()
    start = thread_time()
    client.get(address).get_data()
    return thread_time() - start


@contextmanager
def _watched(directory: Directory) -> Iterator[Spent]:
    """Count the time spent in each part while a page is made."""
    spent: Spent = defaultdict(float)
    watched = (
        (directory.engine, "find", "search"),
        (directory.engine, "count", "search"),
        (queries, "find_stored", "rows"),
        (routes, "results_page", "page"),
        (routes, "render_template", "template"),
    )
    with ExitStack() as stack:
        # as in a worker, which follows the changes and so need not read what it has ready
        stack.enter_context(patch.object(Search, "is_in_step", new=True))
        for owner, name, part in watched:
            timed = _timed(getattr(owner, name), part, spent)
            stack.enter_context(patch.object(owner, name, timed))
        yield spent


def _timed(work: Callable[..., Any], part: str, spent: Spent) -> Callable[..., Any]:
    """The same work, with its time added up."""

    def timed(*given: Any, **named: Any) -> Any:
        start = thread_time()
        try:
            return work(*given, **named)
        finally:
            spent[part] += thread_time() - start

    return timed
