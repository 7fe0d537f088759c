"""From a result to services: what fits, what the address carries, and when there is no list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.directory import queries
from app.search.engine import Search
from app.selfcheck import bridge
from app.selfcheck.bridge import OPEN_ROUTES, services_address
from app.site import Site, current_site
from app.vocabulary import BREAKS
from tests.unit.selfcheck.test_result import view


@pytest.fixture
def demo_site(demo_app: Flask) -> Iterator[Site]:
    """A site with a directory, inside a request."""
    with demo_app.test_request_context():
        yield current_site()


def test_five_services_are_shown_that_need_no_assessment(demo_site: Site) -> None:
    for facts in ({}, {"clubs": "needs_support"}, {"coping": "cannot_carry_on"}):
        found = view(demo_site, **facts).bridge
        assert found and len(found.services) == 5
        assert {service.tier for service in found.services} <= {"universal", "targeted"}
        for listing in queries.find_listings([service.id for service in found.services]):
            assert listing.takes_age(9, 9)
            assert not listing.routes or OPEN_ROUTES & set(listing.routes)


def test_they_are_near_home_when_home_is_known(demo_site: Site) -> None:
    found = view(demo_site, district="mid-devon").bridge
    assert found is not None
    assert found.intro == "For age 9, near Mid Devon, open to you without an assessment."
    assert all(service.miles for service in found.services)
    far = view(demo_site).bridge
    assert far and not any(service.miles for service in far.services)


@pytest.mark.parametrize(
    ("left_out", "district", "said"),
    [
        ("", None, "For age 9, open to you without an assessment."),
        ("age", "exeter", "Near Exeter, open to you without an assessment."),
        ("age", None, "Open to you without an assessment."),
    ],
)
def test_the_sentence_says_only_what_is_known(
    demo_site: Site, left_out: str, district: str | None, said: str
) -> None:
    found = view(demo_site, left_out, district=district).bridge
    assert found and found.intro == said


def test_an_adult_finds_services_for_adults(demo_site: Site) -> None:
    found = view(demo_site, age=19).bridge
    assert found is not None
    listings = queries.find_listings([service.id for service in found.services])
    assert all(listing.takes_age(19, 19) for listing in listings)


@pytest.mark.parametrize("home", ["other", "wales", "surrey"])
def test_a_family_of_another_council_sees_none(demo_site: Site, home: str) -> None:
    assert view(demo_site, lives_in=home).bridge is None


def test_the_address_carries_age_band_area_and_needs_alone(demo_site: Site) -> None:
    page = view(
        demo_site, district="mid-devon", needs=["autism", "behaviour"], evidence=["dla_high"]
    )
    address = services_address(page.told, demo_site)
    assert address == "/services?age=5-10&locality=mid-devon&need=autism&need=behaviour"
    page = view(demo_site, "age", "needs")
    assert services_address(page.told, demo_site) == "/services"


def test_the_button_says_what_the_address_finds(demo_site: Site, demo_app: Flask) -> None:
    page = view(demo_site, district="mid-devon")
    address = services_address(page.told, demo_site)
    html = demo_app.test_client().get(address).get_data(as_text=True)
    assert page.bridge and f'data-total="{page.bridge.total}"' in html


def test_a_database_that_cannot_be_read_takes_away_the_list_alone(
    demo_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr(Search, "find", fail)
    page = view(demo_site)
    assert page.bridge is None
    assert page.rights


def test_wants_name_kinds_of_break_that_there_are() -> None:
    assert {code for codes in bridge.BREAKS_FOR.values() for code in codes} <= set(BREAKS)
