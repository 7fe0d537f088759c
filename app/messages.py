"""How long the site keeps what people write to the council: comments, and reports on listings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_
from sqlalchemy.orm import Session

from app.database import now
from app.models import Feedback

KEPT_AFTERWARDS = timedelta(days=365)
"""After staff dealt with it: long enough to see that the same thing is said again."""
KEPT_AT_MOST = timedelta(days=730)
"""After it came, whatever became of it. The pages for families say both times."""


def forget_messages(database: Session) -> int:
    """Delete messages whose time is over, inside the caller's transaction; gives how many.

    The log keeps that somebody dealt with one, and never what it said.
    """
    gone = delete(Feedback).where(
        or_(
            Feedback.settled_at < now() - KEPT_AFTERWARDS,
            Feedback.created_at < now() - KEPT_AT_MOST,
        )
    )
    return cast("CursorResult[Any]", database.execute(gone)).rowcount
