"""Mail is sent beside the requests: soon, once, and never in anybody's way."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.config import Settings
from app.database import now, write
from app.extensions import db
from app.mail import CLAIM, MINUTES_TO_WAIT, queue_mail, send_waiting
from app.mail_sender import MailSender
from app.models import OutgoingMail
from app.site import Site, current_site
from tests.conftest import close
from tests.people import person
from tests.strict import StrictClient

PROCESSES = 4
MAILS = 12
BOUND, HANGS_FOR = 2, 20
"""Seconds in which a request is to be answered, and for which the office hangs unless let go."""
Told = Callable[[str, object], None]


class Office:
    """A mail server that may take its time or say no."""

    def __init__(self) -> None:
        self.subjects: list[str] = []
        self.slowness = 0.0
        self.is_refusing = False
        self.is_asked, self.may_go_on = Event(), Event()
        """Somebody has handed a message over; the office says yes to it. Open unless shut."""
        self.may_go_on.set()

    async def handle_RCPT(  # noqa: N802
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take the address, or none of them."""
        if self.is_refusing:
            self.is_asked.set()
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message in its own time."""
        self.is_asked.set()
        self.may_go_on.wait(HANGS_FOR)
        time.sleep(self.slowness)
        assert isinstance(envelope.content, bytes)
        lines = envelope.content.decode().splitlines()
        self.subjects += [line[9:] for line in lines if line.startswith("Subject: ")]
        return "250 taken"


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def posted(settings: Settings, office: Office) -> Iterator[Settings]:
    """The settings of a site whose mail goes to the office."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield replace(settings, mail_url=f"smtp://127.0.0.1:{port}")
    controller.stop()


def queue(site: Site, count: int) -> None:
    with write() as database:
        for number in range(count):
            queue_mail(database, site, subject=f"mail {number}", body="x", to="a@example.org")


def wait_for(is_done: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_done():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def waiting() -> int:
    db.session.rollback()
    return len(
        db.session.scalars(select(OutgoingMail.id).where(OutgoingMail.sent_at.is_(None))).all()
    )


def test_several_processes_send_each_mail_once(
    app: Flask, site: Site, posted: Settings, office: Office
) -> None:
    queue(site, MAILS)
    office.slowness = 0.03
    senders = [Thread(target=send_all, args=(app, posted)) for _ in range(PROCESSES)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(office.subjects) == sorted(f"mail {number}" for number in range(MAILS))
    assert waiting() == 0


def send_all(app: Flask, settings: Settings) -> None:
    with app.app_context():
        send_waiting(settings)


def test_a_claim_of_a_dead_process_runs_out(site: Site, posted: Settings, office: Office) -> None:
    queue(site, 1)
    with write() as database:
        database.scalars(select(OutgoingMail)).one().claimed_until = now() + CLAIM
    assert send_waiting(posted) == (0, 0)
    with time_machine.travel(datetime.now(UTC) + CLAIM + timedelta(seconds=1)):
        assert send_waiting(posted) == (1, 0)
    assert office.subjects == ["mail 0"]


def test_who_follows_waits_longer_after_each_failure(
    site: Site, posted: Settings, office: Office
) -> None:
    queue(site, 1)
    office.is_refusing = True
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=False) as clock:
        for minutes in MINUTES_TO_WAIT[:4]:
            assert send_waiting(posted, due_only=True) == (0, 1)
            assert send_waiting(posted, due_only=True) == (0, 0), "not at once again"
            clock.shift(timedelta(minutes=minutes))
        office.is_refusing = False
        assert send_waiting(posted, due_only=True) == (1, 0)
    assert office.subjects == ["mail 0"]


def test_by_hand_it_does_not_wait(site: Site, posted: Settings, office: Office) -> None:
    queue(site, 1)
    office.is_refusing = True
    assert send_waiting(posted) == (0, 1)
    office.is_refusing = False
    assert send_waiting(posted) == (1, 0)


def test_words_are_kept_only_until_they_have_gone(site: Site, settings: Settings) -> None:
    queue(site, 1)
    send_waiting(settings)
    assert db.session.scalars(select(OutgoingMail.body)).one() == ""


@pytest.fixture
def running(posted: Settings) -> Iterator[Flask]:
    """A site that sends its mail by itself to the office."""
    with sending(posted) as app:
        yield app


def ask(app: Flask) -> float:
    """Ask for a sign-in mail; gives the seconds of the answer."""
    began = time.monotonic()
    answer = app.test_client().post("/sign-in", data={"email": "sam@example.org"})
    assert answer.status_code == 303
    return time.monotonic() - began


def queued() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(OutgoingMail)) or 0


