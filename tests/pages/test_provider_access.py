"""What another organisation finds of a provider's pages, and what looking does.

Every address for everybody: `tests/sweeps/test_roles.py`.
"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.audit import Actor, Work, record
from app.database import write
from app.provider.places import key_of
from app.site import Site
from tests import factories
from tests.pages.provider_pages import Provider, provider_of
from tests.people import sign_in_as
from tests.sweeps.test_access import unwritten

NO_ID = {"provider.dashboard"}


@pytest.fixture
def provider(app: Flask, site: Site, client: FlaskClient) -> Provider:
    return provider_of(app, site, client)


def cells(app: Flask, provider: Provider) -> list[tuple[str, str, str]]:
    """Each endpoint with its address for one listing, and each method it takes."""
    changes = provider.begin()
    place = provider.draft(changes).when.places[0]
    values = {
        "organisation_id": provider.service.organisation_id,
        "service_id": provider.service.id,
        "revision_id": changes.split("/")[3],
        "section": "about",
        "place_id": place.id,
        "session_id": key_of(place.sessions[0]),
        "day": "2030-01-01",
    }
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("provider."):
                path = app.url_map.bind("localhost").build(
                    rule.endpoint, {name: values[name] for name in rule.arguments}
                )
                methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
                found += [(rule.endpoint, method, path) for method in methods]
    return found


def test_another_organisation_finds_nothing_and_writes_nothing(
    app: Flask, site: Site, provider: Provider
) -> None:
    table = cells(app, provider)
    other = app.test_client()
    theirs = factories.published(site, "Heron Club")
    sign_in_as(other, organisations=[theirs.organisation])
    with unwritten(app):
        for endpoint, method, path in table:
            status = other.open(path, method=method, data={} if method == "POST" else None)
            assert status.status_code == (200 if endpoint in NO_ID else 404), (endpoint, method)
    html = other.get("/provider/").get_data(as_text=True)
    assert "Heron Club" in html and "Otter Club" not in html


def test_looking_writes_nothing(app: Flask, provider: Provider) -> None:
    table = cells(app, provider)
    with unwritten(app):
        for endpoint, method, path in table:
            if method == "GET":
                answer = provider.client.get(path)
                expected = 303 if endpoint == "provider.sent" else 200
                assert answer.status_code == expected, endpoint
                assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_from_another_site_is_refused(app: Flask, provider: Provider) -> None:
    table = cells(app, provider)
    with unwritten(app):
        for _endpoint, method, path in table:
            if method == "POST":
                foreign = {"Sec-Fetch-Site": "cross-site"}
                assert provider.client.post(path, headers=foreign).status_code == 403


def test_a_forged_id_inside_a_draft_reaches_no_other_listing(
    app: Flask, site: Site, provider: Provider
) -> None:
    """The place of another organisation's service, named in one's own changes."""
    other = factories.published(site, "Heron Club")
    stolen = other.places[0].id
    changes = provider.begin()
    assert provider.client.get(f"{changes}/places/{stolen}").status_code == 404
    mark = provider.send(f"{changes}/about")
    assert mark.status_code == 303
    answer = provider.client.post(
        f"{changes}/places/{stolen}", data={"town": "Exeter", "mark": "forged"}
    )
    assert answer.status_code == 409
    assert stolen not in {place.id for place in provider.draft(changes).when.places}


def test_the_history_is_shown_to_one_s_own_only(app: Flask, site: Site, provider: Provider) -> None:
    provider.send(f"{provider.begin()}/about", summary="Ours.")
    other = app.test_client()
    sign_in_as(other, organisations=[factories.published(site, "Heron Club").organisation])
    assert other.get(f"{provider.listing_url}/history").status_code == 404
    history = provider.read(f"{provider.listing_url}/history")
    assert "Changes saved" in history and "In one or two sentences" in history


def test_the_history_tells_what_links_and_commands_did(
    app: Flask, site: Site, provider: Provider
) -> None:
    """Neither is a person with a role."""
    for actor in (
        Actor("", "the link mailed to sam@example.org", "link"),
        Actor("", "reminders send", "command"),
    ):
        with write() as database:
            record(Work(database, site, actor), "listing.updated", ("service", provider.service.id))
    history = provider.read(f"{provider.listing_url}/history")
    assert "the link mailed to sam@example.org" in history
    assert "The council" in history and "reminders send" not in history
