"""`people`: inviting, printing a sign-in address, resetting, and the three made-up people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.demo import demo_links
from app.database import now, write
from app.demo.load import load_demo
from app.extensions import db
from app.models import Account, Invitation, Organisation
from app.site import Site
from app.states import Role
from tests import factories
from tests.people import actions, link_in, mails_to, person


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["people", *words])


def test_inviting_the_first_administrator(app: Flask, client: FlaskClient) -> None:
    done = run(app, "invite", "Ada@example.org", "--role", "administrator")
    assert done.exit_code == 0, done.output
    path = link_in(mails_to("ada@example.org")[0])
    entered = client.post(path, data={"name": "Ada"})
    assert entered.location == "/sign-in/second-factor"
    assert db.session.scalars(select(Account.role)).one() == "administrator"


def test_inviting_to_an_organisation_that_is_there_or_new(app: Flask) -> None:
    with write() as database:
        database.add(factories.organisation())
    assert (
        "no organisation"
        not in run(
            app, "invite", "a@example.org", "--role", "provider", "--organisation", "wagtail trust"
        ).output
    )
    assert (
        "it is new"
        in run(
            app, "invite", "b@example.org", "--role", "provider", "--organisation", "Heron Club"
        ).output
    )
    assert db.session.scalars(select(Invitation.is_lead)).all() == [True, True]
    assert len(db.session.scalars(select(Organisation)).all()) == 2


@pytest.mark.parametrize(
    "words",
    [("invite", "ada", "--role", "moderator"), ("invite", "ada@example.org", "--role", "owner"),
     ("invite", "a@example.org", "--role", "moderator", "--organisation", "X"),
     ("sign-in-link", "nobody@example.org"), ("reset-second-factor", "nobody@example.org")],
)  # fmt: skip
def test_what_cannot_be_done_fails(app: Flask, words: tuple[str, ...]) -> None:
    assert run(app, *words).exit_code != 0


def test_a_printed_address_signs_in_once_and_not_past_the_second_factor(
    app: Flask, client: FlaskClient
) -> None:
    person(Role.MODERATOR, email="mo@example.org")
    path = link_in(run(app, "sign-in-link", "mo@example.org").output)
    away = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get(path, environ_overrides=away).status_code == 200
    assert client.post(path, environ_overrides=away).location == "/sign-in/second-factor"
    assert client.post(path).status_code == 410


def test_no_address_is_printed_for_a_disabled_person(app: Flask) -> None:
    held = person(email="sam@example.org")
    with write() as database:
        database.get_one(Account, held.id).disabled_at = now()
    assert run(app, "sign-in-link", "sam@example.org").exit_code == 1


def test_a_lost_telephone(app: Flask) -> None:
    held = person(Role.ADMINISTRATOR, email="ada@example.org")
    with write() as database:
        kept = database.get_one(Account, held.id)
        kept.totp_secret, kept.totp_confirmed_at = "sealed", now()
    assert run(app, "reset-second-factor", "ada@example.org").exit_code == 0
    db.session.expire_all()
    assert db.session.get_one(Account, held.id).totp_confirmed_at is None
    assert "factor.reset" in actions()


def test_three_made_up_people(app: Flask, site: Site, client: FlaskClient) -> None:
    assert demo_links(site) == [], "no demo data, no demo people"
    load_demo(site, 12, 1, date.today(), lambda _count: None)
    first, again = demo_links(site), demo_links(site)
    assert [role for role, _ in first] == ["provider", "moderator", "administrator"]
    assert not {*first} & {*again}, "fresh at each start"
    assert len(db.session.scalars(select(Account)).all()) == 3
    assert client.post(link_in(again[0][1])).location == "/provider/"
    printed = run(app, "demo-links").output
    assert printed.count("/sign-in/") == 3
    settings = replace(site.settings, config="production")
    assert demo_links(replace(site, settings=settings)) == []
