"""Who is asking, and may they.

A page for people who sign in belongs to a blueprint that names the least role; `guard` stands
before all of its addresses. What belongs to another organisation is not there (404).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.audit import Actor
from app.database import now
from app.extensions import db
from app.models import Account, LoginSession, Membership
from app.sealing import fingerprint
from app.site import current_site
from app.states import STAFF_ROLES, Role

COOKIE = "signed_in"
IDLE = {Role.PROVIDER: timedelta(hours=12), Role.MODERATOR: timedelta(minutes=30)}
LONGEST = {Role.PROVIDER: timedelta(hours=12), Role.MODERATOR: timedelta(hours=8)}
RANK = {Role.PROVIDER: 0, Role.MODERATOR: 1, Role.ADMINISTRATOR: 2}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    id: str
    email: str
    name: str
    role: Role
    session: str
    """The fingerprint of their session's word."""
    organisations: Mapping[str, bool]
    """Each organisation they act for, and whether they lead there."""
    has_second_factor: bool
    """Whether it was shown in this session."""

    @property
    def is_staff(self) -> bool:
        """Whether they work for the council."""
        return self.role in STAFF_ROLES

    @property
    def is_ready(self) -> bool:
        """Whether nothing more has to be shown: staff need their second factor."""
        return not self.is_staff or self.has_second_factor

    def acts_for(self, organisation: str) -> bool:
        """Whether they may see and edit an organisation's listings."""
        return self.is_staff or organisation in self.organisations

    def leads(self, organisation: str) -> bool:
        """Whether they may invite and remove an organisation's people."""
        return self.is_staff or self.organisations.get(organisation, False)

    def as_actor(self, organisation: str = "") -> Actor:
        """Who they are in the log; staff name the organisation they act for."""
        return Actor(
            self.id, self.name or self.email, self.role, organisation if self.is_staff else ""
        )


def idle_time(role: str) -> timedelta:
    """How long a session of a role lasts without being used."""
    return IDLE.get(Role(role), IDLE[Role.MODERATOR])


def longest_time(role: str) -> timedelta:
    """How long a session of a role lasts at most."""
    return LONGEST.get(Role(role), LONGEST[Role.MODERATOR])


def current_person() -> Person | None:
    """Who is signed in in this browser, or None. Asks the database once for a request."""
    if "person" not in g:
        g.person = _find_person()
    person: Person | None = g.person
    return person


def person_here() -> Person:
    """Who is signed in, on a page that `guard` stands before."""
    person = current_person()
    if person is None:
        abort(404)
    return person


def _find_person() -> Person | None:
    cookie = request.cookies.get(COOKIE, "")
    if not cookie:
        return None
    try:
        word, seen = _stamps().loads(cookie, return_timestamp=True)
    except BadSignature:
        return None
    held = db.session.scalars(
        select(LoginSession)
        .where(LoginSession.id_hash == fingerprint(str(word)))
        .options(joinedload(LoginSession.account))
    ).first()
    if held is None or not _is_open(held, seen.replace(tzinfo=None)):
        return None
    g.session_word = str(word)
    return _person(held)


def _is_open(held: LoginSession, seen: datetime) -> bool:
    """Whether a session still counts: not ended, not over, not idle, its person not disabled."""
    moment = now()
    is_idle = moment - seen > idle_time(held.account.role)
    is_over = held.ended_at is not None or moment >= held.expires_at
    return not is_over and not is_idle and held.account.disabled_at is None


def _person(held: LoginSession) -> Person:
    account: Account = held.account
    memberships = db.session.execute(
        select(Membership.organisation_id, Membership.is_lead).where(
            Membership.account_id == account.id
        )
    )
    return Person(
        account.id,
        account.email,
        account.name,
        Role(account.role),
        held.id_hash,
        dict(memberships.all()),
        held.second_factor_at is not None,
    )


def keep_signed_in(response: Response) -> Response:
    """Stamp the time on the cookie of somebody signed in, so that an idle session can end.

    The time lies in the signed cookie, so that looking at a page writes nothing.
    """
    word = g.get("session_word")
    if word:
        set_session_cookie(response, word)
        response.headers["Cache-Control"] = "no-store"
    return response


def set_session_cookie(response: Response, word: str) -> None:
    """Give the browser its session's word: gone with the browser."""
    response.set_cookie(
        COOKIE, str(_stamps().dumps(word)), httponly=True, samesite="Lax", secure=request.is_secure
    )


def drop_session_cookie(response: Response) -> None:
    """Take it back."""
    g.pop("session_word", None)
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)


def _stamps() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_site().settings.secret_key, salt="signed in")


def guard(blueprint: Blueprint, least: Role) -> None:
    """Let only people of a role, or a higher one, to the addresses of a blueprint.

    Nobody signed in: to the sign-in page, and nothing typed is lost. Too low a role: not there.
    """

    @blueprint.before_request
    def stand() -> ResponseReturnValue | None:
        person = current_person()
        if person is None:
            return ask_to_sign_in()
        if not person.is_ready and request.method == "POST":
            return ask_to_sign_in()
        if not person.is_ready:
            return redirect(url_for("accounts.second_factor"), 303)
        if RANK[person.role] < RANK[least]:
            abort(404)
        return None

    blueprint.after_request(no_store)


def ask_to_sign_in() -> ResponseReturnValue:
    """To the sign-in page and back; a form that was sent is kept on the page for sending again."""
    if request.method == "POST":
        return render_template("accounts/expired.html", typed=typed_here()), 401
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)


def typed_here() -> list[tuple[str, str]]:
    """All that the form of this request holds, for a page that keeps it."""
    return list(request.form.items(multi=True))


def no_store(response: Response) -> Response:
    """Pages of people who sign in lie in no cache, so that Back after signing out shows none."""
    response.headers["Cache-Control"] = "no-store"
    return response


def own_or_404(person: Person, organisation: str) -> None:
    """Stop, as if there were nothing, when something is another organisation's."""
    if not person.acts_for(organisation):
        abort(404)
