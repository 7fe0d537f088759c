"""Cards are kept as HTML with gaps: each family's words and miles fill them, and no other's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from markupsafe import Markup, escape

from app.directory.card_html import mould_of
from app.directory.cards import Mark
from app.directory.queries import Stored
from app.listing import Place, to_json
from app.publishing import content_hash
from tests.factories import listing

TODAY = date(2026, 11, 22)
HALL = Place("1", "exeter", town="Exeter")


@pytest.fixture(autouse=True)
def in_a_request(demo_app: Flask) -> Iterator[None]:
    with demo_app.test_request_context():
        yield


def shout(text: str) -> Markup:
    return Markup("<mark>{}</mark>").format(text)


def html(miles: float | None = None, mark: Mark | None = None, today: date = TODAY,
         **facts: object) -> str:  # fmt: skip
    made = listing(**{"summary": "Swim about.", "places": (HALL,), "assured": TODAY, **facts})
    document = to_json(made)
    stored = Stored(made.id, content_hash(document), document)
    return mould_of(stored, today).fill(mark, miles).decode()


def test_two_families_with_other_words_and_places_see_their_own() -> None:
    first, second, third = html(3.2, shout), html(9.0), html()
    assert "<mark>Otter Club</mark>" in first and "<mark>Swim about.</mark>" in first
    assert "3\xa0miles" in first
    assert "<mark>" not in second and "9\xa0miles" in second
    assert "mile" not in third
    assert html(3.2, shout) == first


def test_a_card_without_marks_is_the_one_that_is_marked_nowhere() -> None:
    for miles in (None, 3.2):
        assert html(miles, None, summary="Swim & dance") == html(
            miles, escape, summary="Swim & dance"
        )
        assert html(miles, None, summary="") == html(miles, escape, summary="")


def test_a_place_that_is_not_said_has_no_miles() -> None:
    assert html(3.2, places=()) == html(places=())


def test_of_several_places_the_miles_are_to_the_nearest() -> None:
    """Which need not be one of those that the card names."""
    halls = (HALL, Place("2", "mid-devon", town="Tiverton"), Place("3", "torridge", town="Bude"))
    assert "Exeter, Tiverton +1, <b>nearest 3\xa0miles</b>" in html(3.2, places=halls)
    assert "nearest" not in html(None, places=halls)


def test_a_changed_listing_is_another_card() -> None:
    assert "£" not in html()
    assert html(summary="Float about.") != html()
    assert "Float about." in html(summary="Float about.")


def test_a_card_kept_overnight_is_made_again() -> None:
    """The day after six months it warns, although nothing in the listing has changed."""
    assert "Not checked since" not in html(today=TODAY + timedelta(days=183))
    assert "Not checked since" in html(today=TODAY + timedelta(days=184))


def test_a_card_is_kept_for_each_language_apart(demo_app: Flask) -> None:
    english = html()
    with demo_app.app_context(), demo_app.test_request_context("/?lang=pl"):
        demo_app.preprocess_request()
        polish = html()
    assert html() == english
    assert "22 listopada" in polish.replace("\xa0", " ")


def test_markup_in_any_word_of_a_listing_is_only_letters() -> None:
    evil = "<script>alert(1)</script>\"'&"
    place = Place("1", "exeter", town=evil)
    for mark in (None, escape, shout):
        page = html(2.0, mark, name=evil, summary=evil, places=(place,))
        assert "<script" not in page
        assert page.count("&lt;script&gt;") == 3


def test_letters_that_stand_for_the_gaps_do_not_move_them() -> None:
    page = html(2.0, shout, name="Otters \ue001", summary="Swim \ue002")
    assert page.count("<mark>") == 2
