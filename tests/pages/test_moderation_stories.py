"""Staff decide what families see: the stories, from the queue to the mail."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.extensions import db
from app.models import (
    Account,
    AuditEntry,
    ChangeFeed,
    ListingVersion,
    OutgoingMail,
    PublishedListing,
    Revision,
    Service,
)
from app.site import Site
from app.states import RevisionStatus, Role
from tests import factories
from tests.moderation import sent_edit, sent_new
from tests.people import open_session, person, sign_in_as

SURE = {"sure": "yes"}


@pytest.fixture
def otters(app: Flask, site: Site) -> Service:
    return factories.published(site, "Otter Club", slug="otters", answers={"hoist": "yes"})


@pytest.fixture
def author(otters: Service) -> Account:
    return person(Role.PROVIDER, organisations=[otters.organisation_id], name="Priya Nair")


@pytest.fixture
def sam(client: FlaskClient, app: Flask) -> Account:
    return sign_in_as(client, Role.MODERATOR)


def html(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.get_data(as_text=True)


def decision(revision: Revision, kind: str, **more: str) -> dict[str, str]:
    stored = db.session.get_one(Revision, revision.id, populate_existing=True)
    usual = {"saved": str(stored.saved), "decision": kind, "tier": "universal"}
    return {**usual, "withheld-0": "usual", **more}


def at(revision: Revision, page: str = "") -> str:
    return f"/staff/revisions/{revision.id}{page}"


def mails() -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.queued_at)))


def logged() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def shown(slug: str) -> PublishedListing | None:
    return db.session.scalars(
        select(PublishedListing)
        .where(PublishedListing.slug == slug)
        .execution_options(populate_existing=True)
    ).first()


def stored(revision: Revision) -> Revision:
    return db.session.get_one(Revision, revision.id, populate_existing=True)


def test_a_change_is_found_in_the_queue_compared_approved_and_seen_by_families(
    client: FlaskClient, site: Site, otters: Service, author: Account, sam: Account
) -> None:
    revision = sent_edit(site, otters, author, about__summary="A club on Sundays, with a hoist.")
    assert "Otter Club" in html(client, "/staff/queue")
    answer = client.post("/staff/queue/next")
    assert answer.location.endswith(at(revision))
    page = html(client, at(revision))
    assert "1 field changed" in page and "With you since" in page
    assert "Taken out: </span>Saturdays." in page and "Put in: </span>Sundays," in page
    assert "A club on Saturdays." in html(client, "/services/otters"), "not before it is approved"

    asked = client.post(at(revision, "/decide"), data=decision(revision, "approve"))
    told = asked.get_data(as_text=True)
    assert "Families see 1 changed field at once." in told and "Priya Nair" in told
    assert stored(revision).status == RevisionStatus.SUBMITTED, "nothing before the second press"

    done = client.post(at(revision, "/decide"), data=decision(revision, "approve", **SURE))
    assert (done.status_code, done.location) == (303, at(revision, "/decided"))
    assert "Approved: Otter Club" in html(client, done.location)
    assert "A club on Sundays, with a hoist." in html(client, "/services/otters")
    [mail] = mails()
    assert mail.recipient == author.email and "/services/otters" in mail.body
    assert "Hello Priya Nair," in mail.body
    assert "Nothing waits" in html(client, "/staff/")
    assert "Said yes" in html(client, "/staff/log?listing=otters")


def test_a_new_service_gets_its_tier_and_its_address_from_staff(
    client: FlaskClient, site: Site, otters: Service, author: Account, sam: Account
) -> None:
    revision = sent_new(site, otters.organisation_id, author)
    assert "New service: Puffin Club" in html(client, at(revision))
    sent = decision(revision, "approve", tier="targeted", **SURE)
    assert client.post(at(revision, "/decide"), data=sent).status_code == 303
    page = html(client, "/services/puffin-club")
    assert 'data-tier="targeted"' in page
    assert client.get("/services?q=puffin").status_code == 200


def test_changes_are_asked_for_field_by_field(
    client: FlaskClient, site: Site, otters: Service, author: Account, sam: Account
) -> None:
    revision = sent_edit(site, otters, author, joining__steps="Ring.\nCome.")
    comment = {
        "comment-joining.steps": "Which days?",
        "comment-contact.contacts-phones": "Is this the office?",
        "comment-contact.contacts-email": "And this?",
    }
    sent = decision(revision, "changes", note="Thank you, nearly there.", **comment, **SURE)
    client.post(at(revision, "/decide"), data=sent)
    assert stored(revision).status == RevisionStatus.CHANGES_ASKED
    fields = {comment.field: comment.words for comment in stored(revision).comments}
    assert fields == {
        "joining.steps": "Which days?",
        "contact.contacts": "Telephone: Is this the office?\nEmail: And this?",
    }
    [mail] = mails()
    assert "How to get a place: Which days?" in mail.body and "nearly there" in mail.body
    assert "Asked before:" in html(client, at(revision))
    assert shown("otters") is not None and "revision.changes_asked" in logged()


def test_a_no_needs_a_reason_which_its_author_reads(
    client: FlaskClient, site: Site, otters: Service, author: Account, sam: Account
) -> None:
    revision = sent_edit(site, otters, author, about__summary="Buy our cars.")
    answer = client.post(at(revision, "/decide"), data=decision(revision, "reject", **SURE))
    assert "Say why. They will read it." in answer.get_data(as_text=True)
    assert stored(revision).status == RevisionStatus.SUBMITTED and mails() == []
    sent = decision(revision, "reject", note="This is an advert.", **SURE)
    client.post(at(revision, "/decide"), data=sent)
    assert stored(revision).status == RevisionStatus.REJECTED
    assert "This is an advert." in mails()[0].body


def test_small_edits_are_staffs_own_words_and_logged_as_theirs(
    client: FlaskClient, site: Site, otters: Service, author: Account, sam: Account
) -> None:
    revision = sent_edit(site, otters, author, about__summary="A clubb on Sundays.")
    first = client.post(at(revision, "/decide"), data=decision(revision, "edits"))
    assert 'name="text-about.summary"' in first.get_data(as_text=True)
    texts = {"text-about.summary": "A club on Sundays.", "text-about.name": "Otter Club"}
    second = client.post(at(revision, "/decide"), data=decision(revision, "edits", **texts))
    assert "Your own words are published" in second.get_data(as_text=True)
    client.post(at(revision, "/decide"), data=decision(revision, "edits", **texts, **SURE))
    assert "A club on Sundays." in html(client, "/services/otters")
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "revision.edited")
    ).one()
    assert (entry.actor_id, "clubb" in entry.old) == (sam.id, True)


def test_of_two_moderators_one_wins_and_the_other_is_told_who(
    client: FlaskClient, site: Site, otters: Service, author: Account, sam: Account
) -> None:
    revision = sent_edit(site, otters, author, about__summary="A club on Sundays.")
    other = client.application.test_client()
    kim = person(Role.MODERATOR, name="Kim Lowe")
    open_session(other, kim)
    client.post(at(revision, "/take"))
    beaten = other.post(at(revision, "/take"))
    assert beaten.status_code == 409 and sam.name in beaten.get_data(as_text=True)
    for sure in ({}, SURE):
        beaten = other.post(at(revision, "/decide"), data=decision(revision, "approve", **sure))
        assert beaten.status_code == 409, "taken by somebody else"
    client.post(at(revision, "/hand-back"))
    assert (
        other.post(at(revision, "/decide"), data=decision(revision, "approve", **SURE)).status_code
        == 303
    )
    late = client.post(
        at(revision, "/decide"), data=decision(revision, "reject", note="No", **SURE)
    )
    assert late.status_code == 409
    assert "Kim Lowe was first." in late.get_data(as_text=True)
    twice = other.post(at(revision, "/decide"), data=decision(revision, "approve", **SURE))
    assert "pressed twice" in twice.get_data(as_text=True)
    assert logged().count("revision.approved") == 1


def test_what_was_sent_again_meanwhile_is_looked_at_again(
    client: FlaskClient, site: Site, otters: Service, author: Account, sam: Account
) -> None:
    revision = sent_edit(site, otters, author, about__summary="A club on Sundays.")
    old = decision(revision, "approve", **SURE, saved="1")
    answer = client.post(at(revision, "/decide"), data=old)
    assert answer.status_code == 409 and "They sent it again" in answer.get_data(as_text=True)


def test_several_of_one_organisation_are_approved_at_once_and_failures_named(
    client: FlaskClient, site: Site, otters: Service, author: Account, sam: Account
) -> None:
    good = sent_new(site, otters.organisation_id, author)
    bad = sent_edit(site, otters, author, about__summary="")
    foreign = sent_edit(
        site, factories.published(site, organisation=factories.organisation("Others")),
        about__summary="Theirs.",
    )  # fmt: skip
    address = f"/staff/organisations/{otters.organisation_id}/approve"
    assert "Puffin Club" in html(client, address)
    made = [good, bad, foreign]
    chosen: dict[str, Any] = {"revision": [item.id for item in made]}
    chosen |= {f"saved-{item.id}": item.saved for item in made}
    first = client.post(address, data=chosen).get_data(as_text=True)
    assert "You chose 3." in first and logged().count("revision.approved") == 0
    done = client.post(address, data={**chosen, **SURE}).get_data(as_text=True)
    assert "1 of 3 approved" in done and "something to mend" in done
    assert stored(good).status == RevisionStatus.APPROVED
    assert {stored(bad).status, stored(foreign).status} == {RevisionStatus.SUBMITTED}
    assert len(mails()) == 1


def test_a_listing_goes_off_the_site_at_once_and_stays_off_until_staff_put_it_back(
    client: FlaskClient, site: Site, otters: Service, author: Account, sam: Account
) -> None:
    revision = sent_edit(site, otters, author, about__summary="A club on Sundays.")
    off = "/staff/listings/otters/off"
    assert "Say why." in client.post(off, data={"reason": " "}).get_data(as_text=True)
    assert client.post(off, data={"reason": "A worry", "tell": "y"}).status_code == 303
    assert client.get("/services/otters").status_code == 404
    [mail] = mails()
    assert "A worry" not in mail.body and mail.recipient == author.email
    assert client.post(off, data={"reason": "Again"}).status_code == 409
    client.post(at(revision, "/decide"), data=decision(revision, "approve", **SURE))
    assert client.get("/services/otters").status_code == 404, "its content may change meanwhile"
    client.post("/staff/listings/otters/on", data={"reason": "All is well"})
    assert "A club on Sundays." in html(client, "/services/otters")
    feed = list(db.session.scalars(select(ChangeFeed.removed).order_by(ChangeFeed.number)))
    assert feed[-2:] == [True, False]


def test_every_version_is_kept_compared_and_gone_back_to(
    client: FlaskClient, site: Site, otters: Service, author: Account, sam: Account
) -> None:
    for summary in ("A club on Sundays.", "A club on Mondays."):
        revision = sent_edit(site, otters, author, about__summary=summary)
        client.post(at(revision, "/decide"), data=decision(revision, "approve", **SURE))
    numbers = select(ListingVersion.number).order_by(ListingVersion.number)
    assert list(db.session.scalars(numbers)) == [1, 2, 3]
    both = html(client, "/staff/listings/otters/versions?old=1&new=3")
    assert "Taken out: </span>Saturdays." in both and "Put in: </span>Mondays." in both
    back = "/staff/listings/otters/versions/1/back"
    assert "What would change" in html(client, back)
    assert client.post(back, data={"seen": "2"}).status_code == 409, "a newer one came meanwhile"
    assert client.post(back, data={"seen": "3"}).status_code == 303
    assert "A club on Saturdays." in html(client, "/services/otters")
    assert list(db.session.scalars(numbers)) == [1, 2, 3, 4], "nothing is lost"
    assert client.get("/staff/listings/otters/versions/9/back").status_code == 404


def test_quality_marks_have_a_day_and_an_end(
    client: FlaskClient, site: Site, otters: Service, sam: Account
) -> None:
    marks = "/staff/listings/otters/marks"
    wrong = client.post(marks, data={"kind": "visited", "given_on": "2999-01-01"})
    assert "still to come" in wrong.get_data(as_text=True)
    client.post(marks, data={"kind": "visited", "given_on": "2026-01-05", "note": "With Kim"})
    page = html(client, marks)
    assert "Visited by the council" in page and "End it today" in page
    listing = shown("otters")
    assert listing is not None and '"visited"' in listing.document
    assert "With Kim" not in listing.document
    [mark] = db.session.get_one(Service, otters.id, populate_existing=True).marks
    assert client.post(f"{marks}/{mark.id}/end").status_code == 303
    assert client.post(f"{marks}/{mark.id}/end").status_code == 409
    assert {"mark.given", "mark.ended"} <= {*logged()}


def test_three_different_people_flag_a_listing_and_one_person_thrice_does_not(
    client: FlaskClient, app: Flask, site: Site, otters: Service, sam: Account
) -> None:
    factories.published(site, "The Herons", slug="the-herons")
    family = app.test_client()
    wrong = {"about": "times", "words": "It is on Sundays now."}
    for _ in range(3):
        family.post("/services/otters/wrong", data=wrong)
        family.post("/services/the-herons/wrong", data=wrong)
    assert "Nothing waits here." in html(client, "/staff/queue?flag=many")
    for number in (2, 3):
        family.post(
            "/services/otters/wrong",
            data=wrong,
            environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"},
        )
        home = {"REMOTE_ADDR": f"2001:db8::{number}"}
        family.post("/services/the-herons/wrong", data=wrong, environ_overrides=home)
    queue = html(client, "/staff/queue?flag=many")
    assert "Otter Club" in queue and "3 people" in queue
    assert "The Herons" not in queue, "one household has many addresses of the newer kind"
    assert "three people</a><b>1</b>" in html(client, "/staff/")
    reports = "/staff/listings/otters/reports"
    assert html(client, reports).count("It is on Sundays now.") == 5
    assert client.post(reports, data={"reason": "Put right"}).status_code == 303
    assert "Otter Club" not in html(client, "/staff/queue?kind=report")


def test_only_staff_with_their_second_factor_come_in(
    app: Flask, site: Site, otters: Service, author: Account
) -> None:
    revision = sent_edit(site, otters, author, about__summary="A club on Sundays.")
    pages = ("/staff/", "/staff/queue", at(revision), "/staff/log", "/staff/listings/otters")
    for page in pages:
        assert app.test_client().get(page).status_code == 303
        theirs = app.test_client()
        open_session(theirs, author)
        assert theirs.get(page).status_code == 404
        half = app.test_client()
        sign_in_as(half, Role.MODERATOR, second_factor=False)
        assert half.get(page).status_code == 303
