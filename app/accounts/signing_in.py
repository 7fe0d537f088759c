"""Signing in by mail: a link that works once, or a code for the browser that asked.

An address nobody has is treated alike in every step: the same records, the same words and as
much work, so that nobody can find out who has an account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts import mails
from app.accounts.sessions import end_session, start_session
from app.audit import Actor, Work, record
from app.database import new_id, now
from app.models import Account, SignIn
from app.sealing import fingerprint, keyed_fingerprint, new_code, new_token, same

MINUTES = timedelta(minutes=15)
MOST_TRIES = 5
ANY_BROWSER = ""
THIS_MACHINE = "this machine"
"""In place of a browser: only for whoever sits at the machine the site runs on."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody signed in: who, and the word for the browser's cookie."""

    account: Account
    word: str


def find_account(database: Session, email: str) -> Account | None:
    """The account of an address, unless it is disabled."""
    account = database.scalars(select(Account).where(Account.email == email.lower())).first()
    return account if account is not None and account.disabled_at is None else None


def ask(work: Work, email: str, browser: str, onward: str, *, has_code: bool = True) -> None:
    """Mail a link, and a code unless there were too many. `browser`: the word of who asks."""
    account = find_account(work.database, email)
    link, code = new_token(), new_code() if has_code else ""
    wish = _new_wish(work, account, browser=fingerprint(browser), link=link, code=code)
    address = link_address(work, link, onward)
    mail = mails.link_and_code(work, email.lower(), address, code)
    if account is None:
        mail.recipient, mail.body, mail.sent_at = "", "", now()
    record(work, "sign_in.asked", ("sign_in", wish.id), None, {"account": wish.account_id or ""})


def print_link(work: Work, account: Account, browser: str, lasts: timedelta = MINUTES) -> str:
    """A sign-in address that is not mailed but printed by a command."""
    link = new_token()
    wish = _new_wish(work, account, browser=browser, link=link, code=new_code())
    wish.expires_at = now() + lasts
    record(work, "sign_in.printed", ("sign_in", wish.id), None, {"account": account.id})
    return link_address(work, link, "")


def link_address(work: Work, link: str, onward: str) -> str:
    """The whole address of a link."""
    query = f"?{urlencode({'next': onward})}" if onward else ""
    return work.site.address_of(f"/sign-in/{link}{query}")


def find_wish(
    database: Session, link: str, *, is_here: bool, locked: bool = False
) -> SignIn | None:
    """The open wish a link belongs to. `is_here`: the request comes from this machine."""
    found = select(SignIn).where(SignIn.link_hash == fingerprint(link))
    wish = database.scalars(found.with_for_update() if locked else found).first()
    if wish is None or not _is_open(wish, now()):
        return None
    return None if wish.browser_hash == THIS_MACHINE and not is_here else wish


def open_link(work: Work, link: str, *, is_here: bool, old_session: str) -> Entered | None:
    """Sign in by a link; None when it does not work (any more)."""
    wish = find_wish(work.database, link, is_here=is_here, locked=True)
    account = _account_of(work.database, wish)
    if wish is None or account is None:
        return None
    return _enter(work, account, "link", old_session)


def use_code(work: Work, browser: str, code: str, *, old_session: str) -> Entered | int:
    """Sign in by the code that was mailed; else how many tries are left (0: ask anew)."""
    wish = work.database.scalars(
        select(SignIn)
        .where(SignIn.browser_hash == fingerprint(browser))
        .order_by(SignIn.created_at.desc())
        .limit(1)
        .with_for_update()
    ).first()
    if wish is None or not _is_open(wish, now()):
        return 0
    wish.tries += 1
    account = _account_of(work.database, wish)
    is_right = same(wish.code_hash, _code_hash(work, wish.id, code))
    if is_right and account is not None:
        return _enter(work, account, "code", old_session)
    if wish.tries >= MOST_TRIES:
        wish.used_at = now()
    record(work, "sign_in.wrong_code", ("sign_in", wish.id), None, {"tries": wish.tries})
    return MOST_TRIES - wish.tries


def _enter(work: Work, account: Account, way: str, old_session: str) -> Entered:
    """Void all that was mailed, end what this browser had, and begin anew."""
    own = Work(
        work.database, work.site, Actor(account.id, account.name or account.email, account.role)
    )
    work.database.execute(
        update(SignIn)
        .where(SignIn.account_id == account.id, SignIn.used_at.is_(None))
        .values(used_at=now())
    )
    if old_session:
        end_session(own, old_session)
    record(own, "sign_in.used", ("account", account.id), None, {"way": way})
    return Entered(account, start_session(own, account))


def _new_wish(work: Work, account: Account | None, *, browser: str, link: str, code: str) -> SignIn:
    key = new_id()
    wish = SignIn(
        id=key,
        account_id=account.id if account else None,
        browser_hash=browser,
        link_hash=fingerprint(link),
        code_hash=_code_hash(work, key, code) if code else "",
        expires_at=now() + MINUTES,
    )
    work.database.add(wish)
    work.database.flush()
    return wish


def _is_open(wish: SignIn, moment: datetime) -> bool:
    return wish.used_at is None and moment < wish.expires_at


def _account_of(database: Session, wish: SignIn | None) -> Account | None:
    """Who wishes to sign in; nobody's address is looked for too, to take as long."""
    if wish is None:
        return None
    account = database.get(Account, wish.account_id or "")
    return account if account is not None and account.disabled_at is None else None


def _code_hash(work: Work, wish: str, code: str) -> str:
    return keyed_fingerprint(work.site.settings.secret_key, "sign-in code", wish, code)
