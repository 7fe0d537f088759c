"""Staff's pages ask the database a fixed number of times, however much waits."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.site import Site
from app.states import Role
from tests import factories
from tests.moderation import sent_edit, sent_new
from tests.pages.test_queries_counted import statements
from tests.people import person, sign_in_as

MOST = 40
"""Statements for any page of staff; most of them read one listing, table by table."""


def count(app: Flask, client: FlaskClient, path: str) -> int:
    client.get(path)
    db.session.remove()
    with statements(app) as sent:
        assert client.get(path).status_code == 200
    return len(sent)


@pytest.mark.parametrize("narrow", ["", "?kind=edit", "?flag=late", "?who=free"])
def test_the_queue(app: Flask, site: Site, narrow: str) -> None:
    client = FlaskClient(app, app.response_class)
    sign_in_as(client, Role.MODERATOR)
    costs = []
    for _ in range(2):
        for _ in range(3):
            service = factories.published(site)
            author = person(organisations=[service.organisation_id])
            sent_edit(site, service, author, about__summary="On Sundays.")
            sent_new(site, service.organisation_id, author)
        costs.append([count(app, client, path + narrow) for path in ("/staff/queue", "/staff/")])
    assert costs[0] == costs[1] and max(costs[0]) <= 8, costs


def test_one_revision_and_one_listing(app: Flask, site: Site) -> None:
    client = FlaskClient(app, app.response_class)
    sign_in_as(client, Role.MODERATOR)
    costs = []
    for number in (1, 6):
        places = [factories.place(postcode=f"EX1 {place}CM") for place in range(number)]
        contacts = [factories.contact("01632 960123", "01632 960124") for _ in range(number)]
        service = factories.published(
            site, f"Club {number}", slug=f"club-{number}", places=places, contacts=contacts
        )
        revision = sent_edit(site, service, about__summary="On Sundays.")
        paths = (f"/staff/revisions/{revision.id}", f"/staff/listings/club-{number}")
        costs.append([count(app, client, path) for path in paths])
    assert costs[0] == costs[1] and max(costs[0]) <= MOST, costs
