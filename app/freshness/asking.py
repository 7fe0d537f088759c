"""Asking by mail whether listings are right, and taking away those nobody speaks for.

Each listing is one transaction: the reminder and its mails are there together or not at all, so
the command can be stopped, run again, or run twice at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import Actor, Work, record
from app.council_habits import Reminders
from app.database import now, write
from app.extensions import db
from app.freshness import words
from app.freshness.links import new_word, print_of
from app.freshness.people import people_of
from app.freshness.stages import Stage, months_before, stage_of, stages
from app.listing import Listing, from_json
from app.mail import queue_mail, staff_address
from app.models import PublishedListing, Reminder, Service
from app.publishing import unpublish
from app.site import Site
from app.states import Status

CLOCK = Actor("", "reminders send", "command")
NOTICE_DAYS = 28
"""How long after the last mail a listing is taken away at the earliest."""


@dataclass(frozen=True, slots=True)
class Due:
    """A listing to ask about, the assured date it has now, and the stage it has reached."""

    service_id: str
    assured: date | None
    stage: Stage


def find_due(today: date, reminders: Reminders) -> list[Due]:
    """The listings nobody was asked about at the stage they have reached, oldest first."""
    first = months_before(today, stages(reminders)[0].after)
    held = db.session.execute(
        select(Reminder.service_id, Reminder.stage, Reminder.assured)
        .join(PublishedListing, PublishedListing.service_id == Reminder.service_id)
        .where(Reminder.sent_at >= PublishedListing.published_at)
    )
    asked = {(key, code, assured) for key, code, assured in held}
    rows = db.session.execute(
        select(PublishedListing.service_id, PublishedListing.assured, PublishedListing.fresh_from)
        .where(PublishedListing.fresh_from <= first)
        .order_by(PublishedListing.fresh_from, PublishedListing.service_id)
    )
    due = ((key, assured, stage_of(start, today, reminders)) for key, assured, start in rows)
    return [
        Due(key, assured, stage)
        for key, assured, stage in due
        if stage is not None and (key, stage.code, assured) not in asked
    ]


def ask_about(site: Site, due: Due) -> int:
    """Queue the mails about one listing; gives how many, 0 when there is nobody to ask.

    Nothing happens when it was checked, asked about or taken away meanwhile.
    """
    with write() as database:
        work = Work(database, site, CLOCK)
        service = locked(database, due.service_id)
        row = database.get(PublishedListing, due.service_id)
        if service is None or row is None or row.assured != due.assured:
            return 0
        if _is_asked(work, due, row):
            return 0
        people = people_of(database, service)
        if due.stage.is_last:
            people = people or [staff_address(site)]
        for email in people:
            _ask(work, due, from_json(row.document), email, people)
        return len(people)


def _is_asked(work: Work, due: Due, row: PublishedListing) -> bool:
    held = select(Reminder.id).where(
        Reminder.service_id == due.service_id,
        Reminder.stage == due.stage.code,
        Reminder.assured.is_not_distinct_from(due.assured),
        Reminder.sent_at >= row.published_at,
    )
    return work.database.scalars(held.limit(1)).first() is not None


def _ask(work: Work, due: Due, listing: Listing, email: str, people: list[str]) -> None:
    site = work.site
    word = new_word(site.settings.secret_key)
    others = [other for other in people if other != email]
    ends = now().date() + timedelta(days=NOTICE_DAYS) if due.stage.is_last else None
    work.database.add(
        Reminder(
            service_id=due.service_id,
            stage=due.stage.code,
            assured=due.assured,
            email=email,
            link_hash=print_of(site.settings.secret_key, word),
            expires_at=now() + timedelta(days=words.DAYS_OPEN),
        )
    )
    queue_mail(
        work.database,
        site,
        subject=words.subject(listing, is_last=due.stage.is_last),
        body=words.reminder(site, listing, word, others, ends),
        to=email,
    )


def find_unanswered(today: date, reminders: Reminders) -> list[str]:
    """Listings to take away: old enough, and told so by mail in good time. None by default."""
    end = reminders.unpublish_after_months
    if end is None:
        return []
    told = now() - timedelta(days=NOTICE_DAYS)
    rows = db.session.scalars(
        select(PublishedListing.service_id)
        .join(Reminder, Reminder.service_id == PublishedListing.service_id)
        .where(
            PublishedListing.fresh_from <= months_before(today, end),
            Reminder.stage == end,
            Reminder.sent_at <= told,
            Reminder.sent_at >= PublishedListing.published_at,
            Reminder.assured.is_not_distinct_from(PublishedListing.assured),
        )
        .distinct()
        .order_by(PublishedListing.service_id)
    )
    return list(rows)


def take_away(site: Site, service_id: str, today: date) -> bool:
    """Stop showing a listing that nobody speaks for; False when somebody does meanwhile."""
    end = site.council.reminders.unpublish_after_months
    with write() as database:
        service, row = locked(database, service_id), database.get(PublishedListing, service_id)
        if service is None or row is None or end is None:
            return False
        if row.fresh_from > months_before(today, end):
            return False
        unpublish(database, service)
        assured = row.assured.isoformat() if row.assured else ""
        record(
            Work(database, site, CLOCK),
            "listing.unpublished",
            ("service", service_id),
            {"status": Status.PUBLISHED, "assured": assured},
            {"status": Status.UNPUBLISHED, "why": f"nobody checked it for {end} months"},
        )
    return True


def locked(database: Session, service_id: str) -> Service | None:
    """A service, held against others until the transaction ends."""
    return database.get(Service, service_id, with_for_update=True, populate_existing=True)
