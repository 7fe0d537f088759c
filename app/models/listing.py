"""What families see of each published service, and the feed of changes to it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import now
from app.extensions import Base


class PublishedListing(Base):
    """The public face of one service, composed and stored when it is published.

    Everything public reads this row and nothing else, so a draft, a pending edit or a
    withheld address cannot leak: it was never written here.
    """

    __tablename__ = "listing"
    __table_args__ = (
        Index("ix_listing_letter_sort_name", "letter", "sort_name"),
        Index("ix_listing_fresh_from_service_id", "fresh_from", "service_id"),
        Index(
            "ix_listing_organisation_id_assured",
            "organisation_id",
            "assured",
            "fresh_from",
            "service_id",
        ),
        Index("ix_listing_locality_assured", "locality", "assured", "fresh_from", "service_id"),
        Index("ix_listing_tier_assured", "tier", "assured", "fresh_from", "service_id"),
    )

    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), primary_key=True
    )
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    sort_name: Mapped[str] = mapped_column(String(255))
    """The name for A to Z order: lower case, no accents, no leading "the"."""
    letter: Mapped[str] = mapped_column(String(1))
    """`a` to `z`, or `#`."""
    tier: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[str] = mapped_column(String(36), default="")
    locality: Mapped[str] = mapped_column(String(40), default="")
    """Of its first place, or the first area it takes families from; empty when nobody said."""
    assured: Mapped[date | None]
    """The day somebody last said that all of it is right; None when nobody ever did."""
    fresh_from: Mapped[date] = mapped_column(default=date.today)
    """From when its age counts: the assured date, else the day it was first published."""
    words: Mapped[str] = mapped_column(Text)
    """All words in lower case, for the plain search used while there is no index."""
    document: Mapped[str] = mapped_column(Text)
    """The listing as JSON (`app.listing.Listing`)."""
    content_hash: Mapped[str] = mapped_column(String(32))
    is_demo: Mapped[bool] = mapped_column(default=False, index=True)
    published_at: Mapped[datetime] = mapped_column(default=now)


class ChangeFeed(Base):
    """One row for each change of a published service, in a rising order."""

    __tablename__ = "change_feed"
    __table_args__ = ({"sqlite_autoincrement": True},)

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    )
    service_id: Mapped[str] = mapped_column(String(36), index=True)
    removed: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(default=now)
