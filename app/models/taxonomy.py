"""Taxonomies, their terms, and the attributes that tie a term to a service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import new_id
from app.extensions import Base

if TYPE_CHECKING:
    from app.models.service import Service


class Taxonomy(Base):
    """A closed list, as a record: its id is the list's name in `app/vocabulary.py`."""

    __tablename__ = "taxonomy"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))


class TaxonomyTerm(Base):
    """One code of a closed list."""

    __tablename__ = "taxonomy_term"
    __table_args__ = (UniqueConstraint("taxonomy_id", "code"),)

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    """`<list>:<code>`, so that it can be known without asking the database."""
    taxonomy_id: Mapped[str] = mapped_column(ForeignKey("taxonomy.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(255))


class Attribute(Base):
    """Says that a service has a term."""

    __tablename__ = "attribute"
    __table_args__ = (UniqueConstraint("service_id", "term_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    term_id: Mapped[str] = mapped_column(
        ForeignKey("taxonomy_term.id", ondelete="CASCADE"), index=True
    )

    service: Mapped[Service] = relationship(back_populates="attributes")
