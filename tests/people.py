"""People of tests: an account with a role, and a browser in which they are signed in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy import select

from app.access import COOKIE, longest_time, set_session_cookie
from app.database import now, write
from app.extensions import db
from app.models import Account, AuditEntry, LoginSession, Membership, Organisation, OutgoingMail
from app.sealing import fingerprint, new_token
from app.states import STAFF_ROLES, Role

_numbers = count(1)


def person(
    role: str = Role.PROVIDER,
    *,
    organisations: Iterable[Organisation | str] = (),
    lead: bool = False,
    email: str = "",
    name: str = "",
) -> Account:
    """Store somebody with a role who acts for `organisations` (stored records or their ids)."""
    number = next(_numbers)
    account = Account(
        email=email or f"person{number}@example.org", name=name or f"Person {number}", role=role
    )
    with write() as database:
        database.add(account)
        database.flush()
        for organisation in organisations:
            key = organisation if isinstance(organisation, str) else organisation.id
            database.add(Membership(account_id=account.id, organisation_id=key, is_lead=lead))
    return account


def open_session(client: FlaskClient, account: Account, *, second_factor: bool = True) -> str:
    """Sign somebody in in a browser; staff have shown their second factor unless told.

    Gives the word of the session.
    """
    app: Flask = client.application
    word = new_token()
    is_shown = second_factor and account.role in STAFF_ROLES
    with write() as database:
        database.add(
            LoginSession(
                id_hash=fingerprint(word),
                account_id=account.id,
                expires_at=now() + longest_time(account.role),
                second_factor_at=now() if is_shown else None,
            )
        )
    client.set_cookie(COOKIE, cookie_of(app, word))
    return word


def cookie_of(app: Flask, word: str) -> str:
    """What the cookie of a session says when its browser was here just now."""
    with app.test_request_context():
        response = Response()
        set_session_cookie(response, word)
    return response.headers["Set-Cookie"].partition(";")[0].partition("=")[2]


def mails_to(email: str) -> list[str]:
    """The words of the mails that wait for somebody, the oldest first."""
    found = select(OutgoingMail).where(OutgoingMail.recipient == email)
    return [mail.body for mail in db.session.scalars(found.order_by(OutgoingMail.queued_at))]


def link_in(mail: str) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", mail)
    assert found, mail
    return found[1]


def code_in(mail: str) -> str:
    """The code in a mail."""
    found = re.search(r"\b(\d{6})\b", mail)
    assert found, mail
    return found[1]


def actions() -> list[str]:
    """What the log says was done, the oldest first."""
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def sign_in_as(
    client: FlaskClient,
    role: str = Role.PROVIDER,
    *,
    organisations: Iterable[Organisation | str] = (),
    lead: bool = False,
    second_factor: bool = True,
) -> Account:
    """Make somebody and sign them in in a browser. Call it inside an application context."""
    account = person(role, organisations=organisations, lead=lead)
    open_session(client, account, second_factor=second_factor)
    return account
