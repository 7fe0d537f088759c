"""A listing grows old, its people are asked by mail, and one press says that it is still right."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.audit import find_break
from app.council_habits import Reminders
from app.database import now, write
from app.extensions import db
from app.freshness import asking
from app.freshness.asking import CLOCK, ask_about, find_due
from app.freshness.stages import months_before
from app.freshness.words import EDIT
from app.mail import staff_address
from app.models import (
    Account,
    AuditEntry,
    ChangeFeed,
    Membership,
    OutgoingMail,
    PublishedListing,
    Reminder,
    Service,
)
from app.publishing import unpublish
from app.search.criteria import Criteria
from app.site import Site, set_site
from app.states import Role
from tests import factories
from tests.people import person, sign_in_as
from tests.sweeps.test_access import unwritten

TODAY = date.today()
LINK = re.compile(r"/still-right/\S+")
ENDS = Reminders(months=(6, 9, 12), unpublish_after_months=18)


class Old(NamedTuple):
    """A listing's keys: its record is let go of when a command ends."""

    id: str
    slug: str
    organisation_id: str


def listing(site: Site, months: int | None = 7, name: str = "Otter Club", **facts: object) -> Old:
    """A listing last checked so many months ago, or never."""
    checked = None if months is None else months_before(TODAY, months) - timedelta(days=1)
    made = factories.published(site, name, assured_date=checked, **facts)
    return Old(made.id, made.slug, made.organisation_id)


def send(app: Flask) -> str:
    result = app.test_cli_runner().invoke(args=["reminders", "send"])
    assert result.exit_code == 0, result.output
    db.session.rollback()
    return result.output


def mails() -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.recipient)))


def links() -> list[str]:
    return [LINK.findall(mail.body)[0] for mail in mails()]


def assured(service: Old) -> date | None:
    db.session.rollback()
    return db.session.scalar(
        select(PublishedListing.assured).where(PublishedListing.service_id == service.id)
    )


def with_reminders(app: Flask, site: Site, reminders: Reminders) -> Site:
    """The same site under a council with other habits."""
    council = type(site.council)(
        **{
            field: getattr(site.council, field)
            for field in site.council.__struct_fields__
            if field != "reminders"
        },
        reminders=reminders,
    )
    other = replace(site, council=council)
    set_site(app, other)
    return other


def grow_older(days: int) -> None:
    """Let all reminders and publications be so many days older."""
    with write() as database:
        for reminder in database.scalars(select(Reminder)):
            reminder.sent_at -= timedelta(days=days)
            reminder.expires_at -= timedelta(days=days)
        for row in database.scalars(select(PublishedListing)):
            row.published_at -= timedelta(days=days)


def test_a_provider_is_asked_by_mail_and_presses_once(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    service = listing(site)
    person(organisations=[service.organisation_id], email="ann@wagtail.example.org")
    person(organisations=[service.organisation_id], email="ben@wagtail.example.org", lead=True)
    assert "Mails queued: 2, about 1 listings." in send(app)
    mail = mails()[0]
    assert (mail.recipient, mail.subject) == (
        "ann@wagtail.example.org",
        "Is “Otter Club” still right?",
    )
    for words in ("Name: Otter Club", "Phone: 01632 960123", "also asked ben@wagtail.example.org"):
        assert words in mail.body
    assert EDIT.format(id=service.id) in mail.body and "\u00a0" not in mail.body
    link = links()[0]
    page = client.get(link).get_data(as_text=True)
    assert "Is this still right?" in page and "Otter Club" in page and "01632 960123" in page
    assert assured(service) != TODAY, "looking changes nothing"
    answer = client.post(link)
    assert (answer.status_code, answer.location) == (303, link)
    assert "Thank you" in client.get(link).get_data(as_text=True)
    assert assured(service) == TODAY
    assert "Not checked since" not in client.get(f"/services/{service.slug}").text
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.role) == ("listing.updated", "link")
    assert entry.actor == "the link mailed to ann@wagtail.example.org"
    assert TODAY.isoformat() in entry.new
    assert find_break(db.session(), site.settings.secret_key) is None
    assert "Thank you" in client.get(links()[1]).text, "one answer is enough"
    assert "about 0 listings" in send(app)


