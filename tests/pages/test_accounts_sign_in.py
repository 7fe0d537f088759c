"""Signing in by mail: by the link, by the code, and every way that does not work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import create_app
from app.access import COOKIE
from app.accounts.signing_in import THIS_MACHINE, print_link
from app.accounts.tries import ASKS_FOR_EMAIL, ASKS_OF_NETWORK
from app.audit import NOBODY, Work
from app.config import Settings
from app.database import now, write
from app.extensions import db
from app.models import Account, AuditEntry, LoginSession, OutgoingMail, SignIn
from app.site import Site
from app.states import Role
from tests.conftest import close
from tests.people import actions, code_in, link_in, mails_to, open_session, person
from tests.strict import StrictClient

WHO = "sam@example.org"
DEAD = "This link does not work any more"


@pytest.fixture
def sam(app: Flask) -> Account:
    """Somebody of a provider."""
    return person(email=WHO, name="Sam")


def ask(client: FlaskClient, email: str = WHO, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"email": email, **more})


def is_in(client: FlaskClient) -> bool:
    return "You are signed in as" in client.get("/sign-out").get_data(as_text=True)


def test_signing_in_by_the_link(client: FlaskClient, sam: Account) -> None:
    asked = ask(client)
    assert (asked.status_code, asked.location) == (303, "/sign-in/code")
    assert "Look at your mail" in client.get(asked.location).get_data(as_text=True)
    path = link_in(mails_to(WHO)[0])
    assert not is_in(client)
    page = client.get(path)
    assert page.status_code == 200 and WHO in page.get_data(as_text=True)
    assert not is_in(client), "opening the page signs nobody in"
    entered = client.post(path)
    assert (entered.status_code, entered.location) == (303, "/provider/")
    assert is_in(client)
    assert actions() == ["sign_in.asked", "sign_in.used", "session.started"]


def test_signing_in_by_the_code(client: FlaskClient, sam: Account) -> None:
    ask(client, email=" SAM@Example.org ")
    code = code_in(mails_to(WHO)[0])
    entered = client.post("/sign-in/code", data={"code": f"{code[:3]} {code[3:]}"})
    assert (entered.status_code, entered.location) == (303, "/provider/")
    assert is_in(client)


def test_a_mail_scanner_cannot_use_the_link_up(
    app: Flask, client: FlaskClient, sam: Account
) -> None:
    ask(client)
    path = link_in(mails_to(WHO)[0])
    scanner = app.test_client()
    for _ in range(3):
        assert scanner.get(path).status_code == 200
    assert client.post(path).status_code == 303


def test_a_link_signs_in_only_the_browser_that_opens_it(
    app: Flask, client: FlaskClient, sam: Account
) -> None:
    ask(client)
    path, other = link_in(mails_to(WHO)[0]), app.test_client()
    assert "in another browser" in other.get(path).get_data(as_text=True)
    assert "in another browser" not in client.get(path).get_data(as_text=True)
    assert other.post(path).status_code == 303
    assert is_in(other) and not is_in(client)


def test_a_code_is_good_only_in_the_browser_that_asked(
    app: Flask, client: FlaskClient, sam: Account
) -> None:
    ask(client)
    code = code_in(mails_to(WHO)[0])
    other = app.test_client()
    assert other.post("/sign-in/code", data={"code": code}).location == "/sign-in"
    ask(other, "somebody@example.org")
    assert "You can try 4 more times" in wrong(other, code)
    assert client.post("/sign-in/code", data={"code": code}).status_code == 303


@pytest.mark.parametrize("way", ["link", "code"])
def test_what_was_mailed_works_once(client: FlaskClient, sam: Account, way: str) -> None:
    ask(client)
    cookie = client.get_cookie("sign_in", path="/sign-in")
    assert cookie is not None
    mail = mails_to(WHO)[0]
    if way == "link":
        client.post(link_in(mail))
    else:
        client.post("/sign-in/code", data={"code": code_in(mail)})
    client.post("/sign-out")
    assert client.get(link_in(mail)).status_code == 410
    assert client.post(link_in(mail)).status_code == 410
    client.set_cookie("sign_in", cookie.value, path="/sign-in")
    assert "does not work any more" in wrong(client, code_in(mail))
    assert not is_in(client)


@pytest.mark.parametrize(("minutes", "works"), [(14, True), (16, False)])
def test_what_was_mailed_is_good_for_fifteen_minutes(
    client: FlaskClient, sam: Account, minutes: int, works: bool
) -> None:
    ask(client)
    mail = mails_to(WHO)[0]
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes), tick=False):
        assert (client.get(link_in(mail)).status_code == 200) is works
        assert (client.post(link_in(mail)).status_code == 303) is works
        assert is_in(client) is works


def wrong(client: FlaskClient, code: str) -> str:
    page = client.post("/sign-in/code", data={"code": code})
    assert page.status_code == 200
    return page.get_data(as_text=True)


def test_five_wrong_codes_void_the_code_and_the_link(client: FlaskClient, sam: Account) -> None:
    ask(client)
    mail = mails_to(WHO)[0]
    code = code_in(mail)
    others = [f"{(int(code) + more) % 10**6:06d}" for more in range(1, 6)]
    for left, other in zip((4, 3, 2), others, strict=False):
        assert f"You can try {left} more times" in wrong(client, other)
    assert "You can try once more" in wrong(client, others[3])
    assert "does not work any more" in wrong(client, others[4])
    assert "does not work any more" in wrong(client, code)
    assert client.post(link_in(mail)).status_code == 410
    assert actions().count("sign_in.wrong_code") == 5


def test_a_code_that_is_no_code_is_wrong(client: FlaskClient, sam: Account) -> None:
    ask(client)
    for typed in ("", "abc", "١٢٣٤٥٦", "1" * 500):
        assert "Error" in wrong(client, typed)
    assert not is_in(client)


def test_using_one_mail_voids_the_others(client: FlaskClient, sam: Account) -> None:
    ask(client)
    ask(client)
    first, second = mails_to(WHO)
    assert client.post(link_in(second)).status_code == 303
    assert client.post(link_in(first)).status_code == 410


def test_a_disabled_person_gets_no_mail_and_no_way_in(client: FlaskClient, sam: Account) -> None:
    ask(client)
    mail = mails_to(WHO)[0]
    disable(sam)
    assert client.get(link_in(mail)).status_code == 410
    assert client.post(link_in(mail)).status_code == 410
    assert "You can try" in wrong(client, code_in(mail))
    before = mails_to(WHO)
    assert ask(client).status_code == 303
    assert mails_to(WHO) == before


def disable(account: Account) -> None:
    with write() as database:
        database.get_one(Account, account.id).disabled_at = now()


def test_a_session_is_dead_at_once_when_its_person_is_disabled(
    client: FlaskClient, sam: Account
) -> None:
    open_session(client, sam)
    assert is_in(client)
    disable(sam)
    assert not is_in(client)


def test_known_and_unknown_addresses_are_answered_alike(app: Flask, sam: Account) -> None:
    """The same status, words, cookies and headers; and as much is read and written."""
    known, unknown = app.test_client(), app.test_client()
    counts = []
    pages = []
    for client, email in ((known, WHO), (unknown, "who@example.org")):
        before = size_of_records()
        asked = ask(client, email)
        after = size_of_records()
        counts.append([now - then for now, then in zip(after, before, strict=True)])
        page = client.get(asked.location)
        told = sorted(name for name, _ in asked.headers)
        pages.append((asked.status_code, asked.location, told, page.status_code, page.data))
    assert pages[0] == pages[1]
    assert counts[0] == counts[1]
    assert db.session.scalars(select(OutgoingMail.recipient)).all() == [WHO, ""]
    assert db.session.scalars(select(OutgoingMail.sent_at)).all()[1] is not None


def size_of_records() -> list[int]:
    tables = (SignIn, OutgoingMail, AuditEntry)
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


@pytest.mark.parametrize("email", [WHO, "nobody@example.org"])
def test_asking_too_often_for_one_address_waits_and_opens_again(
    client: FlaskClient, sam: Account, email: str
) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 1, tzinfo=UTC), tick=False):
        for _ in range(ASKS_FOR_EMAIL.most):
            assert ask(client, email).status_code == 303
        refused = ask(client, email)
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == str(14 * 60)
        assert ask(client, "another@example.org").status_code == 303
    with time_machine.travel(datetime(2026, 11, 23, 9, 15, tzinfo=UTC), tick=False):
        assert ask(client, email).status_code == 303


def test_a_whole_school_behind_one_address_can_sign_in(client: FlaskClient, app: Flask) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 1, tzinfo=UTC), tick=False):
        for number in range(ASKS_OF_NETWORK.most):
            assert ask(client, f"teacher{number}@example.org").status_code == 303
        assert ask(client, "one.more@example.org").status_code == 429
        elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
        there = client.post("/sign-in", data={"email": WHO}, environ_overrides=elsewhere)
        assert there.status_code == 303


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)",
     "/%0d%0aSet-Cookie:x", "/sign-out", "provider", "/\tevil", "http:/provider"],
)  # fmt: skip
def test_nobody_is_led_to_another_site(client: FlaskClient, sam: Account, onward: str) -> None:
    ask(client, next=onward)
    entered = client.post(link_in(mails_to(WHO)[0]), data={"next": onward})
    assert entered.location in {"/provider/", "/%0d%0aSet-Cookie:x"}


def test_who_was_on_the_way_somewhere_gets_there(client: FlaskClient, sam: Account) -> None:
    page = client.get("/sign-in?next=/account%3Fa%3D1")
    assert 'value="/account?a=1"' in page.get_data(as_text=True)
    assert ask(client, next="/account?a=1").location == "/sign-in/code?next=/account?a%3D1"
    path = link_in(mails_to(WHO)[0])
    assert client.post(path).location == "/account?a=1"


def test_signing_in_gives_a_new_session(app: Flask, client: FlaskClient, sam: Account) -> None:
    """A cookie that somebody planted, or had before, is worth nothing afterwards."""
    old = open_session(client, person())
    before = client.get_cookie(COOKIE)
    assert before is not None
    ask(client)
    client.post(link_in(mails_to(WHO)[0]))
    after = client.get_cookie(COOKIE)
    assert after is not None and after.value != before.value and old not in after.value
    thief = app.test_client()
    thief.set_cookie(COOKIE, before.value)
    assert not is_in(thief)
    planted = app.test_client()
    planted.set_cookie(COOKIE, "planted")
    assert not is_in(planted)


def test_signing_out_ends_the_session_on_the_server(
    app: Flask, client: FlaskClient, sam: Account
) -> None:
    open_session(client, sam)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    assert is_in(client), "looking at the page signs nobody out"
    out = client.post("/sign-out")
    assert out.status_code == 303 and client.get_cookie(COOKIE) is None
    assert "You are signed out" in client.get(out.location).get_data(as_text=True)
    client.set_cookie(COOKIE, cookie.value)
    assert not is_in(client)
    assert db.session.scalars(select(LoginSession.ended_at)).one() is not None


def test_pages_of_signed_in_people_lie_in_no_cache(client: FlaskClient, sam: Account) -> None:
    """So Back after signing out shows none of them."""
    for path in ("/sign-in", "/sign-out"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    open_session(client, sam)
    assert client.get("/account").headers["Cache-Control"] == "no-store"
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("role", "idle", "lasts"),
    [
        (Role.PROVIDER, timedelta(hours=12), timedelta(hours=12)),
        (Role.MODERATOR, timedelta(minutes=30), timedelta(hours=8)),
        (Role.ADMINISTRATOR, timedelta(minutes=30), timedelta(hours=8)),
    ],
)
def test_a_session_ends_when_idle_and_at_last(
    client: FlaskClient, app: Flask, role: Role, idle: timedelta, lasts: timedelta
) -> None:
    start = datetime(2026, 11, 23, 9, tzinfo=UTC)
    second = timedelta(seconds=2)
    with time_machine.travel(start, tick=False) as clock:
        account = person(role)
        open_session(client, account)
        clock.move_to(start + idle - second)
        assert is_in(client)
        clock.move_to(start + 2 * idle + second)
        assert not is_in(client)
        clock.move_to(start)
        open_session(client, account)
        moment = start
        while moment < start + lasts - second:
            clock.move_to(moment)
            assert is_in(client)
            moment += idle / 2
        clock.move_to(start + lasts)
        assert not is_in(client)


def test_a_printed_link_for_this_machine_works_only_there(
    client: FlaskClient, sam: Account, site: Site
) -> None:
    with write() as database:
        path = link_in(print_link(Work(database, site, NOBODY), sam, THIS_MACHINE))
    away = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get(path, environ_overrides=away).status_code == 410
    assert client.post(path, environ_overrides=away).status_code == 410
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 303


def test_a_printed_link_for_this_machine_never_works_in_production(
    app: Flask, settings: Settings, site: Site, sam: Account
) -> None:
    with write() as database:
        path = link_in(print_link(Work(database, site, NOBODY), sam, THIS_MACHINE))
    made = create_app(
        replace(settings, config="production", public_url="https://localhost"), testing=True
    )
    made.test_client_class = StrictClient
    assert made.test_client().get(path).status_code == 410
    close(made)


def test_a_wrong_address_is_said_beside_the_field(client: FlaskClient) -> None:
    for email in (
        "",
        "sam",
        "sam@",
        "a" * 300 + "@example.org",
        "sam@example.org\r\nBcc: x@example.org",
    ):
        page = ask(client, email)
        assert page.status_code == 200 and "Error" in page.get_data(as_text=True)


def test_nothing_that_opens_a_door_is_kept_as_it_is(client: FlaskClient, sam: Account) -> None:
    ask(client)
    mail = mails_to(WHO)[0]
    wish = db.session.scalars(select(SignIn)).one()
    word = link_in(mail).rpartition("/")[2]
    kept = [wish.link_hash, wish.code_hash, wish.browser_hash]
    assert not [held for held in kept if word in held or code_in(mail) in held]
