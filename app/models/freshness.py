"""Keeping listings true, and counting what is used without watching who uses it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import new_id, now
from app.extensions import Base


class Reminder(Base):
    """A mail that asked whether a listing is still right; its link is good once, for 60 days."""

    __tablename__ = "reminder"
    __table_args__ = (Index("ix_reminder_service_id_stage", "service_id", "stage"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    stage: Mapped[int]
    """Months since the assured date."""
    assured: Mapped[date | None]
    """The assured date it was sent about: a later one starts anew."""
    email: Mapped[str] = mapped_column(String(254))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sent_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class DayCount(Base):
    """How often a listing was shown in results, opened, or its contact used, on one day."""

    __tablename__ = "day_count"

    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    shown: Mapped[int] = mapped_column(default=0)
    opened: Mapped[int] = mapped_column(default=0)
    contacted: Mapped[int] = mapped_column(default=0)


class WishCount(Base):
    """How often families looked for something in a month; codes only, never their words."""

    __tablename__ = "wish_count"

    month: Mapped[date] = mapped_column(primary_key=True)
    """The first day of the month."""
    locality: Mapped[str] = mapped_column(String(40), primary_key=True)
    wish: Mapped[str] = mapped_column(String(60), primary_key=True)
    """`facet:code`, such as `access:changing_places`."""
    times: Mapped[int] = mapped_column(default=0)
