"""A post office: a real mail server for the site, and what people find in their boxes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.browser.live import free_port

LONGEST_WAIT = 30
"""Seconds until a mail must have come, on a busy machine."""
CODE = re.compile(r"\b(\d{6})\b")
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


@dataclass(frozen=True, slots=True)
class Mail:
    """What somebody reads."""

    to: str
    subject: str
    words: str

    def link(self, part: str) -> str:
        """The path of the first link that has a part in it. Fails when there is none."""
        found = [path for path in LINK.findall(self.words) if part in path]
        assert found, f"no link with {part} in:\n{self.words}"
        return found[0]

    @property
    def code(self) -> str:
        """The six numbers. Fails when there are none."""
        found = CODE.search(self.words)
        assert found, self.words
        return found[1]


class PostOffice:
    """Takes every mail, and keeps it until somebody reads it."""

    def __init__(self) -> None:
        self.address = ""
        self._mails: list[Mail] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail; called by the server."""
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        assert message.get_content_type() == "text/plain"
        [to] = envelope.rcpt_tos
        self._mails.append(Mail(to, str(message["Subject"]), message.get_content()))
        return "250 taken"

    def read(self, to: str, subject: str) -> Mail:
        """Wait for a mail whose subject has some words, and take it out of the box."""
        end = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < end:
            for mail in self._mails:
                if mail.to == to and subject in mail.subject:
                    self._mails.remove(mail)
                    return mail
            time.sleep(0.1)
        waiting = [(mail.to, mail.subject) for mail in self._mails]
        raise AssertionError(f"no mail “{subject}” to {to}; there are {waiting}")

    @property
    def unread(self) -> list[Mail]:
        """What came and nobody read."""
        return [*self._mails]


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Open a post office on this machine; `address` is for the setting `MAIL_URL`."""
    office, port = PostOffice(), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    office.address = f"smtp://127.0.0.1:{port}"
    try:
        yield office
    finally:
        controller.stop()
