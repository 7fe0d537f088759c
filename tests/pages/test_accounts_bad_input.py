"""Bad input at the ways in: limits, letters nobody sees, formulas, huge bodies, forged ids."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.tries import CODES_FOR_EMAIL, JOINS_FOR_EMAIL
from app.database import now, write
from app.extensions import db
from app.models import (
    Account,
    JoinRequest,
    LoginSession,
    Organisation,
    OutgoingMail,
    Service,
    SignIn,
)
from app.publishing import unpublish
from app.site import Site
from app.states import Role
from tests import factories
from tests.pages.provider_pages import fields, text
from tests.people import link_in, mails_to, open_session, person, sign_in_as

UNSEEN = "\u202e\u200b\u2066\ufeff\u00ad\x00\x07"
"""Letters that turn the writing round, have no width, or are no letters."""
ASKED = {
    "organisation": "Otter Trust",
    "words": "We run a club in Exeter.",
    "name": "Sam",
    "email": "sam@example.org",
    "phone": "01632 960001",
}
LIMITS = {"organisation": 255, "words": 3000, "name": 120, "phone": 50}


@pytest.fixture
def trust(app: Flask) -> Organisation:
    made = Organisation(name="Otter Trust")
    with write() as database:
        database.add(made)
    return made


def requests() -> list[JoinRequest]:
    return list(db.session.scalars(select(JoinRequest)))


@pytest.mark.parametrize("field", LIMITS)
def test_each_field_takes_its_limit_and_not_one_letter_more(
    client: FlaskClient, field: str
) -> None:
    most = LIMITS[field]
    over = client.post("/add-your-service", data=ASKED | {field: "é" * (most + 1)})
    assert over.status_code == 200
    assert f"Write at most {most:,} letters. You have 1 too many." in text(over)
    assert "é" * (most + 1) in text(over), "what was typed stays"
    assert requests() == []
    assert client.post("/add-your-service", data=ASKED | {field: "é" * most}).status_code == 303
    assert getattr(requests()[0], field if field != "organisation" else "organisation_name")


def test_the_longest_address_is_taken_and_no_longer_one(client: FlaskClient) -> None:
    longest = f"{'a' * 64}@{'b' * 61}.{'c' * 61}.{'d' * 53}.example.org"
    assert len(longest) == 254
    assert client.post("/sign-in", data={"email": longest}).status_code == 303
    longer = longest.replace("@b", "@bb")
    assert client.post("/sign-in", data={"email": longer}).status_code == 200


def test_letters_that_nobody_sees_are_taken_out(client: FlaskClient) -> None:
    """They could make a name look like another's, or an address like one that is known."""
    typed = {name: f"{UNSEEN}{value[:2]}{UNSEEN}{value[2:]}" for name, value in ASKED.items()}
    assert client.post("/add-your-service", data=typed).status_code == 303
    kept = requests()[0]
    assert kept.organisation_name == ASKED["organisation"]
    assert (kept.words, kept.name) == (ASKED["words"], ASKED["name"])
    assert (kept.email, kept.phone) == (ASKED["email"], ASKED["phone"])
    only = client.post("/add-your-service", data=ASKED | {"organisation": UNSEEN})
    assert "Type the name of your organisation or club." in text(only)


def test_a_field_of_one_line_has_one_line(client: FlaskClient) -> None:
    typed = ASKED | {"organisation": "Otter\r\nBcc: all@example.org", "name": "Sam\nSam"}
    client.post("/add-your-service", data=typed)
    assert requests()[0].organisation_name == "Otter Bcc: all@example.org"
    assert requests()[0].name == "Sam Sam"
    assert not [mail for mail in db.session.scalars(select(OutgoingMail)) if "\n" in mail.subject]


