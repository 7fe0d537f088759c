"""What administrators see of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, or_, select

from app.extensions import db
from app.models import Account, AuditEntry, Membership, Organisation

PAGE_SIZE, HISTORY = 50, 30
DONE = {
    "sign_in.used": _l("Signed in"),
    "session.ended": _l("Signed out"),
    "session.all_ended": _l("Signed out everywhere"),
    "factor.set_up": _l("Set up the second step"),
    "factor.shown": _l("Showed the second step"),
    "factor.recovery_used": _l("Used a recovery code"),
    "factor.new_codes": _l("Made new recovery codes"),
    "factor.wrong": _l("Typed a wrong second code"),
    "factor.reset": _l("Second step was reset"),
    "account.role": _l("Role changed"),
    "account.disabled": _l("Shut out"),
    "account.enabled": _l("Let in again"),
    "account.name": _l("Changed the name"),
}
"""The events of the log that an administrator reads beside a person."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in the list."""

    id: str
    email: str
    name: str
    role: str
    is_disabled: bool
    has_factor: bool
    places: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of people."""

    rows: Sequence[PersonRow]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to or by a person."""

    at: datetime
    what: str
    who: str


def find_people(words: str, number: int) -> PeoplePage:
    """Everybody whose name, address or organisation holds the words, fifty on a page."""
    wanted = _holding(words)
    total = db.session.scalar(select(func.count(Account.id)).where(*wanted)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(number, 1), pages)
    found = select(Account).where(*wanted).order_by(Account.email)
    people = list(db.session.scalars(found.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)))
    places = _places([person.id for person in people])
    rows = [
        PersonRow(
            person.id,
            person.email,
            person.name,
            person.role,
            person.disabled_at is not None,
            person.totp_confirmed_at is not None,
            ", ".join(places.get(person.id, ())),
        )
        for person in people
    ]
    return PeoplePage(rows, total, number, pages)


def find_person(key: str) -> Account | None:
    """Somebody by id."""
    return db.session.get(Account, key)


def find_history(account: str) -> list[Event]:
    """What the log says of a person, the newest first."""
    found = (
        select(AuditEntry.at, AuditEntry.action, AuditEntry.actor)
        .where(
            AuditEntry.subject_kind == "account",
            AuditEntry.subject_id == account,
            AuditEntry.action.in_(DONE),
        )
        .order_by(AuditEntry.number.desc())
        .limit(HISTORY)
    )
    return [Event(at, str(DONE[action]), actor) for at, action, actor in db.session.execute(found)]


def _holding(words: str) -> list[ColumnElement[bool]]:
    if not words:
        return []
    members = (
        select(Membership.account_id)
        .join(Organisation)
        .where(Organisation.name.icontains(words, autoescape=True))
    )
    return [
        or_(
            Account.email.icontains(words, autoescape=True),
            Account.name.icontains(words, autoescape=True),
            Account.id.in_(members),
        )
    ]


def _places(accounts: Sequence[str]) -> dict[str, list[str]]:
    """The names of the organisations of each person."""
    found = (
        select(Membership.account_id, Organisation.name)
        .join(Organisation)
        .where(Membership.account_id.in_(accounts))
        .order_by(Organisation.name)
    )
    places: dict[str, list[str]] = {}
    for account, name in db.session.execute(found):
        places.setdefault(account, []).append(name)
    return places
