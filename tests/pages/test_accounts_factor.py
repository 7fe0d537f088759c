"""The second factor of staff: set up once, shown at each sign-in, never passed by mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.access import COOKIE
from app.accounts.tries import FACTORS
from app.database import write
from app.extensions import db
from app.models import Account, RecoveryCode
from app.states import Role
from tests.people import actions, code_in, link_in, mails_to, open_session, person

FACTOR = "/sign-in/second-factor"
WHO = "mo@example.org"
START = datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mo(app: Flask) -> Account:
    return person(Role.MODERATOR, email=WHO)


def enter(client: FlaskClient) -> None:
    """As far as mail leads."""
    client.post("/sign-in", data={"email": WHO})
    entered = client.post(link_in(mails_to(WHO)[-1]))
    assert (entered.status_code, entered.location) == (303, FACTOR)


def set_up(client: FlaskClient) -> tuple[pyotp.TOTP, list[str]]:
    """Set the second factor up; gives the app of the phone and the recovery codes."""
    page = client.get(FACTOR).get_data(as_text=True)
    app, offer = phone(page), hidden(page, "offer")
    done = client.post(FACTOR, data={"code": app.now(), "offer": offer})
    return app, recovery_codes(done.get_data(as_text=True))


def phone(page: str) -> pyotp.TOTP:
    found = re.search(r'class="key">([A-Z2-7]+)<', page)
    assert found
    return pyotp.TOTP(found[1])


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


def recovery_codes(page: str) -> list[str]:
    return re.findall(r"<code>(\d{5} \d{5})</code>", page)


def is_ready(client: FlaskClient) -> bool:
    return client.get("/staff/requests").status_code == 200


def test_staff_set_it_up_at_the_first_sign_in(client: FlaskClient, mo: Account) -> None:
    enter(client)
    assert client.get("/staff/requests").location == FACTOR
    page = client.get(FACTOR).get_data(as_text=True)
    assert "<svg" in page and "style=" not in page
    _app, codes = set_up(client)
    assert len(set(codes)) == 10
    assert is_ready(client)
    assert "factor.set_up" in actions()
    shown_again = client.get(FACTOR)
    assert shown_again.status_code == 303, "the codes are shown once"


def test_what_is_kept_opens_nothing(client: FlaskClient, mo: Account) -> None:
    enter(client)
    app, codes = set_up(client)
    db.session.expire_all()
    kept = db.session.get_one(Account, mo.id).totp_secret
    assert kept and app.secret not in kept
    hashes = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert len(hashes) == 10 and not [code for code in codes if code in "".join(hashes)]


def again(client: FlaskClient, clock: time_machine.Traveller) -> None:
    """Sign out, wait, and come back as far as mail leads."""
    client.post("/sign-out")
    clock.shift(timedelta(minutes=20))
    enter(client)


def test_each_sign_in_asks_for_a_code(
    client: FlaskClient, mo: Account, clock: time_machine.Traveller
) -> None:
    enter(client)
    app, _codes = set_up(client)
    again(client, clock)
    assert not is_ready(client)
    wrong = client.post(FACTOR, data={"code": "000000"})
    assert "not right" in wrong.get_data(as_text=True) and not is_ready(client)
    assert client.post(FACTOR, data={"code": app.now()}).location == "/staff/"
    assert is_ready(client)


def test_mail_alone_never_passes_it(client: FlaskClient, mo: Account) -> None:
    client.post("/sign-in", data={"email": WHO})
    client.post("/sign-in/code", data={"code": code_in(mails_to(WHO)[0])})
    assert not is_ready(client)
    for path in ("/staff/requests", "/staff/people", "/account", "/provider/colleagues"):
        assert client.get(path).location == FACTOR, path


def test_a_code_counts_once(
    app: Flask, client: FlaskClient, mo: Account, clock: time_machine.Traveller
) -> None:
    enter(client)
    phone_app, _codes = set_up(client)
    again(client, clock)
    code = phone_app.now()
    assert client.post(FACTOR, data={"code": code}).status_code == 303
    thief = app.test_client()
    open_session(thief, mo, second_factor=False)
    assert "was used before" in thief.post(FACTOR, data={"code": code}).get_data(as_text=True)
    earlier = phone_app.at(datetime.now(UTC) - timedelta(seconds=30))
    assert "was used before" in thief.post(FACTOR, data={"code": earlier}).get_data(as_text=True)


def test_a_phone_may_be_half_a_minute_wrong_and_no_more(
    client: FlaskClient, mo: Account, clock: time_machine.Traveller
) -> None:
    enter(client)
    app, _codes = set_up(client)
    again(client, clock)
    late = app.at(datetime.now(UTC) - timedelta(seconds=90))
    assert "not right" in client.post(FACTOR, data={"code": late}).get_data(as_text=True)
    beside = app.at(datetime.now(UTC) + timedelta(seconds=30))
    assert client.post(FACTOR, data={"code": beside}).status_code == 303


def test_a_recovery_code_lets_in_once(
    client: FlaskClient, mo: Account, clock: time_machine.Traveller
) -> None:
    enter(client)
    _app, codes = set_up(client)
    again(client, clock)
    assert client.post(FACTOR, data={"code": codes[3]}).status_code == 303
    assert is_ready(client) and "factor.recovery_used" in actions()
    assert "9 recovery codes" in client.get("/account").get_data(as_text=True)
    again(client, clock)
    assert "not right" in client.post(FACTOR, data={"code": codes[3]}).get_data(as_text=True)
    assert client.post(FACTOR, data={"code": codes[4].replace(" ", "-")}).status_code == 303


def test_new_codes_end_the_old_ones(
    client: FlaskClient, mo: Account, clock: time_machine.Traveller
) -> None:
    enter(client)
    app, old = set_up(client)
    clock.shift(timedelta(minutes=1))
    refused = client.post("/account/recovery-codes", data={"code": "123"})
    assert "not right" in refused.get_data(as_text=True)
    made = client.post("/account/recovery-codes", data={"code": app.now()})
    new = recovery_codes(made.get_data(as_text=True))
    assert len(new) == 10 and not set(new) & set(old)
    again(client, clock)
    assert client.post(FACTOR, data={"code": old[0]}).status_code == 200
    assert client.post(FACTOR, data={"code": new[0]}).status_code == 303
    assert "new recovery codes" in " ".join(mails_to(WHO))


def test_a_new_session_begins_with_the_second_factor(client: FlaskClient, mo: Account) -> None:
    enter(client)
    before = client.get_cookie(COOKIE)
    set_up(client)
    after = client.get_cookie(COOKIE)
    assert before is not None and after is not None and before.value != after.value
    client.set_cookie(COOKIE, before.value)
    assert client.get("/staff/requests").location.startswith("/sign-in?")


def test_guessing_is_stopped_and_opens_again(
    client: FlaskClient, mo: Account, clock: time_machine.Traveller
) -> None:
    enter(client)
    app, _codes = set_up(client)
    again(client, clock)
    for _ in range(FACTORS.most):
        assert client.post(FACTOR, data={"code": "000000"}).status_code == 200
    stopped = client.post(FACTOR, data={"code": app.now()})
    assert stopped.status_code == 429
    clock.shift(timedelta(seconds=int(stopped.headers["Retry-After"])))
    assert client.post(FACTOR, data={"code": app.now()}).status_code == 303


def test_an_offer_is_for_one_person_and_half_an_hour(
    app: Flask, client: FlaskClient, mo: Account, clock: time_machine.Traveller
) -> None:
    enter(client)
    page = client.get(FACTOR).get_data(as_text=True)
    offer, phone_app = hidden(page, "offer"), phone(page)
    other = app.test_client()
    open_session(other, person(Role.MODERATOR), second_factor=False)
    stolen = other.post(FACTOR, data={"code": phone_app.now(), "offer": offer})
    assert "open too long" in stolen.get_data(as_text=True)
    clock.shift(timedelta(minutes=29))
    client.get(FACTOR)
    clock.shift(timedelta(minutes=2))
    late = client.post(FACTOR, data={"code": phone_app.now(), "offer": offer})
    assert "open too long" in late.get_data(as_text=True)
    junk = client.post(FACTOR, data={"code": phone_app.now(), "offer": "x"})
    assert junk.status_code == 200


def test_a_second_factor_is_not_set_up_twice(app: Flask, client: FlaskClient, mo: Account) -> None:
    """Two pages open at once: the second one's secret is not taken."""
    enter(client)
    page = client.get(FACTOR).get_data(as_text=True)
    other = app.test_client()
    open_session(other, mo, second_factor=False)
    set_up(other)
    taken = client.post(FACTOR, data={"code": phone(page).now(), "offer": hidden(page, "offer")})
    assert taken.status_code == 200 and not is_ready(client)


def test_providers_are_not_asked(app: Flask, client: FlaskClient) -> None:
    open_session(client, person())
    assert client.get(FACTOR).location == "/provider/"
    assert client.get("/account/recovery-codes").location == "/account"
    assert app.test_client().get(FACTOR).location == "/sign-in"


def test_a_changed_secret_key_does_not_let_anybody_in(client: FlaskClient, mo: Account) -> None:
    """What was sealed with another key opens nothing, and says no instead of breaking."""
    enter(client)
    app, _codes = set_up(client)
    with write() as database:
        database.get_one(Account, mo.id).totp_secret = "sealed with another key"
    other = client.application.test_client()
    open_session(other, mo, second_factor=False)
    assert other.post(FACTOR, data={"code": app.now()}).status_code == 200
