"""Published means findable: the real server with four workers, and workers killed on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Timer
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access import COOKIE
from app.audit import find_break
from app.config import ROOT, Settings
from app.database import now
from app.extensions import db
from app.models import AuditEntry, ChangeFeed, ListingVersion, PublishedListing, Revision, Service
from app.site import Site, current_site
from app.states import RevisionStatus, Role
from tests import factories
from tests.browser.live import free_port, wait_until_ready
from tests.moderation import NEW, changed, sent_new
from tests.people import open_session, person

WORKERS, WITHIN = 4, 1.0
"""Seconds after the answer in which every worker must find what was approved."""
KILLS, LONGEST_DELAY = 50, 2
"""How often workers are killed, and how long after the asking at most, in usual approvals."""
SURE = {"decision": "approve", "tier": "universal", "sure": "yes"}


@contextmanager
def serving(settings: Settings, folder: Path) -> Iterator[tuple[int, int]]:
    """The site with four workers; gives its port and the process that looks after them."""
    port = free_port()
    environ = {
        **os.environ,
        "PORT": str(port),
        "WORKERS": str(WORKERS),
        "COUNCIL": settings.council,
        "CONFIG": "development",
        "DATABASE_URL": settings.database_url,
        "SEARCH_INDEX": str(settings.search_index),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "python:app.gunicorn_conf", "wsgi:app"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        wait_until_ready(server, f"http://127.0.0.1:{port}", folder / "server.log")
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture
def cookie(app: Flask) -> str:
    """Of a moderator who is signed in."""
    client = app.test_client()
    open_session(client, person(Role.MODERATOR))
    held = client.get_cookie(COOKIE)
    assert held is not None
    return f"{COOKIE}={held.value}"


def ask(
    port: int, path: str, cookie: str = "", form: dict[str, str] | None = None
) -> tuple[int, str]:
    """One request on a connection of its own, so that any worker may answer it."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        headers = {"Cookie": cookie, "Connection": "close"}
        if form is None:
            connection.request("GET", path, headers=headers)
        else:
            headers |= {"Content-Type": "application/x-www-form-urlencoded",
                        "Origin": f"http://127.0.0.1:{port}"}  # fmt: skip
            connection.request("POST", path, urlencode(form), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def approve(port: int, cookie: str, revision: str, saved: int) -> int:
    """The status of the answer."""
    form = {**SURE, "saved": str(saved)}
    return ask(port, f"/staff/revisions/{revision}/decide", cookie, form)[0]


def send(site: Site, owner: str, number: int) -> tuple[str, int, str]:
    """A new service that waits: its id, its count of saves, and a word nobody else has."""
    word = "quokka" + "".join(chr(97 + int(digit)) for digit in str(number)) + "zz"
    revision = sent_new(site, owner, draft=changed(NEW, about__name=f"{word.title()} Club"))
    return revision.id, revision.saved, word


def finds(port: int, word: str) -> bool:
    """Whether the worker that answers finds it."""
    return "data-service=" in ask(port, f"/services?q={word}")[1]


def children(parent: int) -> list[int]:
    """The processes that another has begun."""
    path = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(pid) for pid in path.read_text().split()]


@pytest.mark.slow
def test_every_worker_finds_what_was_approved_within_a_second(
    app: Flask,
    settings: Settings,
    tmp_path: Path,
    cookie: str,
    record_property: Callable[[str, object], None],
) -> None:
    site = current_site()
    owner = factories.published(site, "Otter Club", slug="otters").organisation_id
    app.extensions["search"].rebuild()
    sent = [send(site, owner, number) for number in range(5)]
    db.session.remove()
    with serving(settings, tmp_path) as (port, _server):
        for _ in range(8 * WORKERS):  # until every worker has begun
            assert not finds(port, sent[0][2])
        for key, saved, word in sent:
            assert approve(port, cookie, key, saved) == 303
            answered = time.monotonic()
            while time.monotonic() - answered < WITHIN:
                time.sleep(0.05)
            missed = [number for number in range(8 * WORKERS) if not finds(port, word)]
            assert not missed, f"{word}: {len(missed)} of {8 * WORKERS} answers did not have it"
    record_property(
        "for_people",
        f"fresh: {len(sent)} approvals, each found in {8 * WORKERS} of {8 * WORKERS} answers of"
        f" {WORKERS} workers, asked from {WITHIN:.0f} s after it on",
    )


