"""Forms that are too long, too many, forged or sent twice."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import write
from app.extensions import db
from app.models import Organisation, PublishedListing, Revision, Service
from app.publishing import unpublish
from app.site import Site
from app.states import RevisionStatus, Status
from tests import factories
from tests.pages.provider_pages import Provider, provider_of, text


@pytest.fixture
def provider(app: Flask, site: Site, client: FlaskClient) -> Provider:
    return provider_of(app, site, client, slug="otters")


def test_a_huge_body_and_a_thousand_fields_are_refused(provider: Provider) -> None:
    changes = provider.begin()
    before = provider.draft(changes)
    huge = provider.client.post(f"{changes}/about", data={"name": "x" * 300_000})
    many = provider.client.post(f"{changes}/about", data={f"f{n}": "x" for n in range(1000)})
    same = provider.client.post(f"{changes}/about", data={"breaks": ["holiday_club"] * 1000})
    for answer in (huge, many, same):
        assert answer.status_code == 413
        assert "That is too much to send" in text(answer)
    assert provider.draft(changes) == before


def test_the_longest_section_is_not_too_much(provider: Provider) -> None:
    changes = provider.begin()
    answer = provider.send(f"{changes}/about", description="🦦" * 5000)
    assert answer.status_code == 303
    assert len(provider.draft(changes).about.description) == 5000


def test_what_is_wrong_is_said_beside_its_field_and_kept(provider: Provider) -> None:
    changes = provider.begin()
    answer = provider.send(f"{changes}/about", name="", url="javascript:alert(1)", summary="Kept.")
    html = text(answer)
    assert answer.status_code == 200
    assert "There is a problem" in html
    assert 'href="#name"' in html and 'href="#url"' in html
    assert "Kept." in html and "javascript:alert(1)" in html
    assert provider.draft(changes).about.summary == "A club on Saturdays."


def test_markup_is_shown_as_text(app: Flask, provider: Provider) -> None:
    changes = provider.begin()
    typed = "<img src=x onerror=alert(1)>"
    provider.send(f"{changes}/about", name=typed, description=typed)
    for page in ("", "/about", "/check-answers", "/preview"):
        html = provider.client.get(f"{changes}{page}").get_data(as_text=True)
        assert "<img" not in html
        assert "&lt;img" in html


def test_beginning_twice_gives_one_revision(provider: Provider) -> None:
    assert provider.begin() == provider.begin()
    assert len(db.session.scalars(select(Revision)).all()) == 1


def test_what_must_be_there_is_listed_with_links_and_nothing_is_sent(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    provider = provider_of(app, site, client, routes=[], contacts=[], breaks=[])
    changes = provider.begin()
    provider.send(f"{changes}/about", summary="New words.")
    answer = client.post(f"{changes}/submit")
    html = text(answer)
    assert answer.status_code == 200
    for words in ("Say how families get a place.", "Choose what kind of break it is."):
        assert words in html
    assert f'href="{changes}/joining"' in html
    assert provider.revision(changes).status == RevisionStatus.DRAFT


def test_nothing_new_is_nothing_to_send(provider: Provider) -> None:
    changes = provider.begin()
    assert "there is nothing to send" in provider.read(f"{changes}/check-answers")
    provider.client.post(f"{changes}/submit")
    assert provider.revision(changes).status == RevisionStatus.DRAFT


def test_no_part_and_no_place_of_that_name(provider: Provider) -> None:
    changes = provider.begin()
    for page in ("staff", "nonsense", "places/unknown", "places/unknown/times/new"):
        provider.read(f"{changes}/{page}", 404)
    provider.read("/provider/changes/unknown", 404)
    provider.read("/provider/listings/unknown", 404)


def test_taking_a_place_out_never_gives_another_away(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    """What staff said of the second place stays with it when the first one goes."""
    shown, hidden = factories.place(), factories.place(name="Home", withheld=True)
    provider = provider_of(app, site, client, places=[shown, hidden])
    changes = provider.begin()
    assert provider.draft(changes).staff.withheld == (None, True)
    first = provider.draft(changes).when.places[0].id
    provider.send(f"{changes}/places/{first}/remove")
    kept = provider.draft(changes)
    assert [place.name for place in kept.when.places] == ["Home"]
    assert kept.staff.withheld == (True,)


def test_what_staff_took_off_is_not_put_back_by_saying_there_are_spaces(
    provider: Provider, site: Site
) -> None:
    with write() as database:
        service = database.get(Service, provider.service.id)
        assert service is not None
        unpublish(database, service)
    sent = {"space": "full"}
    assert provider.client.post(f"{provider.listing_url}/spaces", data=sent).status_code == 404
    for page in ("closed", "days-off", "open"):
        path = f"{provider.listing_url}/{page}"
        answer = provider.client.post(path, data={"until": "2030-01-01", "on": "2030-01-01"})
        assert answer.status_code == 404
    db.session.expire_all()
    again = db.session.get(Service, provider.service.id)
    assert again is not None and again.status == Status.UNPUBLISHED
    assert db.session.get(PublishedListing, again.id) is None
    assert "Families do not see it now." in provider.read(provider.listing_url)


def test_another_service_begins_with_its_name(provider: Provider) -> None:
    organisation = db.session.scalars(select(Organisation)).first()
    assert organisation is not None
    path = f"/provider/organisations/{organisation.id}/new"
    assert "Type its name." in text(provider.client.post(path, data={"name": " "}))
    answer = provider.client.post(path, data={"name": "Heron Club"})
    assert answer.status_code == 303
    html = provider.read(answer.location)
    assert "Heron Club" in html and "Families do not see it yet." in html
    assert "Start" in html
    preview = provider.read(f"{answer.location}/preview")
    assert "Heron Club" in preview
    saved = provider.send(f"{answer.location}/availability", space="spaces")
    assert saved.status_code == 303
    assert provider.draft(answer.location).availability.space == "spaces"
