"""What providers and staff find when they sign in: people, changes, requests, reports, mails.

It stands in a directory of its own, beside the demonstration listings and the unusual ones.
Tests come to it by names (`{edit}`, `{rich}`): the ids are made anew each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.access import COOKIE
from app.accounts.invitations import invite
from app.accounts.routes import COOKIE as ASKED
from app.accounts.routes import COOKIE_PATH as ASKED_PATH
from app.accounts.signing_in import ask
from app.audit import NOBODY, Work
from app.database import now, write
from app.extensions import db
from app.models import Account, Organisation, OutgoingMail, Service, SignIn
from app.sealing import new_token
from app.site import Site
from app.states import Role, Status
from tests.browser.desk_work import QUEUED, RUNG_ABOUT, add_work
from tests.browser.listings import LONG, LONG_NAME, RICH, SPARSE, STALE
from tests.people import cookie_of, link_in, mails_to, open_session, person

NOBODY_HERE = ""
"""Who has not signed in."""
PRIYA, NEW, ALONE, BUSY = "provider", "newcomer", "without organisation", "of two organisations"
SAM, ADA = "moderator", "administrator"
UNSET, HALFWAY, WAITING = "before set-up", "before the second step", "waiting for a mail"
LONG_PERSON = "Bartholomew Featherstonehaugh-Cholmondeley the Younger of Llanfairpwllgwyngyll"
LONG_EMAIL = f"{'a-very-long-name-of-somebody' * 2}@{'long-' * 10}house.example.org"
COLLEAGUES, PEOPLE = 8, 45
LISTINGS = QUEUED + RUNG_ABOUT + 20
"""Of the demonstration: each change has one of its own."""
A_DAY = timedelta(days=1)
SEVERAL = ("long_organisation", "stale_organisation", "many_organisation")


@dataclass
class Desk:
    """The ids that addresses need, by name, and the sessions of everybody."""

    ids: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    asked: str = ""
    """The word of the browser that asked for a mail."""

    def cookie(self, app: Flask, who: str) -> tuple[str, str, str]:
        """The name, value and path of the cookie in somebody's browser, as of just now."""
        if who == WAITING:
            return ASKED, self.asked, ASKED_PATH
        return COOKIE, cookie_of(app, self.sessions[who]), "/"


def make_desk(app: Flask, site: Site) -> Desk:
    """Fill a directory that has listings already. Call it inside the application's context."""
    desk = Desk()
    listings = {name: _service(slug) for name, slug in LISTED.items()}
    with write() as database:
        _name_organisations(database, listings)
    for name, service in listings.items():
        desk.ids |= {name: service.id, f"{name}_organisation": service.organisation_id}
    desk.ids["many_organisation"] = _largest()
    people = _people(desk)
    add_work(site, desk.ids, people, listings)
    for who, account in people.items():
        is_whole = who not in {UNSET, HALFWAY}
        desk.sessions[who] = open_session(app.test_client(), account, second_factor=is_whole)
    _doors(site, desk)
    return desk


LISTED = {"rich": RICH, "sparse": SPARSE, "long": LONG, "stale": STALE}


def _service(slug: str) -> Service:
    return db.session.scalars(select(Service).where(Service.slug == slug)).one()


def _name_organisations(database: Session, listings: dict[str, Service]) -> None:
    """A name for each, so that a test knows whose listing it is; one very long."""
    names = {"rich": "Wagtail Trust", "sparse": "Plain Club", "stale": "Old Mill"}
    for name, service in listings.items():
        database.execute(
            update(Organisation)
            .where(Organisation.id == service.organisation_id)
            .values(name=names.get(name, LONG_NAME))
        )
    database.add(Organisation(id="desk-heron", name="Heron Club", kind="a charity"))


def _largest() -> str:
    """The organisation with the most listings."""
    found = select(Service.organisation_id).where(Service.status == Status.PUBLISHED)
    counted = found.group_by(Service.organisation_id).order_by(func.count().desc())
    return db.session.scalars(counted.limit(1)).one()


def _people(desk: Desk) -> dict[str, Account]:
    """One of each sort who signs in, and many more in the lists."""
    rich, several = desk.ids["rich_organisation"], [desk.ids[key] for key in SEVERAL]
    desk.ids["heron"] = "desk-heron"
    of = partial(person, Role.PROVIDER)
    people = {
        PRIYA: of(organisations=[rich], lead=True, name="Priya Raman", email="priya@example.org"),
        NEW: of(organisations=["desk-heron"], lead=True, name="Nia", email="nia@example.org"),
        ALONE: of(name="", email="ola@example.org"),
        BUSY: of(organisations=several, name=LONG_PERSON, email=LONG_EMAIL),
        SAM: person(Role.MODERATOR, name="Sam Okafor", email="sam@example.org"),
        ADA: person(Role.ADMINISTRATOR, name="Ada", email="ada@example.org"),
        UNSET: person(Role.MODERATOR, name="Una", email="una@example.org"),
        HALFWAY: person(Role.MODERATOR, name="Hal", email="hal@example.org"),
    }
    for number in range(COLLEAGUES):
        of(organisations=[rich], name=LONG_PERSON if number == 1 else "", lead=number == 2)
    for _ in range(PEOPLE):
        of()
    gone = of(name="Gone Away", email="gone@example.org")
    with write() as database:
        shut_out = database.get_one(Account, gone.id)
        shut_out.disabled_at = now()
        for who in (SAM, ADA, HALFWAY):
            database.get_one(Account, people[who].id).totp_confirmed_at = now()
    desk.ids |= {"colleague": people[BUSY].id, "ada": people[ADA].id, "sam": people[SAM].id}
    desk.ids["gone"] = shut_out.id
    return people


def _doors(site: Site, desk: Desk) -> None:
    """Links that are mailed: to sign in, and invitations of somebody new and somebody known."""
    browser = new_token()
    desk.asked = browser
    with write() as database:
        work = Work(database, site, NOBODY)
        ask(work, "priya@example.org", browser, "")
        place = database.get_one(Organisation, desk.ids["rich_organisation"])
        for email in ("someone-new@example.org", LONG_EMAIL):
            invite(work, email, Role.PROVIDER, place)
    desk.ids["link"] = link_in(mails_to("priya@example.org")[-1]).rpartition("/")[2]
    invited = ("invitation", "someone-new@example.org"), ("invitation_known", LONG_EMAIL)
    for name, email in invited:
        desk.ids[name] = link_in(mails_to(email)[-1]).rpartition("/")[2]
    with write() as database:
        database.execute(update(OutgoingMail).values(sent_at=now(), body=""))
        database.execute(update(SignIn).values(expires_at=now() + A_DAY))
