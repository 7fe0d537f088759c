"""The log of who did what, sealed entry by entry, so that no change to it goes unseen.

Each entry's seal covers its fields and the seal before it. Changing, removing, adding or moving
an entry breaks the chain from there on; only a missing tail needs the count kept elsewhere
(`audit verify --count`, which backups print).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import now
from app.models import AuditEntry
from app.sealing import derive
from app.site import Site

FIRST_SEAL = "0" * 64


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person in a role, or a command, a link or the clock."""

    id: str
    name: str
    role: str
    on_behalf_of: str = ""
    """The organisation staff act for."""


NOBODY = Actor("", "the site", "")


@dataclass(frozen=True, slots=True)
class Work:
    """One write transaction on a site, and who does the work."""

    database: Session
    site: Site
    actor: Actor


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that is not as it was written, and what is wrong with it."""

    number: int
    fault: str


def record(
    work: Work,
    action: str,
    subject: tuple[str, str],
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add an entry inside the transaction of the work. `subject`: a kind and an id.

    Writes go one at a time, so no other takes the same number or seal.
    """
    database, actor = work.database, work.actor
    database.flush()
    last = database.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).first()
    entry = AuditEntry(
        number=(last.number if last else 0) + 1,
        at=now(),
        actor_id=actor.id,
        actor=actor.name,
        role=actor.role,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        on_behalf_of=actor.on_behalf_of,
        old=_json(old),
        new=_json(new),
    )
    entry.seal = seal_of(work.site.settings.secret_key, entry, last.seal if last else FIRST_SEAL)
    database.add(entry)
    database.flush()
    return entry


def find_break(database: Session, secret: str, count: int | None = None) -> Break | None:
    """The first broken entry, or None when the whole log is as it was written.

    `count`: how many entries there were when somebody last counted; fewer is a fault.
    """
    before, number = FIRST_SEAL, 0
    wanted = select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=500)
    with database.scalars(wanted) as entries:
        for entry in entries:
            number += 1
            if entry.number != number:
                return Break(number, f"entry {number} is missing")
            if not hmac.compare_digest(entry.seal, seal_of(secret, entry, before)):
                return Break(number, f"entry {number} was changed, or one before it was")
            before = entry.seal
    if count is not None and number < count:
        return Break(number + 1, f"there were {count} entries and now there are {number}")
    return None


def seal_of(secret: str, entry: AuditEntry, before: str) -> str:
    """The seal of an entry after the one with the seal `before`."""
    said = msgspec.json.encode(
        [
            before,
            entry.number,
            entry.at.isoformat(),
            entry.actor_id,
            entry.actor,
            entry.role,
            entry.action,
            entry.subject_kind,
            entry.subject_id,
            entry.on_behalf_of,
            entry.old,
            entry.new,
        ]
    )
    return hmac.new(derive(secret, "audit log"), said, sha256).hexdigest()


def _json(values: Mapping[str, Any] | None) -> str:
    return msgspec.json.encode(values).decode() if values else ""