@pytest.mark.slow
def test_workers_killed_during_approvals_lose_nothing(
    app: Flask,
    settings: Settings,
    tmp_path: Path,
    cookie: str,
    record_property: Callable[[str, object], None],
) -> None:
    """`kill -9` of a worker fifty times while approvals are under way."""
    site = current_site()
    owner = factories.published(site, "Otter Club", slug="otters").organisation_id
    app.extensions["search"].rebuild()
    first, *sent = [send(site, owner, number) for number in range(KILLS + 1)]
    db.session.remove()
    acknowledged, killed = {first[0]}, 0
    with serving(settings, tmp_path) as (port, server):
        usual = time_of_approval(port, cookie, first)
        for number, (key, saved, _) in enumerate(sent):
            moment = LONGEST_DELAY * usual * (number % 25) / 24
            workers = children(server)
            killer = Timer(moment, kill, [workers])
            killer.start()
            try:
                if approve(port, cookie, key, saved) == 303:
                    acknowledged.add(key)
            except (OSError, HTTPException):
                pass
            killer.join()
            wait_for_answer(port)
            killed += len({*workers} - {*children(server)})
        published = assert_whole(site, acknowledged)
        finish_and_find(port, cookie, sent)
    assert find_break(db.session(), site.settings.secret_key) is None
    assert app.extensions["search"].differences() == [], "what `search check` compares"
    assert killed == KILLS * WORKERS, "every worker died, so also the one that was approving"
    undone = 1 + KILLS - published
    assert undone and len(acknowledged) > 1, "some died before the end of an approval, some after"
    record_property(
        "for_people",
        f"kills: {KILLS} times around an approval of {usual:.2f} s, acknowledged"
        f" {len(acknowledged) - 1}, published without an answer {published - len(acknowledged)},"
        f" undone whole {undone}; acknowledged and lost 0, half published 0;"
        f" found afterwards {KILLS} of {KILLS}",
    )


def time_of_approval(port: int, cookie: str, sent: tuple[str, int, str]) -> float:
    """How long an approval takes by a worker that has answered nothing yet, as all that follow."""
    began = time.monotonic()
    assert approve(port, cookie, sent[0], sent[1]) == 303
    return time.monotonic() - began


def kill(workers: list[int]) -> None:
    """`kill -9`: none of them comes to finish anything."""
    for pid in workers:
        os.kill(pid, signal.SIGKILL)


def wait_for_answer(port: int) -> None:
    """Until some worker answers again."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if ask(port, "/health/live")[0] == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.05)
    raise AssertionError("no worker came back")


def assert_whole(site: Site, acknowledged: set[str]) -> int:
    """Each revision is published with version, listing, log entry and a row of the change feed,
    or not at all; gives how many are."""
    db.session.expire_all()
    for revision in db.session.scalars(select(Revision)):
        entries = db.session.scalar(
            select(func.count())
            .select_from(AuditEntry)
            .where(AuditEntry.subject_id == revision.id, AuditEntry.action == "revision.approved")
        )
        if revision.status != RevisionStatus.APPROVED:
            assert revision.id not in acknowledged, "acknowledged and lost"
            assert (revision.service_id, entries) == (None, 0), "half published"
            continue
        assert entries == 1 and revision.service_id is not None
        service = db.session.get_one(Service, revision.service_id)
        assert db.session.get(PublishedListing, service.id) is not None and service.version == 1
        told = select(func.count()).where(ChangeFeed.service_id == service.id)
        assert db.session.scalar(told) == 1
    versions = db.session.scalar(select(func.count()).select_from(ListingVersion))
    approved = db.session.scalars(
        select(Revision.id).where(Revision.status == RevisionStatus.APPROVED)
    ).all()
    assert versions == len(approved) and acknowledged <= {*approved}
    db.session.remove()
    return len(approved)


def finish_and_find(port: int, cookie: str, sent: list[tuple[str, int, str]]) -> None:
    """Approve what the kills undid; then all fifty are found."""
    for key, saved, _ in sent:
        assert approve(port, cookie, key, saved) in {303, 409}
    begun = now()
    missing = {word for _, _, word in sent}
    while missing and (now() - begun).total_seconds() < 20:
        missing = {word for word in missing if not finds(port, word)}
    assert not missing
