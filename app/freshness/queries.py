"""What staff read of freshness: counts by group, who is to ring, and a link's reminder.

Counts come from four columns of the public listings and indexes that hold all that is asked,
so that a page stays quick with many listings, and takes as many questions as with few.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.database import now
from app.extensions import db
from app.freshness.actions import RANG
from app.freshness.links import print_of
from app.freshness.stages import BAND_MONTHS, BANDS, months_before
from app.listing import Listing, from_json
from app.models import AuditEntry, Organisation, PublishedListing, Reminder
from app.site import Site

GROUPS = ("organisation", "locality", "tier")
PAGE_SIZE, CHASE_SIZE = 50, 25
DAYS_LEFT_ALONE = 7
"""After ringing in vain, before a listing is on the list to ring again."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many listings of a group are how old. `key`: an organisation's id, or a code."""

    key: str
    name: str
    total: int
    bands: tuple[int, ...]
    """In the order of `BANDS`."""


@dataclass(frozen=True, slots=True)
class Chased:
    """A listing to ring about, and what was tried."""

    listing: Listing
    reminded: datetime | None
    rang: datetime | None
    rang_times: int


def count_freshness(by: str, today: date) -> list[Counts]:
    """Every group, in no order. Counted once: whole, page and order follow from these."""
    found: Select[Any] = _counted(by, today)
    if by == "organisation":
        counted = found.subquery()
        name = func.coalesce(Organisation.name, "").label("name")
        found = select(counted, name).outerjoin(Organisation, Organisation.id == counted.c.key)
    return [_row(row) for row in db.session.execute(found)]


def in_order(groups: Iterable[Counts], sort: str, *, is_down: bool) -> list[Counts]:
    """By `name`, `total` or a band; groups that are alike by name."""

    def value(group: Counts) -> int | str:
        if sort == "name":
            return group.name.lower()
        return group.total if sort == "total" else group.bands[BANDS.index(sort)]

    by_name = sorted(groups, key=lambda group: (group.name.lower(), group.key))
    return sorted(by_name, key=value, reverse=is_down)


def whole_of(groups: Sequence[Counts]) -> Counts:
    """All groups together: every listing is in exactly one."""
    bands = zip(*(group.bands for group in groups), strict=True)
    sums = tuple(map(sum, bands)) or (0,) * len(BANDS)
    return Counts("", "", sum(group.total for group in groups), sums)


def _row(row: Any) -> Counts:
    name = getattr(row, "name", row.key)
    return Counts(row.key, name, row.total, tuple(int(getattr(row, band)) for band in BANDS))


def _counted(by: str, today: date) -> Select[Any]:
    column = _column(by)
    counts = (func.count().label("total"), *_bands(today))
    return select(column.label("key"), *counts).group_by(column)


def _bands(today: date) -> tuple[ColumnElement[Any], ...]:
    """Sums of the listings in each band: every listing is in exactly one."""
    assured = PublishedListing.assured
    six, nine, year = (months_before(today, months) for months in BAND_MONTHS)
    tests = (
        assured > six,
        (assured <= six) & (assured > nine),
        (assured <= nine) & (assured > year),
        assured <= year,
        assured.is_(None),
    )
    return tuple(
        func.coalesce(func.sum(case((test, 1), else_=0)), 0).label(band)
        for band, test in zip(BANDS, tests, strict=True)
    )


def _column(by: str) -> InstrumentedAttribute[str]:
    columns = {
        "organisation": PublishedListing.organisation_id,
        "locality": PublishedListing.locality,
        "tier": PublishedListing.tier,
    }
    return columns[by]


def find_chased(
    before: date, by: str, key: str | None, page: int, *, with_rung: bool
) -> tuple[list[Chased], int]:
    """A page of listings whose age counts from `before` or earlier, oldest first; how many all.

    `key`: only those of one group. Those rung in vain some days ago are left out unless asked for.
    """
    tests = [PublishedListing.fresh_from <= before]
    if key is not None:
        tests.append(_column(by) == key)
    if not with_rung:
        lately = now() - timedelta(days=DAYS_LEFT_ALONE)
        rung = select(AuditEntry.subject_id).where(
            AuditEntry.action == RANG, AuditEntry.at > lately
        )
        tests.append(PublishedListing.service_id.not_in(rung))
    total = db.session.scalar(select(func.count()).select_from(PublishedListing).where(*tests)) or 0
    order = (PublishedListing.fresh_from, PublishedListing.service_id)
    chosen = select(PublishedListing.service_id).where(*tests).order_by(*order)
    wanted = chosen.limit(CHASE_SIZE).offset((page - 1) * CHASE_SIZE)
    documents = db.session.scalars(
        select(PublishedListing.document)
        .where(PublishedListing.service_id.in_(wanted.scalar_subquery()))
        .order_by(*order)
    )
    return _with_tries([from_json(document) for document in documents]), total


def _with_tries(listings: Sequence[Listing]) -> list[Chased]:
    """What was tried for each: the last mail, and the calls nobody answered since its check."""
    ids = [listing.id for listing in listings]
    mails = db.session.execute(
        select(Reminder.service_id, func.max(Reminder.sent_at))
        .where(Reminder.service_id.in_(ids), Reminder.used_at.is_(None))
        .group_by(Reminder.service_id)
    )
    calls = db.session.execute(
        select(AuditEntry.subject_id, func.max(AuditEntry.at), func.count())
        .where(
            AuditEntry.subject_kind == "service",
            AuditEntry.subject_id.in_(ids),
            AuditEntry.action == RANG,
        )
        .group_by(AuditEntry.subject_id)
    )
    reminded = {row[0]: row[1] for row in mails}
    rang = {key: (at, times) for key, at, times in calls}
    return [
        Chased(listing, reminded.get(listing.id), *rang.get(listing.id, (None, 0)))
        for listing in listings
    ]


def find_reminder(site: Site, word: str) -> Reminder | None:
    """The reminder a link belongs to, or None for a word nobody was sent."""
    key = print_of(site.settings.secret_key, word)
    return db.session.scalars(select(Reminder).where(Reminder.link_hash == key)).first()


def get_listing(service_id: str) -> Listing | None:
    """A listing as families see it now, or None."""
    document = db.session.scalar(
        select(PublishedListing.document).where(PublishedListing.service_id == service_id)
    )
    return from_json(document) if document else None


def get_name(organisation_id: str) -> str:
    """An organisation's name, or nothing."""
    return (
        db.session.scalar(select(Organisation.name).where(Organisation.id == organisation_id)) or ""
    )