def told(record_property: Told, trouble: str, seconds: list[float]) -> None:
    """Say how long answers took; the machine may be busy, so that is not what is asserted."""
    words = f"{len(seconds)} answers, the slowest {max(seconds):.2f} s (aim: under {BOUND} s)"
    record_property("for_people", f"mail server {trouble}: {words}")


def test_who_stops_finishes_the_mail_at_hand_and_no_other(
    site: Site, posted: Settings, office: Office
) -> None:
    queue(site, 3)
    assert send_waiting(posted, is_over=lambda: bool(office.subjects)) == (1, 0)
    assert (office.subjects, waiting()) == (["mail 0"], 2)


def test_mail_goes_soon_after_the_request(running: Flask, office: Office) -> None:
    ask(running)
    wait_for(lambda: len(office.subjects) == 1)


def test_a_server_that_hangs_holds_up_no_request(
    running: Flask, office: Office, record_property: Told
) -> None:
    """Every answer comes while the server still thinks about the first mail, which lasts longer
    than any answer may: had one waited for it, the mail would have gone by then."""
    office.may_go_on.clear()
    seconds = [ask(running)]
    assert office.is_asked.wait(HANGS_FOR)
    seconds += [ask(running) for _ in range(4)]
    assert office.subjects == [], "all were answered before the server had taken one mail"
    told(record_property, f"hanging for {HANGS_FOR} s", seconds)
    office.may_go_on.set()
    wait_for(lambda: len(office.subjects) == 5)
    with running.app_context():
        wait_for(lambda: waiting() == 0)
        assert send_waiting(current_site().settings) == (0, 0)
    assert len(office.subjects) == 5, "each once"


def test_a_server_that_says_no_holds_up_no_request(
    running: Flask, office: Office, record_property: Told
) -> None:
    office.is_refusing = True
    seconds = [ask(running) for _ in range(3)]
    assert office.is_asked.wait(HANGS_FOR)
    seconds += [ask(running) for _ in range(2)]
    told(record_property, "refusing", seconds)
    office.is_refusing = False
    with running.app_context():
        wait_for(lambda: send_waiting(current_site().settings) == (0, 0) and waiting() == 0)
    assert len(office.subjects) == 5, "each once, after it says yes"


def test_a_server_that_never_greets_holds_up_no_request(
    settings: Settings, record_property: Told, tmp_path: Path
) -> None:
    """It takes the connection and says nothing: the sender waits, and nobody else."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port: int = mute.getsockname()[1]
        with sending(replace(settings, mail_url=f"smtp://127.0.0.1:{port}")) as app:
            seconds = [ask(app)]
            mute.settimeout(HANGS_FOR)
            connection, _address = mute.accept()
            seconds += [ask(app) for _ in range(4)]
            with app.app_context():
                assert waiting() == queued() == 5, "all were answered while it said nothing"
            connection.close()
            mute.close()
    told(record_property, "mute", seconds)
    assert_they_go_later(settings, tmp_path, 5)


def test_a_server_that_is_down_holds_up_no_request(
    settings: Settings, record_property: Told, tmp_path: Path
) -> None:
    with sending(replace(settings, mail_url="smtp://127.0.0.1:1")) as app:
        seconds = [ask(app) for _ in range(3)]
        with app.app_context():
            wait_for(lambda: tried() >= 1)
        seconds += [ask(app) for _ in range(2)]
    told(record_property, "down", seconds)
    assert_they_go_later(settings, tmp_path, 5)


def tried() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.sum(OutgoingMail.attempts))) or 0


@contextmanager
def sending(settings: Settings) -> Iterator[Flask]:
    """A site that sends its mail by itself, with somebody who may sign in."""
    app = create_app(settings, testing=True)
    app.test_client_class = StrictClient
    sender: MailSender = app.extensions["mail-sender"]
    with app.app_context():
        person(email="sam@example.org")
    sender.follow()
    yield app
    sender.close()
    close(app)


def assert_they_go_later(settings: Settings, folder: Path, count: int) -> None:
    """What waits goes by hand when there is a server again, once each."""
    app = create_app(replace(settings, mail_folder=folder / "later"), testing=True)
    with app.app_context():
        assert waiting() == count
        assert send_waiting(current_site().settings) == (count, 0)
        assert send_waiting(current_site().settings) == (0, 0)
    assert len(list((folder / "later").glob("*.eml"))) == count
    close(app)
