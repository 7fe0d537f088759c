"""A place where children sleep or live is told to nobody: not on a page, in a file or a log.

Services are published whose withheld places carry words and numbers found nowhere else,
and everything the site gives out is searched for them.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.compose import is_withheld
from app.database import write
from app.extensions import db
from app.grid import miles, to_lat_lon
from app.models import Feedback, Location, OutgoingMail, PublishedListing, Service
from app.places import Place
from app.publishing import publish
from app.search.text import STOP, words
from app.site import Site
from app.vocabulary import WITHHELD_BREAKS
from tests import factories

EASTING, NORTHING = 287_653, 98_761
"""Metres: a point in Exeter’s area, nearer to the city than the area’s centre is."""
SECRETS = {
    "name": "Zanzibarrow House",
    "address": "Flat 17\n93 Quagmirelle Close",
    "town": "Plumduffton",
    "postcode": "EX98 9ZZ",
    "directions": "Past the vermilion gatepost.",
}
WORDS = (
    "zanzibarrow", "quagmirelle", "plumduffton", "ex98", "vermilion", str(EASTING), str(NORTHING)
)  # fmt: skip
QUERIES = (
    "", "?near=Exeter", "?near=Exeter&sort=distance", "?near=EX1&within=1", "?sort=name",
    "?locality=exeter", "?break=overnight_residential", "?q=secret", "?q=house&near=Topsham",
    "?near=Topsham&sort=distance&lang=pl", "?q=nothinglikethis", "?tier=specialist&page=2",
)  # fmt: skip


@dataclass
class Hidden:
    """The services with a secret, and the browser to look with."""

    client: FlaskClient
    ids: set[str]
    slugs: list[str]


@pytest.fixture
def hidden(capsys: pytest.CaptureFixture[str], app: Flask, site: Site) -> Iterator[Hidden]:
    """One service of each kind that is withheld by itself, and a club withheld by staff."""
    kinds = [(code, None) for code in sorted(WITHHELD_BREAKS)] + [("youth_club", True)]
    made = [
        factories.service(
            f"Secret {code.replace('_', ' ')}",
            breaks=[code],
            tier="specialist",
            places=[secret_place(withheld=withheld), secret_place(withheld=withheld)],
        )
        for code, withheld in kinds
    ]
    factories.show(site, *made, factories.service("Open Club"))
    app.extensions["search"].rebuild()
    yield Hidden(app.test_client(), {one.id for one in made}, [one.slug for one in made])


def secret_place(**facts: object) -> object:
    place = factories.place(locality="exeter", easting=EASTING, northing=NORTHING, **SECRETS)
    for field, value in facts.items():
        setattr(place.location, field, value)
    return place


def betrayed(text: str) -> list[str]:
    """The secrets that are in a text, written in any case, with or without spaces."""
    low = text.lower()
    close = low.replace(" ", "").replace("\xa0", "").replace(",", "")
    latitude, longitude = to_lat_lon(EASTING, NORTHING)
    degrees = (f"{latitude:.5f}"[:-1], f"{longitude:.5f}"[:-1])
    return [word for word in (*WORDS, *degrees) if word in low or word in close]


def test_the_secrets_would_be_seen_if_they_were_given_out(app: Flask, site: Site) -> None:
    """The sweep can fail: the same place not withheld is on the page, with its map."""
    factories.published(site, slug="open", places=[secret_place(withheld=False)])
    page = app.test_client().get("/services/open").get_data(as_text=True)
    assert {*WORDS[:5]} <= {*betrayed(page)}
    assert len(betrayed(page)) == len(WORDS[:5]) + 2, "its latitude and longitude too"


@pytest.mark.parametrize("query", QUERIES)
def test_no_list_of_results_gives_a_secret_away(hidden: Hidden, query: str) -> None:
    page = hidden.client.get(f"/services{query}").get_data(as_text=True)
    assert betrayed(page) == []


def test_no_other_public_page_gives_a_secret_away(hidden: Hidden) -> None:
    addresses = ["/", "/browse", "/browse/s", "/what-is-hard"]
    for slug in hidden.slugs:
        own = f"/services/{slug}"
        addresses += [own, f"{own}?lang=pl", f"{own}/wrong", f"{own}/wrong/thank-you"]
    for address in addresses:
        response = hidden.client.get(address)
        assert response.status_code == 200, address
        assert betrayed(response.get_data(as_text=True)) == [], address
        assert betrayed(str(response.headers)) == [], address


def test_a_family_still_reads_the_area_the_times_and_how_to_get_the_address(
    hidden: Hidden,
) -> None:
    page = hidden.client.get(f"/services/{hidden.slugs[0]}").get_data(as_text=True)
    assert "In the Exeter area." in page
    assert "They give you the address when you have a place." in page
    assert "Saturdays" in page
    assert "openstreetmap" not in page


def test_an_error_beside_a_report_gives_no_secret_away(hidden: Hidden) -> None:
    for form in ({}, {"about": "other", "words": "It has moved."}):
        answer = hidden.client.post(f"/services/{hidden.slugs[0]}/wrong", data=form)
        assert betrayed(answer.get_data(as_text=True)) == []
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert betrayed(mail.body + mail.subject) == []
    assert db.session.scalars(select(Feedback)).one().words == "It has moved."


@pytest.mark.parametrize("word", ["Zanzibarrow", "Quagmirelle", "Plumduffton", "EX98"])
def test_looking_for_a_secret_does_not_find_its_service(hidden: Hidden, word: str) -> None:
    """Whoever guesses the street must not learn from the search that they are right."""
    for query in ({"q": word}, {"q": word, "sort": "name"}, {"q": word, "exact": "1"}):
        page = hidden.client.get("/services", query_string=query).get_data(as_text=True)
        assert not [key for key in hidden.ids if f'data-service="{key}"' in page]


@pytest.mark.parametrize("secret", [*SECRETS.values(), "vermilion gatepost"])
def test_no_word_of_a_secret_that_is_its_own_is_in_the_index(hidden: Hidden, secret: str) -> None:
    shown = (hidden.client.get(f"/services/{slug}").get_data(as_text=True) for slug in hidden.slugs)
    said = {word for page in shown for word in words(page)}
    telling = [word for word in words(secret) if word not in said and word not in STOP]
    assert telling
    for word in telling:
        page = hidden.client.get("/services", query_string={"q": word, "exact": "1"})
        assert 'data-total="0"' in page.get_data(as_text=True), word


def test_the_plain_search_without_an_index_does_not_find_it_either(
    hidden: Hidden, app: Flask
) -> None:
    words = db.session.scalars(select(PublishedListing.words)).all()
    assert betrayed(" ".join(words)) == []


def test_searching_from_the_command_line_gives_no_secret_away(hidden: Hidden, app: Flask) -> None:
    for command in (
        ["search", "query", "secret", "--json"],
        ["search", "query", "", "--near", "Exeter", "--sort", "distance", "--json"],
        ["search", "query", "", "--near", "Exeter"],
        ["search", "check"],
    ):
        result = app.test_cli_runner().invoke(args=command)
        assert result.exit_code == 0, result.output
        assert betrayed(result.output) == [], command


def test_stored_listings_and_index_files_hold_no_secret(
    hidden: Hidden, app: Flask, site: Site
) -> None:
    """Not as words, and not as numbers in the usual binary forms."""
    for row in db.session.scalars(select(PublishedListing)):
        assert betrayed(" ".join([row.document, row.words, row.slug, row.name])) == []
    forms = [struct.pack(form, number) for form in ("<i", ">i", "<q", ">q", "<f", ">f", "<d", ">d")
             for number in (EASTING, NORTHING)]  # fmt: skip
    files = [path for path in site.settings.search_index.rglob("*") if path.is_file()]
    assert len(files) > 3
    for path in files:
        held = path.read_bytes()
        assert betrayed(held.decode("latin-1")) == [], path.name
        assert not [form for form in forms if form in held], path.name


def test_the_distance_told_is_that_of_the_areas_centre(
    hidden: Hidden, app: Flask, site: Site
) -> None:
    """The true one, from three towns, would give the house away."""
    centre = site.centre_of("exeter")
    assert centre is not None
    for town in ("Topsham", "Crediton", "Honiton"):
        origin = site.places.find(town)
        assert isinstance(origin, Place)
        shown = miles(origin.easting, origin.northing, *centre)
        true = miles(origin.easting, origin.northing, EASTING, NORTHING)
        assert abs(shown - true) > 0.2, "the example can tell one from the other"
        command = ["search", "query", "secret", "--near", town, "--json", "--limit", "50"]
        found = json.loads(app.test_cli_runner().invoke(args=command).output)["services"]
        told = [one["miles"] for one in found if one["id"] in hidden.ids]
        assert len(told) == len(hidden.ids)
        assert told == pytest.approx([shown] * len(told), abs=0.1)


def test_withholding_a_place_that_was_shown_takes_every_trace_away(app: Flask, site: Site) -> None:
    """Staff tick a box; nothing of the earlier listing stays in the database or the index."""
    made = factories.published(site, "Was Open", places=[secret_place(withheld=False)])
    search, client = app.extensions["search"], app.test_client()
    search.rebuild()
    assert betrayed(client.get(f"/services/{made.slug}").get_data(as_text=True))
    with write() as database:
        made = database.get_one(Service, made.id)
        made.places[0].location.withheld = True
        assert publish(database, made, site.centre_of) is True
    search.catch_up()
    assert betrayed(client.get(f"/services/{made.slug}").get_data(as_text=True)) == []
    assert betrayed(client.get("/services?near=Exeter").get_data(as_text=True)) == []
    row = db.session.get_one(PublishedListing, made.id)
    assert betrayed(row.document + row.words) == []
    page = client.get("/services?q=Quagmirelle").get_data(as_text=True)
    assert f'data-service="{made.id}"' not in page


def test_nothing_of_a_secret_is_logged(
    hidden: Hidden, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    for query in QUERIES:
        hidden.client.get(f"/services{query}")
    for slug in [*hidden.slugs, "not-there"]:
        hidden.client.get(f"/services/{slug}")
    printed = capsys.readouterr()
    assert betrayed(caplog.text + printed.out + printed.err) == []


def test_the_rule_is_the_kind_of_break_unless_staff_say_otherwise() -> None:
    for code in WITHHELD_BREAKS:
        assert is_withheld(Location(), [code])
        assert is_withheld(Location(), ["youth_club", code])
        assert not is_withheld(Location(withheld=False), [code])
    assert is_withheld(Location(withheld=True), ["youth_club"])
    assert not is_withheld(Location(), ["youth_club"])
