"""What providers' pages read: own listings, what waits, history, and numbers."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.access import Person
from app.extensions import db
from app.listing import Listing, from_json
from app.models import (
    AuditEntry,
    DayCount,
    Organisation,
    PublishedListing,
    Revision,
    Service,
)
from app.states import RevisionStatus, Role

WAITING = (RevisionStatus.DRAFT, RevisionStatus.SUBMITTED, RevisionStatus.CHANGES_ASKED)
LONG_AGO = timedelta(days=60)
"""After that a rejection is no longer news."""
MOST_LISTINGS, MOST_HISTORY = 500, 100
NAMED = {Role.PROVIDER, "link"}
"""Of whose deeds the history tells who it was: of colleagues, and links mailed to them. Staff and
the site's own commands are the council."""
MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """A revision on the dashboard."""

    id: str
    service_id: str | None
    organisation_id: str
    name: str
    status: str
    reason: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A listing on the dashboard."""

    id: str
    organisation_id: str
    name: str
    slug: str
    status: str
    assured: date | None
    space: str
    wait_weeks: int | None
    closed_until: date | None


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of a listing's history. `by` is empty when it was the council."""

    at: datetime
    by: str
    action: str
    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Month:
    """What was counted in a month, named by its first day."""

    month: date
    shown: int
    opened: int
    contacted: int


def my_organisations(person: Person) -> list[tuple[str, str]]:
    """The organisations somebody acts for: ids and names, A to Z."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.id.in_(person.organisations))
        .order_by(Organisation.name)
    )
    return [(key, name) for key, name in rows]


def find_listings(organisations: Collection[str]) -> list[Row]:
    """The listings of organisations, A to Z."""
    columns = (
        Service.id,
        Service.organisation_id,
        Service.name,
        Service.slug,
        Service.status,
        Service.assured_date,
        Service.space,
        Service.wait_weeks,
        Service.closed_until,
    )
    rows = db.session.execute(
        select(*columns)
        .where(Service.organisation_id.in_(organisations))
        .order_by(Service.name, Service.id)
        .limit(MOST_LISTINGS)
    )
    return [Row(*row) for row in rows]


def find_waiting(organisations: Collection[str], today: date) -> list[Waiting]:
    """The open revisions of organisations, and those rejected of late, newest first."""
    since = datetime.combine(today - LONG_AGO, datetime.min.time())
    news = and_(Revision.status == RevisionStatus.REJECTED, Revision.decided_at >= since)
    rows = db.session.scalars(
        select(Revision)
        .where(
            Revision.organisation_id.in_(organisations),
            or_(Revision.status.in_(WAITING), news),
        )
        .order_by(Revision.updated_at.desc(), Revision.id)
        .limit(MOST_LISTINGS)
    )
    return [
        Waiting(
            row.id,
            row.service_id,
            row.organisation_id,
            _name_in(row.content),
            row.status,
            row.reason,
            row.updated_at,
        )
        for row in rows
    ]


def _name_in(content: str) -> str:
    """The name in a stored draft, without reading the rest of it."""
    about = json.loads(content).get("about", {})
    return str(about.get("name", ""))


def open_revision(service_id: str) -> Revision | None:
    """The revision of a service that is not decided yet."""
    return db.session.scalars(
        select(Revision)
        .where(Revision.service_id == service_id, Revision.status.in_(WAITING))
        .order_by(Revision.created_at.desc(), Revision.id)
    ).first()


def published_listing(service_id: str) -> Listing | None:
    """What families see of a service now."""
    document = db.session.scalar(
        select(PublishedListing.document).where(PublishedListing.service_id == service_id)
    )
    return from_json(document) if document else None


def find_history(service_id: str, offset: int = 0) -> list[Deed]:
    """What was done to a listing and its revisions, newest first; one more than a page holds."""
    rows = db.session.scalars(
        select(AuditEntry)
        .where(_about(service_id))
        .order_by(AuditEntry.number.desc())
        .offset(offset)
        .limit(MOST_HISTORY + 1)
    )
    return [_deed(row) for row in rows]


def _about(service_id: str) -> ColumnElement[bool]:
    own = select(Revision.id).where(Revision.service_id == service_id)
    return or_(
        and_(AuditEntry.subject_kind == "service", AuditEntry.subject_id == service_id),
        and_(AuditEntry.subject_kind == "revision", AuditEntry.subject_id.in_(own)),
    )


def _deed(row: AuditEntry) -> Deed:
    new = json.loads(row.new) if row.new else {}
    by = row.actor if row.role in NAMED else ""
    fields = new.get("fields") or [key for key in new if key not in ("service", "why", "reason")]
    return Deed(row.at, by, row.action, tuple(map(str, fields)), str(new.get("reason") or ""))


def count_months(service_id: str, today: date) -> list[Month]:
    """The numbers of the last twelve months, newest first, months without any as noughts."""
    months = list(last_months(today, MONTHS_SHOWN))
    rows = db.session.execute(
        select(DayCount.day, DayCount.shown, DayCount.opened, DayCount.contacted).where(
            DayCount.service_id == service_id, DayCount.day >= months[-1]
        )
    )
    sums = {month: [0, 0, 0] for month in months}
    for day, *counts in rows:
        held = sums.get(day.replace(day=1))
        if held is not None:
            held[:] = [had + int(more) for had, more in zip(held, counts, strict=True)]
    return [Month(month, *sums[month]) for month in months]


def opened_last_month(service_id: str, today: date) -> int:
    """How often families opened a listing in the last whole month."""
    this, before = list(last_months(today, 2))
    count = db.session.scalar(
        select(func.sum(DayCount.opened)).where(
            DayCount.service_id == service_id, DayCount.day >= before, DayCount.day < this
        )
    )
    return int(count or 0)


def last_months(today: date, count: int) -> Iterable[date]:
    """The first days of the months up to this one, newest first."""
    month = today.replace(day=1)
    for _ in range(count):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)
