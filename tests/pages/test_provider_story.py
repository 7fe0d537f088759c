"""A provider's year: see how a listing stands, change it, send it, and say what is full."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.draft import SECTIONS
from app.site import Site
from tests.pages.provider_pages import Provider, provider_of, staff_asks, text


@pytest.fixture
def provider(app: Flask, site: Site, client: FlaskClient) -> Provider:
    return provider_of(app, site, client, slug="otters")


def test_a_provider_changes_a_listing_section_by_section_and_sends_it(
    app: Flask, provider: Provider
) -> None:
    assert "Otter Club" in provider.read("/provider/")
    changes = provider.begin()
    assert "Your changes" in provider.read(changes)
    sent = provider.send(f"{changes}/about", summary="We float and splash.")
    assert (sent.status_code, sent.location) == (303, changes)
    provider.send(f"{changes}/joining", steps="Ring us.\r\nCome along.")
    checked = provider.read(f"{changes}/check-answers")
    assert "We float and splash." in checked
    assert "What families see now" in checked
    preview = provider.read(f"{changes}/preview")
    assert "We float and splash." in preview
    public = app.test_client().get("/services/otters").get_data(as_text=True)
    assert "We float and splash." not in public
    answer = provider.client.post(f"{changes}/submit")
    assert answer.location == f"{changes}/sent"
    assert "Your changes are sent" in provider.read(f"{changes}/sent")
    again = provider.client.post(f"{changes}/submit")
    assert again.location == f"{changes}/sent", "sending twice is no mistake"


def test_every_section_can_be_opened_and_saved_as_it_is(provider: Provider) -> None:
    changes = provider.begin()
    before = provider.draft(changes)
    for section in SECTIONS[:-1]:
        answer = provider.send(f"{changes}/{section}")
        assert answer.status_code == 303, text(answer)
    assert provider.draft(changes) == before


def test_what_staff_ask_stands_beside_its_field(provider: Provider) -> None:
    changes = provider.begin()
    provider.send(f"{changes}/about", summary="Swim.")
    provider.client.post(f"{changes}/submit")
    staff_asks(changes.split("/")[3], "about.summary", "Say for whom it is.")
    assert "The council asks for changes." in provider.read("/provider/")
    assert "The council asks for a change here." in provider.read(changes)
    assert "Say for whom it is." in provider.read(f"{changes}/about")
    provider.send(f"{changes}/about", summary="Swim. For all children.")
    assert provider.client.post(f"{changes}/submit").location == f"{changes}/sent"


def test_spaces_show_to_families_at_once(app: Flask, provider: Provider) -> None:
    answer = provider.client.post(
        f"{provider.listing_url}/spaces", data={"space": "waiting", "months": "3", "note": ""}
    )
    assert answer.status_code == 303
    public = text(app.test_client().get("/services/otters"))
    assert "Waiting list, about 3 months" in public
    assert "Saved. Families see it now." in provider.read(answer.location)
    assert "Told families at once" in provider.read(f"{provider.listing_url}/history")


def test_every_other_page_can_be_read(provider: Provider) -> None:
    for page in ("", "/spaces", "/closed", "/history", "/numbers", "/looked-for"):
        provider.read(provider.listing_url + page)
    changes = provider.begin()
    provider.read(f"{changes}/places/new")
    place = provider.draft(changes).when.places[0].id
    provider.read(f"{changes}/places/{place}")
    provider.read(f"{changes}/places/{place}/remove")
    provider.read(f"{changes}/places/{place}/times/new")
    provider.read(f"{changes}/withdraw")
