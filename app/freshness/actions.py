"""Somebody answers: a listing is right, or nobody could be reached. One transaction each."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.access import Person
from app.audit import Actor, Work, record
from app.database import now, write
from app.freshness.asking import locked
from app.freshness.links import print_of
from app.freshness.people import may_answer
from app.mail import staff_address
from app.models import Reminder, Service
from app.site import Site
from app.states import Status
from app.versions import assure

RANG = "freshness.rang"


def confirm_by_link(site: Site, word: str, today: date) -> bool:
    """Keep that a listing is right, when the link is still good; it is not after this."""
    key = print_of(site.settings.secret_key, word)
    with write() as database:
        reminder = database.scalars(
            select(Reminder).where(Reminder.link_hash == key).with_for_update()
        ).first()
        if reminder is None or reminder.used_at is not None or reminder.expires_at <= now():
            return False
        service = locked(database, reminder.service_id)
        staff = staff_address(site)
        if service is None or service.status != Status.PUBLISHED:
            return False
        if not may_answer(database, service, reminder.email, staff):
            return False
        actor = Actor("", f"the link mailed to {reminder.email}"[:254], "link")
        assure(Work(database, site, actor), service, today, "the link in a reminder")
    return True


def confirm_by_phone(site: Site, person: Person, service_id: str, today: date) -> bool:
    """Keep that somebody said on the telephone that a listing is right."""
    with write() as database:
        service = locked(database, service_id)
        if service is None or service.status != Status.PUBLISHED:
            return False
        actor = person.as_actor(service.organisation_id)
        assure(Work(database, site, actor), service, today, "by telephone")
    return True


def note_no_answer(site: Site, person: Person, service_id: str) -> bool:
    """Keep that somebody rang and nobody answered."""
    with write() as database:
        service = database.get(Service, service_id)
        if service is None or service.status != Status.PUBLISHED:
            return False
        work = Work(database, site, person.as_actor(service.organisation_id))
        record(work, RANG, ("service", service_id), None, {"answer": "none"})
    return True
