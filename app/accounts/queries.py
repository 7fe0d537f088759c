"""Reads of people, their sessions and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.signing_in import find_wish
from app.database import now
from app.extensions import db
from app.models import Account, LoginSession, RecoveryCode
from app.sealing import fingerprint, same


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
