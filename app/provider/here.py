"""What an address of the provider's pages names: found, and only when it is one's own."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort

from app import draft as drafts
from app.access import Person, own_or_404, person_here
from app.draft import Draft
from app.draft_records import draft_of
from app.extensions import db
from app.models import Organisation, Revision, Service
from app.reviewing import OPEN
from app.states import RevisionStatus, Status


@dataclass(frozen=True, slots=True)
class Change:
    """A revision, who looks at it, and its content."""

    person: Person
    revision: Revision
    draft: Draft

    @property
    def is_open(self) -> bool:
        """Whether it can still be edited."""
        return self.revision.status in OPEN

    @property
    def is_live(self) -> bool:
        """Whether families see the listing that it changes."""
        service = self.revision.service
        return service is not None and service.status == Status.PUBLISHED

    @property
    def before(self) -> Draft | None:
        """What the records of the listing say now; None for a new service."""
        service = self.revision.service
        return draft_of(service) if service is not None else None

    @property
    def comments(self) -> dict[str, list[str]]:
        """What staff ask to have changed, by field, while they wait for it."""
        said: dict[str, list[str]] = {}
        if self.revision.status == RevisionStatus.CHANGES_ASKED:
            for comment in self.revision.comments:
                said.setdefault(comment.field, []).append(comment.words)
        return said


def own_service(service_id: str) -> Service:
    """A service of one's own organisation, or any for staff; else 404."""
    service = db.session.get(Service, service_id)
    if service is None:
        abort(404)
    own_or_404(person_here(), service.organisation_id)
    return service


def own_change(revision_id: str) -> Change:
    """A revision of one's own organisation, or any for staff; else 404."""
    person, revision = person_here(), db.session.get(Revision, revision_id)
    if revision is None:
        abort(404)
    own_or_404(person, revision.organisation_id)
    return Change(person, revision, drafts.from_json(revision.content))


def own_organisation(organisation_id: str) -> Organisation:
    """An organisation one acts for, or any for staff; else 404."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        abort(404)
    own_or_404(person_here(), organisation_id)
    return organisation
