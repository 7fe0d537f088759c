"""Known and unknown addresses: the same words, and the same work, so that time tells nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.database import now, write
from app.extensions import db
from app.models import Account, AuditEntry, LoginSession, OutgoingMail, SignIn
from app.states import Role
from tests.pages.test_queries_counted import statements
from tests.people import open_session, person

Step = Callable[[FlaskClient, str], object]
WHO, NOBODY = "sam@example.org", "who@example.org"
_networks = count(1)
TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+(\w+)")


def ask(client: FlaskClient, email: str) -> None:
    assert client.post("/sign-in", data={"email": email}).status_code == 303


def look(client: FlaskClient, email: str) -> None:
    assert client.get("/sign-in/code").status_code == 200


def guess(client: FlaskClient, email: str) -> None:
    page = client.post("/sign-in/code", data={"code": "no code"})
    assert page.status_code == 200


STEPS: dict[str, tuple[Step, ...]] = {
    "asking": (ask,),
    "asking again": (ask, ask),
    "looking": (ask, look),
    "a wrong code": (ask, guess),
    "five wrong codes": (ask, guess, guess, guess, guess, guess),
    "a code too late": (ask, guess, guess, guess, guess, guess, guess),
}


def kinds(sent: list[str]) -> list[str]:
    """What each statement does to which tables, in order."""
    return [f"{words.split()[0]} {' '.join(TABLE.findall(words))}" for words in sent]


def work_of(app: Flask, email: str, steps: tuple[Step, ...]) -> tuple[list[str], list[int]]:
    """The statements of the last step, and how many rows of each kind it adds."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = f"192.0.2.{next(_networks)}"
    for step in steps[:-1]:
        step(client, email)
    before = rows()
    db.session.remove()
    with statements(app) as sent:
        steps[-1](client, email)
        told = kinds(sent)
    return told, [after - then for after, then in zip(rows(), before, strict=True)]


@pytest.fixture(autouse=True)
def warm(app: Flask) -> None:
    """Let the frame of pages be kept ready: the first page of a process asks for more."""
    work_of(app, "first@example.org", STEPS["a wrong code"])


def rows() -> list[int]:
    tables = (SignIn, OutgoingMail, AuditEntry, LoginSession)
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("name", STEPS)
def test_the_same_statements_and_rows_for_an_address_nobody_has(
    app: Flask, name: str, role: Role
) -> None:
    person(role, email=WHO)
    known, unknown = work_of(app, WHO, STEPS[name]), work_of(app, NOBODY, STEPS[name])
    assert known == unknown
    assert known[0], "there is something to compare"


@pytest.mark.parametrize("name", STEPS)
def test_a_disabled_person_takes_the_same_work_too(app: Flask, name: str) -> None:
    account = person(email=WHO)
    with write() as database:
        database.get_one(Account, account.id).disabled_at = now()
    assert work_of(app, WHO, STEPS[name]) == work_of(app, NOBODY, STEPS[name])


def test_inviting_tells_nobody_who_has_an_account(app: Flask, client: FlaskClient) -> None:
    """An administrator's invitation to a known address and to an unknown one do the same."""
    person(email=WHO)
    told = []
    for email in (WHO, NOBODY):
        open_session(client, person(Role.ADMINISTRATOR))
        db.session.remove()
        with statements(app) as sent:
            answer = client.post("/staff/people/invite", data={"email": email, "role": "moderator"})
            told.append((answer.status_code, answer.location, kinds(sent)))
    assert told[0] == told[1]
