"""What staff see of requests to join, and which listings can be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from app.accounts.joining import CLAIM, WAITING
from app.extensions import db
from app.listing import from_json
from app.models import Account, JoinRequest, Membership, Organisation, PublishedListing, Service

PAGE_SIZE, LIKELY = 50, 5
SHORTEST_WORD = 4
COMMON_WORDS = frozenset({"club", "group", "trust", "services", "service", "children", "limited"})


@dataclass(frozen=True, slots=True)
class Claimable:
    """A listing that somebody may say is theirs."""

    id: str
    slug: str
    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A page of requests, those that wait first."""

    rows: Sequence[JoinRequest]
    waiting: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with what helps to decide on it."""

    request: JoinRequest
    is_claim: bool
    is_waiting: bool
    service: Service | None
    organisation: Organisation | None
    """The claimed listing's."""
    services: int
    """How many services that organisation has: all of them could be edited."""
    members: Sequence[str]
    """The addresses of its people so far."""
    likely: Sequence[Organisation]
    """Organisations that may be the one that asks."""
    has_account: bool
    decided_by: str
    taken_by: str
    """Who of staff looks after it, or nothing."""


def find_claimable(slug: str) -> Claimable | None:
    """A published listing by its address."""
    row = db.session.scalars(select(PublishedListing).where(PublishedListing.slug == slug)).first()
    if row is None:
        return None
    listing = from_json(row.document)
    return Claimable(row.service_id, row.slug, row.name, listing.organisation)


def find_requests(number: int) -> RequestPage:
    """The requests that wait, oldest first; then the decided ones, the newest first."""
    is_waiting = JoinRequest.status == WAITING
    waiting = db.session.scalar(select(func.count(JoinRequest.id)).where(is_waiting)) or 0
    total = db.session.scalar(select(func.count(JoinRequest.id))) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(number, 1), pages)
    found = select(JoinRequest).order_by(
        case((is_waiting, 0), else_=1),
        case((is_waiting, JoinRequest.created_at)),
        JoinRequest.decided_at.desc(),
        JoinRequest.id,
    )
    rows = db.session.scalars(found.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return RequestPage(list(rows), waiting, number, pages)


def find_request(key: str) -> Asked | None:
    """One request."""
    request = db.session.get(JoinRequest, key)
    if request is None:
        return None
    service = db.session.get(Service, request.service_id) if request.service_id else None
    place = service.organisation if service else None
    is_claim = request.kind == CLAIM and place is not None
    return Asked(
        request,
        is_claim,
        request.status == WAITING,
        service,
        place,
        _count_services(place),
        _members(place),
        [] if is_claim else _likely(request.organisation_name),
        db.session.scalar(select(Account.id).where(Account.email == request.email)) is not None,
        _name(request.decided_by),
        _name(request.taken_by),
    )


def _name(key: str | None) -> str:
    account = db.session.get(Account, key) if key else None
    return (account.name or account.email) if account else ""


def _count_services(place: Organisation | None) -> int:
    if place is None:
        return 0
    counted = select(func.count(Service.id)).where(Service.organisation_id == place.id)
    return db.session.scalar(counted) or 0


def _members(place: Organisation | None) -> list[str]:
    if place is None:
        return []
    who = aliased(Account)
    found = select(who.email).join(Membership, Membership.account_id == who.id)
    return list(db.session.scalars(found.where(Membership.organisation_id == place.id)))


def _likely(name: str) -> list[Organisation]:
    """Organisations of the same name first, then those that share its longest word."""
    words = [word for word in name.lower().split() if word not in COMMON_WORDS]
    longest = max(words, key=len, default="")
    is_same = func.lower(Organisation.name) == name.lower()
    wanted = is_same
    if len(longest) >= SHORTEST_WORD:
        wanted = is_same | Organisation.name.icontains(longest, autoescape=True)
    found = select(Organisation).where(wanted)
    return list(
        db.session.scalars(
            found.order_by(case((is_same, 0), else_=1), Organisation.name).limit(LIKELY)
        )
    )
