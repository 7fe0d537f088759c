"""The whole results page against an empty one, and where a results page spends its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median
from time import perf_counter

from flask import render_template, request

from app.directory import queries
from app.directory.asked import read_asked
from app.directory.results import results_page
from app.places import Place
from app.site import current_site
from tests.bench.directory import Directory
from tests.bench.load import Load, put_load
from tests.bench.report import Figure, Section
from tests.bench.searches import Query
from tests.bench.server import served

ROUNDS = 3
EMPTY = "/bench/empty"
SHARED_OUT = 120
SYNC = ("--worker-class", "sync", "--workers", "2")


def measure_pages(directory: Directory, searches: Sequence[Query]) -> Section:
    """Rates of both pages under two sync workers and as the site is served."""
    addresses = [query.address for query in searches]
    empty, results = _rates(directory, addresses, SYNC)
    figures = [
        Figure("results page ÷ empty page, two sync workers", _ratio(results, empty), at_least=0.15)
    ]
    slow = _by_rate(results)
    figures += [
        Figure("results pages a second", slow.rate),
        Figure("results page under that load, p50", slow.p50, "ms"),
        Figure("results page under that load, p95", slow.p95, "ms"),
    ]
    empty, results = _rates(directory, addresses, ())
    figures.append(Figure("results page ÷ empty page, as served", _ratio(results, empty)))
    return Section(f"Pages, {len(addresses)} mixed addresses", figures)


def _rates(
    directory: Directory, addresses: Sequence[str], options: Sequence[str]
) -> tuple[list[Load], list[Load]]:
    """Loads of the empty and of the results page in turn, after a first round to warm up."""
    with served(directory.settings, *options) as port:
        put_load(port, addresses)
        pairs = [(put_load(port, [EMPTY]), put_load(port, addresses)) for _ in range(ROUNDS)]
    return [empty for empty, _ in pairs], [results for _, results in pairs]


def _ratio(results: Sequence[Load], empty: Sequence[Load]) -> float:
    """The median of the rounds' own ratios."""
    return median(one.rate / other.rate for one, other in zip(results, empty, strict=True))


def _by_rate(loads: Sequence[Load]) -> Load:
    """The load with the middle rate."""
    return sorted(loads, key=lambda load: load.rate)[len(loads) // 2]


def measure_parts(directory: Directory, searches: Sequence[Query]) -> Section:
    """The median time of each part of a results page, in one process without a server."""
    addresses = [query.address for query in searches[:SHARED_OUT]]
    for address in addresses:
        _parts(directory, address)
    rows = [_parts(directory, address) for address in addresses]
    middles = {name: median(row[name] for row in rows) * 1000 for name in rows[0]}
    whole = sum(middles.values())
    figures = [Figure(name, 100 * value / whole, "%") for name, value in middles.items()]
    figures.append(Figure("together", whole, "ms"))
    return Section("Where a results page spends its time (medians)", figures)


def _parts(directory: Directory, address: str) -> dict[str, float]:
    """Seconds of each part of one page. The view's share is what is left of the whole."""
    with directory.app.test_request_context(address):
        site = current_site()
        asked = read_asked(request.args, site.council)
        found = site.places.find(asked.near)
        criteria = queries.to_criteria(asked, found if isinstance(found, Place) else None)
        started = perf_counter()
        hits = queries.search_engine().find(criteria).hits
        searched = perf_counter()
        queries.find_listings(hit.id for hit in hits)
        read = perf_counter()
        page = results_page(asked, found, site.council, date.today())
        built = perf_counter()
        render_template("directory/results.html", page=page)
        rendered = perf_counter()
    with directory.app.test_client() as client:
        client_started = perf_counter()
        client.get(address).get_data()
        answered = perf_counter() - client_started
    parts = {
        "search": searched - started,
        "rows": read - searched,
        "view": (built - read) - (read - started),
        "template": rendered - built,
    }
    return parts | {"request, address, place, headers": answered - sum(parts.values())}
