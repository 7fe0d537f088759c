"""Versions: merged, published, gone back to; what is off the site stays off; old addresses."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app import draft as drafts
from app import versions
from app.audit import Actor, Work
from app.database import write
from app.draft_records import draft_of
from app.extensions import db
from app.models import ListingVersion, OldAddress, PublishedListing, Service
from app.publishing import unpublish
from app.site import Site
from app.versions import StaleError, keep_staff_words, merged, publish_version
from tests import factories
from tests.moderation import NEW, changed

NOBODY = Actor("", "a test", "")


@pytest.fixture
def otters(app: Flask, site: Site) -> Service:
    return factories.published(site, "Otter Club", slug="otters")


def publish_as(site: Site, service: Service, **edits: object) -> ListingVersion:
    with write() as database:
        held = database.get_one(Service, service.id)
        work = Work(database, site, NOBODY)
        return publish_version(work, held, changed(draft_of(held), **edits))


def shown(service: Service) -> str | None:
    db.session.expire_all()
    row = db.session.get(PublishedListing, service.id)
    return row.document if row else None


def test_a_merge_keeps_both_when_they_touch_different_fields() -> None:
    mine = changed(NEW, about__summary="Mine.")
    theirs = changed(NEW, joining__steps="Theirs.")
    both = merged(NEW, theirs, mine)
    assert (both.about.summary, both.joining.steps) == ("Mine.", "Theirs.")


def test_a_merge_of_the_same_words_is_no_clash() -> None:
    mine = changed(NEW, about__summary="Same.")
    assert merged(NEW, mine, mine) == mine


def test_a_merge_of_other_words_is_a_clash_that_names_the_field() -> None:
    with pytest.raises(StaleError) as told:
        merged(NEW, changed(NEW, about__summary="One."), changed(NEW, about__summary="Two."))
    assert told.value.fields == ("about.summary",)


def test_going_back_publishes_the_old_words_anew(site: Site, otters: Service) -> None:
    first = publish_as(site, otters, about__summary="First.").number
    publish_as(site, otters, about__summary="Second.")
    with write() as database:
        held = database.get_one(Service, otters.id)
        made = versions.roll_back(Work(database, site, NOBODY), held, first)
        assert made is not None and made.why == f"back to version {first}"
        assert versions.roll_back(Work(database, site, NOBODY), held, 99) is None
    assert "First." in str(shown(otters))


def test_going_back_gives_away_no_address_that_was_withheld_since(
    site: Site, otters: Service
) -> None:
    first = publish_as(site, otters, about__summary="First.").number
    with write() as database:
        held = database.get_one(Service, otters.id)
        held.places[0].location.withheld = True
        held.tier = "specialist"
    publish_as(site, otters, about__summary="Second.")
    assert "Catkin Hall" not in str(shown(otters))
    with write() as database:
        held = database.get_one(Service, otters.id)
        versions.roll_back(Work(database, site, NOBODY), held, first)
        assert held.tier == "specialist"
    assert "First." in str(shown(otters)) and "Catkin Hall" not in str(shown(otters))


def test_what_staff_took_off_stays_off_whatever_changes(site: Site, otters: Service) -> None:
    with write() as database:
        unpublish(database, database.get_one(Service, otters.id))
    publish_as(site, otters, about__summary="New words.")
    assert shown(otters) is None
    with write() as database:
        held = database.get_one(Service, otters.id)
        held.space = "spaces"
        versions.publish_now(Work(database, site, NOBODY), held, {"space": "spaces"})
    assert shown(otters) is None
    assert db.session.get_one(Service, otters.id).summary == "New words."


def test_staff_s_words_follow_a_place_by_its_id() -> None:
    one, two = drafts.Place(id="1", name="One"), drafts.Place(id="2", name="Two")
    known = changed(NEW, when__places=(one, two), staff__withheld=(True, False))
    known = changed(known, staff__tier="targeted")
    new = changed(NEW, when__places=(two, drafts.Place(name="New"), one))
    assert keep_staff_words(new, known).staff == drafts.StaffOnly("targeted", (False, None, True))


def test_an_old_address_leads_to_one_listing_at_a_time(site: Site, otters: Service) -> None:
    other = factories.published(site, "Herons", slug="herons")
    for service in (otters, other):
        with write() as database:
            held = database.get_one(Service, service.id)
            versions.forward_address(database, "old-name", held)
    rows = list(db.session.scalars(select(OldAddress)))
    assert [(row.slug, row.service_id) for row in rows] == [("old-name", other.id)]


def test_going_back_says_nothing_of_spaces_that_is_not_true_today(
    site: Site, otters: Service
) -> None:
    first = publish_as(site, otters, about__summary="First.").number
    publish_as(site, otters, about__summary="Second.")
    with write() as database:
        held = database.get_one(Service, otters.id)
        held.space = "full"
        versions.roll_back(Work(database, site, NOBODY), held, first)
        assert (held.summary, held.space) == ("First.", "full")
