"""Importing a feed: one write transaction, all or nothing for each record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session, joinedload, selectinload

from app.audit import Actor, Work
from app.audit import record as record_deed
from app.database import write
from app.feeds import build
from app.feeds.feed import Feed
from app.feeds.ids import record_id
from app.feeds.incoming import Incoming, Runner
from app.feeds.records import Read, read_records
from app.feeds.report import Report
from app.feeds.update import update
from app.models import (
    Contact,
    Location,
    Organisation,
    PublishedListing,
    Service,
    ServiceAtLocation,
)
from app.publishing import free_slug, publish, unpublish
from app.site import Site
from app.states import Status
from app.taxonomies import sync_taxonomy

BATCH: Final = 200
IMPORTER: Final = Actor("", "feed import", "command")
Step = Callable[[int], None]


def import_feed(
    site: Site, feed: Feed, today: date, step: Step, *, show: bool, dry_run: bool
) -> Report:
    """Bring a feed's services in, and report what could not be used.

    `show` puts active ones before families; else new ones are drafts. A dry run does all of
    it and takes it back. `step` is told how many more records are done, for a progress bar.
    """
    report = Report(feed.name, is_dry_run=dry_run)
    report.lines += [f"The source: {problem}." for problem in feed.problems]
    usable = _usable(feed, today, report, step)
    with write() as database:
        sync_taxonomy(database)
        importer = Importer(database, site, feed.name, report, show)
        for start in range(0, len(usable), BATCH):
            importer.take(usable[start : start + BATCH])
            step(len(usable[start : start + BATCH]))
        if feed.is_whole:
            _report_absent(database, feed.name, {key for key, _ in usable}, report)
        if dry_run:
            database.rollback()
    return report


def _usable(feed: Feed, today: date, report: Report, step: Step) -> list[tuple[str, Read]]:
    """The records to import, each with its id here; all others are reported."""
    first: dict[str, Read] = {}
    for record in read_records(feed, today):
        if record.incoming is None:
            report.take(record)
            step(2)
            continue
        key = record_id(feed.name, "service", record.external_id)
        if key in first:
            report.read += 1
            report.refuse(record, _repeated(record.incoming, first[key]))
            step(2)
            continue
        first[key] = record
        report.take(record)
        step(1)
    return list(first.items())


def _repeated(incoming: Incoming, first: Read) -> str:
    same = "it says the same" if incoming == first.incoming else "it says something else"
    return f"its id was used already by record {first.number}; {same}, and the first was taken"


@dataclass(slots=True)
class Importer:
    """Imports batches of records inside one transaction."""

    database: Session
    site: Site
    feed: str
    report: Report
    show: bool
    runners: dict[str, Runner] = field(default_factory=dict)
    """What was first said of each organisation: later records do not change it back and forth."""

    listings: Sequence[PublishedListing] = ()
    """Kept because the session only remembers what somebody holds."""

    def take(self, batch: Sequence[tuple[str, Read]]) -> None:
        """Import some records, each whole or not at all."""
        keys = [key for key, _ in batch]
        held = self._held(keys)
        self.listings = self._listings(keys)
        for key, record in batch:
            if record.incoming is not None:
                self._take_one(held.get(key), key, record, record.incoming)

    def _held(self, keys: list[str]) -> dict[str, Service]:
        """Services that are here already, with all that hangs on them."""
        services = self.database.scalars(
            select(Service)
            .where(Service.id.in_(keys))
            .options(
                joinedload(Service.organisation),
                *(selectinload(getattr(Service, name)) for name in _LISTS),
                selectinload(Service.contacts).selectinload(Contact.phones),
                selectinload(Service.places).options(
                    joinedload(ServiceAtLocation.location),
                    selectinload(ServiceAtLocation.schedules),
                ),
            )
        ).all()
        return {service.id: service for service in services}

    def _listings(self, keys: list[str]) -> Sequence[PublishedListing]:
        """What families see of them now, read at once so that publishing need not ask again."""
        return self.database.scalars(
            select(PublishedListing).where(PublishedListing.service_id.in_(keys))
        ).all()

    def _take_one(self, held: Service | None, key: str, record: Read, incoming: Incoming) -> None:
        if held is not None and (held.source != build.SOURCE or held.version):
            self.report.refuse(record, "people here look after this service, so it was left as is")
            return
        try:
            with self.database.begin_nested():
                is_changed = self._store(held, key, incoming)
                is_seen = self._place_before_families(key, record, incoming)
                if is_changed or is_seen:
                    self._log(key)
        except (IntegrityError, DataError, ValueError) as fault:
            self.report.refuse(record, f"it could not be stored ({type(fault).__name__})")
            return
        self._count(incoming, is_new=held is None, is_changed=is_changed, is_seen=is_seen)

    def _log(self, key: str) -> None:
        work = Work(self.database, self.site, IMPORTER)
        record_deed(work, "listing.imported", ("service", key), None, {"feed": self.feed})

    def _count(self, incoming: Incoming, *, is_new: bool, is_changed: bool, is_seen: bool) -> None:
        if is_new:
            self.report.added += 1
        elif is_changed or is_seen:
            self.report.changed += 1
        else:
            self.report.unchanged += 1
        if is_seen and incoming.is_active:
            self.report.shown += 1
        elif is_seen:
            self.report.taken_away += 1

    def _store(self, held: Service | None, key: str, incoming: Incoming) -> bool:
        """Write the service and its organisation; True when anything was not so already."""
        organisation_id, is_changed = self._organisation(incoming.runner)
        wanted = build.service(incoming, key, organisation_id, self.site)
        if held is None:
            town = next((venue.town for venue in incoming.venues if venue.town), "")
            wanted.slug = free_slug(self.database, incoming.name, town)
            wanted.status = Status.DRAFT
            self._clear_places(wanted)
            self.database.add(wanted)
            is_changed = True
        else:
            wanted.assured_date = _later(held.assured_date, wanted.assured_date)
            is_changed |= update(self.database, held, wanted)
            if held.organisation_id != organisation_id:
                held.organisation_id = organisation_id
                self.database.flush()
                self.database.expire(held, ["organisation"])
                is_changed = True
        self.database.flush()
        return is_changed

    def _clear_places(self, wanted: Service) -> None:
        """Remove locations that a service of this id left behind when it was deleted."""
        left = [at.location.id for at in wanted.places]
        if left:
            self.database.execute(delete(Location).where(Location.id.in_(left)))

    def _organisation(self, runner: Runner) -> tuple[str, bool]:
        """The id of the organisation, written when it is new or says something new.

        One that people here look after is used as it is.
        """
        key = record_id(self.feed, "organisation", runner.external_id or f"name {runner.name}")
        known = self.database.get(Organisation, key)
        if known is not None and not known.source.startswith(build.SOURCE):
            return key, False
        first = self.runners.setdefault(key, runner)
        wanted = build.organisation(first, key, self.feed)
        if known is None:
            self.database.add(wanted)
            self.database.flush()
            return key, True
        known.source = wanted.source  # the feed may have been renamed, which is no change
        return key, update(self.database, known, wanted)

    def _place_before_families(self, key: str, record: Read, incoming: Incoming) -> bool:
        """Show, keep or take away, as the feed and `show` say; True when families see a change."""
        service = self.database.get_one(Service, key)
        if not self.show:
            return False
        if not incoming.is_active:
            return self._take_away(service)
        if service.status == Status.UNPUBLISHED:
            self.report.say(record, "people here took it down, so it is not shown")
            return False
        return publish(self.database, service, self.site.centre_of)

    def _take_away(self, service: Service) -> bool:
        """Stop showing what the feed says is closed; it is a draft until the feed says else."""
        if service.status != Status.PUBLISHED:
            return False
        unpublish(self.database, service)
        service.status = Status.DRAFT
        return True


def _later(held: date | None, said: date | None) -> date | None:
    """Of two days on which a listing was checked, the later: people here may have checked it."""
    return max(filter(None, (held, said)), default=None)


_LISTS: Final = ("attributes", "answers", "costs", "areas", "languages", "funding")


def _report_absent(database: Session, feed: str, keys: set[str], report: Report) -> None:
    """Say which services this feed brought before and no longer has. They are left as is."""
    brought = database.execute(
        select(Service.id, Service.name)
        .join(Organisation)
        .where(Service.source == build.SOURCE, Organisation.source == f"{build.SOURCE}:{feed}")
        .order_by(Service.name, Service.id)
    )
    for key, name in brought:
        if key not in keys:
            report.absent += 1
            report.lines.append(f"No longer in the feed, left as is: id {key}, “{name}”.")
