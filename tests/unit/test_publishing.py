"""Publishing shows what changed and only that, once, with a fingerprint and an address."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.database import write
from app.extensions import db
from app.listing import from_json
from app.models import ChangeFeed, PublishedListing, Service
from app.publishing import (
    LONGEST_SLUG,
    content_hash,
    free_slug,
    letter_of,
    publish,
    slugify,
    sort_name,
    unpublish,
)
from app.site import Site
from app.states import Status
from tests import factories


def feed() -> list[tuple[str, bool]]:
    rows = db.session.scalars(select(ChangeFeed).order_by(ChangeFeed.number))
    return [(row.service_id, row.removed) for row in rows]


def shown(service: Service) -> PublishedListing | None:
    return db.session.get(PublishedListing, service.id, populate_existing=True)


def publish_again(site: Site, service: Service) -> bool:
    with write() as database:
        return publish(database, service, site.centre_of)


def test_publishing_shows_a_service_and_says_so_in_the_feed(app: Flask, site: Site) -> None:
    made = factories.published(site, "The Otter Club", tier="targeted")
    row = shown(made)
    assert row is not None
    assert (row.slug, row.name, row.tier) == (made.slug, "The Otter Club", "targeted")
    assert (row.sort_name, row.letter, row.is_demo) == ("otter club", "o", False)
    assert from_json(row.document).name == "The Otter Club"
    assert made.status == Status.PUBLISHED
    assert feed() == [(made.id, False)]


def test_publishing_what_is_already_shown_writes_nothing(app: Flask, site: Site) -> None:
    made = factories.published(site)
    before = shown(made)
    assert before is not None
    published_at, digest = before.published_at, before.content_hash
    db.session.expire_all()
    assert publish_again(site, db.session.get_one(Service, made.id)) is False
    after = shown(made)
    assert after is not None
    assert (after.published_at, after.content_hash) == (published_at, digest)
    assert len(feed()) == 1


def test_the_order_in_which_records_were_made_is_no_change(app: Flask, site: Site) -> None:
    """They are read back in another order than they were added in."""
    made = factories.published(
        site,
        areas=["torridge", "exeter", "mid-devon"],
        languages=["Polish", "Makaton"],
        funding=["Tickets", "Grant"],
        contacts=[factories.contact(f"01632 96000{digit}", "01632 960123") for digit in range(5)],
        places=[
            factories.place(factories.schedule("SU"), factories.schedule("MO")),
            factories.place(town="Topsham"),
        ],
    )
    for _ in range(2):
        db.session.expire_all()
        assert publish_again(site, db.session.get_one(Service, made.id)) is False
    assert len(feed()) == 1


def test_a_change_is_shown_and_fed_once(app: Flask, site: Site) -> None:
    made = factories.published(site)
    with write():
        made.summary = "Now on Sundays."
    assert publish_again(site, made) is True
    row = shown(made)
    assert row is not None
    assert from_json(row.document).summary == "Now on Sundays."
    assert row.content_hash == content_hash(row.document)
    assert feed() == [(made.id, False), (made.id, False)]


def test_a_change_that_is_not_published_is_not_shown(app: Flask, site: Site) -> None:
    made = factories.published(site, summary="As it was.")
    with write():
        made.summary = "A draft."
    row = shown(made)
    assert row is not None
    assert from_json(row.document).summary == "As it was."
    assert len(feed()) == 1


def test_a_change_of_anything_that_hangs_on_a_service_is_a_change(app: Flask, site: Site) -> None:
    made = factories.published(site)
    changes = 0
    for change in (
        lambda: setattr(made.contacts[0].phones[0], "number", "01632 960999"),
        lambda: setattr(made.places[0].location, "town", "Topsham"),
        lambda: setattr(made.places[0].schedules[0], "opens_at", "09:00"),
        lambda: setattr(made.costs[0], "pence", 700),
        lambda: setattr(made.organisation, "name", "Wren Trust"),
    ):
        with write():
            change()
        changes += publish_again(site, made)
    assert changes == 5


def test_unpublishing_takes_it_away_and_says_so_once(app: Flask, site: Site) -> None:
    made = factories.published(site)
    with write() as database:
        assert unpublish(database, made) is True
    with write() as database:
        assert unpublish(database, made) is False
    assert shown(made) is None
    assert made.status == Status.UNPUBLISHED
    assert feed() == [(made.id, False), (made.id, True)]


def test_publishing_again_after_taking_away_shows_it_again(app: Flask, site: Site) -> None:
    made = factories.published(site)
    with write() as database:
        unpublish(database, made)
    assert publish_again(site, made) is True
    assert shown(made) is not None
    assert feed()[-1] == (made.id, False)


def test_publishing_that_fails_leaves_status_listing_and_feed_as_they_were(
    app: Flask, site: Site
) -> None:
    made = factories.published(site)
    with pytest.raises(ZeroDivisionError), write() as database:
        made.summary = "Half way."
        publish(database, made, site.centre_of)
        database.flush()
        _ = 1 / 0
    row = shown(made)
    assert row is not None
    assert "Half way" not in row.document
    assert len(feed()) == 1


def test_numbers_of_the_feed_rise_and_are_never_used_again(app: Flask, site: Site) -> None:
    """An index that has read up to a number must not miss what comes after."""
    made = factories.published(site)
    with write() as database:
        last = database.scalars(select(ChangeFeed)).one()
        number = last.number
        database.delete(last)
    with write() as database:
        unpublish(database, made)
    assert db.session.scalars(select(ChangeFeed)).one().number > number


def test_the_plain_search_finds_every_word_of_a_listing(app: Flask, site: Site) -> None:
    made = factories.published(
        site, "Otters", summary="Float about.", breaks=["after_school"], activities=["swimming"],
        needs=["autism"], when=["evening"], answers={"hoist": "yes", "bsl": "no"},
    )  # fmt: skip
    row = shown(made)
    assert row is not None
    for word in ("otters", "wagtail", "float", "after school", "swimming", "autism", "evening",
                 "hoist", "exeter"):  # fmt: skip
        assert word in row.words, word
    assert "bsl" not in row.words, "a no is not found by its word"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Otter Club", "otter-club"),
        ("  Café “Ñandú”  ", "cafe-nandu"),
        ("St Mary's & Friends!", "st-mary-s-friends"),
        ("Łódź Ægir", "odz-gir"),
        ("日本語", "service"),
        ("", "service"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 300, "a" * LONGEST_SLUG),
    ],
)
def test_a_name_becomes_an_address(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text(max_size=300))
def test_any_name_becomes_an_address_of_plain_letters(name: str) -> None:
    slug = slugify(name)
    assert 0 < len(slug) <= LONGEST_SLUG
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug.strip("-") == slug


def test_two_services_of_one_name_have_two_addresses(app: Flask, site: Site) -> None:
    """The second has its town in it, the third a number."""
    addresses = []
    for _ in range(4):
        slug = free_slug(db.session(), "Otter Club", "Exeter")
        addresses.append(slug)
        factories.published(site, "Otter Club", slug=slug)
    assert addresses == ["otter-club", "otter-club-exeter", "otter-club-2", "otter-club-3"]


def test_long_names_still_have_addresses_of_their_own_that_fit(app: Flask, site: Site) -> None:
    longest = Service.__table__.c.slug.type.length
    addresses = []
    for _ in range(4):
        slug = free_slug(db.session(), "a" * 300, "Exeter")
        addresses.append(slug)
        factories.published(site, slug=slug)
    assert len(set(addresses)) == 4
    assert max(map(len, addresses)) <= longest


def test_the_address_of_another_service_that_merely_begins_alike_is_no_matter(
    app: Flask, site: Site
) -> None:
    factories.published(site, slug="otter-club-for-all")
    assert free_slug(db.session(), "Otter Club") == "otter-club"
    assert free_slug(db.session(), "Otter_Club") == "otter-club"


@pytest.mark.parametrize(
    ("name", "sorted_name", "letter"),
    [
        ("The Otter Club", "otter club", "o"),
        ("Theatre Club", "theatre club", "t"),
        ("“Élan”", "elan”", "e"),
        ("3D Makers", "3d makers", "#"),
        ("日本語", "日本語", "#"),
        ("Ørsted", "ørsted", "#"),
        ("'The Big Day'", "big day'", "b"),
        ("", "", "#"),
    ],
)
def test_where_a_name_stands_in_the_index(name: str, sorted_name: str, letter: str) -> None:
    assert sort_name(name) == sorted_name
    assert letter_of(sort_name(name)) == letter


def test_the_fingerprint_depends_on_every_letter() -> None:
    assert content_hash("a") == content_hash("a")
    assert len({content_hash(text) for text in ("a", "b", "a ", "")}) == 4
    assert len(content_hash("a")) == PublishedListing.__table__.c.content_hash.type.length
