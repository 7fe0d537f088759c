"""Administrators look after people; everybody looks after their own account."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app.database import now, write
from app.extensions import db
from app.models import Account, LoginSession, Organisation
from app.states import Role
from tests import factories
from tests.people import actions, link_in, mails_to, open_session, person, sign_in_as


def fresh(account: Account) -> Account:
    db.session.expire_all()
    return db.session.get_one(Account, account.id)


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.MODERATOR])
def test_only_administrators_see_people(client: FlaskClient, role: Role) -> None:
    other = person()
    sign_in_as(client, role)
    for path in ("/staff/people", "/staff/people/invite", f"/staff/people/{other.id}"):
        assert client.get(path).status_code == 404
    for doing in ("disable", "enable", "end-sessions", "reset-second-factor"):
        assert client.post(f"/staff/people/{other.id}/{doing}").status_code == 404
    assert fresh(other).disabled_at is None


def test_somebody_is_shut_out_and_let_in(app: Flask, client: FlaskClient) -> None:
    other, browser = person(), app.test_client()
    open_session(browser, other)
    assert browser.get("/account").status_code == 200
    sign_in_as(client, Role.ADMINISTRATOR)
    assert client.post(f"/staff/people/{other.id}/disable").status_code == 303
    assert browser.get("/account").status_code == 303
    assert "Shut out" in client.get(f"/staff/people/{other.id}").get_data(as_text=True)
    assert client.post(f"/staff/people/{other.id}/enable").status_code == 303
    assert browser.get("/account").status_code == 303, "the old session stays dead"
    assert fresh(other).disabled_at is None
    assert {"account.disabled", "account.enabled"} <= set(actions())


def test_a_role_changes_and_ends_the_sessions(app: Flask, client: FlaskClient) -> None:
    other, browser = person(Role.MODERATOR), app.test_client()
    open_session(browser, other)
    assert browser.get("/staff/requests").status_code == 200
    sign_in_as(client, Role.ADMINISTRATOR)
    assert client.post(f"/staff/people/{other.id}", data={"role": "provider"}).status_code == 303
    assert fresh(other).role == "provider"
    assert browser.get("/staff/requests").status_code == 303
    wrong = client.post(f"/staff/people/{other.id}", data={"role": "owner"})
    assert wrong.status_code == 200 and fresh(other).role == "provider"


def test_a_lost_telephone(app: Flask, client: FlaskClient) -> None:
    other = person(Role.MODERATOR)
    with write() as database:
        held = database.get_one(Account, other.id)
        held.totp_secret, held.totp_confirmed_at = "sealed", now()
    sign_in_as(client, Role.ADMINISTRATOR)
    assert client.post(f"/staff/people/{other.id}/reset-second-factor").status_code == 303
    assert fresh(other).totp_confirmed_at is None
    assert "reset your second step" in mails_to(other.email)[0]


def test_nobody_shuts_themselves_out(client: FlaskClient) -> None:
    own = sign_in_as(client, Role.ADMINISTRATOR)
    for doing in ("disable", "reset-second-factor"):
        refused = client.post(f"/staff/people/{own.id}/{doing}")
        assert "to your own account" in refused.get_data(as_text=True)
    refused = client.post(f"/staff/people/{own.id}", data={"role": "provider"})
    assert "to your own account" in refused.get_data(as_text=True)
    assert (fresh(own).role, fresh(own).disabled_at) == ("administrator", None)


def test_unknown_people_and_doings_are_not_there(client: FlaskClient) -> None:
    other = person()
    sign_in_as(client, Role.ADMINISTRATOR)
    assert client.get("/staff/people/not-there").status_code == 404
    assert client.post("/staff/people/not-there/disable").status_code == 404
    assert client.post(f"/staff/people/{other.id}/eat").status_code == 404


def test_an_administrator_invites(app: Flask, client: FlaskClient) -> None:
    trust = factories.organisation()
    with write() as database:
        database.add(trust)
    sign_in_as(client, Role.ADMINISTRATOR)
    path = "/staff/people/invite"
    lost = client.post(path, data={"email": "a@example.org", "role": "provider"})
    assert "name of an organisation" in lost.get_data(as_text=True)
    provider = {"email": "a@example.org", "role": "provider", "organisation": "wagtail trust"}
    assert client.post(path, data=provider).location == "/staff/people/invited"
    assert (
        client.post(path, data={"email": "b@example.org", "role": "moderator"}).status_code == 303
    )
    new = app.test_client()
    entered = new.post(link_in(mails_to("b@example.org")[0]), data={"name": "Bo"})
    assert entered.location == "/sign-in/second-factor"
    assert new.get("/staff/requests").location == "/sign-in/second-factor"


def test_people_are_found(client: FlaskClient) -> None:
    trust = factories.organisation("Heron Club")
    with write() as database:
        database.add(trust)
    person(email="ann@example.org", organisations=[trust])
    person(email="ben@example.org", name="100% Ben")
    sign_in_as(client, Role.ADMINISTRATOR)
    for words, ann, ben in (
        ("heron", True, False),
        ("100%", False, True),
        ("", True, True),
        ("_", False, False),
    ):
        page = client.get("/staff/people", query_string={"q": words}).get_data(as_text=True)
        assert ("ann@example.org" in page, "ben@example.org" in page) == (ann, ben), words


def test_as_many_queries_for_many_people_as_for_few(client: FlaskClient) -> None:
    sign_in_as(client, Role.ADMINISTRATOR)
    client.get("/staff/people")
    counts = []
    for more in (3, 60):
        with write() as database:
            database.add_all(Account(email=f"p{more}-{item}@example.org") for item in range(more))
        statements: list[str] = []

        def note(
            _c: object, _k: object, statement: str, *_more: object, kept: list[str] = statements
        ) -> None:
            kept.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        assert client.get("/staff/people?page=2").status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8


def test_a_name_is_changed(client: FlaskClient) -> None:
    own = sign_in_as(client)
    assert client.post("/account", data={"name": "  Nia <b>  "}).status_code == 303
    assert fresh(own).name == "Nia <b>"
    assert "Nia &lt;b&gt;" in client.get("/account").get_data(as_text=True)
    assert "Type your name" in client.post("/account", data={"name": ""}).get_data(as_text=True)


def test_signing_out_everywhere(app: Flask, client: FlaskClient) -> None:
    own, other, stranger = sign_in_as(client), app.test_client(), app.test_client()
    open_session(other, own)
    sign_in_as(stranger)
    out = client.post("/account/sign-out-everywhere")
    assert "You are signed out" in client.get(out.location).get_data(as_text=True)
    assert other.get("/account").status_code == 303
    assert stranger.get("/account").status_code == 200
    left = select(LoginSession.account_id).where(LoginSession.ended_at.is_(None))
    assert own.id not in db.session.scalars(left).all()


def test_a_form_sent_after_the_session_ended_is_kept(app: Flask, client: FlaskClient) -> None:
    own = sign_in_as(client)
    with write() as database:
        for held in database.scalars(select(LoginSession)):
            held.ended_at = now()
    lost = client.post("/account?a=1", data={"name": 'Nia "N" <b>', "more": ["1", "2"]})
    page = lost.get_data(as_text=True)
    assert lost.status_code == 401
    assert 'value="Nia &#34;N&#34; &lt;b&gt;"' in page and 'action="/account?a=1"' in page
    assert page.count('name="more"') == 2
    open_session(client, own)
    assert client.post("/account?a=1", data={"name": "Nia"}).status_code == 303


def test_a_form_of_staff_without_their_second_step_is_kept_too(client: FlaskClient) -> None:
    sign_in_as(client, Role.MODERATOR, second_factor=False)
    lost = client.post("/account", data={"name": "Mo"})
    assert lost.status_code == 401 and 'value="Mo"' in lost.get_data(as_text=True)


def test_staff_see_the_people_of_an_organisation(client: FlaskClient) -> None:
    trust: Organisation = factories.organisation()
    with write() as database:
        database.add(trust)
    held = person(organisations=[trust])
    sign_in_as(client, Role.MODERATOR)
    base = f"/provider/colleagues/{trust.id}"
    assert held.email in client.get(base).get_data(as_text=True)
    assert client.post(base, data={"email": "c@example.org"}).status_code == 303
