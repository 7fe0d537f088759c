"""Is it in the directory already? The likely twin is found by name and place, others are not."""

from __future__ import annotations

import pytest
from flask import Flask

from app import draft as drafts
from app.extensions import db
from app.moderation.twins import Twin, find_twin, likeness
from app.site import Site
from tests import factories
from tests.moderation import NEW, changed

HERE = drafts.Place("", "Pool", "", "Exeter", "EX1 9CM", "exeter")
AWAY = drafts.Place("", "Pool", "", "Barnstaple", "EX31 1AA", "north")


def twin_of(name: str, place: drafts.Place, own: str | None = None) -> Twin | None:
    draft = changed(NEW, about__name=name, when__places=(place,))
    return find_twin(db.session(), draft, own)


@pytest.fixture
def swim(app: Flask, site: Site) -> str:
    made = factories.published(site, "Teignbridge Adventurers Swim", slug="swim")
    factories.published(site, "Bell Ringers", slug="bells")
    return made.id


@pytest.mark.parametrize(
    ("name", "place", "found"),
    [
        ("Teign Bridge Young Adventurers Saturday Swim", HERE, True),
        ("The Teignbridge Adventurers’ Swim", AWAY, True),
        ("Teign Bridge Young Adventurers Saturday Swim", AWAY, False),
        ("Puffin Club", HERE, False),
        ("", AWAY, False),
    ],
)
def test_the_likely_twin(swim: str, name: str, place: drafts.Place, found: bool) -> None:
    twin = twin_of(name, place)
    assert (twin is not None) is found
    if twin is not None:
        assert twin.slug == "swim"


def test_a_listing_is_not_its_own_twin(swim: str) -> None:
    assert twin_of("Teignbridge Adventurers Swim", HERE, swim) is None


def test_names_are_alike_whatever_their_marks() -> None:
    assert likeness("The Otter Club!", "otter club") == 1
    assert likeness("Otter Club", "Bell Ringers") < 0.5
