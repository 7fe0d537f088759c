"""What providers write: each function is one transaction, logged under who did it.

A record is found anew and held inside the transaction, and once more asked whose it is: what
the page was made from may have changed hands meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import draft as drafts
from app import reviewing
from app.access import Person, own_or_404
from app.audit import Work
from app.database import write
from app.draft import Draft
from app.draft_records import draft_of
from app.models import Cancellation, Revision, Service
from app.site import current_site
from app.states import RevisionStatus, Status
from app.versions import StaleError, assure, keep_staff_words, publish_now

MOST_DAYS_OFF = 60
SPACES = "availability"


class NotShownError(ValueError):
    """Families do not see the listing, so nothing can be said at once."""


class TooManyError(ValueError):
    """There are as many as there may be."""


class ChangedError(ValueError):
    """Somebody else said another day meanwhile. `until` is what stands now."""

    def __init__(self, until: date | None) -> None:
        super().__init__("somebody else changed this meanwhile")
        self.until = until


class UnfinishedError(ValueError):
    """Something must be mended before it can be sent."""


def say_spaces(person: Person, service_id: str, said: drafts.Availability, mark: str) -> None:
    """Tell families at once whether there are spaces. `mark`: of what the page showed, if any.

    Raises `NotShownError`, and `StaleError` when somebody else said otherwise meanwhile.
    """
    with write() as database:
        service = _shown(database, person, service_id)
        stored = draft_of(service)
        wanted = drafts.with_section(stored, SPACES, said)
        if mark and mark != spaces_mark(stored) and spaces_mark(wanted) != spaces_mark(stored):
            raise StaleError(stored, drafts.changed_fields(stored, wanted))
        service.space, service.wait_weeks = said.space, said.wait_weeks
        service.space_note, service.space_on = said.note, said.said
        work = _work(database, person, service.organisation_id)
        publish_now(work, service, _told(said), _told(stored.availability))


def spaces_mark(draft: Draft) -> str:
    """The mark of what is said of spaces, whenever it was said."""
    said = replace(draft.availability, said=None)
    return reviewing.section_mark(drafts.with_section(draft, SPACES, said), SPACES)


def _told(said: drafts.Availability) -> dict[str, object]:
    return {"space": said.space, "wait_weeks": said.wait_weeks, "note": said.note}


def close_until(
    person: Person, service_id: str, until: date | None, mark: str | None = None
) -> None:
    """Tell families that it is closed until a day, or open again. `mark`: the day the page showed.

    Raises `NotShownError`, and `ChangedError` when somebody else said another day meanwhile.
    """
    with write() as database:
        service = _shown(database, person, service_id)
        before = service.closed_until
        if before == until:
            return
        if mark is not None and mark != day_mark(before):
            raise ChangedError(before)
        service.closed_until = until
        work = _work(database, person, service.organisation_id)
        publish_now(work, service, {"closed_until": until}, {"closed_until": before})


def day_mark(day: date | None) -> str:
    """A day, or none, as a form carries it."""
    return day.isoformat() if day else "open"


def cancel_day(person: Person, service_id: str, on: date, note: str) -> None:
    """Tell families at once of a day off. Raises `NotShownError` or `TooManyError`."""
    with write() as database:
        service = _shown(database, person, service_id)
        held = next((day for day in service.cancellations if day.on == on), None)
        if held is None and len(service.cancellations) >= MOST_DAYS_OFF:
            raise TooManyError
        before = {"cancelled": on, "note": held.note} if held else None
        if held is None:
            service.cancellations.append(Cancellation(on=on, note=note))
        else:
            held.note = note
        work = _work(database, person, service.organisation_id)
        publish_now(work, service, {"cancelled": on, "note": note}, before)


def run_after_all(person: Person, service_id: str, on: date) -> None:
    """Take a day off back at once. Raises `NotShownError`."""
    with write() as database:
        service = _shown(database, person, service_id)
        held = next((day for day in service.cancellations if day.on == on), None)
        if held is not None:
            service.cancellations.remove(held)
            work = _work(database, person, service.organisation_id)
            before = {"cancelled": on, "note": held.note}
            publish_now(work, service, {"runs_after_all": on}, before)


def say_all_is_right(person: Person, service_id: str) -> None:
    """Keep that the whole listing was looked at and is right. Raises `NotShownError`."""
    with write() as database:
        service = _shown(database, person, service_id)
        work = _work(database, person, service.organisation_id)
        assure(work, service, date.today(), "signed in")


def begin_edit(person: Person, service_id: str) -> str:
    """The id of the open revision of a service, or of a new one."""
    with write() as database:
        service = _held(database, person, service_id)
        work = _work(database, person, service.organisation_id)
        return reviewing.start_edit(work, service).id


def begin_new(person: Person, organisation_id: str, name: str) -> str:
    """The id of a revision for a service that is not in the directory yet.

    One of that name that was begun and not sent is gone on with: the button was pressed twice.
    """
    with write() as database:
        begun = select(Revision).where(
            Revision.organisation_id == organisation_id,
            Revision.service_id.is_(None),
            Revision.status == RevisionStatus.DRAFT,
        )
        for held in database.scalars(begun):
            if drafts.from_json(held.content).about.name == name:
                return held.id
        work = _work(database, person, organisation_id)
        return reviewing.start_new(work, organisation_id, name).id


def save(
    person: Person,
    revision_id: str,
    section: str,
    change: Callable[[Draft], Draft],
    mark: str,
) -> None:
    """Save one section of a revision. Raises `StaleError` or `WrongStateError`.

    What staff said of a place goes with the place when others are taken out before it.
    """
    with write() as database:
        revision = _revision(database, person, revision_id)
        work = _work(database, person, revision.organisation_id)
        stored = drafts.from_json(revision.content)
        wanted = change(stored)
        reviewing.save_section(work, revision, section, getattr(wanted, section), mark)
        if section == "when" and any(said is not None for said in stored.staff.withheld):
            aligned = keep_staff_words(drafts.from_json(revision.content), stored)
            revision.content = drafts.to_json(aligned)


def submit(person: Person, revision_id: str, is_ready: Callable[[Draft], bool]) -> bool:
    """Send a revision to staff; True when it published itself. Sending twice is no mistake.

    Raises `UnfinishedError` or `WrongStateError`.
    """
    with write() as database:
        revision = _revision(database, person, revision_id)
        if revision.status == RevisionStatus.SUBMITTED:
            return False
        if not is_ready(drafts.from_json(revision.content)):
            raise UnfinishedError
        return reviewing.submit(_work(database, person, revision.organisation_id), revision)


def withdraw(person: Person, revision_id: str) -> bool:
    """Take a revision back from staff, or drop it; True when it can still be edited.

    Raises `WrongStateError`.
    """
    with write() as database:
        revision = _revision(database, person, revision_id)
        reviewing.withdraw(_work(database, person, revision.organisation_id), revision)
        return revision.status in reviewing.OPEN


def _work(database: Session, person: Person, organisation_id: str) -> Work:
    return Work(database, current_site(), person.as_actor(organisation_id))


def _held(database: Session, person: Person, service_id: str) -> Service:
    service = database.get(Service, service_id, with_for_update=True, populate_existing=True)
    own_or_404(person, service.organisation_id if service else "")
    if service is None:
        raise NotShownError
    return service


def _shown(database: Session, person: Person, service_id: str) -> Service:
    service = _held(database, person, service_id)
    if service.status != Status.PUBLISHED:
        raise NotShownError
    return service


def _revision(database: Session, person: Person, revision_id: str) -> Revision:
    revision = reviewing.locked(database, revision_id)
    if revision is None:
        raise NotShownError
    own_or_404(person, revision.organisation_id)
    return revision
