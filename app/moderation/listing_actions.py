"""What staff do with a listing itself: off the site and back, marks, going back to a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import versions
from app.access import Person
from app.audit import Work, record
from app.database import now, write
from app.models import OldAddress, QualityMark, Service
from app.moderation import mails
from app.publishing import publish, unpublish
from app.site import current_site
from app.states import Status


class CannotError(ValueError):
    """What was asked cannot be done as things stand; `code` says why, `by` who was first."""

    def __init__(self, code: str, by: str = "") -> None:
        super().__init__(code)
        self.code, self.by = code, by


@dataclass(frozen=True, slots=True)
class NewMark:
    """A quality mark to be given."""

    kind: str
    given_on: date
    ends_on: date | None
    note: str


def take_off(person: Person, slug: str, reason: str, *, tell: bool) -> None:
    """Take a listing off the site at once. Raises CannotError when it is off already."""
    with write() as database:
        work, service = _of(database, person, slug)
        if not unpublish(database, service):
            raise CannotError("off")
        record(work, "listing.unpublished", ("service", service.id), None, {"staff_reason": reason})
        if tell:
            mails.mail_taken_off(work, service)


def put_back(person: Person, slug: str, reason: str) -> None:
    """Show families a listing again as its records stand. Raises CannotError when it is shown."""
    with write() as database:
        work, service = _of(database, person, slug)
        if service.status == Status.PUBLISHED:
            raise CannotError("on")
        held = database.get(OldAddress, service.slug)
        if held is not None:
            database.delete(held)
        publish(database, service, work.site.centre_of)
        record(work, "listing.shown_again", ("service", service.id), None, {"staff_reason": reason})


def roll_back(person: Person, slug: str, number: int, seen: int) -> None:
    """Go back to an older version. `seen`: the version the page showed as the newest.

    Raises CannotError when there is no such version, or another was published meanwhile.
    """
    with write() as database:
        work, service = _of(database, person, slug)
        if service.version != seen:
            raise CannotError("newer")
        if versions.roll_back(work, service, number) is None:
            raise CannotError("gone")


def give_mark(person: Person, slug: str, mark: NewMark) -> None:
    """Give a listing a quality mark, which families see at once."""
    with write() as database:
        work, service = _of(database, person, slug)
        service.marks.append(
            QualityMark(
                kind=mark.kind,
                given_on=mark.given_on,
                ends_on=mark.ends_on,
                note=mark.note,
                given_by=person.id,
            )
        )
        said = {"mark": mark.kind, "given": mark.given_on.isoformat(), "note": mark.note}
        if mark.ends_on:
            said["ends"] = mark.ends_on.isoformat()
        _show(work, service, "mark.given", None, said)


def end_mark(person: Person, slug: str, key: str) -> None:
    """End a quality mark today. Raises CannotError when there is no such mark."""
    with write() as database:
        work, service = _of(database, person, slug)
        mark = next((item for item in service.marks if item.id == key), None)
        if mark is None:
            raise CannotError("gone")
        today = now().date()
        if mark.ends_on is not None and mark.ends_on <= today:
            raise CannotError("ended")
        old = mark.ends_on.isoformat() if mark.ends_on else ""
        mark.ends_on = today
        said = {"mark": mark.kind, "ends": today.isoformat()}
        _show(work, service, "mark.ended", {"ends": old}, said)


def _show(
    work: Work,
    service: Service,
    action: str,
    old: dict[str, Any] | None,
    new: dict[str, Any],
) -> None:
    """Publish what changed, if families see the listing at all, and log it."""
    work.database.flush()
    if service.status == Status.PUBLISHED:
        publish(work.database, service, work.site.centre_of)
    record(work, action, ("service", service.id), old, new)


def _of(database: Session, person: Person, slug: str) -> tuple[Work, Service]:
    """The listing, held against others until the transaction ends. Raises CannotError."""
    service = database.scalars(
        select(Service).where(Service.slug == slug).with_for_update()
    ).first()
    if service is None:
        raise CannotError("gone")
    return Work(database, current_site(), person.as_actor()), service
