"""Two organisations and everybody who may come: what the sweeps over all addresses are tried on.

Everything an address can name belongs to one organisation, `own`. Each kind of person is a
column of the access matrix: a browser in which somebody is signed in, or nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import create_app, reviewing
from app import draft as drafts
from app.access import COOKIE
from app.accounts.invitations import invite
from app.audit import NOBODY, Work
from app.config import Settings
from app.database import now, write
from app.extensions import db
from app.models import (
    Account,
    Cancellation,
    Feedback,
    Invitation,
    JoinRequest,
    Membership,
    OutgoingMail,
    QualityMark,
    Revision,
    Service,
)
from app.provider.places import key_of
from app.publishing import unpublish
from app.sealing import box
from app.site import Site, current_site
from app.states import Role
from tests import factories
from tests.conftest import close
from tests.moderation import save, sent_edit
from tests.people import open_session, person

TOTP = pyotp.random_base32()
"""The second factor of every member of staff here."""


@dataclass(frozen=True, slots=True)
class Column:
    """A kind of person: a column of the access matrix."""

    name: str
    role: Role | None = None
    is_own: bool = True
    """Whether what the addresses name is their own organisation's."""
    is_lead: bool = False
    is_disabled: bool = False
    has_second_step: bool = True

    @property
    def is_staff(self) -> bool:
        return self.role in {Role.MODERATOR, Role.ADMINISTRATOR}

    @property
    def is_out(self) -> bool:
        """Whether the site knows nobody in this browser."""
        return self.role is None or self.is_disabled


COLUMNS = (
    Column("nobody"),
    Column("disabled", Role.PROVIDER, is_lead=True, is_disabled=True),
    Column("provider, own", Role.PROVIDER),
    Column("provider, other", Role.PROVIDER, is_own=False),
    Column("lead, own", Role.PROVIDER, is_lead=True),
    Column("lead, other", Role.PROVIDER, is_lead=True, is_own=False),
    Column("moderator, one step", Role.MODERATOR, has_second_step=False),
    Column("administrator, one step", Role.ADMINISTRATOR, has_second_step=False),
    Column("moderator", Role.MODERATOR),
    Column("administrator", Role.ADMINISTRATOR),
)


@dataclass
class World:
    """A site with all of it. `ids`: what stands for each argument of an address."""

    app: Flask
    ids: dict[str, str | int] = field(default_factory=dict)
    for_endpoint: dict[str, list[dict[str, str | int]]] = field(default_factory=dict)
    """Where an endpoint is tried with other things than `ids`, or with several."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What only forms name."""
    cookies: dict[str, str] = field(default_factory=dict)

    def browser(self, column: Column) -> FlaskClient:
        """A browser of somebody: new, so that nothing of an earlier request is in it."""
        client = FlaskClient(self.app, self.app.response_class)
        if column.name in self.cookies:
            client.set_cookie(COOKIE, self.cookies[column.name])
        return client

    def things(self, endpoint: str) -> list[Mapping[str, str | int]]:
        """The arguments an endpoint is tried with."""
        return [{**self.ids, **more} for more in self.for_endpoint.get(endpoint, [{}])]


@contextmanager
def world_of(settings: Settings, columns: Iterable[Column] = COLUMNS) -> Iterator[World]:
    """A site in which there is something of one organisation for each address to name."""
    app = create_app(settings, testing=True)
    world = World(app)
    with app.app_context():
        _fill(world, current_site())
        for column in columns:
            _sign_in(world, column)
        app.extensions["search"].rebuild()
        db.session.remove()
    yield world
    close(app)


