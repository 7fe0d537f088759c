"""Sessions are rows: one for each browser somebody is signed in on, ended by setting a time."""

from __future__ import annotations

from flask import Response, g
from sqlalchemy import update

from app.access import current_person, drop_session_cookie, longest_time
from app.audit import Work, record
from app.database import now
from app.models import Account, LoginSession
from app.sealing import fingerprint, new_token


def start_session(work: Work, account: Account) -> str:
    """Sign somebody in; gives the new word for their browser's cookie."""
    word = new_token()
    work.database.add(
        LoginSession(
            id_hash=fingerprint(word),
            account_id=account.id,
            expires_at=now() + longest_time(account.role),
        )
    )
    record(work, "session.started", ("account", account.id))
    return word


def renew_session(work: Work, id_hash: str) -> str:
    """After the second factor: a new word, and the same latest end. Gives the word."""
    held = work.database.get_one(LoginSession, id_hash)
    held.ended_at = now()
    word = new_token()
    work.database.add(
        LoginSession(
            id_hash=fingerprint(word),
            account_id=held.account_id,
            started_at=held.started_at,
            expires_at=held.expires_at,
            second_factor_at=now(),
        )
    )
    return word


def end_session(work: Work, id_hash: str) -> None:
    """End one session; nothing when it has ended already."""
    held = work.database.get(LoginSession, id_hash)
    if held is not None and held.ended_at is None:
        held.ended_at = now()
        record(work, "session.ended", ("account", held.account_id))


def end_all_sessions(work: Work, account: Account) -> None:
    """Sign somebody out everywhere."""
    work.database.execute(
        update(LoginSession)
        .where(LoginSession.account_id == account.id, LoginSession.ended_at.is_(None))
        .values(ended_at=now())
    )
    record(work, "session.all_ended", ("account", account.id))


def session_here() -> str:
    """The fingerprint of this browser's session, which ends when another begins; or nothing."""
    person = current_person()
    return person.session if person else ""


def enter(word: str) -> None:
    """Let this answer give the browser its new word (`keep_signed_in` writes the cookie)."""
    g.session_word = word
    g.pop("person", None)


def leave(response: Response) -> None:
    """Let this answer take the browser's word away."""
    g.pop("person", None)
    drop_session_cookie(response)
