"""A page asks the database a few things, the same for a small directory and a large one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app.extensions import db
from app.models import PublishedListing
from app.search.engine import Search
from app.site import Site
from tests import factories

COSTS = {
    "/": 0,
    "/what-is-hard": 0,
    "/services": 1,
    "/services?q=club": 1,
    "/services?q=club&near=Exeter&sort=distance": 1,
    "/services?q=club&need=autism&age=7&page=2": 1,
    "/services?q=nothinglikethis": 1,
    "/browse": 2,
    "/about/how-we-decide": 0,
    "/about/short-breaks-statement": 0,
}
"""Statements that read or write, for each page. A card more must not be a statement more."""
SERVICE_COSTS = {"": 2, "/wrong": 1, "/wrong/thank-you": 1}


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the database, without those that begin or set up."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SET LOCAL")):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def twenty(app: Flask, site: Site) -> Flask:
    """A directory of twenty clubs."""
    factories.show(site, *(factories.service(f"Club {number}") for number in range(20)))
    app.extensions["search"].rebuild()
    return app


def slug_in(app: Flask) -> str:
    with app.app_context():
        return db.session.scalars(select(PublishedListing.slug).order_by("slug")).first() or ""


def count(app: Flask, address: str) -> list[str]:
    client = FlaskClient(app, app.response_class)
    client.get(address)  # whatever is read once for a process is read now
    with statements(app) as sent:
        assert client.get(address).status_code == 200
    return sent


@pytest.mark.parametrize(("address", "cost"), COSTS.items())
def test_a_page_of_a_small_directory(twenty: Flask, address: str, cost: int) -> None:
    sent = count(twenty, address)
    assert len(sent) == cost, sent


@pytest.mark.parametrize(("address", "cost"), COSTS.items())
def test_the_same_page_of_a_larger_one(demo_app: Flask, address: str, cost: int) -> None:
    sent = count(demo_app, address)
    assert len(sent) == cost, sent


def test_cards_kept_while_the_index_is_in_step_cost_nothing(
    twenty: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Search, "is_in_step", True)
    client = FlaskClient(twenty, twenty.response_class)
    first = client.get("/services").data
    with statements(twenty) as sent:
        assert client.get("/services").data == first
    assert not sent


@pytest.mark.parametrize(("page", "cost"), SERVICE_COSTS.items())
def test_the_page_of_one_service(twenty: Flask, demo_app: Flask, page: str, cost: int) -> None:
    for app in (twenty, demo_app):
        sent = count(app, f"/services/{slug_in(app)}{page}")
        assert len(sent) == cost, sent


def test_pages_only_read(demo_app: Flask) -> None:
    for address in [*COSTS, f"/services/{slug_in(demo_app)}"]:
        assert all(statement.startswith("SELECT") for statement in count(demo_app, address))
