"""While nothing can be written, families read on, and nobody loses what they typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app import database as database_module
from app.access import COOKIE
from app.config import Settings
from app.counting import tally
from app.database import write
from app.errors import AGAIN_AFTER
from app.extensions import db
from app.models import DayCount, Feedback, Organisation
from app.site import Site
from tests import factories
from tests.conftest import close
from tests.databases import out_of_reach
from tests.strict import StrictClient

HEADING = "We cannot save anything just now"
WORDS = "The page about respite is hard to read on my phone. <b>Sorry</b>"
PAGES = (
    "/",
    "/services",
    "/services?q=otter",
    "/services/otters",
    "/services/otters/wrong",
    "/browse",
    "/suggest?q=swi",
    "/feedback",
    "/sign-in",
    "/self-check",
)
FORMS = {
    "/feedback": {"words": WORDS, "reply_to": ""},
    "/services/otters/wrong": {"about": "closed", "words": WORDS, "reply_to": ""},
    "/sign-in": {"email": "somebody@example.org"},
}


@pytest.fixture
def turn(app: Flask, site: Site) -> Iterator[ExitStack]:
    """Somebody who writes and does not end, until this is closed."""
    factories.published(site, "Otter Swim", slug="otters", activities=["swimming"])
    app.extensions["search"].rebuild()
    with ExitStack() as stack:
        database = stack.enter_context(write())
        database.add(Organisation(name="Slow Trust"))
        database.flush()
        yield stack


@pytest.fixture
def stuck(turn: ExitStack, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """A site that waits for its turn in vain, and not for ten seconds."""
    short = database_module.TAKE_TURN.replace(str(database_module.BUSY_MILLISECONDS), "50")
    monkeypatch.setattr(database_module, "TAKE_TURN", short)
    monkeypatch.setattr(database_module, "BUSY_MILLISECONDS", 50)
    made = create_app(settings)
    made.test_client_class = StrictClient
    yield made
    close(made)


def test_every_page_of_families_is_answered(stuck: Flask) -> None:
    client = stuck.test_client()
    assert {page: client.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("address", FORMS)
def test_what_was_typed_is_kept_on_the_page_and_can_be_sent_again(
    stuck: Flask, turn: ExitStack, address: str
) -> None:
    client, form = stuck.test_client(), FORMS[address]
    response = client.post(address, data=form)
    page = response.get_data(as_text=True)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers["Cache-Control"] == "no-store"
    assert HEADING in page and "Send it again" in page and 'href="tel:' in page
    for name, value in form.items():
        safe = value.replace("<", "&lt;").replace(">", "&gt;")
        assert f'<input type="hidden" name="{name}" value="{safe}">' in page
    turn.close()
    assert client.post(address, data=form).status_code in {200, 303}


def test_nothing_half_saved_is_left(stuck: Flask, turn: ExitStack) -> None:
    assert stuck.test_client().post("/feedback", data=FORMS["/feedback"]).status_code == 503
    turn.close()
    assert db.session.scalar(select(func.count()).select_from(Feedback)) == 0


def test_counts_wait_until_they_can_be_written(stuck: Flask, turn: ExitStack) -> None:
    agent = {"User-Agent": "Mozilla/5.0 (Android)"}
    assert stuck.test_client().get("/services/otters", headers=agent).status_code == 200
    with stuck.app_context():
        tally().write_out()
    turn.close()
    assert db.session.scalar(select(func.sum(DayCount.opened))) is None
    with stuck.app_context():
        tally().write_out()
    db.session.rollback()
    assert db.session.scalar(select(func.sum(DayCount.opened))) == 1


@pytest.fixture
def lost(settings: Settings) -> Iterator[Flask]:
    """A site without its database."""
    folder = settings.search_index.parent
    made = create_app(replace(settings, database_url=out_of_reach(folder)))
    made.test_client_class = StrictClient
    yield made
    close(made)


def test_without_any_database_what_was_typed_is_kept_too(lost: Flask) -> None:
    response = lost.test_client().post("/feedback", data=FORMS["/feedback"])
    assert response.status_code == 503
    assert HEADING in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/services/otters", "/staff", "/account/sign-in/word"])
def test_without_any_database_no_page_is_a_crash(lost: Flask, path: str) -> None:
    response = lost.test_client().get(path)
    assert response.status_code < 500 or response.status_code == 503


def test_somebody_signed_in_gets_a_page_too(lost: Flask, app: Flask) -> None:
    """Who they are cannot be told."""
    client = lost.test_client()
    with lost.test_request_context():
        from app.access import _stamps  # noqa: PLC0415 - a cookie as it would be

        client.set_cookie(COOKIE, str(_stamps().dumps("word")))
    response = client.get("/account")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == str(AGAIN_AFTER)
    assert "Sorry, we are not ready" in response.get_data(as_text=True)
