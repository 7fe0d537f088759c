"""Mail: queued in the transaction that causes it, sent afterwards, once.

With `MAIL_URL` it goes to that server; without, each mail becomes a file in
`instance/mail/`, so that a developer can read it.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Settings
from app.database import now, write
from app.extensions import db
from app.models import OutgoingMail
from app.site import Site

MOST_ATTEMPTS = 5
SECONDS_TO_CONNECT = 10
LONGEST_SUBJECT = 200


def queue_mail(
    database: Session, site: Site, *, subject: str, body: str, reply_to: str = "", to: str = ""
) -> None:
    """Queue a mail within the caller's transaction: to the site's staff unless `to` says whom."""
    one_line = " ".join(subject.split())[:LONGEST_SUBJECT]
    database.add(
        OutgoingMail(
            recipient=to or staff_address(site),
            subject=one_line,
            body=body,
            reply_to=reply_to,
        )
    )


def staff_address(site: Site) -> str:
    """Where staff read mail: the setting, else the council's own address for its local offer."""
    if site.settings.feedback_email:
        return site.settings.feedback_email
    contact = site.council.find_contact("local_offer")
    return (contact.email if contact else "") or "local-offer@example.org"


def send_waiting(settings: Settings) -> tuple[int, int]:
    """Send every waiting mail; gives how many went and how many failed this time.

    A try is counted before it is made and no transaction is open while the server is
    spoken to, so a slow server holds up nobody who writes.
    """
    results = [_send_one(settings, key) for key in _waiting_ids()]
    return results.count(True), results.count(False)


def _waiting_ids() -> list[str]:
    return list(
        db.session.scalars(
            select(OutgoingMail.id)
            .where(OutgoingMail.sent_at.is_(None), OutgoingMail.attempts < MOST_ATTEMPTS)
            .order_by(OutgoingMail.queued_at)
        )
    )


def _send_one(settings: Settings, key: str) -> bool:
    with write() as database:
        mail = database.get_one(OutgoingMail, key)
        mail.attempts += 1
        message = to_message(mail)
    try:
        deliver(settings, message)
    except (OSError, smtplib.SMTPException) as error:
        problem = type(error).__name__
    else:
        problem = ""
    with write() as database:
        mail = database.get_one(OutgoingMail, key)
        mail.last_error = problem
        mail.sent_at = None if problem else now()
    return not problem


def to_message(mail: OutgoingMail) -> EmailMessage:
    """A queued mail as a plain-text message."""
    message = EmailMessage()
    message["To"] = mail.recipient
    message["From"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.queued_at)
    message["Message-ID"] = make_msgid(idstring=mail.id, domain="local-offer")
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
        if parts.username:
            if parts.scheme == "smtp":
                server.starttls()
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
