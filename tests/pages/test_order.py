"""The order of results: said in a sentence, explained on demand, and not for sale."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.extensions import db
from app.models import PublishedListing
from app.site import Site
from tests import factories
from tests.pages.searching import index, names, page, total
from tests.strict import StrictClient

TODAY = date.today()
BEST = "Best match first. What you typed counts most."


def show(app: Flask, site: Site, *services: object) -> StrictClient:
    """Publish services, index them and open a browser."""
    factories.show(site, *services)
    index(app)
    return app.test_client()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"q": "club"}, BEST),
        ({}, BEST),
        ({"sort": "name"}, "In order of name, A to Z."),
        ({"sort": "updated"}, "The ones checked most lately come first."),
        ({"sort": "distance", "near": "Exeter"}, "Nearest first. We measure in a straight line."),
        ({"sort": "distance"}, BEST),
        ({"q": "club exeter", "sort": "distance"}, "Nearest first."),
    ],
)
def test_the_page_says_in_a_sentence_how_it_is_ordered(
    demo_client: FlaskClient, query: dict[str, str], sentence: str
) -> None:
    html = page(demo_client, **query)
    (said,) = re.findall(r'<p class="how">(.*?)</p>', html)
    assert said.startswith(sentence)
    assert html.index("data-service=") < html.index('<p class="how">')


def test_the_orders_that_can_be_had_are_links_and_one_is_current(demo_client: FlaskClient) -> None:
    html = page(demo_client, q="swimming exeter", sort="name")
    menu = html.split('<ul class="menu">')[1].split("</ul>")[0]
    orders = re.findall(r'<li><a href="([^"]+)"( aria-current="true")?>([^<]+)</a></li>', menu)
    assert [words for _, _, words in orders] == [
        "Best match", "Nearest first", "A to Z", "Newest check first",
    ]  # fmt: skip
    assert [words for _, current, words in orders if current] == ["A to Z"]


def test_a_name_typed_exactly_comes_first(app: Flask, site: Site) -> None:
    """Before all that fits better, is nearer, fresher, and has spaces."""
    client = show(
        app, site,
        *(factories.service(f"Swimming Club {n}", activities=["swimming"], space="spaces",
                            summary="The swimming club for swimming.") for n in range(9)),
        factories.service("The Swimming Club", activities=["drama"], space="full",
                          assured_date=TODAY - timedelta(days=900),
                          places=[factories.place(town="Barnstaple", locality="north-devon",
                                                  easting=255800, northing=133200)]),
    )  # fmt: skip
    for typed in ("The Swimming Club", "the swimming club", "SWIMMING CLUB", " swimming  club! "):
        assert names(page(client, q=typed, near="Exeter"))[0] == "The Swimming Club", typed


def test_every_name_of_the_directory_finds_its_service_first(demo_app: Flask) -> None:
    """Among services of the very same name any may come first."""
    client = FlaskClient(demo_app, demo_app.response_class)
    with demo_app.app_context():
        every = db.session.scalars(select(PublishedListing.name)).all()
    for name in every[::6]:
        assert names(page(client, q=name))[0] == name


def test_a_provider_cannot_say_a_word_often_to_come_first(app: Flask, site: Site) -> None:
    honest = factories.service("Otter", activities=["swimming"], summary="Swimming for all.",
                               assured_date=TODAY)  # fmt: skip
    stuffed = factories.service(
        "Stuffed Swimming Swim Swimming Swims", activities=["drama"],
        summary="Swimming swimming swimming swim swims swimming.",
        description="swimming " * 400, assured_date=TODAY,
    )  # fmt: skip
    client = show(app, site, honest, stuffed)
    html = page(client, q="swimming")
    assert names(html)[0] == "Otter"
    score = scores(app, "swimming")
    again = factories.service("Twice", activities=["drama"], summary="Swim.", assured_date=TODAY)
    more = factories.service("Often", activities=["drama"], summary="Swim swim swim swim.",
                             assured_date=TODAY)  # fmt: skip
    factories.show(site, again, more)
    index(app)
    score = scores(app, "swimming")
    assert score["Often"] <= score["Twice"], "saying it again gains nothing"


def test_ticking_every_box_does_not_bring_a_provider_first(app: Flask, site: Site) -> None:
    everything = ["swimming", "football", "drama", "music", "dance", "cooking", "cycling",
                  "climbing", "trampoline", "horse_riding"]  # fmt: skip
    client = show(
        app, site,
        factories.service("All Things", activities=everything),
        factories.service("One Thing", activities=["football"]),
        *(factories.service(f"Other {n}", activities=["arts_crafts"]) for n in range(8)),
    )  # fmt: skip
    assert names(page(client, q="football"))[:2] == ["One Thing", "All Things"]


def test_a_listing_nobody_has_checked_sinks_and_still_is_there(app: Flask, site: Site) -> None:
    days = {"Fresh": 10, "Half a year": 200, "Two years": 730}
    client = show(
        app, site,
        *(factories.service(name, activities=["swimming"], assured_date=TODAY - timedelta(days=n))
          for name, n in reversed(days.items())),
        factories.service("Never", activities=["swimming"], assured_date=None),
    )  # fmt: skip
    found = names(page(client, q="swimming"))
    assert found[0] == "Fresh"
    assert set(found) == {*days, "Never"}
    assert [name for name in found if name in days] == list(days)


def test_one_that_is_full_stands_after_one_with_spaces(app: Flask, site: Site) -> None:
    client = show(
        app, site,
        factories.service("A Full", activities=["swimming"], space="full"),
        factories.service("B Waiting", activities=["swimming"], space="waiting"),
        factories.service("C Spaces", activities=["swimming"], space="spaces"),
    )  # fmt: skip
    assert names(page(client, q="swimming")) == ["C Spaces", "B Waiting", "A Full"]


def test_a_place_is_a_centre_and_no_fence(app: Flask, site: Site) -> None:
    far = {"town": "Barnstaple", "locality": "north-devon", "easting": 255800, "northing": 133200}
    client = show(
        app, site,
        factories.service("Far", activities=["swimming"], places=[factories.place(**far)]),
        factories.service("Near", activities=["swimming"]),
    )  # fmt: skip
    for query in ({"q": "swimming exeter"}, {"q": "swimming", "near": "Exeter"}):
        assert names(page(client, **query)) == ["Near", "Far"]
    assert names(page(client, q="swimming barnstaple")) == ["Far", "Near"]


def test_who_says_no_is_left_out_and_who_does_not_say_stays(app: Flask, site: Site) -> None:
    client = show(
        app, site,
        factories.service("Yes", answers={"wheelchair": "yes"}),
        factories.service("No", answers={"wheelchair": "no"}),
        factories.service("Silent"),
    )  # fmt: skip
    found = names(page(client, q="wheelchair"))
    assert found[0] == "Yes" and set(found) == {"Yes", "Silent"}


def scores(app: Flask, text: str) -> dict[str, float]:
    """Each service found with its score, as the command prints them."""
    shown = app.test_cli_runner().invoke(args=["search", "query", text]).stdout
    lines = re.findall(r"^ *([\d.]+)  (.+?) \(", shown, re.M)
    return {name: float(score) for score, name in lines}


def test_the_command_says_why_each_stands_where_it_does(app: Flask, site: Site) -> None:
    show(app, site, factories.service("Otter Swim", activities=["swimming"], needs=["autism"]),
         factories.service("Heron Swim", activities=["swimming"],
                           assured_date=TODAY - timedelta(days=700)))  # fmt: skip
    result = app.test_cli_runner().invoke(
        args=["search", "query", "swiming for autistic boy", "--near", "Exeter", "--explain"]
    )
    assert result.exit_code == 0
    otter, heron = result.stdout.split("Heron Swim")
    assert "Otter Swim (universal, 0." in otter
    for part in ("“autistic”", "times answers", "times nearness"):
        assert part in otter, part
    assert "times freshness, spaces, support told" in heron
    plain = app.test_cli_runner().invoke(args=["search", "query", "swimming"]).stdout
    assert "times" not in plain


def test_the_command_explains_in_json_too_and_orders_as_the_page(app: Flask, site: Site) -> None:
    client = show(app, site, *(factories.service(f"Swim {n}", activities=["swimming"],
                                                 min_age=n) for n in range(6)))  # fmt: skip
    args = ["search", "query", "swimming 4 year old", "--explain", "--json"]
    found = json.loads(app.test_cli_runner().invoke(args=args).stdout)
    assert [item["name"] for item in found["services"]] == names(
        page(client, q="swimming 4 year old")
    )
    assert found["total"] == total(page(client, q="swimming 4 year old"))
    for item in found["services"]:
        assert {"what", "points"} == set(item["why"][0])


def test_the_command_explains_nothing_without_an_index_and_says_so(app: Flask, site: Site) -> None:
    factories.published(site, "Otter", activities=["swimming"])
    result = app.test_cli_runner().invoke(args=["search", "query", "swimming", "--explain"])
    assert result.exit_code == 0
    assert "limited: no index" in result.stdout and "times" not in result.stdout
