"""All services from A to Z: every one under its letter, and the areas with true numbers."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.council import load_council
from app.database import write
from app.directory.browse import OTHER, browse_page
from app.publishing import unpublish
from app.site import Site
from tests import factories
from tests.conftest import DEMO_SERVICES


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.get_data(as_text=True)


def listed(html: str) -> list[str]:
    found = re.findall(r'<li class="\w+"><a href="/services/[^"]+">.*?<span>(.*?)</span></a>', html)
    return [unescape(name) for name in found]


def letters(html: str) -> list[str]:
    return re.findall(r'href="(/browse/[^"]+)"', html)


def test_every_service_stands_under_one_letter(demo_app: Flask) -> None:
    client = FlaskClient(demo_app, demo_app.response_class)
    names: list[str] = []
    for address in letters(page(client, "/browse")):
        found = listed(page(client, address))
        assert found, address
        names += found
    assert len(names) == len(set(names)) == DEMO_SERVICES


def test_a_letter_is_in_order_without_its_the(app: Flask, site: Site, client: FlaskClient) -> None:
    for name in ("Otter Two", "The Otter Four", "otter One", "Óscar’s Club", "3D Makers"):
        factories.published(site, name)
    assert listed(page(client, "/browse/o")) == [
        "Óscar’s Club", "The Otter Four", "otter One", "Otter Two",
    ]  # fmt: skip
    assert listed(page(client, f"/browse/{OTHER}")) == ["3D Makers"]
    assert letters(page(client, "/browse")) == ["/browse/o", "/browse/other"]


def test_the_index_opens_at_the_first_letter_that_has_any(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    factories.published(site, "Otter Club")
    factories.published(site, "Wren Club")
    html = page(client, "/browse")
    assert listed(html) == ["Otter Club"]
    assert re.search(r'href="/browse/o" aria-current="page"', html)


def test_an_empty_directory_has_an_index_all_the_same(client: FlaskClient) -> None:
    assert "No service begins with this letter." in page(client, "/browse")
    assert "No service begins with this letter." in page(client, "/browse/q")


@pytest.mark.parametrize("letter", ["zz", "A", "1", "é", "..%2f", "<b>", "%F0%9F"])
def test_a_letter_that_is_none_is_a_plain_page(client: FlaskClient, letter: str) -> None:
    response = client.get(f"/browse/{letter}")
    assert response.status_code == 404
    assert "<b>" not in response.get_data(as_text=True).split("<main", 1)[1].split("<h1")[0]


def test_each_area_leads_to_as_many_services_as_it_says(demo_client: FlaskClient) -> None:
    html = page(demo_client, "/browse")
    areas = re.findall(r'href="(/services\?locality=[^"]+)".*?<small>(\d+)</small>', html)
    assert len(areas) == len(load_council("devon").localities)
    for address, count in areas:
        found = re.findall(r'data-total="(\d+)"', page(demo_client, unescape(address)))
        assert found == [count], address


def test_a_service_taken_away_leaves_the_index_at_once(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    made = factories.published(site, "Otter Club")
    with write() as database:
        unpublish(database, made)
    assert listed(page(client, "/browse/o")) == []


def test_the_page_as_rows(app: Flask, site: Site) -> None:
    factories.published(site, "Otter Club", slug="otters", tier="targeted")
    shown = browse_page("o", site.council)
    assert shown is not None
    assert shown.names == (("otters", "Otter Club", "targeted"),)
    assert [(one.code, one.words, one.count) for one in shown.letters] == [("o", "O", 1)]
    assert browse_page("ö", site.council) is None
