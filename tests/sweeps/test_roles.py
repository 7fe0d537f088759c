"""The access matrix: every address × method × role, own or another organisation's, as it is.

Nothing of another organisation is there (404), nor is what a role may not do. Who is not signed
in is led to the sign-in page, or keeps what was typed (401); staff show their second factor first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.access import RANK
from app.audit import NOBODY, Work
from app.database import write
from app.models import JoinRequest
from app.reviewing import start_edit
from app.site import Site
from app.vocabulary import Role
from tests import factories
from tests.people import person, sign_in_as
from tests.sweeps.test_access import ACCESS, PROVIDER, PUBLIC, addresses, unwritten

GUARDED = {key: row for key, row in ACCESS.items() if row[1] != PUBLIC}
POSTED = {"Sec-Fetch-Site": "same-origin"}
OWN = {"service_id", "revision_id", "organisation_id", "organisation"}
"""Arguments that name something of an organisation."""


@pytest.fixture
def ids(app: Flask, site: Site) -> dict[str, str]:
    """Something of one organisation for each argument, and what staff look at."""
    service = factories.published(site, "Otters", slug="otters")
    somebody = person(email="somebody@example.org")
    asked = JoinRequest(
        kind="join", organisation_name="Heron Club", name="N", email="n@example.org"
    )
    with write() as database:
        database.add(asked)
        held = database.merge(service)
        revision = start_edit(Work(database, site, NOBODY), held)
    return {
        "service_id": service.id,
        "revision_id": revision.id,
        "organisation_id": service.organisation_id,
        "organisation": service.organisation_id,
        "account": somebody.id,
        "key": asked.id,
    }


def cells(app: Flask, ids: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Each guarded endpoint with a method and an address."""
    for endpoint, paths in addresses(app, "otters", ids).items():
        if endpoint in GUARDED:
            for method in sorted(GUARDED[endpoint][0]):
                for path in paths:
                    yield endpoint, method, path


def browser(app: Flask) -> FlaskClient:
    return app.test_client()


def ask(client: FlaskClient, method: str, path: str) -> tuple[int, str]:
    response = client.open(path, method=method, headers=POSTED)
    response.close()
    return response.status_code, response.location or ""


def test_nobody_gets_in_without_signing_in(app: Flask, ids: dict[str, str]) -> None:
    with unwritten(app):
        for endpoint, method, path in cells(app, ids):
            status, location = ask(browser(app), method, path)
            if method == "GET":
                assert (status, location.partition("?")[0]) == (303, "/sign-in"), endpoint
            else:
                assert status == 401, endpoint


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.MODERATOR])
def test_what_a_role_may_not_do_is_not_there(app: Flask, ids: dict[str, str], role: Role) -> None:
    client = browser(app)
    sign_in_as(client, role, organisations=[ids["organisation"]], lead=True)
    with unwritten(app):
        for endpoint, method, path in cells(app, ids):
            if RANK[Role(GUARDED[endpoint][1])] > RANK[role]:
                assert ask(client, method, path)[0] == 404, (endpoint, method)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR])
def test_staff_show_their_second_factor_first(app: Flask, ids: dict[str, str], role: Role) -> None:
    client = browser(app)
    sign_in_as(client, role, second_factor=False)
    with unwritten(app):
        for endpoint, method, path in cells(app, ids):
            status, location = ask(client, method, path)
            if method == "GET":
                assert (status, location) == (303, "/sign-in/second-factor"), endpoint
            else:
                assert status == 401, endpoint


def test_what_is_another_organisations_is_not_there(app: Flask, ids: dict[str, str]) -> None:
    other = factories.organisation("Plover Trust")
    with write() as database:
        database.add(other)
    client = browser(app)
    sign_in_as(client, organisations=[other], lead=True)
    rules = {rule.endpoint: rule.arguments for rule in app.url_map.iter_rules()}
    tried = 0
    with unwritten(app):
        for endpoint, method, path in cells(app, ids):
            if GUARDED[endpoint][1] == PROVIDER and OWN & rules[endpoint]:
                assert ask(client, method, path)[0] == 404, (endpoint, method)
                tried += 1
    assert tried > 30


@pytest.mark.parametrize("role", list(Role))
def test_looking_writes_nothing_and_breaks_nothing(
    app: Flask, ids: dict[str, str], role: Role
) -> None:
    """Each page by somebody who may see it: there, led on, or gone, and never written by."""
    client = browser(app)
    sign_in_as(client, role, organisations=[ids["organisation"]], lead=True)
    with unwritten(app):
        for endpoint, method, path in cells(app, ids):
            if method == "GET" and RANK[Role(GUARDED[endpoint][1])] <= RANK[role]:
                assert ask(client, method, path)[0] in {200, 303, 404}, endpoint


def test_the_size_of_the_matrix(
    app: Flask, ids: dict[str, str], record_property: Callable[[str, object], None]
) -> None:
    whose = ("nobody", "own provider", "other provider", *("moderator", "administrator") * 2)
    count = len(list(cells(app, ids))) * len(whose)
    record_property("for_people", f"access matrix: {count} cells of guarded addresses tried")
