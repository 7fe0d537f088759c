"""Mail is sent beside the requests: soon, once, and never in anybody's way."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import select

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


class Office:
    """A mail server that may be slow or say no."""

    def __init__(self) -> None:
        self.subjects: list[str] = []
        self.slowness = 0.0
        self.is_refusing = False

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
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message in its own time."""
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


def wait_for(is_done: Callable[[], bool], seconds: float = 15) -> None:
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
    """A site that sends its mail by itself."""
    app = create_app(posted, testing=True)
    app.test_client_class = StrictClient
    sender: MailSender = app.extensions["mail-sender"]
    sender.follow()
    yield app
    sender.close()
    close(app)


def ask(app: Flask) -> float:
    """Ask for a sign-in mail; gives the seconds of the answer."""
    began = time.monotonic()
    answer = app.test_client().post("/sign-in", data={"email": "sam@example.org"})
    assert answer.status_code == 303
    return time.monotonic() - began


def test_mail_goes_soon_after_the_request(running: Flask, office: Office) -> None:
    with running.app_context():
        person(email="sam@example.org")
    ask(running)
    wait_for(lambda: len(office.subjects) == 1, 5)


@pytest.mark.parametrize("trouble", ["slow", "refusing"])
def test_a_server_in_trouble_holds_up_no_request(
    running: Flask, office: Office, trouble: str
) -> None:
    office.slowness, office.is_refusing = (3, False) if trouble == "slow" else (0, True)
    with running.app_context():
        person(email="sam@example.org")
    for _ in range(3):
        assert ask(running) < 2
        time.sleep(0.5)
    if trouble == "slow":
        wait_for(lambda: len(office.subjects) == 3)
        time.sleep(1.5)
        assert len(office.subjects) == 3, "each once"


def test_a_server_that_is_down_holds_up_no_request(settings: Settings, tmp_path: Path) -> None:
    app = create_app(replace(settings, mail_url="smtp://127.0.0.1:1"), testing=True)
    sender: MailSender = app.extensions["mail-sender"]
    app.test_client_class = StrictClient
    with app.app_context():
        person(email="sam@example.org")
    sender.follow()
    assert ask(app) < 2
    time.sleep(1.5)
    assert ask(app) < 2
    sender.close()
    with app.app_context():
        assert waiting() == 2
        settings = replace(current_site().settings, mail_url="", mail_folder=tmp_path / "later")
        assert send_waiting(settings) == (2, 0), "when it is back, they go"
    close(app)
