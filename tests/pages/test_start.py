"""The start page: a search, kinds of break with true numbers, and a person to ring."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.directory.asked import KNOWN
from app.directory.start import HARD_THINGS, TILES
from app.search.criteria import Criteria
from app.site import Site
from tests import factories


def page(client: FlaskClient, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def totals(client: FlaskClient, address: str) -> int:
    found = re.search(r'data-total="(\d+)"', page(client, address))
    assert found, address
    return int(found[1])


def test_a_tired_parent_finds_one_search_and_somebody_to_ring(demo_client: FlaskClient) -> None:
    html = page(demo_client)
    assert html.count("<form") == 1
    assert 'role="search"' in html and 'action="/services"' in html
    assert re.search(r'href="tel:\+?\d+"', html), "a number to press"


def test_every_tile_tells_how_many_its_search_really_finds(demo_client: FlaskClient) -> None:
    html = page(demo_client)
    tiles = re.findall(r'<li><a href="(/services\?break=[^"]*)">.*?</b>(\d+) ', html)
    assert len(tiles) == len(TILES)
    for address, count in tiles:
        assert totals(demo_client, address.replace("&amp;", "&")) == int(count), address


def test_whoever_does_not_know_what_they_need_starts_from_what_is_hard(
    demo_client: FlaskClient,
) -> None:
    assert 'href="/what-is-hard"' in page(demo_client)
    html = page(demo_client, "/what-is-hard")
    links = re.findall(r'href="(/services\?[^"]+)"', html)
    assert len(links) == sum(len(things) for _, things in HARD_THINGS)
    for address in links:
        assert totals(demo_client, address.replace("&amp;", "&")) > 0, address


def test_every_ready_made_search_uses_filters_that_exist() -> None:
    for _, things in HARD_THINGS:
        for thing in things:
            for group, code in parse_qsl(urlsplit(thing.url).query):
                assert code in KNOWN[group], thing.url
    for _, breaks in TILES:
        assert set(breaks) <= KNOWN["break"]


def test_a_new_site_with_nothing_in_it_still_has_a_start_page(client: FlaskClient) -> None:
    html = page(client)
    assert html.count(">0 to look at") == len(TILES) or html.count("0 to look at") == len(TILES)
    assert "made-up demonstration data" not in html


def test_a_made_up_directory_says_so_on_every_page(demo_client: FlaskClient) -> None:
    for address in ("/", "/services", "/browse", "/about", "/not-there"):
        html = demo_client.get(address).get_data(as_text=True)
        assert "This is made-up demonstration data." in html, address


def test_tiles_count_a_service_that_has_just_been_published(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    factories.published(site, breaks=["holiday_club"])
    search = app.extensions["search"]
    search.rebuild()
    assert search.count(Criteria(break_=("holiday_club",))) == 1
    assert re.search(r"Holiday clubs and playschemes</b>1 to look at", page(client))


@pytest.mark.parametrize("address", ["/", "/what-is-hard", "/services", "/browse"])
def test_no_page_sets_a_cookie_or_asks_another_site_for_anything(
    demo_client: FlaskClient, address: str
) -> None:
    response = demo_client.get(address)
    assert "Set-Cookie" not in response.headers
    html = response.get_data(as_text=True)
    sources = re.findall(r'(?:src|srcset|data|action|poster)="([^"]*)"', html)
    links = re.findall(r'<link[^>]*href="([^"]*)"', html)
    assert not [url for url in [*sources, *links] if urlsplit(url).netloc or "data:" in url]
    assert "<script>" not in html and " onclick" not in html and " style=" not in html
