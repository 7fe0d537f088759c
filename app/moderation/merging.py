"""Two listings of one service become one: what moves to the one that stays, and what ends.

Always: the address of the other leads to it; reports, claims and counts move. As staff choose:
quality marks, and people, who could then change every listing of the organisation. What was being
changed in the other is closed, and its people are told. Its versions and its log stay with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import versions
from app.access import Person
from app.audit import Work, record
from app.database import write
from app.models import (
    Account,
    Feedback,
    JoinRequest,
    Membership,
    OldAddress,
    QualityMark,
    Revision,
    Service,
)
from app.moderation import mails
from app.moderation.listing_actions import CannotError
from app.moderation.records import people_of
from app.publishing import publish, unpublish
from app.reviewing import OPEN
from app.site import current_site
from app.states import RevisionStatus, Status
from app.tally import move_days

UNDECIDED = (*OPEN, RevisionStatus.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Moves:
    """What staff chose to let move."""

    people: bool = False
    marks: bool = False


@dataclass(frozen=True, slots=True)
class Merging:
    """What merging would do, for the page that asks whether it shall."""

    newcomers: list[Account]
    """Who acts for the other's organisation and not for the one that stays."""
    listings: int
    """How many listings they could change then."""
    marks: list[QualityMark]
    undecided: list[Revision]
    reports: int


def find_merging(database: Session, kept: Service, other: Service) -> Merging:
    """What merging two listings would do. Four selects."""
    own = select(Service.id).where(Service.organisation_id == kept.organisation_id)
    reports = select(Feedback.id).where(
        Feedback.service_id == other.id, Feedback.settled_at.is_(None)
    )
    return Merging(
        [account for account, _ in _newcomers(database, kept, other)],
        len(list(database.scalars(own))),
        list(other.marks),
        _undecided(database, other),
        len(list(database.scalars(reports))),
    )


def merge(person: Person, kept_slug: str, other_slug: str, moves: Moves) -> None:
    """Keep one of two listings of the same service; the other's address leads to it.

    Raises CannotError when they are one, or the kept one is not on the site.
    """
    with write() as database:
        kept, other = _both(database, kept_slug, other_slug)
        work = Work(database, current_site(), person.as_actor())
        unpublish(database, other)
        _move_address(database, other, kept)
        _move_messages(database, other, kept)
        move_days(database, other.id, kept.id)
        joined = _move_people(work, other, kept) if moves.people else []
        marks = _move_marks(work, other, kept) if moves.marks else []
        closed = _close(work, other)
        said = {"kept": kept.slug, "merged": other.slug, "marks": marks, "people": len(joined)}
        record(work, "listing.merged", ("service", other.id), None, said)
        record(work, "listing.merged", ("service", kept.id), None, said)
        mails.mail_merged(work, kept, other, joined, closed)


def _both(database: Session, kept_slug: str, other_slug: str) -> tuple[Service, Service]:
    """Both listings, held against others in one order, so that no two merges wait in a circle."""
    found = database.scalars(
        select(Service)
        .where(Service.slug.in_([kept_slug, other_slug]))
        .order_by(Service.id)
        .with_for_update()
    )
    held = {service.slug: service for service in found}
    if kept_slug == other_slug:
        raise CannotError("same")
    if len(held) < 2:
        raise CannotError("gone")
    if held[kept_slug].status != Status.PUBLISHED:
        raise CannotError("kept_off")
    return held[kept_slug], held[other_slug]


def _move_address(database: Session, other: Service, kept: Service) -> None:
    """Whatever led to the other leads to the one that stays, and so does its own address."""
    database.execute(
        update(OldAddress).where(OldAddress.service_id == other.id).values(service_id=kept.id)
    )
    versions.forward_address(database, other.slug, kept)


def _move_messages(database: Session, other: Service, kept: Service) -> None:
    """What people wrote about the one is about the other now.

    A reporter's mark holds for one listing alone, so somebody who reported both counts twice:
    staff look once too often rather than once too little.
    """
    for model in (Feedback, JoinRequest):
        database.execute(
            update(model).where(model.service_id == other.id).values(service_id=kept.id)
        )


def _newcomers(database: Session, kept: Service, other: Service) -> list[tuple[Account, bool]]:
    """Who acts for the other's organisation alone, and whether they lead there."""
    here = {account.id for account, _ in people_of(database, kept.organisation_id)}
    there = people_of(database, other.organisation_id)
    return [(account, is_lead) for account, is_lead in there if account.id not in here]


def _move_people(work: Work, other: Service, kept: Service) -> list[Account]:
    """Let the other's people act for the organisation that stays; they lead if nobody does.

    They go on acting for their own, which may have more listings.
    """
    owner = kept.organisation_id
    is_led = any(is_lead for _, is_lead in people_of(work.database, owner))
    newcomers = _newcomers(work.database, kept, other)
    for account, is_lead in newcomers:
        leads = is_lead and not is_led
        work.database.add(Membership(account_id=account.id, organisation_id=owner, is_lead=leads))
        about = {"account": account.id, "lead": leads, "why": "merged"}
        record(work, "membership.added", ("organisation", owner), None, about)
    return [account for account, _ in newcomers]


def _move_marks(work: Work, other: Service, kept: Service) -> list[str]:
    """Give the one that stays the other's marks, but none of a kind and day that it has."""
    database = work.database
    has = {(mark.kind, mark.given_on) for mark in kept.marks}
    moving = [mark for mark in other.marks if (mark.kind, mark.given_on) not in has]
    kinds, ids = [mark.kind for mark in moving], [mark.id for mark in moving]
    database.execute(update(QualityMark).where(QualityMark.id.in_(ids)).values(service_id=kept.id))
    database.expire(kept, ["marks"])
    database.expire(other, ["marks"])
    publish(database, kept, work.site.centre_of)
    return kinds


def _close(work: Work, other: Service) -> list[Revision]:
    """Nothing more is to be published of a listing that was merged into another."""
    found = _undecided(work.database, other)
    for revision in found:
        revision.status = RevisionStatus.WITHDRAWN
        revision.taken_by = revision.taken_at = None
        said = {"service": other.id, "why": "merged"}
        record(work, "revision.withdrawn", ("revision", revision.id), None, said)
    return found


def _undecided(database: Session, service: Service) -> list[Revision]:
    return list(
        database.scalars(
            select(Revision)
            .where(Revision.service_id == service.id, Revision.status.in_(UNDECIDED))
            .order_by(Revision.updated_at, Revision.id)
        )
    )
