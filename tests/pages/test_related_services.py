"""Services like one, at the end of its page."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import write
from app.extensions import db
from app.models import PublishedListing, Service
from app.publishing import unpublish
from app.site import Site
from tests import factories
from tests.pages.searching import index

HEADING = "You may also like"
ROW = re.compile(r'<a class="row" href="[^"]+"><span><b[^>]*>(.*?)</b><span>(.*?)</span>')


@pytest.fixture
def pools(app: Flask, site: Site) -> FlaskClient:
    """Three pools, one of them for older children, and some drama."""
    factories.show(
        site,
        factories.service("Otter", slug="otter", activities=["swimming"], max_age=10),
        factories.service("Heron & Sons", activities=["swimming"], max_age=10, tier="targeted"),
        factories.service("Older", activities=["swimming"], min_age=14),
        *(factories.service(f"Drama {n}", activities=["drama"], breaks=["youth_club"])
          for n in range(8)),
    )  # fmt: skip
    index(app)
    return app.test_client()


def related(html: str) -> dict[str, str]:
    """The names listed, with what is said of each."""
    part = html.split('<section class="related"')[1] if HEADING in html else ""
    return {
        unescape(name): unescape(facts).replace("\xa0", " ") for name, facts in ROW.findall(part)
    }


def html_of(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_a_page_ends_with_services_like_it(pools: FlaskClient) -> None:
    html = html_of(pools, "/services/otter")
    found = related(html)
    assert next(iter(found)) == "Heron & Sons"
    assert found["Heron & Sons"].endswith("Extra help")
    assert "Otter" not in found and "Older" not in found
    assert html.index("Could my child go?") < html.index(HEADING)
    assert '<section class="related" aria-labelledby="related">' in html


def test_their_links_lead_to_them(pools: FlaskClient) -> None:
    html = html_of(pools, "/services/otter").split('<section class="related"')[1]
    for address in re.findall(r'<a class="row" href="([^"]+)"', html.split("</section>")[0]):
        assert pools.get(address).status_code == 200


def test_one_taken_away_is_not_listed(app: Flask, pools: FlaskClient) -> None:
    """Even before the index has heard of it."""
    made = db.session.scalars(select(Service).where(Service.name == "Heron & Sons")).one()
    with write() as database:
        unpublish(database, made)
    assert "Heron & Sons" not in related(html_of(pools, "/services/otter"))


def test_without_company_or_index_there_is_no_heading(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    factories.published(site, "Otter", slug="otter")
    assert HEADING not in html_of(client, "/services/otter")
    index(app)
    assert HEADING not in html_of(client, "/services/otter")


def test_nearly_every_service_of_a_directory_has_company(demo_app: Flask) -> None:
    client = FlaskClient(demo_app, demo_app.response_class)
    with demo_app.app_context():
        slugs = db.session.scalars(select(PublishedListing.slug)).all()[::5]
    alone = [slug for slug in slugs if not related(html_of(client, f"/services/{slug}"))]
    assert len(alone) <= len(slugs) / 20, alone


def test_a_screen_reader_hears_their_names_in_english_on_a_polish_page(
    demo_app: Flask,
) -> None:
    client = demo_app.test_client()
    with demo_app.app_context():
        slug = db.session.scalars(select(PublishedListing.slug)).first()
    html = html_of(client, f"/services/{slug}?lang=pl").split('<section class="related"')[1]
    rows = re.findall(r'<a class="row" href="[^"]+"><span><b( lang="en")?>', html)
    assert rows and all(rows)
