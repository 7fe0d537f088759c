"""A service: one entry of the directory, and the facts that hang on it.

Public pages never read these tables; they read the listing composed from them when a
service is published (`app/publishing.py`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import new_id, now
from app.extensions import Base
from app.states import Space, Status, Stays

if TYPE_CHECKING:
    from app.models.location import ServiceAtLocation
    from app.models.organisation import Contact, Organisation
    from app.models.revision import Cancellation, QualityMark
    from app.models.taxonomy import Attribute


class Service(Base):
    """What a family may go to or ask for."""

    __tablename__ = "service"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(255), index=True)
    summary: Mapped[str] = mapped_column(String(500), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    """Markdown, made safe when shown."""
    url: Mapped[str] = mapped_column(String(500), default="")
    status: Mapped[str] = mapped_column(String(20), default=Status.DRAFT, index=True)
    tier: Mapped[str] = mapped_column(String(20), default="universal")
    min_age: Mapped[int | None]
    """Whole years; None is an open end."""
    max_age: Mapped[int | None]
    assured_date: Mapped[date | None]
    """The day somebody last said that all of this is still right."""
    joining: Mapped[str] = mapped_column(Text, default="")
    """How to get a place: one step a line."""
    cost_note: Mapped[str] = mapped_column(String(500), default="")

    adults: Mapped[int | None]
    children: Mapped[int | None]
    """The staff-to-child ratio: `adults` to `children`."""
    training: Mapped[str] = mapped_column(String(500), default="")
    trial_visit: Mapped[str] = mapped_column(String(500), default="")
    stays: Mapped[str] = mapped_column(String(20), default=Stays.UNKNOWN)
    stays_note: Mapped[str] = mapped_column(String(500), default="")
    transport: Mapped[str] = mapped_column(String(500), default="")
    regulator: Mapped[str] = mapped_column(String(20), default="")
    """`ofsted`, `cqc` or empty."""
    registration: Mapped[str] = mapped_column(String(40), default="")
    send_report_url: Mapped[str] = mapped_column(String(500), default="")
    suitability_checked: Mapped[date | None]
    """When the facts above were last checked."""

    space: Mapped[str] = mapped_column(String(20), default=Space.UNKNOWN)
    wait_weeks: Mapped[int | None]
    space_note: Mapped[str] = mapped_column(String(255), default="")
    space_on: Mapped[date | None]
    """The day on which the provider said so."""
    closed_until: Mapped[date | None]
    """The first day it is open again."""
    version: Mapped[int] = mapped_column(default=0)
    """The number of the version families see; every change of content raises it."""

    source: Mapped[str] = mapped_column(String(40), default="")
    modified_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    organisation: Mapped[Organisation] = relationship(back_populates="services")
    attributes: Mapped[list[Attribute]] = relationship(
        back_populates="service", cascade="all, delete-orphan"
    )
    answers: Mapped[list[SupportAnswer]] = relationship(
        back_populates="service", cascade="all, delete-orphan"
    )
    costs: Mapped[list[CostOption]] = relationship(
        back_populates="service",
        cascade="all, delete-orphan",
        order_by="CostOption.position",
    )
    places: Mapped[list[ServiceAtLocation]] = relationship(
        back_populates="service",
        cascade="all, delete-orphan",
        order_by="ServiceAtLocation.position",
    )
    areas: Mapped[list[ServiceArea]] = relationship(
        back_populates="service",
        cascade="all, delete-orphan",
        order_by="ServiceArea.name",
    )
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="service", cascade="all, delete-orphan", order_by="Contact.position"
    )
    languages: Mapped[list[Language]] = relationship(
        back_populates="service", cascade="all, delete-orphan", order_by="Language.name"
    )
    cancellations: Mapped[list[Cancellation]] = relationship(
        cascade="all, delete-orphan", order_by="Cancellation.on"
    )
    marks: Mapped[list[QualityMark]] = relationship(
        cascade="all, delete-orphan", order_by="QualityMark.given_on"
    )
    funding: Mapped[list[Funding]] = relationship(
        back_populates="service",
        cascade="all, delete-orphan",
        order_by="Funding.source",
    )


class SupportAnswer(Base):
    """What the provider says of one support feature, and when it was checked."""

    __tablename__ = "support_answer"
    __table_args__ = (UniqueConstraint("service_id", "feature"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    feature: Mapped[str] = mapped_column(String(40))
    answer: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(500), default="")
    checked_on: Mapped[date | None]

    service: Mapped[Service] = relationship(back_populates="answers")


class CostOption(Base):
    """One price: how much, per what and for whom."""

    __tablename__ = "cost_option"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    pence: Mapped[int | None]
    """None when the price is not known."""
    per: Mapped[str] = mapped_column(String(40), default="")
    whom: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    service: Mapped[Service] = relationship(back_populates="costs")


class ServiceArea(Base):
    """A locality whose families the service takes, wherever it meets."""

    __tablename__ = "service_area"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    locality: Mapped[str] = mapped_column(String(40), default="")
    """A locality code of this council, or empty for another kind of area."""

    service: Mapped[Service] = relationship(back_populates="areas")


class Language(Base):
    """A language that staff speak or sign."""

    __tablename__ = "language"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(10), default="")
    note: Mapped[str] = mapped_column(String(255), default="")

    service: Mapped[Service] = relationship(back_populates="languages")


class Funding(Base):
    """Who pays for the service."""

    __tablename__ = "funding"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    source: Mapped[str] = mapped_column(String(255))

    service: Mapped[Service] = relationship(back_populates="funding")
