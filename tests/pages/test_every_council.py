"""The directory of each council in turn: every page is sound, and its own places lead somewhere.

Most tests are of one council's site, since the code is the same; what differs is data, and
here every council's data goes through every kind of page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import create_app
from app.council import Council, council_codes, load_council
from app.database import write
from app.demo.load import load_demo
from app.extensions import db
from app.mail import queue_mail
from app.models import OutgoingMail, PublishedListing
from app.site import current_site
from tests.conftest import close, settings_in
from tests.databases import Template
from tests.strict import StrictClient

SERVICES = 120
LANGUAGES = ("en", "pl")
PAGES = (
    "/",
    "/what-is-hard",
    "/services",
    "/services?page=2",
    "/services?q=swimming&age=9&need=autism",
    "/services?near=nowhere+at+all",
    "/services?q=zzzzzz",
    "/browse",
    "/about",
    "/about/accessibility",
    "/feedback",
)
OUT_OF_BOUNDS = "ZE1 0AA"
"""A postcode far from every council here."""


@pytest.fixture(scope="module", params=council_codes())
def any_app(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    empty_database: Template,
) -> Iterator[Flask]:
    """The site of each council in turn, with a small demonstration directory."""
    folder = tmp_path_factory.mktemp(request.param)
    empty_database.copy_to(folder)
    app = create_app(settings_in(folder, council=request.param), testing=True)
    app.test_client_class = StrictClient
    with app.app_context():
        load_demo(current_site(), SERVICES, 1, date.today(), lambda _count: None)
        app.extensions["search"].rebuild()
    yield app
    close(app)


@pytest.fixture
def council(any_app: Flask) -> Council:
    """The council whose site it is."""
    with any_app.app_context():
        return current_site().council


@pytest.fixture
def reader(any_app: Flask) -> FlaskClient:
    """A strict browser on its site."""
    return any_app.test_client()


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.get_data(as_text=True)


def total(html: str) -> int:
    (found,) = re.findall(r'data-total="(\d+)"', html)
    return int(found)


def near(place: str, within: int = 0) -> str:
    asked = {"near": place, "sort": "distance"} | ({"within": str(within)} if within else {})
    return f"/services?{urlencode(asked)}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_sound(reader: FlaskClient, address: str, language: str) -> None:
    reader.set_cookie("lang", language)
    assert f'<html lang="{language}"' in page(reader, address).replace("en-GB", "en")


def test_every_service_has_a_sound_page(any_app: Flask, reader: FlaskClient) -> None:
    with any_app.app_context():
        slugs = db.session.scalars(select(PublishedListing.slug)).all()
    assert len(slugs) == SERVICES
    for slug in slugs:
        assert "data-service=" in page(reader, f"/services/{slug}"), slug


def test_the_site_bears_its_own_councils_name_and_no_other(
    reader: FlaskClient, council: Council
) -> None:
    html = unescape(page(reader, "/"))
    assert council.name in html
    for code in set(council_codes()) - {council.code}:
        assert load_council(code).name not in html


def test_each_area_leads_to_as_many_services_as_it_says(
    reader: FlaskClient, council: Council
) -> None:
    html = page(reader, "/browse")
    areas = re.findall(r'href="(/services\?locality=[^"]+)".*?<small>(\d+)</small>', html)
    assert len(areas) == len(council.localities)
    assert sum(int(count) for _address, count in areas) >= SERVICES / 2
    for address, count in areas:
        assert total(page(reader, unescape(address))) == int(count), address


def test_every_town_of_the_council_is_a_place_to_search_near(
    reader: FlaskClient, council: Council
) -> None:
    for locality in council.localities:
        for town in locality.towns[:2]:
            html = page(reader, near(town.name))
            assert total(html) == SERVICES, town.name
            assert "govuk-error-message" not in html, town.name
            assert total(page(reader, near(town.name, 10))) < SERVICES, town.name


def test_every_first_half_of_a_postcode_of_its_own_is_known(
    reader: FlaskClient, council: Council
) -> None:
    for outcode in sorted({item for place in council.localities for item in place.outcodes}):
        assert "govuk-error-message" not in page(reader, near(outcode)), outcode


def test_a_postcode_from_elsewhere_is_said_and_results_still_show(reader: FlaskClient) -> None:
    html = page(reader, near(OUT_OF_BOUNDS))
    assert "govuk-error-message" in html
    assert total(html) == SERVICES


def test_the_index_and_the_database_are_alike(any_app: Flask) -> None:
    with any_app.app_context():
        assert any_app.extensions["search"].differences() == []


def test_mail_goes_to_its_own_staff(any_app: Flask, council: Council) -> None:
    contact = council.find_contact("local_offer")
    with any_app.app_context():
        with write() as database:
            queue_mail(database, current_site(), subject="s", body="b")
        (sent_to,) = set(db.session.scalars(select(OutgoingMail.recipient)))
    assert sent_to == (contact.email if contact and contact.email else "local-offer@example.org")
