"""Who runs services, and how to reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import new_id
from app.extensions import Base

if TYPE_CHECKING:
    from app.models.service import Service


class Organisation(Base):
    """A charity, council team, club or company that runs services."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(255), index=True)
    kind: Mapped[str] = mapped_column(String(100), default="")
    """What it is in a few words, such as "a charity"; may be empty."""
    description: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(String(500), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    source: Mapped[str] = mapped_column(String(40), default="")
    """Where the record came from: "demo", "feed" or empty for people."""

    services: Mapped[list[Service]] = relationship(
        back_populates="organisation", cascade="all, delete-orphan"
    )


class Contact(Base):
    """A person or desk a family can reach for one service."""

    __tablename__ = "contact"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(255), default="")
    title: Mapped[str] = mapped_column(String(255), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    hours: Mapped[str] = mapped_column(String(255), default="")

    service: Mapped[Service] = relationship(back_populates="contacts")
    phones: Mapped[list[Phone]] = relationship(
        back_populates="contact", cascade="all, delete-orphan", order_by="Phone.position"
    )


class Phone(Base):
    """A telephone number of a contact."""

    __tablename__ = "phone"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    contact_id: Mapped[str] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    number: Mapped[str] = mapped_column(String(50))
    kind: Mapped[str] = mapped_column(String(20), default="voice")
    """`voice`, `text` or `textphone`."""
    description: Mapped[str] = mapped_column(String(255), default="")

    contact: Mapped[Contact] = relationship(back_populates="phones")
