"""Of everything that waits, one person looks after each: taken, handed back, the oldest first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.database import now, write
from app.extensions import db
from app.models import Account, Feedback, JoinRequest, Revision, Service
from app.site import Site
from app.states import Role
from tests import factories
from tests.moderation import sent_edit
from tests.people import actions, open_session, person, sign_in_as

REPORTS = "/staff/listings/otters/reports"


@pytest.fixture
def otters(app: Flask, site: Site) -> Service:
    return factories.published(site, "Otter Club", slug="otters")


@pytest.fixture
def sam(client: FlaskClient, app: Flask) -> Account:
    return sign_in_as(client, Role.MODERATOR)


@pytest.fixture
def kim(app: Flask) -> FlaskClient:
    """Another moderator's browser."""
    other = app.test_client()
    open_session(other, person(Role.MODERATOR, name="Kim Lowe"))
    return other


def report(service: Service, days: int = 0) -> None:
    with write() as database:
        made = now() - timedelta(days=days)
        words = Feedback(service_id=service.id, about="times", words="Sundays.", created_at=made)
        database.add(words)


def ask_to_join(days: int = 0) -> str:
    with write() as database:
        made = now() - timedelta(days=days)
        asked = JoinRequest(
            kind="join", organisation_name="Heron", name="Nia", email="n@x.org", created_at=made
        )
        database.add(asked)
        database.flush()
        return asked.id


def test_the_next_is_what_has_waited_longest_of_whatever_kind(
    client: FlaskClient, site: Site, otters: Service, sam: Account
) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    with write():
        db.session.get_one(Revision, revision.id).submitted_at = now() - timedelta(days=2)
    report(otters, days=3)
    key = ask_to_join(days=1)
    wanted = [REPORTS, f"/staff/revisions/{revision.id}", f"/staff/requests/{key}", "/staff/queue"]
    assert [client.post("/staff/queue/next").location for _ in wanted] == wanted
    assert "Taken by you</a><b>3</b>" in client.get("/staff/").text
    mine = client.get("/staff/queue?who=mine").text
    assert "Queue (3)" in mine and mine.count("<b>you</b>") == 3
    assert "Nothing waits here." in client.get("/staff/queue?who=free").text


def test_reports_that_somebody_has_taken_are_theirs_until_handed_back(
    client: FlaskClient, kim: FlaskClient, otters: Service, sam: Account
) -> None:
    report(otters)
    assert client.post(f"{REPORTS}/take").location == REPORTS
    report(otters)
    for path in (f"{REPORTS}/take", REPORTS):
        late = kim.post(path, data={"reason": "I rang them."})
        assert late.status_code == 409 and sam.name in late.text
    assert "I rang them." in late.text, "what was typed is not lost"
    assert "has taken this" in kim.get(REPORTS).text
    assert "All 2 reports are dealt with" not in kim.get(REPORTS).text
    assert kim.post(f"{REPORTS}/hand-back").location == "/staff/queue"
    assert kim.post(REPORTS, data={"reason": "I rang them."}).status_code == 303
    assert client.post(f"{REPORTS}/take").status_code == 409, "nothing is left to take"
    done = ["reports.taken", "reports.handed_back", "reports.settled"]
    assert actions() == done


def test_a_wish_to_join_is_taken_and_handed_back(
    client: FlaskClient, kim: FlaskClient, sam: Account
) -> None:
    key = ask_to_join()
    at = f"/staff/requests/{key}"
    assert client.post(f"{at}/take").location == at
    assert f"{sam.name} has taken this." in kim.get(at).text
    late = kim.post(f"{at}/take")
    assert late.status_code == 409 and sam.name in late.text
    kim.post(f"{at}/hand-back")
    assert "With nobody yet" in client.get(at).text
    assert actions() == ["request.taken", "request.handed_back"]
    client.post(f"{at}/refuse", data={"reason": "We cannot."})
    assert client.post(f"{at}/take").status_code == 409
    assert client.post("/staff/requests/nothing/take").status_code == 404
