"""An import is whole for each record, safe to repeat, and never touches what is not its own."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit import NOBODY, Work
from app.database import write
from app.draft_records import draft_of
from app.extensions import db
from app.feeds import build
from app.feeds.actions import import_feed
from app.feeds.feed import Feed
from app.feeds.ids import child_id, is_from_feed, record_id
from app.feeds.report import Report
from app.listing import Listing, from_json
from app.models import (
    Attribute,
    AuditEntry,
    ChangeFeed,
    Contact,
    Location,
    Organisation,
    PublishedListing,
    Service,
    ServiceAtLocation,
)
from app.publishing import unpublish
from app.search.criteria import Criteria
from app.search.engine import Search
from app.site import Site
from app.states import Status
from app.versions import publish_version
from tests.moderation import changed
from tests.unit.feeds.examples import ID, PLACE_ID, TODAY, oruk1, oruk3


def take(site: Site, *records: object, name: str = "kettle", **how: bool) -> Report:
    feed = Feed(name, list(records))
    return import_feed(
        site,
        feed,
        TODAY,
        lambda _count: None,
        show=how.get("show", True),
        dry_run=how.get("dry_run", False),
    )


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.refused


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def shown(key: str = ID) -> Listing:
    row = db.session.get(PublishedListing, key)
    assert row is not None
    return from_json(row.document)


def test_a_service_is_published_with_its_facts(site: Site) -> None:
    assert counts(take(site, oruk3())) == (1, 0, 0, 0)
    listing = shown()
    assert (listing.slug, listing.source, listing.tier) == (
        "copper-kettle-club",
        "feed",
        "targeted",
    )
    assert (listing.activities, listing.access, listing.organisation) == (
        ("cooking",),
        ("wheelchair",),
        "Kettle Trust",
    )
    (place,) = listing.places
    assert (place.locality, place.postcode) == ("east-devon", "EX14 1AA")
    assert place.easting is not None
    assert abs(place.easting - 316_230) < 500
    assert listing.areas == ("east-devon",)
    assert listing.when == ("saturday",)


def test_without_publishing_a_new_service_is_a_draft(site: Site) -> None:
    report = take(site, oruk3(), show=False)
    assert (counts(report), report.shown) == ((1, 0, 0, 0), 0)
    assert count(PublishedListing) == count(ChangeFeed) == 0
    assert db.session.get_one(Service, ID).status == Status.DRAFT
    later = take(site, oruk3())
    assert (counts(later), later.shown) == ((0, 1, 0, 0), 1)


def test_importing_again_changes_nothing(site: Site) -> None:
    records = [oruk3(), oruk1(id="not a uuid"), oruk1(id=PLACE_ID, organization=None)]
    take(site, *records)
    before = db.session.get_one(Service, ID).modified_at
    rows = count(ChangeFeed)
    report = take(site, *records)
    assert counts(report) == (0, 0, 3, 0)
    assert (report.shown, count(ChangeFeed)) == (0, rows)
    assert db.session.get_one(Service, ID).modified_at == before


def test_only_what_the_feed_changed_is_changed(site: Site) -> None:
    take(site, oruk3(), oruk1(id=PLACE_ID))
    report = take(site, oruk3(description="We bake together.", contacts=[]), oruk1(id=PLACE_ID))
    assert counts(report) == (0, 1, 1, 0)
    assert shown().description.endswith("We bake together.")
    assert [contact.email for contact in shown().contacts] == ["club@kettle.example"]
    assert count(Contact) == 1
    assert shown().slug == "copper-kettle-club"


def test_what_is_new_in_the_feed_is_added_to_a_service_that_is_here(site: Site) -> None:
    bare = {name: [] for name in ("attributes", "contacts", "cost_options", "languages")}
    take(site, oruk3(**bare, service_at_locations=[], service_areas=[], funding=[]))
    assert counts(take(site, oruk3())) == (0, 1, 0, 0)
    whole = shown()
    assert counts(take(site, oruk3())) == (0, 0, 1, 0)
    with write() as database:
        database.delete(database.get_one(Service, ID))
    db.session.expunge_all()
    take(site, oruk3())
    assert shown() == whole


def test_a_place_that_is_gone_takes_its_location_with_it(site: Site) -> None:
    take(site, oruk3())
    take(site, oruk3(service_at_locations=[]))
    assert shown().places == ()
    assert count(Location) == count(ServiceAtLocation) == 0


def test_a_dry_run_tells_the_same_and_changes_nothing(site: Site) -> None:
    dry = take(site, oruk3(), oruk1(id=""), dry_run=True)
    assert count(Service) == count(Organisation) == count(PublishedListing) == 0
    real = take(site, oruk3(), oruk1(id=""))
    assert counts(dry) == counts(real) == (1, 0, 0, 1)
    assert list(dry.all_lines())[:-1] == list(real.all_lines())
    assert "dry run" in list(dry.all_lines())[-1]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (oruk1(), "it says the same"),
        (oruk1(name="Another club"), "it says something else"),
        (oruk1(id=ID.upper()), "it says something else"),
    ],
)
def test_of_an_id_used_twice_the_first_is_taken(
    site: Site, second: dict[str, Any], told: str
) -> None:
    report = take(site, oruk1(), second)
    assert (counts(report), report.read) == ((1, 0, 0, 1), 2)
    assert shown().name == "Copper Kettle Club"
    assert f"its id was used already by record 1; {told}" in report.lines[-1]


def test_a_bad_record_between_good_ones_is_alone_refused(site: Site) -> None:
    report = take(site, oruk1(id="1"), None, {"id": "2"}, [], oruk1(id="3"))
    assert counts(report) == (2, 0, 0, 3)
    assert report.lines[0].startswith("Record 2: refused:")


def test_a_record_that_fails_halfway_leaves_nothing_of_itself(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = build.service

    def broken(*args: Any) -> Service:
        made = whole(*args)
        if made.name == "Broken":
            made.attributes = [
                Attribute(id=child_id(ID, "x", number), term_id="need:autism")
                for number in range(2)
            ]
        return made

    monkeypatch.setattr(build, "service", broken)
    club = {"id": "own", "name": "Own Trust"}
    report = take(
        site, oruk1(id="1"), oruk1(id="2", name="Broken", organization=club), oruk1(id="3")
    )
    assert counts(report) == (2, 0, 0, 1)
    assert "it could not be stored (IntegrityError)" in report.lines[0]
    assert set(db.session.scalars(select(Organisation.name))) == {"Kettle Trust"}
    assert count(PublishedListing) == count(ChangeFeed) == 2


@pytest.mark.parametrize("source", ["", "demo"])
def test_a_service_that_people_look_after_is_left_as_is(site: Site, source: str) -> None:
    with write() as database:
        database.add(Organisation(id="kettle", name="By hand"))
        database.add(
            Service(id=ID, organisation_id="kettle", slug="s", name="By hand", source=source)
        )
    report = take(site, oruk1())
    assert counts(report) == (0, 0, 0, 1)
    assert "people here look after this service" in report.lines[0]
    assert db.session.get_one(Service, ID).name == "By hand"


def test_a_service_that_was_edited_here_is_left_as_is(site: Site) -> None:
    """Or the next import would undo what its provider wrote and staff published."""
    take(site, oruk3())
    with write() as database:
        service = database.get_one(Service, ID)
        draft = changed(draft_of(service), about__summary="Written here.")
        publish_version(Work(database, site, NOBODY), service, draft)
    assert counts(take(site, oruk3(description="From the feed."))) == (0, 0, 0, 1)
    assert shown().summary == "Written here."


def test_the_later_day_of_a_check_stays(site: Site) -> None:
    take(site, oruk3(assured_date="2026-01-31"))
    with write() as database:
        database.get_one(Service, ID).assured_date = date(2026, 3, 3)
    for said, kept in (("2026-01-31", "2026-03-03"), (None, "2026-03-03"), ("2026-05-05",) * 2):
        take(site, oruk3(assured_date=said))
        assert shown().assured == date.fromisoformat(str(kept))


def test_each_change_of_a_service_is_in_the_log(site: Site) -> None:
    take(site, oruk1())
    take(site, oruk1())
    take(site, oruk1(name="Brass Kettle Club"), dry_run=True)
    take(site, oruk1(name="Brass Kettle Club"))
    entries = db.session.scalars(select(AuditEntry)).all()
    told = [(entry.action, entry.actor, entry.role, entry.subject_id) for entry in entries]
    assert told == [("listing.imported", "feed import", "command", ID)] * 2


def test_what_people_add_to_an_imported_service_stays(site: Site) -> None:
    take(site, oruk3())
    with write() as database:
        database.add(Attribute(service_id=ID, term_id="need:autism"))
        database.add(Contact(service_id=ID, name="Added by hand"))
    attributes = [{"taxonomy_term": {"term": code}} for code in ("autism", "adhd")]
    take(site, oruk3(attributes=attributes))
    assert set(shown().needs) == {"autism", "adhd"}
    assert shown().activities == ()
    assert "Added by hand" in {contact.name for contact in shown().contacts}


def test_a_service_that_closes_is_taken_away_and_may_come_back(site: Site) -> None:
    take(site, oruk1())
    closed = take(site, oruk1(status="temporarily closed"))
    assert (counts(closed), closed.taken_away) == ((0, 1, 0, 0), 1)
    assert count(PublishedListing) == 0
    assert counts(take(site, oruk1(status="temporarily closed"))) == (0, 0, 1, 0)
    assert take(site, oruk1()).shown == 1


def test_a_service_that_was_never_active_is_not_shown(site: Site) -> None:
    assert counts(take(site, oruk1(status="inactive"))) == (1, 0, 0, 0)
    assert count(PublishedListing) == 0


def test_a_service_that_people_took_down_stays_down(site: Site) -> None:
    take(site, oruk1())
    with write() as database:
        unpublish(database, database.get_one(Service, ID))
    report = take(site, oruk1())
    assert count(PublishedListing) == 0
    assert "people here took it down" in report.lines[-1]


def test_a_service_that_left_its_feed_is_told_and_kept(site: Site) -> None:
    take(site, oruk1(), oruk1(id="2", name="Second club"))
    take(site, oruk1(id="3", organization={"name": "Other"}), name="other")
    report = take(site, oruk1())
    assert report.absent == 1
    assert "“Second club”" in report.lines[-1]
    assert count(Service) == 3


def test_a_feed_that_ends_early_says_nothing_of_what_is_missing(site: Site) -> None:
    take(site, oruk1(), oruk1(id="2", name="Second club"))
    feed = Feed("kettle", [oruk1()])
    feed.ends_early("it is cut short")
    report = import_feed(site, feed, TODAY, lambda _count: None, show=True, dry_run=False)
    assert (report.absent, report.lines) == (0, ["The source: it is cut short."])


def test_a_feed_under_another_name_changes_nothing(site: Site) -> None:
    take(site, oruk3())
    assert counts(take(site, oruk3(), name="kettle-june")) == (0, 0, 1, 0)


def test_ids_that_are_not_uuids_last_and_differ_between_feeds(site: Site) -> None:
    assert record_id("a", "service", ID.upper()) == ID
    assert record_id("a", "service", "7") == record_id("a", "service", "7")
    assert record_id("a", "service", "7") != record_id("b", "service", "7")
    assert is_from_feed(child_id(ID, "phone", 3))
    assert sorted(child_id(ID, "phone", number) for number in range(20)) == [
        child_id(ID, "phone", number) for number in range(20)
    ]
    take(site, oruk1(id="7"), name="a")
    take(site, oruk1(id="7"), name="b")
    assert count(Service) == 2


def test_what_is_said_first_of_an_organisation_holds(site: Site) -> None:
    other = {"id": "kettle", "name": "Kettle Trust Ltd"}
    records = [oruk1(), oruk1(id="2", organization=other)]
    take(site, *records)
    assert list(db.session.scalars(select(Organisation.name))) == ["Kettle Trust"]
    assert counts(take(site, *records)) == (0, 0, 2, 0)


def test_a_service_may_move_to_another_organisation(site: Site) -> None:
    take(site, oruk1())
    assert counts(take(site, oruk1(organization={"id": "n", "name": "New Trust"}))) == (0, 1, 0, 0)
    assert shown().organisation == "New Trust"


def test_a_place_outside_the_council_has_no_locality(site: Site) -> None:
    far = {"name": "Hall", "latitude": 51.45, "longitude": -2.59}
    near = {"name": "Hall", "latitude": 50.72, "longitude": -3.53}
    take(site, oruk3(service_at_locations=[{"location": far}, {"location": near}]))
    assert [place.locality for place in shown().places] == ["", "exeter"]
    assert all(place.easting for place in shown().places)


def test_the_whole_councils_area_is_each_of_its_localities(site: Site) -> None:
    take(site, oruk3(service_areas=[{"name": site.council.area_name}]))
    assert set(shown().areas) == {place.code for place in site.council.localities}


def test_the_report_cannot_be_used_to_steer_a_terminal(site: Site) -> None:
    report = take(site, oruk1(name="Club\x1b[2J\u202e\nRecord 9: fine", url="\x1b]0;x\x07bad link"))
    assert all(line.isprintable() for line in report.all_lines())
    assert len(list(report.all_lines())) == len(report.lines) + 3


def test_an_imported_service_is_found_by_its_words(app: Flask, site: Site) -> None:
    take(site, oruk3())
    search: Search = app.extensions["search"]
    search.rebuild()
    assert [hit.id for hit in search.find(Criteria(text="kettle cooking")).hits] == [ID]
    assert app.test_client().get("/services/copper-kettle-club").status_code == 200
