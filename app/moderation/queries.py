"""What staff wait for: the queue, oldest first, and how much of it there is.

Four kinds of records wait, so the queue is one union of their ids and days, of which one page is
taken; what is shown of a page is read afterwards, with one select for each kind of record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from app import draft as drafts
from app.database import now
from app.models import Account, Feedback, JoinRequest, Organisation, Revision, Service
from app.moderation.asked import PAGE, Asked
from app.moderation.records import names_of
from app.states import RevisionStatus

MANY_REPORTS = 3
"""So many different people must say that a listing is wrong for it to be flagged."""
ANY = frozenset({"", "late"})
"""Flags that any kind may have."""
Cut = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue."""

    kind: str
    id: str
    name: str
    organisation: str
    organisation_id: str
    since: datetime
    days: int
    is_late: bool
    flags: tuple[str, ...] = ()
    taken_by: str = ""
    """The name of who has taken it; empty for nobody."""
    taken_id: str = ""
    people: int = 0
    """How many different people reported a listing."""
    slug: str = ""

    @property
    def is_flagged(self) -> bool:
        """Whether enough people say that a listing is wrong."""
        return self.people >= MANY_REPORTS


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue, how much there is in all, and how many pages."""

    lines: list[Waiting]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """At least one."""
        return max(1, -(-self.total // PAGE))


def find_queue(database: Session, asked: Asked, person_id: str, target_days: int) -> Queue:
    """One page of what waits, the longest wait first."""
    waiting = _union(asked, person_id, target_days).subquery()
    total = database.scalar(select(func.count()).select_from(waiting)) or 0
    page = min(asked.page, max(1, -(-total // PAGE)))
    rows = database.execute(
        select(waiting.c.kind, waiting.c.id)
        .order_by(waiting.c.since, waiting.c.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    order = [(kind, key) for kind, key in rows]
    found = _lines(database, order, target_days)
    return Queue([found[item] for item in order if item in found], total, page)


def find_first_free(database: Session) -> tuple[str, str] | None:
    """The kind and id of what has waited longest and nobody has taken; None when nothing waits."""
    waiting = _union(Asked(who="free"), "", 0).subquery()
    order = (waiting.c.since, waiting.c.id)
    row = database.execute(select(waiting.c.kind, waiting.c.id).order_by(*order).limit(1)).first()
    return (row[0], row[1]) if row else None


def count_waiting(database: Session, person_id: str, target_days: int) -> dict[str, int]:
    """How much waits: by kind, late, taken by this person, and said to be wrong by many."""
    late = now() - timedelta(days=target_days)
    waiting = _union(Asked(), person_id, target_days).subquery()
    rows = database.execute(
        select(
            waiting.c.kind,
            func.count(),
            func.sum(case((waiting.c.since < late, 1), else_=0)),
            func.sum(case((waiting.c.taken_by == person_id, 1), else_=0)),
        ).group_by(waiting.c.kind)
    ).all()
    counts = {kind: number for kind, number, _, _ in rows}
    counts["all"] = sum(row[1] for row in rows)
    counts["late"] = sum(row[2] for row in rows)
    counts["mine"] = sum(row[3] for row in rows)
    many = _reports(Asked(flag="many"), "", None).subquery()
    counts["many"] = database.scalar(select(func.count()).select_from(many)) or 0
    return counts


def days_since(moment: datetime) -> int:
    """Which day of its wait something is on, the first being 1."""
    return (now().date() - moment.date()).days + 1


def _union(asked: Asked, person_id: str, target_days: int) -> CompoundSelect[Any] | Cut:
    late = now() - timedelta(days=target_days) if asked.flag == "late" else None
    parts: list[Cut] = []
    if asked.kind in {"", "new", "edit"} and asked.flag != "many":
        parts.append(_revisions(asked, person_id, late))
    if asked.kind in {"", "report"} and asked.flag in ANY | {"many"}:
        parts.append(_reports(asked, person_id, late))
    if asked.kind in {"", "join", "claim"} and not asked.organisation and asked.flag in ANY:
        parts.append(_requests(asked, person_id, late))
    if not parts:
        return _revisions(asked, person_id, late).where(literal(False))
    return union_all(*parts) if len(parts) > 1 else parts[0]


def _revisions(asked: Asked, person_id: str, late: datetime | None) -> Cut:
    kind = case((Revision.service_id.is_(None), "new"), else_="edit")
    found = select(
        kind.label("kind"),
        Revision.id.label("id"),
        Revision.submitted_at.label("since"),
        Revision.taken_by.label("taken_by"),
    ).where(Revision.status == RevisionStatus.SUBMITTED)
    if asked.kind:
        found = found.where(kind == asked.kind)
    if late is not None:
        found = found.where(Revision.submitted_at < late)
    elif asked.flag:
        found = found.where(Revision.flags.contains(asked.flag))
    if asked.organisation:
        found = found.where(Revision.organisation_id == asked.organisation)
    return _whose(found, Revision.taken_by, asked, person_id)


def _reports(asked: Asked, person_id: str, late: datetime | None) -> Cut:
    first, taken_by = func.min(Feedback.created_at), func.max(Feedback.taken_by)
    found = (
        select(
            literal("report").label("kind"),
            Feedback.service_id.label("id"),
            first.label("since"),
            taken_by.label("taken_by"),
        )
        .where(Feedback.settled_at.is_(None), Feedback.service_id.is_not(None))
        .group_by(Feedback.service_id)
    )
    if asked.organisation:
        own = select(Service.id).where(Service.organisation_id == asked.organisation)
        found = found.where(Feedback.service_id.in_(own))
    if asked.flag == "many":
        found = found.having(func.count(Feedback.reporter.distinct()) >= MANY_REPORTS)
    if late is not None:
        found = found.having(first < late)
    if asked.who == "mine":
        return found.having(taken_by == person_id)
    return found.having(taken_by.is_(None)) if asked.who == "free" else found


def _requests(asked: Asked, person_id: str, late: datetime | None) -> Cut:
    found = select(
        JoinRequest.kind.label("kind"),
        JoinRequest.id.label("id"),
        JoinRequest.created_at.label("since"),
        JoinRequest.taken_by.label("taken_by"),
    ).where(JoinRequest.status == "waiting")
    if asked.kind:
        found = found.where(JoinRequest.kind == asked.kind)
    if late is not None:
        found = found.where(JoinRequest.created_at < late)
    return _whose(found, JoinRequest.taken_by, asked, person_id)


def _whose(found: Cut, taken_by: Any, asked: Asked, person_id: str) -> Cut:
    if asked.who == "mine":
        return found.where(taken_by == person_id)
    return found.where(taken_by.is_(None)) if asked.who == "free" else found


def _lines(
    database: Session, order: Iterable[tuple[str, str]], target_days: int
) -> dict[tuple[str, str], Waiting]:
    ids: dict[str, list[str]] = {"revision": [], "report": [], "request": []}
    of = {"new": "revision", "edit": "revision", "report": "report"}
    for kind, key in order:
        ids[of.get(kind, "request")].append(key)
    found = [
        *_revision_lines(database, ids["revision"], target_days),
        *_report_lines(database, ids["report"], target_days),
        *_request_lines(database, ids["request"], target_days),
    ]
    return {(line.kind, line.id): line for line in found}


def _revision_lines(database: Session, ids: list[str], target: int) -> Iterable[Waiting]:
    rows = database.execute(
        select(Revision, Organisation.name, Account.name, Account.email)
        .join(Organisation, Organisation.id == Revision.organisation_id)
        .outerjoin(Account, Account.id == Revision.taken_by)
        .where(Revision.id.in_(ids))
    )
    for revision, organisation, name, email in rows:
        since = revision.submitted_at or revision.created_at
        yield Waiting(
            kind="edit" if revision.service_id else "new",
            id=revision.id,
            name=drafts.from_json(revision.content).about.name,
            organisation=organisation,
            organisation_id=revision.organisation_id,
            since=since,
            days=days_since(since),
            is_late=_is_late(since, target),
            flags=tuple(revision.flags.split()),
            taken_by=name or email or "",
            taken_id=revision.taken_by or "",
        )


def _report_lines(database: Session, ids: list[str], target: int) -> Iterable[Waiting]:
    rows = database.execute(
        select(
            Service.id,
            Service.slug,
            Service.name,
            Organisation.name,
            Organisation.id,
            func.min(Feedback.created_at),
            func.count(Feedback.reporter.distinct()),
            func.max(Feedback.taken_by),
        )
        .join(Service, Service.id == Feedback.service_id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(Feedback.settled_at.is_(None), Feedback.service_id.in_(ids))
        .group_by(Service.id, Service.slug, Service.name, Organisation.name, Organisation.id)
    ).all()
    takers = names_of(database, *(row[-1] for row in rows))
    for key, slug, name, organisation, owner, since, people, taken in rows:
        yield Waiting(
            "report",
            key,
            name,
            organisation,
            owner,
            since,
            days_since(since),
            _is_late(since, target),
            people=people,
            slug=slug,
            taken_by=takers.get(taken or "", ""),
            taken_id=taken or "",
        )


def _request_lines(database: Session, ids: list[str], target: int) -> Iterable[Waiting]:
    rows = database.execute(
        select(JoinRequest, Account.name, Account.email)
        .outerjoin(Account, Account.id == JoinRequest.taken_by)
        .where(JoinRequest.id.in_(ids))
    )
    for request, name, email in rows:
        yield Waiting(
            request.kind,
            request.id,
            request.organisation_name,
            request.organisation_name,
            "",
            request.created_at,
            days_since(request.created_at),
            _is_late(request.created_at, target),
            taken_by=name or email or "",
            taken_id=request.taken_by or "",
        )


def _is_late(since: datetime, target_days: int) -> bool:
    return since < now() - timedelta(days=target_days)
