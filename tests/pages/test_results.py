"""Searching: what a family finds, in which order, and what they are told about it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import write
from app.directory.asked import PAGE_SIZE
from app.extensions import db
from app.models import Service
from app.publishing import unpublish
from app.site import Site
from tests import factories
from tests.conftest import DEMO_SERVICES
from tests.pages.searching import counts, index, names, notes, page, total


@pytest.fixture
def four(app: Flask, site: Site) -> FlaskClient:
    """Four services that differ in what a family filters by."""
    factories.show(
        site,
        factories.service("Otter Swimming", activities=["swimming"], min_age=5, max_age=10,
                          answers={"hoist": "yes"}, needs=["autism"],
                          places=[factories.place(town="Exeter", easting=292000, northing=92500)]),
        factories.service("Heron Swimming", activities=["swimming"], min_age=11, max_age=17,
                          answers={"hoist": "no"}, needs=["any_send"],
                          places=[factories.place(town="Barnstaple", locality="north-devon",
                                                  easting=255800, northing=133200)]),
        factories.service("Wren Drama", activities=["drama"], answers={"hoist": "ask"},
                          tier="targeted", needs=["adhd"], places=[], areas=["exeter"]),
        factories.service("A Night Away", breaks=["overnight_residential"], tier="specialist",
                          needs=["learning_disability"]),
    )  # fmt: skip
    index(app)
    return app.test_client()


def test_a_parent_finds_a_swimming_club_by_its_word(four: FlaskClient) -> None:
    html = page(four, q="swimming")
    assert total(html) == 2
    assert sorted(names(html)) == ["Heron Swimming", "Otter Swimming"]
    assert "<mark>" in html
    assert "<h1>Swimming</h1>" in html


def test_filters_of_one_group_are_alternatives_and_groups_all_hold(four: FlaskClient) -> None:
    assert total(page(four, activity=["swimming", "drama"])) == 3
    assert total(page(four, activity=["swimming", "drama"], tier="targeted")) == 1
    assert total(page(four, activity="swimming", tier="specialist")) == 0


def test_only_a_yes_counts_as_help_that_is_there(four: FlaskClient) -> None:
    assert names(page(four, access="hoist")) == ["Otter Swimming"]


def test_a_child_of_seven_is_not_sent_to_a_club_for_teenagers(four: FlaskClient) -> None:
    assert "Heron Swimming" not in names(page(four, age="7"))
    assert "Heron Swimming" in names(page(four, age="16-17"))
    assert total(page(four, age=["7", "11-15"])) == 4


def test_a_service_for_any_need_is_found_by_every_need(four: FlaskClient) -> None:
    assert sorted(names(page(four, need="autism"))) == ["Heron Swimming", "Otter Swimming"]


def test_each_count_is_what_the_family_gets_on_ticking_it(demo_app: Flask) -> None:
    """For the whole directory and within a search, every value shown in the panel."""
    demo_client = FlaskClient(demo_app, demo_app.response_class)  # quick: it checks no markup
    for query in ({}, {"q": "swimming"}, {"tier": "targeted", "age": "5-10"}):
        for facet, count in counts(page(demo_client, **query)).items():
            group, _, code = facet.partition(":")
            alone = {name: value for name, value in query.items() if name != group}
            assert total(page(demo_client, **alone, **{group: code})) == count, (query, facet)


def test_nearest_first_is_by_the_straight_line(four: FlaskClient) -> None:
    html = page(four, near="Barnstaple", sort="distance")
    assert names(html)[0] == "Heron Swimming"
    assert "miles</b>" in html or "mile</b>" in html
    assert names(page(four, near="Exeter", sort="distance"))[0] != "Heron Swimming"


def test_within_some_miles_keeps_what_comes_to_the_familys_area(four: FlaskClient) -> None:
    """The drama group meets nowhere, but takes families from Exeter."""
    found = names(page(four, near="Exeter", within="3"))
    assert "Heron Swimming" not in found
    assert {"Otter Swimming", "Wren Drama"} <= set(found)


@pytest.mark.parametrize(
    ("name", "query", "told"),
    [
        ("near", {"near": "Atlantis"}, "Type a town, or the start of a postcode such as EX1."),
        ("near", {"near": "EX1 9CM", "within": "5"}, "We do not know this postcode. Try a town"),
        ("near", {"within": "5"}, "Type a town or postcode to look within some miles."),
        ("age", {"age": "999"}, "Type the age as a number from 0 to 25."),
        ("age", {"age": "a<b"}, "Type the age as a number from 0 to 25."),
        ("age", {"near": "Atlantis", "age": "7.5"}, "Type the age as a number from 0 to 25."),
        (
            "within",
            {"near": "Exeter", "within": "far"},
            "Choose how far you can go, up to 100 miles",
        ),
    ],
)
def test_what_cannot_be_used_is_told_beside_its_field_and_results_still_show(
    four: FlaskClient, name: str, query: dict[str, str], told: str
) -> None:
    html = page(four, q="swimming", **query)
    assert total(html) == 2 and "<title>Error: " in html
    assert told not in notes(html)
    (message, control) = re.findall(
        rf'<p id="{name}-error"[^>]*>(.*?)</p>\s*(<(?:input|select)[^>]*>)', html
    )[0]
    assert told in message
    assert f'aria-describedby="{name}-error"' in control and 'aria-invalid="true"' in control
    assert html.count(f'"{name}-error"') == 2
    folded = "filters" if name == "within" else "again"
    assert re.search(rf'<details class="[^"]*{folded}" open>', html), "the field is in sight"


def test_what_was_typed_stays_in_its_field_and_all_else_is_sent_again(four: FlaskClient) -> None:
    html = page(four, near="Atlantis", age=["7", "old & grey", "9"], within="5", exact="1", q="a")
    fields = dict(re.findall(r'<input[^>]* id="\w+" name="(\w+)"[^>]* value="([^"]*)"', html))
    assert fields == {"q": "a", "near": "Atlantis", "age": "old &amp; grey"}
    unseen = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    assert unseen == [("exact", "1"), ("within", "5"), ("age", "7"), ("age", "9")]
    seen = page(four, near="Exeter", within="5", age=["7", "9"])
    assert re.findall(r'<input type="hidden"[^>]*value="([^"]*)"', seen) == ["9"]


def test_what_has_no_field_here_is_told_in_a_note(four: FlaskClient) -> None:
    """Nearest first without a place is an order that cannot be had; miles come with a place."""
    html = page(four, sort="distance")
    assert total(html) == 4 and "<title>Error: " not in html
    assert "Type a town or postcode to see the nearest first." in notes(html)
    html = page(four, within="far")
    assert "Choose how far you can go, up to 100 miles." in notes(html)
    assert "<title>Error: " not in html and "within-error" not in html


def test_a_to_z_is_by_name(four: FlaskClient) -> None:
    found = names(page(four, sort="name"))
    assert found == ["A Night Away", "Heron Swimming", "Otter Swimming", "Wren Drama"]


def test_everything_in_force_is_a_chip_that_takes_it_off(four: FlaskClient) -> None:
    html = page(four, q="swimming", near="Exeter", age="7", need="autism", tier="universal")
    chips = re.findall(r'<a class="chip" href="([^"]+)">', html)
    assert len(chips) == 5
    for address in chips:
        shorter = four.get(unescape(address)).get_data(as_text=True)
        assert len(re.findall(r'<a class="chip"', shorter)) == 4, address


def test_nothing_found_offers_what_to_change_with_true_numbers(four: FlaskClient) -> None:
    html = page(four, q="swimming", tier="specialist", age="7")
    assert total(html) == 0
    assert "No services found" in html
    offers = re.findall(
        r'<a class="row" href="(/services[^"]*)"><span><b>.*?</b><span>(\d+) ', html
    )
    assert offers
    for address, count in offers:
        assert total(four.get(unescape(address)).get_data(as_text=True)) == int(count) > 0
    assert "tel:" in html, "and a person to ring"


def test_pages_hold_twenty_and_lose_nobody(demo_client: FlaskClient) -> None:
    seen: list[str] = []
    number = 1
    while True:
        html = page(demo_client, sort="name", page=number)
        found = re.findall(r'<li class="card" data-service="([^"]+)"', html)
        assert len(found) == min(PAGE_SIZE, DEMO_SERVICES - len(seen))
        seen += found
        if 'rel="next"' not in html:
            break
        number += 1
    assert len(seen) == len(set(seen)) == DEMO_SERVICES
    assert 'rel="prev"' not in page(demo_client, sort="name")


def test_a_page_past_the_end_is_the_last_one_and_says_so(demo_client: FlaskClient) -> None:
    html = page(demo_client, page=999)
    assert "There are no more pages. This is the last one." in notes(html)
    assert names(html) == names(page(demo_client, page=DEMO_SERVICES // PAGE_SIZE))


def test_without_an_index_the_page_still_answers_and_says_it_is_rough(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    factories.published(site, "Otter Swimming", activities=["swimming"])
    html = page(client, q="swimming")
    assert names(html) == ["Otter Swimming"]
    assert "Our search is resting." in notes(html)


def test_a_service_taken_away_is_not_found_any_more(
    app: Flask, site: Site, four: FlaskClient
) -> None:
    """Even before the index has heard of it, its card is gone."""
    made = db.session.scalars(select(Service).where(Service.name == "Otter Swimming")).one()
    with write() as database:
        unpublish(database, made)
    assert "Otter Swimming" not in names(page(four, q="swimming"))
    app.extensions["search"].catch_up()
    assert total(page(four, q="swimming")) == 1


def test_markup_in_a_search_is_only_letters(four: FlaskClient) -> None:
    html = page(four, q="<script>alert(1)</script>", near="<b>x</b>")
    assert "<script>alert" not in html and "<b>x</b>" not in html
