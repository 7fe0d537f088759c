"""Where services happen, and when they happen there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import new_id
from app.extensions import Base
from app.states import Period

if TYPE_CHECKING:
    from app.models.service import Service


class Location(Base):
    """A place. When it is withheld only its locality is ever given out."""

    __tablename__ = "location"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(255), default="")
    address: Mapped[str] = mapped_column(String(500), default="")
    """Street lines, one a line."""
    town: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="", index=True)
    easting: Mapped[int | None]
    """British National Grid, metres; None when the place is not on the map."""
    northing: Mapped[int | None]
    locality: Mapped[str] = mapped_column(String(40), default="")
    directions: Mapped[str] = mapped_column(String(500), default="")
    withheld: Mapped[bool | None]
    """None: as the kind of break says (`app.vocabulary.WITHHELD_BREAKS`)."""

    services: Mapped[list[ServiceAtLocation]] = relationship(
        back_populates="location", cascade="all, delete-orphan"
    )


class ServiceAtLocation(Base):
    """A service at one of its places."""

    __tablename__ = "service_at_location"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    location_id: Mapped[str] = mapped_column(
        ForeignKey("location.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)

    service: Mapped[Service] = relationship(back_populates="places")
    location: Mapped[Location] = relationship(back_populates="services")
    schedules: Mapped[list[Schedule]] = relationship(
        back_populates="at", cascade="all, delete-orphan", order_by="Schedule.position"
    )


class Schedule(Base):
    """When a service runs at a place, in the terms of RFC 5545."""

    __tablename__ = "schedule"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_at_location_id: Mapped[str] = mapped_column(
        ForeignKey("service_at_location.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    period: Mapped[str] = mapped_column(String(20), default=Period.TERM)
    freq: Mapped[str] = mapped_column(String(10), default="WEEKLY")
    interval: Mapped[int] = mapped_column(default=1)
    byday: Mapped[str] = mapped_column(String(40), default="")
    """Days such as `SA` or `MO,WE`."""
    dtstart: Mapped[date | None]
    until: Mapped[date | None]
    opens_at: Mapped[str] = mapped_column(String(5), default="")
    """`HH:MM`; closing earlier than opening means the next day."""
    closes_at: Mapped[str] = mapped_column(String(5), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    description: Mapped[str] = mapped_column(String(500), default="")

    at: Mapped[ServiceAtLocation] = relationship(back_populates="schedules")
