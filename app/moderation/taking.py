"""Staff look after what waits, leave it to others again, and say that reports are dealt with."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import reviewing
from app.access import Person
from app.audit import Work, record
from app.database import now, write
from app.models import Feedback, JoinRequest, Revision, Service
from app.moderation.actions import GoneError
from app.moderation.listing_actions import CannotError
from app.moderation.queries import find_first_free
from app.reviewing import TakenError
from app.site import current_site

WAITING = "waiting"


def take_next(person: Person) -> tuple[str, str] | None:
    """Take what has waited longest and nobody has, of whatever kind: its kind, and its id."""
    with write() as database:
        work = Work(database, current_site(), person.as_actor())
        found = find_first_free(database)
        if found is None:
            return None
        kind, key = found
        if kind == "report":
            _take_reports(work, database.get_one(Service, key))
        elif kind in {"new", "edit"}:
            reviewing.take(work, database.get_one(Revision, key, with_for_update=True))
        else:
            _take_request(work, database.get_one(JoinRequest, key, with_for_update=True))
        return found


def take_reports(person: Person, slug: str, *, is_back: bool = False) -> None:
    """Look after the reports of a listing, or leave them to others again.

    Raises TakenError when somebody else has them, CannotError when there are none.
    """
    with write() as database:
        service = _listing(database, slug)
        work = Work(database, current_site(), person.as_actor())
        _give_back_reports(work, service) if is_back else _take_reports(work, service)


def _listing(database: Session, slug: str) -> Service:
    """The listing at an address. Raises CannotError when there is none."""
    service = database.scalars(select(Service).where(Service.slug == slug)).first()
    if service is None:
        raise CannotError("gone")
    return service


def settle_reports(person: Person, slug: str, words: str) -> int:
    """Say that the reports of a listing are dealt with; gives how many. Their marks are wiped.

    Raises TakenError when somebody else looks after them.
    """
    with write() as database:
        service = _listing(database, slug)
        work = Work(database, current_site(), person.as_actor())
        waiting = held_reports(database, service)
        for report in waiting:
            must_be_free(work, report.taken_by)
            report.settled_at, report.settled_by, report.reporter = now(), person.id, ""
        if waiting:
            said = {"reports": len(waiting), "staff_reason": words}
            record(work, "reports.settled", ("service", service.id), None, said)
        return len(waiting)


def take_request(person: Person, key: str, *, is_back: bool = False) -> None:
    """Look after a wish to join, or leave it to others again.

    Raises TakenError when somebody else has it, CannotError when it is decided, GoneError when
    there is none.
    """
    with write() as database:
        request = database.get(JoinRequest, key, with_for_update=True, populate_existing=True)
        if request is None:
            raise GoneError(key)
        work = Work(database, current_site(), person.as_actor())
        if is_back:
            _must_wait(request)
            request.taken_by = None
            record(work, "request.handed_back", ("request", request.id))
        else:
            _take_request(work, request)


def must_be_free(work: Work, taken_by: str | None) -> None:
    """Raise TakenError when somebody else looks after it."""
    if taken_by and taken_by != work.actor.id:
        raise TakenError(taken_by)


def _must_wait(request: JoinRequest) -> None:
    if request.status != WAITING:
        raise CannotError("dealt", request.decided_by or "")


def _take_request(work: Work, request: JoinRequest) -> None:
    _must_wait(request)
    must_be_free(work, request.taken_by)
    if request.taken_by is None:
        request.taken_by = work.actor.id
        record(work, "request.taken", ("request", request.id))


def _take_reports(work: Work, service: Service) -> None:
    waiting = _waiting(work, service)
    for report in waiting:
        must_be_free(work, report.taken_by)
    for report in waiting:
        report.taken_by = work.actor.id
    record(work, "reports.taken", ("service", service.id))


def _give_back_reports(work: Work, service: Service) -> None:
    for report in _waiting(work, service):
        report.taken_by = None
    record(work, "reports.handed_back", ("service", service.id))


def _waiting(work: Work, service: Service) -> list[Feedback]:
    waiting = held_reports(work.database, service)
    if not waiting:
        raise CannotError("gone")
    return waiting


def held_reports(database: Session, service: Service) -> list[Feedback]:
    """The reports of a listing that wait, held against others until the transaction ends."""
    found = select(Feedback).where(Feedback.service_id == service.id, Feedback.settled_at.is_(None))
    return list(database.scalars(found.order_by(Feedback.id).with_for_update()))
