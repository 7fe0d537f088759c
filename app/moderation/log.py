"""The log as staff read it: a page of entries, newest first, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import msgspec
from flask_babel import LazyString
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from app.languages import lazy_gettext as _l
from app.models import AuditEntry, Revision, Service
from app.moderation.asked import LogAsked
from app.moderation.fields import label_of

LINES = 50
LONGEST_DETAIL = 400
ACTIONS: dict[str, LazyString] = {
    "revision.begun": _l("Began to edit"),
    "revision.saved": _l("Saved a part"),
    "revision.submitted": _l("Sent for a look"),
    "revision.withdrawn": _l("Took back"),
    "revision.taken": _l("Took from the queue"),
    "revision.handed_back": _l("Handed back to the queue"),
    "revision.changes_asked": _l("Asked for changes"),
    "revision.rejected": _l("Said no"),
    "revision.edited": _l("Changed words before saying yes"),
    "revision.approved": _l("Said yes"),
    "revision.published_itself": _l("Published itself"),
    "listing.published": _l("Published a version"),
    "listing.updated": _l("Changed at once"),
    "listing.unpublished": _l("Took off the site"),
    "listing.shown_again": _l("Put back on the site"),
    "listing.imported": _l("Brought in from a feed"),
    "listing.merged": _l("Merged two listings"),
    "mark.given": _l("Gave a quality mark"),
    "mark.ended": _l("Ended a quality mark"),
    "site.tidied": _l("Wiped what is old"),
    "reports.settled": _l("Dealt with reports"),
    "comment.settled": _l("Dealt with a comment"),
}
"""What the deeds of this part are called; others are shown by their code."""


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
    """The name of the service it is about; empty when it is about none that still exists."""
    slug: str
    detail: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries, and the number before which the next page begins; None at the end."""

    lines: list[LogLine]
    older: int | None


def find_log(database: Session, asked: LogAsked) -> LogPage:
    """One page of the log. Three selects, however long it is."""
    entries = list(database.scalars(_entries(asked)))
    shown = entries[:LINES]
    subjects = _subjects(database, shown)
    lines = [_line(entry, subjects.get(entry.subject_id)) for entry in shown]
    return LogPage(lines, shown[-1].number if len(entries) > LINES else None)


def words_of(action: str) -> str:
    """A deed in words; its code when it has none."""
    return str(ACTIONS.get(action, action.replace(".", ": ").replace("_", " ")))


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


def _line(entry: AuditEntry, subject: tuple[str, str] | None) -> LogLine:
    name, slug = subject or ("", "")
    return LogLine(
        entry.number,
        entry.at,
        entry.actor,
        entry.role,
        words_of(entry.action),
        bool(entry.on_behalf_of),
        name,
        slug,
        _detail(entry),
    )


def _detail(entry: AuditEntry) -> str:
    """Old and new in one line, without the ids that are shown otherwise."""
    parts = [_plain(text) for text in (entry.old, entry.new) if text]
    return " → ".join(part for part in parts if part)[:LONGEST_DETAIL]


def _plain(text: str) -> str:
    held: dict[str, Any] = msgspec.json.decode(text)
    return ", ".join(
        f"{key.replace('_', ' ')}: {_value(key, value)}"
        for key, value in held.items()
        if value and key != "service"
    )


def _value(key: str, value: Any) -> str:
    if key == "fields" and isinstance(value, list):
        return ", ".join(dict.fromkeys(label_of(str(name)) for name in value))
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
