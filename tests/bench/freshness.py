"""How long a save takes to be seen by every worker of a running server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter
from urllib.request import urlopen

from app.extensions import db
from app.site import current_site
from tests import factories
from tests.bench.directory import Directory
from tests.bench.empty import SEEN
from tests.bench.report import Figure, Section
from tests.bench.server import Server, served

WORKERS, SAVES, AT_ONCE = 4, 5, 8
PATIENCE = 30
WORD = "quokkazz"


def measure_freshness(directory: Directory) -> Section:
    """The usual and the longest time from a save's end to when the last worker finds it."""
    options = ("--worker-class", "sync", "--workers", str(WORKERS))
    with served(directory.settings, *options) as server, directory.app.app_context():
        _wait(server, f"{WORD}none", 0)
        waits = [_save(server, f"{WORD}{chr(97 + number)}") for number in range(SAVES)]
        db.session.remove()
    figures = [
        Figure(f"a save seen by all {WORKERS} workers, usual", median(waits), unit="s"),
        Figure(f"the longest of {SAVES}", max(waits), unit="s", at_most=1),
    ]
    return Section("Freshness", figures)


def _save(server: Server, word: str) -> float:
    """Seconds from the end of a save until every worker finds it."""
    factories.published(current_site(), f"{word.title()} Club")
    start = perf_counter()
    _wait(server, word, 1)
    return perf_counter() - start


def _wait(server: Server, word: str, count: int) -> None:
    """Ask until every worker has said that it finds so many. Raises `TimeoutError`.

    Several ask at once: of idle workers one and the same may take each single request.
    """
    end, ready = perf_counter() + PATIENCE, set[str]()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while len(ready) < WORKERS:
            if perf_counter() > end:
                raise TimeoutError(f"only {len(ready)} workers found {word}")
            told = pool.map(lambda _: _ask(server, word), range(AT_ONCE))
            ready |= {worker for worker, found in told if found == count}


def _ask(server: Server, word: str) -> tuple[str, int]:
    """Which worker answered, and how many services it finds."""
    with urlopen(f"http://127.0.0.1:{server.port}{SEEN}?q={word}", timeout=PATIENCE) as answer:
        worker, found = answer.read().decode().split()
    return worker, int(found)
