"""What staff read of comments about the site: those that wait, and those dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.models import Account, Feedback
from app.moderation.asked import PAGE

BEGINNING = 200
"""Letters of a comment that its line shows."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote about the site."""

    id: str
    at: datetime
    words: str
    about: str
    """What is wrong, of a report whose listing was deleted; else the site."""
    reply_to: str
    settled_at: datetime | None
    settled_by: str
    """The name of who dealt with it; empty when nobody did, or they are gone."""

    @property
    def beginning(self) -> str:
        """The first words, whole ones, in one line."""
        line = " ".join(self.words.split())
        if len(line) <= BEGINNING:
            return line
        return f"{line[:BEGINNING].rpartition(' ')[0] or line[:BEGINNING]} …"


@dataclass(frozen=True, slots=True)
class CommentPage:
    """A page of comments, how many wait, and how many are dealt with."""

    lines: list[Comment]
    is_dealt: bool
    waiting: int
    dealt: int
    page: int

    @property
    def pages(self) -> int:
        """At least one."""
        return max(1, -(-(self.dealt if self.is_dealt else self.waiting) // PAGE))


def find_comments(database: Session, page: int, *, is_dealt: bool) -> CommentPage:
    """Those that wait, the oldest first; or those dealt with, the newest first. Two selects."""
    waiting, dealt = _count(database)
    pages = max(1, -(-(dealt if is_dealt else waiting) // PAGE))
    page = min(page, pages)
    order = Feedback.settled_at.desc() if is_dealt else Feedback.created_at
    rows = database.execute(
        _found(Feedback.settled_at.is_not(None) if is_dealt else Feedback.settled_at.is_(None))
        .order_by(order, Feedback.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    lines = [_comment(feedback, name, mail) for feedback, name, mail in rows]
    return CommentPage(lines, is_dealt, waiting, dealt, page)


def get_comment(database: Session, key: str) -> Comment | None:
    """One comment, or None."""
    row = database.execute(_found(Feedback.id == key)).first()
    return _comment(*row) if row else None


def count_comments(database: Session) -> int:
    """How many comments wait."""
    return _count(database)[0]


def _count(database: Session) -> tuple[int, int]:
    total, dealt = database.execute(
        select(func.count(), func.count(Feedback.settled_at)).where(Feedback.service_id.is_(None))
    ).one()
    return total - dealt, dealt


def _found(which: ColumnElement[bool]) -> Select[Feedback, str, str]:
    return (
        select(Feedback, Account.name, Account.email)
        .outerjoin(Account, Account.id == Feedback.settled_by)
        .where(Feedback.service_id.is_(None), which)
    )


def _comment(feedback: Feedback, name: str | None, mail: str | None) -> Comment:
    return Comment(
        feedback.id,
        feedback.created_at,
        feedback.words,
        feedback.about,
        feedback.reply_to,
        feedback.settled_at,
        name or mail or "",
    )
