"""Mail: queued with what causes it, sent once, tried again, never a header too many."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import select

from app.config import Settings
from app.database import write
from app.extensions import db
from app.mail import MOST_ATTEMPTS, queue_mail, send_waiting, staff_address
from app.models import OutgoingMail
from app.site import Site


class Inbox:
    """Takes what is sent to it; says no while `is_full`."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.is_full = False

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one message."""
        if self.is_full:
            return "452 the inbox is full"
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 taken"


@pytest.fixture
def inbox() -> Inbox:
    """An empty inbox."""
    return Inbox()


@pytest.fixture
def mail_url(inbox: Inbox) -> Iterator[str]:
    """The address of a server that fills the inbox."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}"
    controller.stop()


def queue(site: Site, subject: str = "Hello", body: str = "Words", reply_to: str = "") -> None:
    """Queue one mail in a transaction of its own."""
    with write() as database:
        queue_mail(database, site, subject=subject, body=body, reply_to=reply_to)


def test_mail_is_sent_once(site: Site, inbox: Inbox, mail_url: str) -> None:
    queue(site, "Zażółć", "Pójdźmy\n.\nSam", "sam@example.org")
    settings = replace(site.settings, mail_url=mail_url)
    assert send_waiting(settings) == (1, 0)
    assert send_waiting(settings) == (0, 0)
    message = inbox.taken[0]
    assert message["Subject"] == "Zażółć"
    assert message["Reply-To"] == "sam@example.org"
    assert message["To"] == "sendlocaloffer@devon.gov.uk"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == ["Pójdźmy", ".", "Sam"]


def test_mail_that_fails_waits_and_is_given_up_in_the_end(
    site: Site, inbox: Inbox, mail_url: str
) -> None:
    settings = replace(site.settings, mail_url=mail_url)
    queue(site)
    inbox.is_full = True
    for _ in range(MOST_ATTEMPTS):
        assert send_waiting(settings) == (0, 1)
    inbox.is_full = False
    assert send_waiting(settings) == (0, 0)
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (mail.attempts, mail.last_error, mail.sent_at) == (
        MOST_ATTEMPTS,
        "SMTPDataError",
        None,
    )


def test_one_bad_mail_does_not_stop_the_others(site: Site, inbox: Inbox, mail_url: str) -> None:
    queue(site, "first")
    inbox.is_full = True
    settings = replace(site.settings, mail_url=mail_url)
    assert send_waiting(settings) == (0, 1)
    inbox.is_full = False
    queue(site, "second")
    assert send_waiting(settings) == (2, 0)
    assert [message["Subject"] for message in inbox.taken] == ["first", "second"]


def test_no_server_at_all_is_a_failure_that_waits(site: Site) -> None:
    queue(site)
    assert send_waiting(replace(site.settings, mail_url="smtp://127.0.0.1:1")) == (0, 1)
    assert db.session.scalars(select(OutgoingMail)).one().last_error == "ConnectionRefusedError"


def test_without_a_server_mail_becomes_files(site: Site, settings: Settings) -> None:
    queue(site, body="One")
    queue(site, body="Two")
    assert send_waiting(settings) == (2, 0)
    files = sorted(settings.mail_folder.glob("*.eml"))
    bodies = {message_from_bytes(file.read_bytes()).get_payload().strip() for file in files}
    assert bodies == {"One", "Two"}


def test_a_subject_is_one_line_of_a_sane_length(site: Site, settings: Settings) -> None:
    queue(site, "Hello\r\nBcc: evil@example.org\n" + "x" * 500)
    assert send_waiting(settings) == (1, 0)
    message = message_from_bytes(next(settings.mail_folder.glob("*.eml")).read_bytes())
    assert message["Bcc"] is None
    assert len(db.session.scalars(select(OutgoingMail.subject)).one()) <= 200


def test_mail_is_undone_with_what_caused_it(app: Flask, site: Site) -> None:
    with pytest.raises(ZeroDivisionError), write() as database:
        queue_mail(database, site, subject="x", body="y")
        raise ZeroDivisionError
    assert db.session.scalars(select(OutgoingMail)).all() == []


def test_staff_read_mail_where_the_setting_says(site: Site) -> None:
    settings = replace(site.settings, feedback_email="team@example.org")
    assert staff_address(replace(site, settings=settings)) == "team@example.org"
    assert staff_address(site) == "sendlocaloffer@devon.gov.uk"
