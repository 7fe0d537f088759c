"""What people tell the council about the site, and the mail that carries it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import new_id, now
from app.extensions import Base


class Feedback(Base):
    """A comment on the site, or a report that a listing is wrong."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index(
            "ix_feedback_settled_at_service_id",
            "settled_at",
            "service_id",
            "created_at",
            "reporter",
            "taken_by",
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str | None] = mapped_column(
        ForeignKey("service.id", ondelete="SET NULL"), index=True
    )
    """The listing it is about; None for the site as a whole."""
    about: Mapped[str] = mapped_column(String(40), default="")
    """A code of the form's own list, such as `closed` or `cost`."""
    words: Mapped[str] = mapped_column(Text)
    reply_to: Mapped[str] = mapped_column(String(254), default="")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    reporter: Mapped[str] = mapped_column(String(64), default="")
    """A keyed fingerprint, so that one person counts once for a listing; empty once settled."""
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    """Who of staff looks after the reports of a listing."""
    settled_at: Mapped[datetime | None]
    """When staff dealt with it; a year later it is deleted (`app/tidying.py`)."""
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class OutgoingMail(Base):
    """A mail queued in the transaction that causes it, sent afterwards."""

    __tablename__ = "outgoing_mail"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(255))
    body: Mapped[str] = mapped_column(Text)
    reply_to: Mapped[str] = mapped_column(String(254), default="")
    queued_at: Mapped[datetime] = mapped_column(default=now, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    claimed_until: Mapped[datetime | None]
    """Until then one process is sending it, and no other takes it."""
    next_try_at: Mapped[datetime | None]
    """After a failure: not before then, unless somebody asks by hand."""
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(500), default="")
