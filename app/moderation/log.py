"""The log as staff read it: a page of entries, newest first, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from app.models import AuditEntry, Organisation, Revision, Service
from app.moderation.asked import LogAsked
from app.moderation.deeds import detail_of, ids_in, words_of
from app.moderation.records import names_of

LINES = 50


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry in words."""

    number: int
    at: datetime
    who: str
    role: str
    words: str
    on_behalf: bool
    listing: str
    """The name of the service, person or organisation it is about, where there still is one."""
    slug: str
    """Of the service."""
    detail: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries, and the number before which the next page begins; None at the end."""

    lines: list[LogLine]
    older: int | None


def find_log(database: Session, asked: LogAsked) -> LogPage:
    """One page of the log. Five selects, however long it is."""
    entries = list(database.scalars(_entries(asked)))
    shown = entries[:LINES]
    subjects = _subjects(database, shown)
    names = _names(database, shown)
    lines = [_line(entry, subjects.get(entry.subject_id), names) for entry in shown]
    return LogPage(lines, shown[-1].number if len(entries) > LINES else None)


def _entries(asked: LogAsked) -> Select[Any]:
    found = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(LINES + 1)
    if asked.before:
        found = found.where(AuditEntry.number < asked.before)
    if asked.action:
        found = found.where(AuditEntry.action == asked.action)
    if asked.who:
        found = found.where(AuditEntry.actor.icontains(asked.who, autoescape=True))
    if asked.since:
        found = found.where(AuditEntry.at >= datetime.combine(asked.since, time()))
    if asked.day_after:
        found = found.where(AuditEntry.at < datetime.combine(asked.day_after, time()))
    if asked.listing:
        found = found.where(_about(asked.listing))
    return found


def _about(slug: str) -> Any:
    """Whether an entry is about a service or one of its revisions."""
    service = select(Service.id).where(Service.slug == slug)
    revisions = select(Revision.id).where(Revision.service_id.in_(service))
    kind, key = AuditEntry.subject_kind, AuditEntry.subject_id
    return or_(
        and_(kind == "service", key.in_(service)), and_(kind == "revision", key.in_(revisions))
    )


def _subjects(database: Session, entries: list[AuditEntry]) -> dict[str, tuple[str, str]]:
    """Name and slug of the service behind each subject's id."""
    ids = {entry.subject_id for entry in entries if entry.subject_id}
    services = database.execute(
        select(Service.id, Service.name, Service.slug).where(Service.id.in_(ids))
    )
    found = {key: (name, slug) for key, name, slug in services}
    revisions = database.execute(
        select(Revision.id, Service.name, Service.slug)
        .join(Service, Service.id == Revision.service_id)
        .where(Revision.id.in_(ids))
    )
    return {**found, **{key: (name, slug) for key, name, slug in revisions}}


def _names(database: Session, entries: list[AuditEntry]) -> dict[str, str]:
    """The names of the people and organisations that entries are about, by their ids."""
    ids = {key for entry in entries for key in (*ids_in(entry), entry.subject_id)}
    organisations = database.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    )
    return {**names_of(database, *ids), **dict(organisations.all())}


def _line(entry: AuditEntry, subject: tuple[str, str] | None, names: Mapping[str, str]) -> LogLine:
    name, slug = subject or (names.get(entry.subject_id, ""), "")
    return LogLine(
        entry.number,
        entry.at,
        entry.actor,
        entry.role,
        words_of(entry.action),
        bool(entry.on_behalf_of),
        name,
        slug,
        detail_of(entry, names),
    )
