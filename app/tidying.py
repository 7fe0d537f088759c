"""What the site keeps only for a while, and wiping it when its time is over.

The times stand here and nowhere else: the page on privacy reads them from here. The log of who
did what is never wiped, or it could not be verified; neither are listings and their versions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, CursorResult, and_, delete, func, inspect, or_, select, tuple_
from sqlalchemy.orm import Session

from app.audit import Actor, Work, record
from app.database import now, write
from app.extensions import Base, db
from app.mail import MOST_ATTEMPTS
from app.models import (
    DayCount,
    Feedback,
    Invitation,
    JoinRequest,
    LoginSession,
    OutgoingMail,
    PublishedListing,
    RateCount,
    Reminder,
    SignIn,
    WishCount,
)
from app.site import Site

MESSAGES, MESSAGES_AT_MOST = timedelta(days=365), timedelta(days=730)
"""What people write to the council: after staff dealt with it, and after it came in any case."""
REQUESTS = timedelta(days=365)
"""Wishes to join, after staff decided."""
MAILS = timedelta(days=30)
"""To whom mail went, or could not go in the end. The words of a mail go when it is sent."""
SESSIONS = timedelta(days=7)
"""After they ended: where somebody was signed in."""
SIGN_INS = timedelta(days=2)
"""Links and codes, after they stopped working."""
INVITATIONS = timedelta(days=30)
"""After they were used, taken back or ran out."""
LIMITS = timedelta(days=1)
"""How often something was tried, after it no longer counts."""
REMINDERS = timedelta(days=365)
"""Mails that asked about a listing as it no longer is. While it still is so, they say who was
asked."""
COUNTS = timedelta(days=731)
"""How often listings were seen and what families looked for: two years, to compare seasons."""
BATCH: Final = 500
"""Rows of a kind wiped in one transaction, so that nobody who writes waits long."""
CLOCK = Actor("", "tidy", "command")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: what the log calls it, and which of it are old at a moment."""

    name: str
    model: type[Base]
    is_old: Callable[[datetime], ColumnElement[bool]]


def _old_reminders(moment: datetime) -> ColumnElement[bool]:
    """Sent long ago about a listing that was checked, changed or taken away since."""
    still_so = select(PublishedListing.service_id).where(
        PublishedListing.service_id == Reminder.service_id,
        PublishedListing.assured.is_not_distinct_from(Reminder.assured),
        PublishedListing.published_at <= Reminder.sent_at,
    )
    return and_(Reminder.sent_at < moment - REMINDERS, ~still_so.exists())


KINDS: Final = (
    Kind(
        "messages",
        Feedback,
        lambda moment: or_(
            Feedback.settled_at < moment - MESSAGES, Feedback.created_at < moment - MESSAGES_AT_MOST
        ),
    ),
    Kind("requests", JoinRequest, lambda moment: JoinRequest.decided_at < moment - REQUESTS),
    Kind(
        "mails",
        OutgoingMail,
        lambda moment: or_(
            OutgoingMail.sent_at < moment - MAILS,
            and_(OutgoingMail.attempts >= MOST_ATTEMPTS, OutgoingMail.queued_at < moment - MAILS),
        ),
    ),
    Kind(
        "sessions",
        LoginSession,
        lambda moment: or_(
            LoginSession.ended_at < moment - SESSIONS, LoginSession.expires_at < moment - SESSIONS
        ),
    ),
    Kind("sign_ins", SignIn, lambda moment: SignIn.expires_at < moment - SIGN_INS),
    Kind(
        "invitations",
        Invitation,
        lambda moment: or_(
            Invitation.used_at < moment - INVITATIONS,
            Invitation.withdrawn_at < moment - INVITATIONS,
            Invitation.expires_at < moment - INVITATIONS,
        ),
    ),
    Kind("limits", RateCount, lambda moment: RateCount.ends_at < moment - LIMITS),
    Kind("reminders", Reminder, _old_reminders),
    Kind("counts", DayCount, lambda moment: DayCount.day < (moment - COUNTS).date()),
    Kind("wishes", WishCount, lambda moment: WishCount.month < (moment - COUNTS).date()),
)


def days_kept() -> dict[str, int]:
    """For how many days what is kept of people who sign in, as the page on privacy says."""
    times = {
        "sessions": SESSIONS,
        "sign_ins": SIGN_INS,
        "limits": LIMITS,
        "invitations": INVITATIONS,
        "mails": MAILS,
    }
    return {name: time.days for name, time in times.items()}


def count_old() -> int:
    """How many records are to be wiped now."""
    moment = now()
    counts = (
        select(func.count()).select_from(kind.model).where(kind.is_old(moment)) for kind in KINDS
    )
    return sum(db.session.scalar(count) or 0 for count in counts)


def tidy(site: Site) -> Iterator[Mapping[str, int]]:
    """Wipe what is old, a transaction at a time; gives how many of what each wiped.

    Each leaves one entry in the log. May be stopped at any time, and run twice at once.
    """
    _wipe_mail_files(site.settings.mail_folder)
    while counts := _wipe_some(site):
        yield counts


def _wipe_some(site: Site) -> dict[str, int]:
    moment = now()
    with write() as database:
        wiped = {kind.name: _wipe(database, kind, moment) for kind in KINDS}
        counts = {name: count for name, count in wiped.items() if count}
        if counts:
            record(Work(database, site, CLOCK), "site.tidied", ("site", ""), None, counts)
    return counts


def _wipe(database: Session, kind: Kind, moment: datetime) -> int:
    """Wipe a batch of one kind; gives how many."""
    key = tuple_(*inspect(kind.model).primary_key)
    old = database.execute(
        select(*inspect(kind.model).primary_key).where(kind.is_old(moment)).limit(BATCH)
    )
    keys = [tuple(row) for row in old]
    if not keys:
        return 0
    gone = database.execute(delete(kind.model).where(key.in_(keys)))
    return cast("CursorResult[Any]", gone).rowcount


def _wipe_mail_files(folder: Path) -> None:
    """Mail that was written to files for want of a server is kept no longer than other mail."""
    oldest = (datetime.now() - MAILS).timestamp()
    for file in folder.glob("*.eml"):
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
