"""How people come to have an account: invited, asking to join, claiming a listing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.tries import JOINS_FOR_EMAIL
from app.database import now, write
from app.extensions import db
from app.mail import staff_address
from app.models import Account, Invitation, JoinRequest, Membership, Organisation, OutgoingMail
from app.site import Site
from app.states import Role
from tests import factories
from tests.pages.provider_pages import fields
from tests.people import actions, link_in, mails_to, open_session, person, sign_in_as

NEW = "new@example.org"


@pytest.fixture
def trust(app: Flask) -> Organisation:
    made = factories.organisation()
    with write() as database:
        database.add(made)
    return made


def people_of(organisation: Organisation) -> dict[str, bool]:
    found = select(Account.email, Membership.is_lead).join(Membership)
    rows = db.session.execute(found.where(Membership.organisation_id == organisation.id))
    return dict(rows.all())


def invite(client: FlaskClient, trust: Organisation, email: str = NEW, **more: str) -> str:
    """A lead invites somebody; gives the path of the invitation."""
    sign_in_as(client, organisations=[trust], lead=True)
    sent = client.post(f"/provider/colleagues/{trust.id}", data={"email": email, **more})
    assert sent.status_code == 303
    return link_in(mails_to(email)[-1])


def test_a_lead_invites_a_colleague(app: Flask, client: FlaskClient, trust: Organisation) -> None:
    path = invite(client, trust)
    new = app.test_client()
    page = new.get(path).get_data(as_text=True)
    assert trust.name in page and NEW in page
    assert NEW not in people_of(trust), "opening the page accepts nothing"
    nameless = new.post(path, data={"name": " "})
    assert "Type your name" in nameless.get_data(as_text=True)
    entered = new.post(path, data={"name": "Nia"})
    assert (entered.status_code, entered.location) == (303, "/provider/")
    assert people_of(trust)[NEW] is False
    colleagues = new.get(f"/provider/colleagues/{trust.id}").get_data(as_text=True)
    assert "Nia" in colleagues and "Invite a colleague" not in colleagues
    assert {"invitation.sent", "invitation.accepted", "membership.added"} <= set(actions())


def test_an_invitation_works_once(app: Flask, client: FlaskClient, trust: Organisation) -> None:
    path = invite(client, trust)
    assert app.test_client().post(path, data={"name": "Nia"}).status_code == 303
    again = app.test_client()
    assert again.get(path).status_code == 410
    assert again.post(path, data={"name": "Eve"}).status_code == 410


@pytest.mark.parametrize(("hours", "works"), [(47, True), (49, False)])
def test_an_invitation_is_good_for_48_hours(
    app: Flask, client: FlaskClient, trust: Organisation, hours: int, works: bool
) -> None:
    path = invite(client, trust)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours), tick=False):
        assert (app.test_client().get(path).status_code == 200) is works
        posted = app.test_client().post(path, data={"name": "Nia"})
        assert (posted.status_code == 303) is works


def test_a_lead_takes_an_invitation_back(
    app: Flask, client: FlaskClient, trust: Organisation
) -> None:
    path = invite(client, trust)
    key = db.session.scalars(select(Invitation.id)).one()
    taken = client.post(f"/provider/colleagues/{trust.id}/withdraw", data={"invitation": key})
    assert taken.status_code == 303
    assert app.test_client().get(path).status_code == 410


def test_a_new_invitation_ends_the_one_before(
    app: Flask, client: FlaskClient, trust: Organisation
) -> None:
    first = invite(client, trust)
    second = invite(client, trust)
    assert app.test_client().get(first).status_code == 410
    assert app.test_client().get(second).status_code == 200


def test_somebody_who_has_an_account_is_not_signed_in_by_an_invitation(
    app: Flask, client: FlaskClient, trust: Organisation
) -> None:
    """Forty-eight hours is long for a link that opens an account."""
    person(email=NEW, name="Nia")
    path = invite(client, trust, lead="y")
    other = app.test_client()
    assert "Your name" not in other.get(path).get_data(as_text=True)
    done = other.post(path)
    assert "has an account already" in other.get(done.location).get_data(as_text=True)
    assert "You are signed out" in other.get("/sign-out").get_data(as_text=True)
    assert people_of(trust)[NEW] is True


def test_an_invitation_of_a_disabled_person_is_dead(
    app: Flask, client: FlaskClient, trust: Organisation
) -> None:
    held = person(email=NEW)
    path = invite(client, trust)
    with write() as database:
        database.get_one(Account, held.id).disabled_at = now()
    assert app.test_client().post(path).status_code == 410


def test_an_invitation_never_takes_a_role_away(
    app: Flask, client: FlaskClient, trust: Organisation
) -> None:
    person(Role.ADMINISTRATOR, email=NEW)
    app.test_client().post(invite(client, trust))
    db.session.expire_all()
    assert (
        db.session.scalars(select(Account.role).where(Account.email == NEW)).one()
        == "administrator"
    )


def test_a_colleague_who_does_not_lead_changes_nobody(
    client: FlaskClient, trust: Organisation
) -> None:
    lead = person(organisations=[trust], lead=True)
    sign_in_as(client, organisations=[trust])
    base = f"/provider/colleagues/{trust.id}"
    assert client.get(base).status_code == 200
    for path, data in (
        ("", {"email": NEW}),
        ("/remove", {"account": lead.id, "sure": "yes"}),
        ("/lead", {"account": lead.id, "lead": "no"}),
        ("/withdraw", {"invitation": "x"}),
    ):
        assert client.post(base + path, data=data).status_code == 404, path
    assert mails_to(NEW) == []


def test_a_lead_has_no_say_elsewhere(client: FlaskClient, trust: Organisation) -> None:
    other = factories.organisation("Plover Trust")
    with write() as database:
        database.add(other)
    member = person(organisations=[other])
    sign_in_as(client, organisations=[trust], lead=True)
    base = f"/provider/colleagues/{other.id}"
    assert client.get(base).status_code == 404
    assert client.post(base, data={"email": NEW}).status_code == 404
    assert (
        client.post(f"{base}/remove", data={"account": member.id, "sure": "yes"}).status_code == 404
    )
    own = f"/provider/colleagues/{trust.id}"
    assert (
        client.post(f"{own}/remove", data={"account": member.id, "sure": "yes"}).status_code == 404
    )
    assert client.get("/provider/colleagues/not-there").status_code == 404


def test_a_removed_colleague_is_out_at_once(
    app: Flask, client: FlaskClient, trust: Organisation
) -> None:
    colleague, browser = person(organisations=[trust]), app.test_client()
    open_session(browser, colleague)
    base = f"/provider/colleagues/{trust.id}"
    assert browser.get(base).status_code == 200
    sign_in_as(client, organisations=[trust], lead=True)
    assert (
        client.post(f"{base}/remove", data={"account": colleague.id, "sure": "yes"}).status_code
        == 303
    )
    assert browser.get(base).status_code == 404
    assert "no longer" in mails_to(colleague.email)[0]


def test_taking_a_colleague_out_is_asked_once_more(
    client: FlaskClient, trust: Organisation
) -> None:
    """A thumb that slips on a phone shuts nobody out."""
    colleague = person(organisations=[trust])
    sign_in_as(client, organisations=[trust], lead=True)
    path = f"/provider/colleagues/{trust.id}/remove"
    asked = client.post(path, data={"account": colleague.id})
    html = asked.get_data(as_text=True)
    assert asked.status_code == 200 and "Do you want to remove this person?" in html
    assert colleague.email in html
    db.session.refresh(colleague)
    assert len(colleague.memberships) == 1
    assert client.post(path, data=fields(html)).status_code == 303
    db.session.refresh(colleague)
    assert colleague.memberships == []


def test_an_organisation_keeps_a_lead(client: FlaskClient, trust: Organisation) -> None:
    lead = sign_in_as(client, organisations=[trust], lead=True)
    base = f"/provider/colleagues/{trust.id}"
    for path, data in (("remove", {"sure": "yes"}), ("lead", {"lead": "no"})):
        kept = client.post(f"{base}/{path}", data={"account": lead.id, **data})
        assert "at least one person" in kept.get_data(as_text=True)
    other = person(organisations=[trust])
    client.post(f"{base}/lead", data={"account": other.id, "lead": "yes"})
    assert (
        client.post(f"{base}/remove", data={"account": lead.id, "sure": "yes"}).location
        == "/account"
    )
    assert people_of(trust) == {other.email: True}


def test_colleagues_of_several_organisations(client: FlaskClient, trust: Organisation) -> None:
    second = factories.organisation("Plover Trust")
    with write() as database:
        database.add(second)
    sign_in_as(client, organisations=[trust, second])
    page = client.get("/provider/colleagues").get_data(as_text=True)
    assert trust.name in page and second.name in page


JOIN = {
    "organisation": "Heron Club",
    "words": "A club for deaf children.",
    "name": "Nia",
    "email": NEW,
    "phone": "01632 960123",
}


def ask(client: FlaskClient, path: str = "/add-your-service", **changes: str) -> JoinRequest:
    assert client.post(path, data={**JOIN, **changes}).status_code == 303
    return db.session.scalars(select(JoinRequest).order_by(JoinRequest.created_at.desc())).all()[0]


def test_an_organisation_asks_to_join_and_is_accepted(
    app: Flask, client: FlaskClient, site: Site
) -> None:
    asked = ask(client)
    assert JOIN["words"] not in " ".join(mails_to(NEW)), "anyone can type any address"
    assert f"/staff/requests/{asked.id}" in mails_to(staff_address(site))[0]
    staff = app.test_client()
    sign_in_as(staff, Role.MODERATOR)
    assert "Heron Club" in staff.get("/staff/requests").get_data(as_text=True)
    page = staff.get(f"/staff/requests/{asked.id}").get_data(as_text=True)
    assert "deaf children" in page and "01632 960123" in page
    unsure = staff.post(f"/staff/requests/{asked.id}", data={})
    assert "Choose an organisation" in unsure.get_data(as_text=True)
    assert (
        staff.post(f"/staff/requests/{asked.id}", data={"organisation": "new"}).status_code == 303
    )
    made = db.session.scalars(select(Organisation).where(Organisation.name == "Heron Club")).one()
    new = app.test_client()
    assert new.post(link_in(mails_to(NEW)[-1]), data={"name": "Nia"}).location == "/provider/"
    assert people_of(made) == {NEW: True}
    assert {"request.made", "request.accepted", "organisation.made"} <= set(actions())


def test_staff_link_a_request_to_an_organisation_that_is_there(
    app: Flask, client: FlaskClient, trust: Organisation
) -> None:
    asked = ask(client, organisation="wagtail trust")
    staff = app.test_client()
    sign_in_as(staff, Role.MODERATOR)
    page = staff.get(f"/staff/requests/{asked.id}").get_data(as_text=True)
    assert trust.name in page and f'value="{trust.id}"' in page
    staff.post(f"/staff/requests/{asked.id}", data={"organisation": trust.id})
    app.test_client().post(link_in(mails_to(NEW)[-1]), data={"name": "Nia"})
    assert people_of(trust) == {NEW: True}
    assert len(db.session.scalars(select(Organisation)).all()) == 1


def test_a_listing_is_claimed(app: Flask, client: FlaskClient, site: Site) -> None:
    made = factories.published(site, "Otters", slug="otters")
    page = client.get("/services/otters").get_data(as_text=True)
    assert "/services/otters/ours" in page
    asked = ask(client, "/services/otters/ours")
    assert (asked.kind, asked.service_id) == ("claim", made.id)
    staff = app.test_client()
    sign_in_as(staff, Role.MODERATOR)
    shown = staff.get(f"/staff/requests/{asked.id}").get_data(as_text=True)
    assert "Wagtail Trust has one service" in shown
    assert staff.post(f"/staff/requests/{asked.id}").status_code == 303
    app.test_client().post(link_in(mails_to(NEW)[-1]), data={"name": "Nia"})
    held = db.session.get_one(Organisation, made.organisation_id)
    assert people_of(held) == {NEW: True}
    assert client.get("/services/not-there/ours").status_code == 404


def test_staff_refuse_with_a_reason(app: Flask, client: FlaskClient) -> None:
    asked = ask(client)
    staff = app.test_client()
    sign_in_as(staff, Role.MODERATOR)
    silent = staff.post(f"/staff/requests/{asked.id}/refuse", data={"reason": " "})
    assert "Write the reason" in silent.get_data(as_text=True)
    assert (
        staff.post(f"/staff/requests/{asked.id}/refuse", data={"reason": "Too far."}).status_code
        == 303
    )
    assert "Too far." in mails_to(NEW)[-1]
    assert "Too far." in staff.get(f"/staff/requests/{asked.id}").get_data(as_text=True)
    late = staff.post(f"/staff/requests/{asked.id}", data={"organisation": "new"})
    assert late.status_code == 409 and "was first" in late.get_data(as_text=True)
    assert db.session.scalars(select(Organisation)).all() == []


def test_only_staff_decide(app: Flask, client: FlaskClient) -> None:
    asked = ask(client)
    sign_in_as(client)
    for path in ("/staff/requests", f"/staff/requests/{asked.id}"):
        assert client.get(path).status_code == 404
    assert (
        client.post(f"/staff/requests/{asked.id}", data={"organisation": "new"}).status_code == 404
    )
    nobody = app.test_client()
    assert nobody.get("/staff/requests").location == "/sign-in?next=/staff/requests"


def test_asking_too_often_waits(client: FlaskClient) -> None:
    for _ in range(JOINS_FOR_EMAIL.most):
        ask(client)
    refused = client.post("/add-your-service", data=JOIN)
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0
    assert (
        client.post("/add-your-service", data={**JOIN, "email": "o@example.org"}).status_code == 303
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("organisation", ""), ("organisation", "x" * 256), ("words", "x" * 3001), ("name", ""),
     ("name", "x" * 121), ("email", "no"), ("phone", "0" * 51)],
)  # fmt: skip
def test_wrong_fields_are_said_and_nothing_is_kept(
    client: FlaskClient, field: str, value: str
) -> None:
    page = client.post("/add-your-service", data={**JOIN, field: value})
    assert page.status_code == 200 and "There is a problem" in page.get_data(as_text=True)
    assert db.session.scalars(select(JoinRequest)).all() == []


def test_what_is_typed_is_shown_as_words(app: Flask, client: FlaskClient) -> None:
    """Markup, formulas and letters that turn the direction stay words in every page and mail."""
    nasty = "<script>alert(1)</script>=1+1\u202e\u200b\"'>"
    asked = ask(client, organisation=nasty, words=nasty, name=nasty)
    staff = app.test_client()
    sign_in_as(staff, Role.MODERATOR)
    for path in ("/staff/requests", f"/staff/requests/{asked.id}"):
        assert "<script>alert" not in staff.get(path).get_data(as_text=True)
    subjects = db.session.scalars(select(OutgoingMail.subject)).all()
    assert not [subject for subject in subjects if "\n" in subject]