@pytest.mark.parametrize(
    "typed", ["=HYPERLINK(1)", "+1+1", "-2", "@SUM(A1)", "javascript:alert(1)"]
)
def test_formulas_and_links_stay_words(app: Flask, client: FlaskClient, typed: str) -> None:
    client.post("/add-your-service", data=ASKED | {"organisation": typed, "words": typed})
    sign_in_as(client, Role.MODERATOR)
    html = client.get(f"/staff/requests/{requests()[0].id}").get_data(as_text=True)
    assert typed in html and f'href="{typed}' not in html


def test_pressing_twice_asks_once(client: FlaskClient) -> None:
    for _ in range(2):
        assert client.post("/add-your-service", data=ASKED).status_code == 303
    assert len(requests()) == 1
    assert len(mails_to(ASKED["email"])) == 1
    client.post("/add-your-service", data=ASKED | {"words": "And another in Honiton."})
    assert len(requests()) == 2, "other words are another request"


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/code", "/sign-in/second-factor", "/add-your-service",
             "/invitation/x", "/account", "/provider/colleagues/x", "/staff/people/invite"],
)  # fmt: skip
def test_huge_bodies_and_a_thousand_fields(client: FlaskClient, path: str) -> None:
    """Refused or not minded, and never a crash."""
    client.set_cookie("sign_in", "x", path="/sign-in")
    huge = client.post(path, data={"email": "x" * 200_000})
    assert huge.status_code in (303, 410, 413), huge.status_code
    if huge.status_code == 413:
        assert "That is too much to send" in text(huge)
    many = client.post(path, data={f"field{number}": "x" for number in range(1000)})
    assert many.status_code in (200, 303, 401, 410, 413)


def test_letters_that_are_none_are_refused(client: FlaskClient) -> None:
    sign_in_as(client, Role.ADMINISTRATOR)
    for path in ("/staff/people/%00", "/provider/colleagues/%00", "/sign-in/%00"):
        assert client.get(path).status_code == 400
    assert client.get("/staff/people?q=%00").status_code < 500


@pytest.mark.parametrize("key", ["x", "%EF%BF%BD", "..%2f..%2fetc", "9" * 300, "'--", "é"])
def test_forged_ids_are_not_there(client: FlaskClient, trust: Organisation, key: str) -> None:
    sign_in_as(client, Role.ADMINISTRATOR)
    for path in (f"/provider/colleagues/{key}", f"/staff/people/{key}", f"/staff/requests/{key}"):
        assert client.get(path).status_code == 404, path
    for path, field in (("remove", "account"), ("lead", "account"), ("withdraw", "invitation")):
        answer = client.post(f"/provider/colleagues/{trust.id}/{path}", data={field: key})
        assert answer.status_code == 404
    assert client.get(f"/staff/people?q={key}&page={'9' * 30}").status_code == 200
    assert client.get(f"/sign-in/{key}").status_code in (404, 410)
    assert client.get(f"/invitation/{key}").status_code in (404, 410)


def test_another_organisations_people_are_not_there(
    client: FlaskClient, trust: Organisation
) -> None:
    """An id of one's own organisation does not open a door to somebody of another's."""
    other = Organisation(name="Heron Trust")
    with write() as database:
        database.add(other)
    stranger = person(organisations=[other], lead=True)
    sign_in_as(client, organisations=[trust], lead=True)
    own = f"/provider/colleagues/{trust.id}"
    for path, data in (("remove", {}), ("remove", {"sure": "yes"}), ("lead", {"lead": "no"})):
        answer = client.post(f"{own}/{path}", data={"account": stranger.id, **data})
        assert answer.status_code == 404
    db.session.refresh(stranger)
    assert stranger.memberships[0].is_lead


def test_who_waits_keeps_what_they_typed(client: FlaskClient) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 1, tzinfo=UTC), tick=False):
        for number in range(JOINS_FOR_EMAIL.most):
            client.post("/add-your-service", data=ASKED | {"words": f"Club number {number}."})
        typed = ASKED | {"words": "A long story of our club, which took an hour to write down."}
        refused = client.post("/add-your-service", data=typed)
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == str(59 * 60)
        assert "try again in about 59 minutes" in text(refused)
        kept = fields(text(refused))
        assert kept == {name: [value] for name, value in typed.items()}
    with time_machine.travel(datetime(2026, 11, 23, 10, 0, tzinfo=UTC), tick=False):
        assert client.post("/add-your-service", data=kept).status_code == 303
    assert typed["words"] in [request.words for request in requests()]