def _fill(world: World, site: Site) -> None:
    otters, quiet, resting, seals = (
        factories.service(name, slug=name.lower(), organisation=organisation)
        for name, organisation in _four()
    )
    otters.cancellations.append(Cancellation(on=date(2030, 1, 1)))
    otters.closed_until = date.today() + timedelta(days=30)
    otters.marks.append(QualityMark(kind="visited", given_on=date(2025, 1, 1)))
    factories.show(site, otters, quiet, resting, seals)
    mate = person(organisations=[otters.organisation_id], lead=True, name="Mate")
    out = person(name="Out")
    with write() as database:
        unpublish(database, database.get_one(Service, resting.id))
        database.get_one(Account, out.id).disabled_at = now()
        asked = JoinRequest(
            kind="join", organisation_name="Herons", name="N", email="n@example.org"
        )
        comment = Feedback(words="It is slow.")
        report = Feedback(service_id=otters.id, about="cost", words="Wrong.")
        database.add_all([asked, comment, report])
        invite(Work(database, site, NOBODY), "new@example.org", organisation=otters.organisation)
        invitation = database.query(Invitation).one()
    published = sent_edit(site, otters, about__summary="Newer words.")
    with write() as database:
        reviewing.approve(Work(database, site, NOBODY), database.get_one(Revision, published.id))
    open_one = _begun(site, otters.id)
    with write() as database:
        new = reviewing.start_new(Work(database, site, NOBODY), otters.organisation_id, "Newts")
    waits = sent_edit(site, seals, about__summary="Waiting words.")
    own = otters.organisation_id
    world.ids = {
        "service_id": otters.id,
        "revision_id": open_one.id,
        "organisation_id": own,
        "organisation": own,
        "slug": "otters",
        "number": 1,
        "account": mate.id,
        "key": asked.id,
        "mark_id": otters.marks[0].id,
        **_places(open_one),
    }
    staff_see: list[dict[str, str | int]] = [{"revision_id": waits.id}]
    world.for_endpoint = {
        **{f"moderation.{view}": staff_see for view in STAFF_SEE},
        "provider.sent": staff_see,
        "provider.begin": [{"service_id": quiet.id}],
        "provider.section": [
            *({"section": name} for name in drafts.SECTIONS if name != "availability"),
            {"section": "availability", "revision_id": new.id},
        ],
        "comments.show": [{"key": comment.id}],
        "staff_listings.on": [{"slug": "resting"}],
        "people.do": [
            {"account": out.id, "doing": "enable"},
            *({"doing": doing} for doing in ("disable", "end-sessions", "reset-second-factor")),
        ],
    }
    world.facts = {"mate": mate.id, "invitation": invitation.id, "waits": waits.id}
    world.facts |= {"saved": waits.saved, "version": otters.version}
    world.facts["mate email"] = mate.email
    world.facts["mails"] = [*db.session.scalars(select(OutgoingMail.id))]


STAFF_SEE = ("revision", "take", "hand_back", "decide", "decided")


def _four() -> list[tuple[str, Any]]:
    """Names of services, all of one organisation."""
    own = factories.organisation("Own Trust")
    return [(name, own) for name in ("Otters", "Quiet", "Resting", "Seals")]


def _begun(site: Site, service_id: str) -> Revision:
    """Changes to a listing that its provider has not sent yet."""
    with write() as database:
        work = Work(database, site, NOBODY)
        revision = reviewing.start_edit(work, database.get_one(Service, service_id))
        save(work, revision, {"about__summary": "Words not sent yet."})
    return revision


def _places(revision: Revision) -> dict[str, str]:
    place = drafts.from_json(revision.content).when.places[0]
    return {"place_id": place.id, "session_id": key_of(place.sessions[0])}


def _sign_in(world: World, column: Column) -> None:
    if column.role is None:
        return
    other = factories.organisation("Other Trust")
    with write() as database:
        database.add(other)
    organisation = world.ids["organisation"] if column.is_own else other.id
    account = person(column.role, name=column.name)
    client = FlaskClient(world.app, world.app.response_class)
    open_session(client, account, second_factor=column.has_second_step)
    with write() as database:
        held = database.get_one(Account, account.id)
        if column.is_staff:
            sealed = box(current_site().settings.secret_key, "second factor")
            held.totp_secret = sealed.encrypt(TOTP.encode()).decode()
            held.totp_confirmed_at = now()
        else:
            database.add(
                Membership(
                    account_id=account.id,
                    organisation_id=str(organisation),
                    is_lead=column.is_lead,
                )
            )
        held.disabled_at = now() if column.is_disabled else None
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    world.cookies[column.name] = cookie.value
