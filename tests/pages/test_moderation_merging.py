"""Two listings of one service become one, and nothing that hangs on the other is lost unsaid."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import write
from app.extensions import db
from app.models import (
    Account,
    DayCount,
    Feedback,
    JoinRequest,
    Membership,
    OldAddress,
    PublishedListing,
    QualityMark,
    Revision,
    Service,
)
from app.site import Site
from app.states import RevisionStatus, Role
from tests import factories
from tests.moderation import sent_edit
from tests.people import actions, mails_to, person, sign_in_as

MERGE = "/staff/listings/the-otters/merge"
CHOSEN = {"with": "otters", "keep": "otters"}
SURE = {**CHOSEN, "sure": "yes"}


@pytest.fixture
def otters(app: Flask, site: Site) -> Service:
    return factories.published(site, "Otter Club", slug="otters")


@pytest.fixture
def twin(app: Flask, site: Site) -> Service:
    """The same service, listed again by an organisation of its own."""
    owner = factories.organisation("Heron Trust")
    return factories.published(site, "The Otter Club", slug="the-otters", organisation=owner)


@pytest.fixture
def nia(twin: Service) -> Account:
    """Who leads where the twin is from."""
    return person(organisations=[twin.organisation_id], lead=True, name="Nia", email="nia@x.org")


@pytest.fixture
def sam(client: FlaskClient, app: Flask) -> Account:
    return sign_in_as(client, Role.MODERATOR)


@pytest.fixture
def pair(otters: Service, twin: Service, sam: Account) -> tuple[Service, Service]:
    """The one to keep and the other, and staff who look at them."""
    return otters, twin


def members(service: Service) -> dict[str, bool]:
    rows = db.session.execute(
        select(Membership.account_id, Membership.is_lead).where(
            Membership.organisation_id == service.organisation_id
        )
    )
    return dict(rows.all())


def document(service: Service) -> str:
    return db.session.get_one(PublishedListing, service.id, populate_existing=True).document


def test_the_old_address_leads_to_the_new_and_what_was_being_changed_is_closed(
    client: FlaskClient, site: Site, pair: tuple[Service, Service], nia: Account
) -> None:
    waiting = sent_edit(site, pair[1], nia, about__summary="Same club.")
    assert "Possible twin:" in client.get(f"/staff/revisions/{waiting.id}").text
    assert "No other listing" in client.get(f"{MERGE}?with=nothing").text
    assert "Which one stays?" in client.get(f"{MERGE}?with=/services/otters").text
    assert "Choose the one that stays." in client.post(MERGE, data={"with": "otters"}).text
    first = client.post(MERGE, data=CHOSEN).text
    assert "Its address leads to the other." in first and "Look at it first" in first
    assert "listing.merged" not in actions(), "nothing before the second press"
    done = client.post(MERGE, data=SURE)
    assert done.location.endswith("/staff/listings/otters")
    moved = client.get("/services/the-otters")
    assert (moved.status_code, moved.location) == (301, "/services/otters")
    closed = db.session.get_one(Revision, waiting.id, populate_existing=True)
    assert closed.status == RevisionStatus.WITHDRAWN
    assert actions().count("listing.merged") == 2
    assert "leads here" in client.get("/staff/listings/otters").text
    page = client.get("/staff/listings/the-otters").text
    assert "It was merged into another listing." in page and "Otter Club" in page
    assert "not there" in client.get("/staff/listings/the-otters/on").text
    [mail] = mails_to("nia@x.org")
    assert "/services/otters" in mail and "will not be published" in mail
    assert "“Wagtail Trust” looks after it." in mail


def test_people_move_only_when_staff_say_so_and_are_told(
    client: FlaskClient, otters: Service, twin: Service, nia: Account, sam: Account
) -> None:
    first = client.post(MERGE, data=CHOSEN).text
    assert "Nia" in first and "They can then change the 1 listing of Wagtail Trust." in first
    box = first.partition('id="people"')[2].partition(">")[0]
    assert box and "checked" not in box, "never without being asked"
    client.post(MERGE, data={**SURE, "people": "y"})
    assert members(otters) == {nia.id: True}, "who led there leads where nobody does"
    assert members(twin) == {nia.id: True}, "their own organisation may have other listings"
    assert "membership.added" in actions()
    [mail] = mails_to("nia@x.org")
    assert f"/provider/listings/{otters.id}" in mail


def test_people_stay_where_they_are_unless_it_was_ticked(
    client: FlaskClient, otters: Service, twin: Service, nia: Account, sam: Account
) -> None:
    client.post(MERGE, data=SURE)
    assert members(otters) == {} and "membership.added" not in actions()


def test_who_leads_already_goes_on_and_is_told_of_new_colleagues(
    client: FlaskClient, otters: Service, twin: Service, nia: Account, sam: Account
) -> None:
    lead = person(organisations=[otters.organisation_id], lead=True, email="priya@x.org")
    gone = person(organisations=[twin.organisation_id])
    with write() as database:
        database.get_one(Account, gone.id).disabled_at = gone.created_at
    client.post(MERGE, data={**SURE, "people": "y"})
    assert members(otters) == {lead.id: True, nia.id: False}
    [mail] = mails_to("priya@x.org")
    assert "- Nia" in mail and "Wagtail Trust" in mail


def test_quality_marks_move_when_staff_say_so_and_none_twice(
    client: FlaskClient, otters: Service, twin: Service, sam: Account
) -> None:
    day = date(2026, 1, 5)
    with write() as database:
        for owner, kind in ((otters, "visited"), (twin, "visited"), (twin, "trained")):
            database.add(QualityMark(service_id=owner.id, kind=kind, given_on=day))
    assert "Trained by the council" in client.post(MERGE, data=CHOSEN).text
    client.post(MERGE, data={**SURE, "marks": "y"})
    held = db.session.execute(select(QualityMark.service_id, QualityMark.kind)).all()
    assert sorted(held) == sorted(
        [(otters.id, "visited"), (otters.id, "trained"), (twin.id, "visited")]
    )
    assert document(otters).count('"trained"') == 1 and document(otters).count('"visited"') == 1


def test_quality_marks_stay_unless_it_was_ticked(
    client: FlaskClient, otters: Service, twin: Service, sam: Account
) -> None:
    with write() as database:
        mark = QualityMark(service_id=twin.id, kind="trained", given_on=date(2026, 1, 5))
        database.add(mark)
    client.post(MERGE, data=SURE)
    assert db.session.scalars(select(QualityMark.service_id)).one() == twin.id


def test_reports_claims_and_old_addresses_move(
    client: FlaskClient, otters: Service, twin: Service, sam: Account
) -> None:
    with write() as database:
        database.add(Feedback(service_id=twin.id, about="times", words="On Sundays."))
        database.add(OldAddress(slug="very-old", service_id=twin.id))
        database.add(
            JoinRequest(
                kind="claim", organisation_name="H", service_id=twin.id, name="N", email="n@x.org"
            )
        )
    assert "1 report about it moves" in client.post(MERGE, data=CHOSEN).text
    client.post(MERGE, data=SURE)
    assert "On Sundays." in client.get("/staff/listings/otters/reports").text
    assert db.session.scalars(select(JoinRequest.service_id)).one() == otters.id
    assert client.get("/services/very-old").location == "/services/otters"


def test_counts_are_added_day_by_day(
    client: FlaskClient, otters: Service, twin: Service, sam: Account
) -> None:
    one, two = date(2026, 1, 5), date(2026, 1, 6)
    with write() as database:
        database.add(DayCount(service_id=otters.id, day=one, shown=5, opened=2, contacted=1))
        database.add(DayCount(service_id=twin.id, day=one, shown=3, opened=1, contacted=0))
        database.add(DayCount(service_id=twin.id, day=two, shown=7, opened=0, contacted=4))
    client.post(MERGE, data=SURE)
    columns = (DayCount.service_id, DayCount.day, DayCount.shown, DayCount.opened)
    rows = db.session.execute(select(*columns, DayCount.contacted).order_by(DayCount.day))
    assert [tuple(row) for row in rows] == [
        (otters.id, one, 8, 3, 1),
        (otters.id, two, 7, 0, 4),
    ]


def test_two_of_one_organisation_keep_their_people(
    client: FlaskClient, site: Site, sam: Account
) -> None:
    owner = factories.organisation()
    names = [("Otter Club", "otters"), ("The Otter Club", "the-otters")]
    made = [factories.service(name, slug=slug, organisation=owner) for name, slug in names]
    factories.show(site, *made)
    priya = person(organisations=[owner.id], lead=True, email="priya@x.org")
    assert "the same people look after" in client.post(MERGE, data=CHOSEN).text
    client.post(MERGE, data={**SURE, "people": "y"})
    assert members(made[0]) == {priya.id: True} and "membership.added" not in actions()
    [mail] = mails_to("priya@x.org")
    assert f"/provider/listings/{made[0].id}" in mail


def test_one_that_is_off_the_site_is_not_the_one_to_keep(
    client: FlaskClient, otters: Service, twin: Service, sam: Account
) -> None:
    client.post("/staff/listings/otters/off", data={"reason": "A worry"})
    answer = client.post(MERGE, data=SURE)
    assert answer.status_code == 409 and "Put it back on the site first." in answer.text
    assert client.get("/services/the-otters").status_code == 200