def test_a_mail_scanner_cannot_use_a_link_up(app: Flask, site: Site, client: FlaskClient) -> None:
    service = listing(site)
    send(app)
    with unwritten(app):
        for _ in range(3):
            client.get(links()[0])
            FlaskClient(app).head(links()[0])
    assert client.post(links()[0]).status_code == 303
    assert assured(service) == TODAY


def test_something_changed_leads_to_signing_in_and_the_edit(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    service = listing(site)
    address = EDIT.format(id=service.id)
    answer = client.get(address)
    assert answer.status_code == 303 and answer.location == f"/sign-in?next={address}"
    sign_in_as(client, Role.PROVIDER, organisations=[service.organisation_id])
    assert client.get(address).status_code == 200


def test_running_again_asks_nobody_twice(app: Flask, site: Site) -> None:
    listing(site)
    for _ in range(3):
        send(app)
    assert len(mails()) == 1


def test_two_runs_at_once_ask_once(app: Flask, site: Site) -> None:
    listing(site)
    due = find_due(TODAY, site.council.reminders)
    assert [ask_about(site, item) for item in due * 2] == [1, 0]


def test_each_stage_asks_once_and_missed_ones_are_left_out(app: Flask, site: Site) -> None:
    service = listing(site, 10)
    send(app)
    assert db.session.scalars(select(Reminder.stage)).all() == [9]
    with write() as database:
        row = database.get_one(PublishedListing, service.id)
        row.assured = row.fresh_from = months_before(TODAY, 13)
        for reminder in database.scalars(select(Reminder)):
            reminder.assured = row.assured
    send(app)
    assert sorted(db.session.scalars(select(Reminder.stage))) == [9, 12]


def test_a_fresh_listing_and_one_off_the_site_are_left_alone(app: Flask, site: Site) -> None:
    listing(site, 5)
    hidden = listing(site, 13, "Hidden")
    with write() as database:
        unpublish(database, database.get_one(Service, hidden.id))
    assert "Mails queued: 0" in send(app)


def test_one_never_checked_counts_from_its_first_day(app: Flask, site: Site) -> None:
    service = listing(site, None)
    assert "Mails queued: 0" in send(app)
    with write() as database:
        database.get_one(PublishedListing, service.id).fresh_from = months_before(TODAY, 7)
    send(app)
    assert "We do not know when somebody last checked it." in mails()[0].body


def test_without_an_account_the_listed_address_is_asked(app: Flask, site: Site) -> None:
    listing(site, contacts=[factories.contact(email="Hello@Wagtail.example.org")])
    broken = factories.contact(email="nobody\nBcc: all@example.org")
    listing(site, name="Nobody", contacts=[broken])
    assert "Nobody to ask: 1 listings." in send(app)
    assert [mail.recipient for mail in mails()] == ["hello@wagtail.example.org"]
    assert "also asked" not in mails()[0].body


@pytest.mark.parametrize("word", ["", "x", "never.signed", "a" * 500])
def test_a_word_nobody_was_sent_opens_nothing(client: FlaskClient, word: str) -> None:
    path = f"/still-right/{word or 'none'}"
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 410
    assert "does not work any more" in client.post(path).text


def test_after_sixty_days_a_link_says_what_to_do(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    service = listing(site)
    send(app)
    grow_older(61)
    for answer in (client.get(links()[0]), client.post(links()[0])):
        assert answer.status_code == 410 and "Sign in" in answer.text
    assert assured(service) != TODAY


@pytest.mark.parametrize("fate", ["disabled", "left"])
def test_somebody_who_is_gone_cannot_answer(
    app: Flask, site: Site, client: FlaskClient, fate: str
) -> None:
    service = listing(site)
    gone = person(organisations=[service.organisation_id], email="gone@wagtail.example.org").id
    send(app)
    with write() as database:
        if fate == "disabled":
            database.get_one(Account, gone).disabled_at = now()
        else:
            database.delete(database.scalars(select(Membership)).one())
    assert client.post(links()[0]).status_code == 410
    assert assured(service) != TODAY


def test_a_link_never_brings_back_what_staff_took_away(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    service = listing(site)
    send(app)
    with write() as database:
        unpublish(database, database.get_one(Service, service.id))
    assert client.get(links()[0]).status_code == 404
    assert client.post(links()[0]).status_code == 410
    assert client.get(f"/services/{service.slug}").status_code == 404


def test_another_site_cannot_press_the_button(app: Flask, site: Site, client: FlaskClient) -> None:
    listing(site)
    send(app)
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(links()[0], headers=foreign).status_code == 403


def test_a_link_is_kept_only_as_a_fingerprint(app: Flask, site: Site) -> None:
    listing(site)
    send(app)
    word = links()[0].rpartition("/")[2]
    for reminder in db.session.scalars(select(Reminder)):
        assert word not in repr(vars(reminder)) and len(reminder.link_hash) == 64


def test_a_reminder_and_its_mail_are_kept_together_or_not_at_all(
    app: Flask, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_facts: object) -> None:
        raise OSError("no mail")

    listing(site)
    monkeypatch.setattr(asking, "queue_mail", fail)
    result = app.test_cli_runner().invoke(args=["reminders", "send"])
    assert result.exit_code == 1
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Reminder)) == 0


def test_families_go_on_seeing_an_old_listing_unless_the_council_says_so(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    service = listing(site, 30)
    send(app)
    grow_older(40)
    assert "No longer shown: 0." in send(app)
    assert "Not checked since" in client.get(f"/services/{service.slug}").text


def test_one_that_nobody_answers_for_goes_after_a_last_mail(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    with_reminders(app, site, ENDS)
    service = listing(site, 19)
    assert "No longer shown: 0." in send(app), "never without a mail before"
    assert mails()[0].subject == "We will stop showing “Otter Club” soon"
    assert "families will not see it from" in mails()[0].body
    grow_older(20)
    assert "No longer shown: 0." in send(app)
    grow_older(10)
    assert "No longer shown: 1." in send(app)
    assert client.get(f"/services/{service.slug}").status_code == 404
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor, entry.role) == ("listing.unpublished", CLOCK.name, "command")
    assert "nobody checked it for 18 months" in entry.new
    assert db.session.scalars(select(ChangeFeed.removed)).all()[-1]
    assert len(mails()) == 1


def test_one_that_is_answered_for_in_time_stays(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    with_reminders(app, site, ENDS)
    service = listing(site, 19)
    send(app)
    grow_older(29)
    client.post(links()[0])
    assert "No longer shown: 0." in send(app)
    assert client.get(f"/services/{service.slug}").status_code == 200


def test_staff_get_the_last_mail_when_there_is_nobody_else(app: Flask, site: Site) -> None:
    with_reminders(app, site, ENDS)
    listing(site, 19, contacts=[])
    send(app)
    assert [mail.recipient for mail in mails()] == [staff_address(site)]


def test_one_brought_back_is_warned_anew(app: Flask, site: Site) -> None:
    other = with_reminders(app, site, ENDS)
    service = listing(site, 19)
    send(app)
    grow_older(30)
    send(app)
    factories.show(other, db.session.get_one(Service, service.id))
    assert "about 1 listings. " not in send(app) or len(mails()) == 2
    assert len(mails()) == 2
    assert "No longer shown: 0." in send(app)


def test_an_old_listing_comes_after_a_fresh_one(app: Flask, site: Site) -> None:
    old = listing(site, 14, "Kestrel swim club")
    fresh = listing(site, 0, "Plover swim club")
    engine = app.extensions["search"]
    engine.rebuild()
    for criteria in (Criteria(text="swim club"), Criteria()):
        assert [hit.id for hit in engine.find(criteria).hits] == [fresh.id, old.id]
