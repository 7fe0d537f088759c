"""Organisations ask to join, or say that a listing is theirs; staff decide."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import mails
from app.accounts.invitations import invite
from app.audit import Work, record
from app.database import now
from app.models import Account, JoinRequest, Organisation, Service

JOIN, CLAIM = "join", "claim"
WAITING, ACCEPTED, REFUSED = "waiting", "accepted", "refused"


class DecidedError(ValueError):
    """Somebody else has decided. `by`: who, or nothing when it is not known."""

    def __init__(self, by: str) -> None:
        super().__init__("this request has been decided")
        self.by = by


def ask_to_join(work: Work, request: JoinRequest) -> None:
    """Keep a request, tell staff, and tell whoever asked that it has come; the same one once."""
    request.email = request.email.lower()
    if _waits_already(work.database, request):
        return
    work.database.add(request)
    work.database.flush()
    record(work, "request.made", ("request", request.id), None, {"kind": request.kind})
    address, is_claim = f"/staff/requests/{request.id}", request.kind == CLAIM
    mails.request_waits(work, request.organisation_name, address, is_claim=is_claim)
    mails.request_received(work, request.email)


def _waits_already(database: Session, asked: JoinRequest) -> bool:
    """Whether the same was sent before, as by a button that was pressed twice."""
    same = select(JoinRequest.id).where(
        JoinRequest.status == WAITING,
        JoinRequest.kind == asked.kind,
        JoinRequest.email == asked.email,
        JoinRequest.organisation_name == asked.organisation_name,
        JoinRequest.service_id == asked.service_id,
        JoinRequest.words == asked.words,
    )
    return database.scalar(same.limit(1)) is not None


def locked_request(database: Session, key: str) -> JoinRequest | None:
    """A request for deciding on it: of two at once one waits."""
    found = select(JoinRequest).where(JoinRequest.id == key).with_for_update()
    return database.scalars(found.execution_options(populate_existing=True)).first()


def accept_request(work: Work, request: JoinRequest, organisation: str) -> Organisation:
    """Say yes: an invitation to lead an organisation, made new when none is named.

    A claim is always for the listing's own organisation. Raises `DecidedError`.
    """
    _must_wait(work.database, request)
    chosen = _organisation(work, request, organisation)
    _decide(work, request, ACCEPTED)
    record(
        work,
        "request.accepted",
        ("request", request.id),
        None,
        {"organisation": chosen.id, "kind": request.kind},
    )
    invite(work, request.email, organisation=chosen, is_lead=True)
    return chosen


def refuse_request(work: Work, request: JoinRequest, reason: str) -> None:
    """Say no, and why. Raises `DecidedError`."""
    _must_wait(work.database, request)
    _decide(work, request, REFUSED)
    request.reason = reason
    record(work, "request.refused", ("request", request.id), None, {"reason": reason})
    mails.request_refused(work, request.email, reason)


def _must_wait(database: Session, request: JoinRequest) -> None:
    if request.status != WAITING:
        who = database.get(Account, request.decided_by) if request.decided_by else None
        raise DecidedError((who.name or who.email) if who else "")


def _decide(work: Work, request: JoinRequest, status: str) -> None:
    request.status, request.decided_by, request.decided_at = status, work.actor.id or None, now()


def _organisation(work: Work, request: JoinRequest, key: str) -> Organisation:
    if request.kind == CLAIM and request.service_id:
        return work.database.get_one(Service, request.service_id).organisation
    held = work.database.get(Organisation, key) if key else None
    if held is not None:
        return held
    made = Organisation(name=request.organisation_name, email=request.email)
    work.database.add(made)
    work.database.flush()
    record(work, "organisation.made", ("organisation", made.id), None, {"name": made.name})
    return made
