"""What staff see of one listing: everything about it, its versions, its reports; and finding it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import draft as drafts
from app.draft import Draft
from app.models import (
    Account,
    Feedback,
    ListingVersion,
    OldAddress,
    Organisation,
    QualityMark,
    Revision,
    Service,
)
from app.moderation.asked import LogAsked
from app.moderation.log import LogLine, find_log
from app.moderation.records import people_of, whole_service
from app.reviewing import OPEN
from app.states import RevisionStatus

FOUND = 25
SHOWN_VERSIONS = 200
SHOWN_LOG = 10


@dataclass(frozen=True, slots=True)
class FoundListing:
    """One line of the search by name."""

    slug: str
    name: str
    organisation: str
    status: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a listing, without its content."""

    number: int
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Everything about one listing."""

    service: Service
    people: list[tuple[Account, bool]]
    open: list[Revision]
    """What is being written or waits."""
    reports: int
    reporters: int
    addresses: list[str]
    """Addresses that lead to it."""
    merged_into: Service | None
    """The listing it was merged into, to which its own address leads."""
    log: list[LogLine]


def find_listings(database: Session, words: str, page: int) -> tuple[list[FoundListing], bool]:
    """Listings by name, on the site or not, A to Z; and whether there are more."""
    found = select(Service.id).order_by(Service.name, Service.id)
    if words:
        found = found.where(Service.name.icontains(words, autoescape=True))
    ids = list(database.scalars(found.limit(FOUND + 1).offset((page - 1) * FOUND)))
    rows = database.execute(
        select(Service.slug, Service.name, Organisation.name, Service.status)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(Service.id.in_(ids[:FOUND]))
        .order_by(Service.name, Service.id)
    )
    return [FoundListing(*row) for row in rows], len(ids) > FOUND


def find_listing(database: Session, slug: str) -> Service | None:
    """One service with all that hangs on it, or None."""
    return whole_service(database, Service.slug == slug)


def find_listing_page(database: Session, slug: str) -> ListingPage | None:
    """Everything about one listing, or None."""
    service = find_listing(database, slug)
    if service is None:
        return None
    reports = waiting_reports(database, service.id)
    return ListingPage(
        service=service,
        people=people_of(database, service.organisation_id),
        open=_open_revisions(database, service.id),
        reports=len(reports),
        reporters=len({report.reporter for report in reports}),
        addresses=list(
            database.scalars(select(OldAddress.slug).where(OldAddress.service_id == service.id))
        ),
        merged_into=find_merged_into(database, service),
        log=find_log(database, LogAsked(listing=slug)).lines[:SHOWN_LOG],
    )


def slug_of(database: Session, key: str) -> str:
    """The address of a service that there is."""
    return database.get_one(Service, key).slug


def find_merged_into(database: Session, service: Service) -> Service | None:
    """The listing that a service's own address leads to since they were merged, or None."""
    return database.scalars(
        select(Service)
        .join(OldAddress, OldAddress.service_id == Service.id)
        .where(OldAddress.slug == service.slug, Service.id != service.id)
    ).first()


def waiting_reports(database: Session, service_id: str) -> list[Feedback]:
    """What people say is wrong with a listing, not yet dealt with, oldest first."""
    return list(
        database.scalars(
            select(Feedback)
            .where(Feedback.service_id == service_id, Feedback.settled_at.is_(None))
            .order_by(Feedback.created_at)
        )
    )


def find_versions(database: Session, service_id: str) -> list[VersionLine]:
    """The versions families saw, the newest first, without their content."""
    rows = database.execute(
        select(
            ListingVersion.number,
            ListingVersion.published_at,
            Account.name,
            Account.email,
            ListingVersion.why,
        )
        .outerjoin(Account, Account.id == ListingVersion.published_by)
        .where(ListingVersion.service_id == service_id)
        .order_by(ListingVersion.number.desc())
        .limit(SHOWN_VERSIONS)
    )
    return [
        VersionLine(number, at, name or mail or "", why) for number, at, name, mail, why in rows
    ]


def find_contents(database: Session, service_id: str, *numbers: int) -> dict[int, Draft]:
    """The contents of some versions by their numbers."""
    rows = database.execute(
        select(ListingVersion.number, ListingVersion.content).where(
            ListingVersion.service_id == service_id, ListingVersion.number.in_(numbers)
        )
    )
    return {number: drafts.from_json(content) for number, content in rows}


def find_marks(service: Service) -> list[QualityMark]:
    """The marks of a listing, the newest first."""
    return sorted(service.marks, key=lambda mark: mark.given_on, reverse=True)


def _open_revisions(database: Session, service_id: str) -> list[Revision]:
    return list(
        database.scalars(
            select(Revision)
            .where(
                Revision.service_id == service_id,
                Revision.status.in_([*OPEN, RevisionStatus.SUBMITTED]),
            )
            .order_by(Revision.updated_at.desc())
        )
    )
