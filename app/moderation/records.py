"""Whole records for staff's pages, read with a fixed number of selects however large they are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.models import Account, Contact, Membership, Revision, Service, ServiceAtLocation

WHOLE: tuple[Any, ...] = (
    joinedload(Service.organisation),
    selectinload(Service.attributes),
    selectinload(Service.answers),
    selectinload(Service.costs),
    selectinload(Service.areas),
    selectinload(Service.languages),
    selectinload(Service.funding),
    selectinload(Service.cancellations),
    selectinload(Service.marks),
    selectinload(Service.contacts).selectinload(Contact.phones),
    selectinload(Service.places).joinedload(ServiceAtLocation.location),
    selectinload(Service.places).selectinload(ServiceAtLocation.schedules),
)
"""Everything a draft of a service is read from."""


def whole_service(database: Session, which: ColumnElement[bool]) -> Service | None:
    """A service with all that hangs on it, or None."""
    return database.scalars(select(Service).where(which).options(*WHOLE)).first()


def whole_revision(database: Session, key: str) -> Revision | None:
    """A revision with its comments, its organisation and the whole service it changes."""
    revision = database.scalars(
        select(Revision)
        .where(Revision.id == key)
        .options(joinedload(Revision.organisation), selectinload(Revision.comments))
    ).first()
    if revision is not None and revision.service_id:
        service = whole_service(database, Service.id == revision.service_id)
        set_committed_value(revision, "service", service)
    return revision


def names_of(database: Session, *keys: str | None) -> dict[str, str]:
    """The names of accounts by their ids."""
    wanted = {key for key in keys if key}
    rows = database.execute(
        select(Account.id, Account.name, Account.email).where(Account.id.in_(wanted))
    )
    return {key: name or email for key, name, email in rows}


def people_of(database: Session, organisation_id: str) -> list[tuple[Account, bool]]:
    """Who acts for an organisation and whether they lead there, those who may not left out."""
    rows = database.execute(
        select(Account, Membership.is_lead)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.organisation_id == organisation_id, Account.disabled_at.is_(None))
        .order_by(Membership.is_lead.desc(), Account.email)
    )
    return [(account, is_lead) for account, is_lead in rows]
