"""Reads of people, their sessions and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from app.accounts.invitations import find_open, where_of
from app.accounts.signing_in import find_wish
from app.database import now
from app.extensions import db
from app.models import (
    Account,
    Invitation,
    LoginSession,
    Membership,
    Organisation,
    RecoveryCode,
)
from app.sealing import fingerprint, same
from app.site import current_site


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that works: whom it signs in, and whether this browser asked for it."""

    email: str
    is_own: bool


def get_account(key: str) -> Account:
    """Somebody who is signed in."""
    return db.session.get_one(Account, key)


def lock_account(database: Session, key: str) -> Account:
    """The same for changing it: of two at once one waits."""
    return database.get_one(Account, key, with_for_update=True, populate_existing=True)


def find_link(link: str, browser: str, *, is_here: bool) -> OpenLink | None:
    """What a mailed or printed link is for; None when it does not work (any more)."""
    wish = find_wish(db.session(), link, is_here=is_here)
    account = db.session.get(Account, wish.account_id) if wish and wish.account_id else None
    if wish is None or account is None or account.disabled_at is not None:
        return None
    is_mailed = len(wish.browser_hash) == len(fingerprint(""))
    return OpenLink(account.email, not is_mailed or same(wish.browser_hash, fingerprint(browser)))


def count_unused_codes(account: str) -> int:
    """How many recovery codes somebody has left."""
    unused = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.account_id == account, RecoveryCode.used_at.is_(None)
    )
    return db.session.scalar(unused) or 0


def find_sessions(account: str) -> list[LoginSession]:
    """Where somebody is signed in, the newest first."""
    found = select(LoginSession).where(
        LoginSession.account_id == account,
        LoginSession.ended_at.is_(None),
        LoginSession.expires_at > now(),
    )
    return list(db.session.scalars(found.order_by(LoginSession.started_at.desc())))


def find_places(account: str) -> list[Membership]:
    """The organisations somebody acts for, by name."""
    found = (
        select(Membership)
        .join(Organisation)
        .where(Membership.account_id == account)
        .options(joinedload(Membership.organisation))
    )
    return list(db.session.scalars(found.order_by(Organisation.name)))


def find_members(organisation: str) -> list[Membership]:
    """The people who act for an organisation, leads first."""
    found = (
        select(Membership)
        .join(Account)
        .where(Membership.organisation_id == organisation)
        .options(joinedload(Membership.account))
    )
    return list(db.session.scalars(found.order_by(Membership.is_lead.desc(), Account.email)))


def find_organisation(key: str) -> Organisation | None:
    """An organisation by its id."""
    return db.session.get(Organisation, key)


def find_organisation_called(name: str) -> Organisation | None:
    """The one organisation of a name, whatever its capitals."""
    found = select(Organisation).where(func.lower(Organisation.name) == name.lower()).limit(2)
    held = list(db.session.scalars(found)) if name else []
    return held[0] if len(held) == 1 else None


def find_invitations(organisation: str) -> list[Invitation]:
    """The invitations of an organisation that nobody has answered yet."""
    found = select(Invitation).where(Invitation.organisation_id == organisation, *_is_open())
    return list(db.session.scalars(found.order_by(Invitation.created_at)))


def find_invitation_of(database: Session, organisation: str, key: str) -> Invitation | None:
    """One invitation of an organisation."""
    found = select(Invitation).where(
        Invitation.id == key, Invitation.organisation_id == organisation
    )
    return database.scalars(found).first()


@dataclass(frozen=True, slots=True)
class Invited:
    """What the page behind an invitation says."""

    email: str
    where: str
    is_known: bool
    """Whether the address has an account already: no name is asked then."""


def find_invitation(word: str) -> Invited | None:
    """The invitation of a link, while it is good."""
    database = db.session()
    held = find_open(database, word)
    if held is None:
        return None
    place = find_organisation(held.organisation_id) if held.organisation_id else None
    known = database.scalar(select(Account.id).where(Account.email == held.email)) is not None
    return Invited(held.email, where_of(current_site(), held.role, place), known)


def _is_open() -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.used_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > now(),
    )
