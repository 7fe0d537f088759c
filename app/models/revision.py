"""What a provider wants a listing to say, what staff decided, and every version families saw."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import new_id, now
from app.extensions import Base
from app.models.organisation import Organisation
from app.models.service import Service
from app.states import RevisionStatus


class Revision(Base):
    """Proposed content of a listing, saved section by section; families never see it."""

    __tablename__ = "revision"
    __table_args__ = (
        Index(
            "ix_revision_status_submitted_at",
            "status",
            "submitted_at",
            "service_id",
            "organisation_id",
            "taken_by",
            "flags",
            "id",
        ),
    )
    """Holds all that the queue is sorted, narrowed and counted by: the long texts stay unread."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    service_id: Mapped[str | None] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    """The service it changes; None while the service is new."""
    status: Mapped[str] = mapped_column(String(20), default=RevisionStatus.DRAFT)
    content: Mapped[str] = mapped_column(Text)
    """`app.draft.Draft` as JSON."""
    base: Mapped[str] = mapped_column(Text, default="")
    """What the listing said when the edit began, as JSON; empty for a new service."""
    saved: Mapped[int] = mapped_column(default=1)
    """Counts every save: a form made from an older count is stale."""
    sections: Mapped[str] = mapped_column(String(255), default="")
    """The sections somebody has saved, by code, with spaces between."""
    author_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    submitted_at: Mapped[datetime | None]
    flags: Mapped[str] = mapped_column(String(120), default="")
    """What the checks found when it was submitted: codes of `app.flags`, with spaces between."""
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    taken_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    organisation: Mapped[Organisation] = relationship()
    service: Mapped[Service | None] = relationship()
    comments: Mapped[list[FieldComment]] = relationship(
        back_populates="revision", cascade="all, delete-orphan", order_by="FieldComment.written_at"
    )


class FieldComment(Base):
    """What staff ask to have changed in one field of a revision."""

    __tablename__ = "field_comment"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    revision_id: Mapped[str] = mapped_column(
        ForeignKey("revision.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[str] = mapped_column(String(60))
    """`section.field` of the draft."""
    words: Mapped[str] = mapped_column(Text)
    author_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[datetime] = mapped_column(default=now)

    revision: Mapped[Revision] = relationship(back_populates="comments")


class ListingVersion(Base):
    """What a service said from one day on: every version that families have seen is kept."""

    __tablename__ = "listing_version"
    __table_args__ = (UniqueConstraint("service_id", "number"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    """`app.draft.Draft` as JSON."""
    revision_id: Mapped[str | None] = mapped_column(ForeignKey("revision.id", ondelete="SET NULL"))
    published_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    published_at: Mapped[datetime] = mapped_column(default=now)
    why: Mapped[str] = mapped_column(String(255), default="")


class Cancellation(Base):
    """A day on which a service does not run although its times say so."""

    __tablename__ = "cancellation"
    __table_args__ = (UniqueConstraint("service_id", "on"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    on: Mapped[date]
    note: Mapped[str] = mapped_column(String(255), default="")


class QualityMark(Base):
    """What the council says of a service: approved provider, visited, or trained."""

    __tablename__ = "quality_mark"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    given_on: Mapped[date]
    ends_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(255), default="")
    given_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class OldAddress(Base):
    """An address a listing once had, or one merged into it had: it leads to the listing."""

    __tablename__ = "old_address"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
