"""Mail: queued in the transaction that causes it, sent afterwards, once.

Who sends a mail first claims it for some minutes, so that several processes never send the same
one. A mail keeps its `Message-ID` through all tries, and its words only until it has gone.

With `MAIL_URL` it goes to that server; without, each mail becomes a file in
`instance/mail/`, so that a developer can read it.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from sqlalchemy import ColumnElement, CursorResult, select, update
from sqlalchemy.orm import Session

from app.config import Settings
from app.database import now, write
from app.extensions import db
from app.models import OutgoingMail
from app.site import Site, current_site

SECONDS_TO_CONNECT = 10
SECONDS_TO_ANSWER = 60
"""A server that has taken the words may think about them; asking again would send them twice."""
CLAIM = timedelta(minutes=10)
"""Longer than the slowest sending."""
MINUTES_TO_WAIT = (1, 2, 5, 15, 30, 60, 120, 240, 480)
"""After each failure, before the site tries again by itself."""
MOST_ATTEMPTS = len(MINUTES_TO_WAIT) + 1
LONGEST_SUBJECT = 200


def queue_mail(
    database: Session, site: Site, *, subject: str, body: str, reply_to: str = "", to: str = ""
) -> OutgoingMail:
    """Queue a mail within the caller's transaction: to the site's staff unless `to` says whom."""
    one_line = " ".join(subject.split())[:LONGEST_SUBJECT]
    mail = OutgoingMail(
        recipient=to or staff_address(site), subject=one_line, body=body, reply_to=reply_to
    )
    database.add(mail)
    return mail


def staff_address(site: Site) -> str:
    """Where staff read mail: the setting, else the council's own address for its local offer."""
    if site.settings.feedback_email:
        return site.settings.feedback_email
    contact = site.council.find_contact("local_offer")
    return (contact.email if contact else "") or "local-offer@example.org"


def send_waiting(
    settings: Settings, *, due_only: bool = False, is_over: Callable[[], bool] = lambda: False
) -> tuple[int, int]:
    """Send every waiting mail; gives how many went and how many failed this time.

    `due_only` leaves those that failed a short while ago; `is_over` says when to stop after the
    mail at hand. A try is counted before it is made and
    no transaction is open while the server is spoken to, so a slow server holds up nobody.
    """
    keys = takewhile(lambda _key: not is_over(), _waiting_ids(due_only))
    results = [_send_one(settings, key) for key in keys]
    return results.count(True), results.count(False)


def _waiting_ids(due_only: bool) -> list[str]:
    """The mails that wait, oldest first. Ends the reading, so that nothing stays locked."""
    moment = now()
    waiting = select(OutgoingMail.id).where(
        OutgoingMail.sent_at.is_(None), OutgoingMail.attempts < MOST_ATTEMPTS, _is_free(moment)
    )
    if due_only:
        is_due = OutgoingMail.next_try_at.is_(None) | (OutgoingMail.next_try_at <= moment)
        waiting = waiting.where(is_due)
    keys = list(db.session.scalars(waiting.order_by(OutgoingMail.queued_at)))
    db.session.commit()
    return keys


def _is_free(moment: datetime) -> ColumnElement[bool]:
    return OutgoingMail.claimed_until.is_(None) | (OutgoingMail.claimed_until < moment)


def _send_one(settings: Settings, key: str) -> bool | None:
    """Whether it went; None when somebody else is sending it or has sent it."""
    message = _claim(settings, key)
    if message is None:
        return None
    try:
        deliver(settings, message)
    except (OSError, smtplib.SMTPException) as error:
        problem = type(error).__name__
    else:
        problem = ""
    with write() as database:
        _note_result(database.get_one(OutgoingMail, key), problem)
    return not problem


def _claim(settings: Settings, key: str) -> EmailMessage | None:
    moment = now()
    with write() as database:
        claimed = database.execute(
            update(OutgoingMail)
            .where(OutgoingMail.id == key, OutgoingMail.sent_at.is_(None), _is_free(moment))
            .values(claimed_until=moment + CLAIM, attempts=OutgoingMail.attempts + 1)
            .execution_options(synchronize_session=False)
        )
        if not cast("CursorResult[Any]", claimed).rowcount:
            return None
        mail = database.get_one(OutgoingMail, key, populate_existing=True)
        return to_message(mail, staff_address(replace(current_site(), settings=settings)))


def _note_result(mail: OutgoingMail, problem: str) -> None:
    mail.claimed_until = None
    mail.last_error = problem
    if problem:
        place = min(mail.attempts, len(MINUTES_TO_WAIT)) - 1
        mail.next_try_at = now() + timedelta(minutes=MINUTES_TO_WAIT[place])
    else:
        mail.sent_at, mail.body, mail.next_try_at = now(), "", None


def to_message(mail: OutgoingMail, sender: str) -> EmailMessage:
    """A queued mail as a plain-text message."""
    message = EmailMessage()
    message["To"] = mail.recipient
    message["From"] = sender
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.queued_at)
    message["Message-ID"] = f"<{mail.id}@local-offer>"
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's holiday note answers it
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message.set_content(mail.body)
    return message


def deliver(settings: Settings, message: EmailMessage) -> None:
    """Hand one message to the server, or write it to the folder.

    Raises OSError or SMTPException when it cannot.
    """
    if not settings.mail_url:
        write_to_folder(settings.mail_folder, message)
        return
    with connection(settings.mail_url) as server:
        server.send_message(message)


def write_to_folder(folder: Path, message: EmailMessage) -> None:
    """Keep a message as a file named by its id."""
    folder.mkdir(parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    (folder / f"{name}.eml").write_bytes(message.as_bytes())


@contextmanager
def connection(mail_url: str) -> Iterator[smtplib.SMTP]:
    """A connection to the server of `smtp://user:word@host:port` (`smtps://` for TLS)."""
    parts = urlsplit(mail_url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(parts.hostname or "localhost", parts.port or 0, timeout=SECONDS_TO_CONNECT) as server:
        if server.sock is not None:
            server.sock.settimeout(SECONDS_TO_ANSWER)
        if parts.username:
            if parts.scheme == "smtp":
                server.starttls()
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
