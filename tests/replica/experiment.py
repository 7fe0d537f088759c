"""What families and staff meet when the database's machine stops.

A primary and a streaming replica of PostgreSQL; two hosts of the site, each with an index of its
own. One is given both servers, the primary first; the other reads the replica alone. Both are
asked all the time while the primary is stopped and started again, and at last is lost and the
replica takes its place.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from flask import Flask

from app import create_app
from app.demo.load import load_demo
from app.extensions import db
from app.models import Feedback
from app.operations.prepare import prepare_tables
from app.operations.schema import migrate_to_newest
from app.site import current_site
from tests import factories
from tests.browser.live import serving
from tests.cluster import Cluster, find_programs
from tests.conftest import close, settings_in

DATABASE, SERVICES, PATIENCE, WATCHED = "offer", 120, 30.0, 6.0
"""Its name, listings in it, seconds until something must have happened, and of each stage."""
PAGES = ("/", "/services?q=swimming", "/services?need=autism", "/browse", "/suggest?q=swim")
BOTH, READS = "both", "replica"
"""The hosts, by the servers they are given."""
KIND = "We cannot save anything just now"
WORDS = "The page about respite is hard to read."


@dataclass
class Seen:
    """What a host answered while it was asked all the time."""

    statuses: Counter[int] = field(default_factory=Counter)
    limited: int = 0

    def __str__(self) -> str:
        told = ", ".join(f"{count} × {status}" for status, count in sorted(self.statuses.items()))
        return f"{told}; {self.limited} limited"


def fetch(address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and page."""
    data = urlencode(form).encode() if form else None
    request = Request(address, data, {"Sec-Fetch-Site": "same-origin"} if form else {})
    try:
        with urlopen(request, timeout=30) as answer:
            return int(answer.status), str(answer.read().decode())
    except HTTPError as answer:
        return answer.code, answer.read().decode()


def send(host: str) -> tuple[int, str]:
    """Tell the council something about the site."""
    return fetch(f"{host}/feedback", {"words": WORDS, "reply_to": ""})


@contextmanager
def asking(host: str) -> Iterator[Seen]:
    """Ask a host for pages, one after the other, until this ends."""
    seen, over = Seen(), Event()

    def ask() -> None:
        while not over.wait(0.02):
            for page in PAGES:
                status, shown = fetch(host + page)
                seen.statuses[status] += 1
                seen.limited += "Our search is resting" in shown

    thread = Thread(target=ask)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def until(holds: Callable[[], bool]) -> float:
    """Seconds until something holds. Raises `AssertionError` when it takes too long."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < PATIENCE, "it took too long"
        time.sleep(0.05)
    return time.monotonic() - began


def finds(host: str, word: str) -> bool:
    """Whether a host finds a service by a word, without being limited."""
    page = fetch(f"{host}/services?q={word}")[1]
    return "data-service=" in page and word.title() in page and "resting" not in page


def publish(app: Flask, word: str) -> None:
    """Publish a service, as staff do on yet another host."""
    with app.app_context():
        factories.published(current_site(), f"{word.title()} Club")


def received(app: Flask) -> int:
    """How often something was said about the site and kept."""
    with app.app_context():
        return db.session.query(Feedback).count()


def stage(name: str, hosts: dict[str, str], do: Callable[[], object]) -> list[str]:
    """Do something while both hosts are asked all the time; gives a line for each."""
    with ExitStack() as stack:
        seen = {which: stack.enter_context(asking(host)) for which, host in hosts.items()}
        do()
        time.sleep(WATCHED)
    lines = [f"{name:<18}{which:<9}{told}" for which, told in seen.items()]
    for told in seen.values():
        assert set(told.statuses) == {200}, lines
        assert not told.limited, lines
    return lines


def experiment() -> list[str]:
    """All of it; gives what was seen. Raises `AssertionError` where it is not as it should be."""
    programs = find_programs()
    assert programs is not None, "PostgreSQL is missing"
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        primary = Cluster(programs)
        stack.callback(primary.stop)
        app = create_app(settings_in(folder, database_url=primary.address(DATABASE)))
        stack.callback(close, app)
        with app.app_context():
            migrate_to_newest()
            prepare_tables()
            load_demo(current_site(), SERVICES, 1, date.today(), lambda _count: None)
        replica = primary.replica()
        stack.callback(replica.stop)
        return _with_hosts(stack, app, folder, primary, replica)


def _with_hosts(
    stack: ExitStack, app: Flask, folder: Path, primary: Cluster, replica: Cluster
) -> list[str]:
    reads = replica.existing(DATABASE)
    addresses = {BOTH: f"{primary.address(DATABASE)}&host={replica.folder}", READS: reads}
    hosts = {}
    for which, address in addresses.items():
        (folder / which).mkdir()
        hosts[which] = stack.enter_context(
            serving(folder / which, DATABASE_URL=address, WORKERS="2")
        )
    said = stage("both at work", hosts, lambda: None)
    said += [_followed(app, hosts, "quokka"), *_saves(app, hosts)]
    right = _swimming(hosts)
    assert all(right)
    said += stage("primary stops", hosts, primary.halt)
    said += stage("primary is away", hosts, lambda: None)
    assert _swimming(hosts) == right, "search is as it was"
    said += _refusals(hosts)
    said += stage("primary is back", hosts, primary.go_on)
    said += [_followed(app, hosts, "numbat"), *_saves(app, hosts)]
    said += stage("primary is lost", hosts, primary.halt)
    said += stage("replica promoted", hosts, replica.promote)
    heir = create_app(settings_in(folder, database_url=reads))
    stack.callback(close, heir)
    return [*said, _followed(heir, hosts, "wombat"), *_saves(heir, hosts, keep=(BOTH, READS))]


def _swimming(hosts: dict[str, str]) -> list[list[str]]:
    """What each host finds for a word, in order."""
    pages = (fetch(f"{host}/services?q=swimming")[1] for host in hosts.values())
    return [re.findall('data-service="([^"]+)"', page) for page in pages]


def _followed(app: Flask, hosts: dict[str, str], word: str) -> str:
    """Publish something; how soon each host finds it."""
    publish(app, word)
    with ThreadPoolExecutor() as pool:
        waits = {
            which: pool.submit(until, partial(finds, host, word)) for which, host in hosts.items()
        }
    return f"“{word}” published: found " + ", ".join(
        f"by {which} after {wait.result():.1f} s" for which, wait in waits.items()
    )


def _saves(app: Flask, hosts: dict[str, str], keep: Sequence[str] = (BOTH,)) -> list[str]:
    """What happens to words that are sent: kept by hosts that reach a primary, else refused."""
    lines = []
    for which, host in hosts.items():
        before = received(app)
        status, page = send(host)
        kept = received(app) - before
        right = (status, kept) == (200, 1) if which in keep else _is_kind(status, page)
        assert right, (which, status, kept)
        lines.append(f"words sent to {which}: {status}, kept {kept}")
    return lines


def _refusals(hosts: dict[str, str]) -> list[str]:
    answers = {which: send(host) for which, host in hosts.items()}
    assert all(_is_kind(*answer) for answer in answers.values()), answers
    return [
        f"words sent to {which}: {status}, what was typed is on the page"
        for which, (status, _) in answers.items()
    ]


def _is_kind(status: int, page: str) -> bool:
    return status == 503 and KIND in page and f'value="{WORDS}"' in page
