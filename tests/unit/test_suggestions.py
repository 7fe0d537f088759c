"""Suggestions as the search box's script gets them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import write
from app.directory.suggestions import KINDS, suggestions
from app.extensions import db
from app.models import Service
from app.publishing import unpublish
from app.search.sayings import WISHES
from app.site import Site
from tests import factories


@pytest.fixture
def clubs(app: Flask, site: Site) -> FlaskClient:
    """Three clubs with names, indexed."""
    factories.show(
        site,
        factories.service("Swallow & Swift’s Club"),
        factories.service("<b>Swans</b>"),
        factories.service("Heron House"),
    )
    app.extensions["search"].rebuild()
    return app.test_client()


def ask(client: FlaskClient, typed: str, **more: str) -> list[dict[str, str]]:
    response = client.get("/suggest", query_string={"q": typed, **more})
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    found: list[dict[str, str]] = response.get_json()
    return found


def test_every_suggestion_is_the_whole_text_and_says_its_kind(clubs: FlaskClient) -> None:
    assert ask(clubs, "autistic swi")[0] == {"words": "autistic swimming", "kind": "Activity"}
    assert {"words": "club Exeter", "kind": "Place"} in ask(clubs, "club exet")
    assert {"words": "Swallow & Swift’s Club", "kind": "Service"} in ask(clubs, "swal")


def test_every_kind_has_a_name() -> None:
    assert set(KINDS) == WISHES | {"place", "service"}


def test_what_is_taken_finds_what_it_was_offered_for(clubs: FlaskClient) -> None:
    """A name that is taken comes first; a place that is taken is understood as one."""
    (name,) = (item["words"] for item in ask(clubs, "swift") if item["kind"] == "Service")
    html = clubs.get("/services", query_string={"q": name}).get_data(as_text=True)
    first = html.split('<li class="card" data-service=')[1]
    assert "Swallow &amp; Swift’s Club" in re.sub("</?mark>", "", first)
    assert "Near Exeter" in clubs.get("/services?q=club+Exeter").get_data(as_text=True)


def test_kinds_and_words_follow_the_language(demo_client: FlaskClient) -> None:
    found = ask(demo_client, "bas", lang="pl")
    assert "basen" in [item["words"] for item in found]
    assert "Activity" not in {item["kind"] for item in found}
    english = ask(demo_client, "bas", lang="en")
    assert english[0] == {"words": "basketball", "kind": "Activity"}
    assert "basen" not in [item["words"] for item in english]


def test_markup_in_a_name_is_only_letters(clubs: FlaskClient) -> None:
    words = [item["words"] for item in ask(clubs, "swan")] + [
        item["words"] for item in ask(clubs, "b swans")
    ]
    assert "<b>Swans</b>" in words


@pytest.mark.parametrize(
    "typed", ["", " ", "s", "\x00", "%", "a" * 9_000, "'; drop table", "<script>", "⠀⠀", "سب", "🙂"]
)
def test_whatever_is_typed_a_list_comes_back(clubs: FlaskClient, typed: str) -> None:
    assert all(set(item) == {"words", "kind"} for item in ask(clubs, typed))


def test_without_a_question_there_is_no_answer(clubs: FlaskClient) -> None:
    response = clubs.get("/suggest")
    assert (response.status_code, response.get_json()) == (200, [])


def test_one_taken_away_since_is_not_offered(clubs: FlaskClient, app: Flask) -> None:
    """Even before the index has heard of it."""
    made = db.session.scalars(select(Service).where(Service.name == "Heron House")).one()
    with write() as database:
        unpublish(database, made)
    assert ask(clubs, "heron") == []


def test_without_an_index_nothing_is_offered(client: FlaskClient) -> None:
    assert ask(client, "swimming") == []


def test_a_long_text_is_cut_as_the_field_cuts_it(app: Flask, clubs: FlaskClient) -> None:
    with app.test_request_context():
        long = "x" * 190 + " swimm"
        assert [item["words"] for item in suggestions(long)] == ["x" * 190 + " swimming"]
        assert suggestions("x" * 200 + " swimm") == []


def test_what_a_family_types_here_is_kept_nowhere(clubs: FlaskClient) -> None:
    response = clubs.get("/suggest?q=canarywords")
    assert response.get_json() == []
    assert "public" not in response.headers.get("Cache-Control", "")
    assert not response.headers.get("Set-Cookie")
