"""The log of who did what: each entry is sealed with the one before it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import now
from app.extensions import Base


class AuditEntry(Base):
    """One deed. Numbers rise by one; `seal` covers every field and the seal before."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(default=now)
    actor_id: Mapped[str] = mapped_column(String(36), default="")
    """The account, or empty for a command or a link without sign-in."""
    actor: Mapped[str] = mapped_column(String(254), default="")
    """Who it was in words, as they were called then."""
    role: Mapped[str] = mapped_column(String(20), default="")
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject_kind: Mapped[str] = mapped_column(String(40), default="")
    subject_id: Mapped[str] = mapped_column(String(36), default="")
    on_behalf_of: Mapped[str] = mapped_column(String(36), default="")
    """The organisation that staff acted for."""
    old: Mapped[str] = mapped_column(Text, default="")
    new: Mapped[str] = mapped_column(Text, default="")
    """JSON of what changed, before and after."""
    seal: Mapped[str] = mapped_column(String(64))