def test_guessing_codes_for_days_leads_nowhere_and_locks_nobody_out(client: FlaskClient) -> None:
    """After many mails in a day the code is left out, and the link still signs in."""
    person(email="sam@example.org")
    start = datetime(2026, 11, 23, 0, 0, 1, tzinfo=UTC).timestamp()
    for number in range(CODES_FOR_EMAIL.most + 1):
        with time_machine.travel(start + number * 900, tick=False):
            assert client.post("/sign-in", data={"email": "sam@example.org"}).status_code == 303
            mail = mails_to("sam@example.org")[-1]
            assert ("Or type this code" in mail) is (number < CODES_FOR_EMAIL.most)
    with time_machine.travel(start + number * 900, tick=False):
        for code in ("", "0", "000000"):
            client.post("/sign-in/code", data={"code": code})
        assert "signed in" not in client.get("/sign-out").get_data(as_text=True)
        assert client.post(link_in(mail)).status_code == 303
    assert db.session.scalars(select(SignIn.code_hash).where(SignIn.code_hash == "")).all() == [""]


def test_an_invitation_ends_whoever_was_in_this_browser(
    client: FlaskClient, trust: Organisation
) -> None:
    lead = person(organisations=[trust], lead=True)
    open_session(client, lead)
    client.post(f"/provider/colleagues/{trust.id}", data={"email": "new@example.org"})
    path = link_in(mails_to("new@example.org")[0])
    client.post(path, data={"name": "New"})
    open_now = select(LoginSession.account_id).where(LoginSession.ended_at.is_(None))
    assert lead.id not in db.session.scalars(open_now).all()


@pytest.mark.parametrize("way", ["disabled", "removed"])
def test_who_has_no_say_any_more_has_invited_nobody(
    app: Flask, client: FlaskClient, trust: Organisation, way: str
) -> None:
    bad, good = (person(organisations=[trust], lead=True) for _ in range(2))
    open_session(client, bad)
    client.post(f"/provider/colleagues/{trust.id}", data={"email": "friend@example.org"})
    path = link_in(mails_to("friend@example.org")[0])
    assert client.get(path).status_code == 200
    other = app.test_client()
    if way == "disabled":
        open_session(other, person(Role.ADMINISTRATOR))
        other.post(f"/staff/people/{bad.id}/disable")
    else:
        open_session(other, good)
        other.post(
            f"/provider/colleagues/{trust.id}/remove", data={"account": bad.id, "sure": "yes"}
        )
    assert app.test_client().get(path).status_code == 410


def test_a_lead_who_cannot_sign_in_is_no_lead(client: FlaskClient, trust: Organisation) -> None:
    lead, gone = (person(organisations=[trust], lead=True) for _ in range(2))
    with write() as database:
        database.get_one(Account, gone.id).disabled_at = now()
    open_session(client, lead)
    page = client.post(
        f"/provider/colleagues/{trust.id}/remove", data={"account": lead.id, "sure": "yes"}
    )
    assert "needs at least one person who can invite others" in text(page)
    away = client.post(
        f"/provider/colleagues/{trust.id}/remove", data={"account": gone.id, "sure": "yes"}
    )
    assert away.status_code == 303


def test_a_listing_taken_off_cannot_be_claimed(app: Flask, client: FlaskClient, site: Site) -> None:
    service = factories.published(site, "Otter Club", slug="otters")
    assert client.get("/services/otters/ours").status_code == 200
    with write() as database:
        unpublish(database, database.get_one(Service, service.id))
    assert client.post("/services/otters/ours", data=ASKED).status_code == 404
    for slug in ("otter", service.id):
        assert client.get(f"/services/{slug}/ours").status_code == 404
    assert requests() == []
