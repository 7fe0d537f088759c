"""What waits of one organisation, for approving several at once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import draft as drafts
from app.draft import Draft
from app.models import Organisation, Revision
from app.moderation.actions import MOST_AT_ONCE
from app.moderation.fields import label_of
from app.states import RevisionStatus


@dataclass(frozen=True, slots=True)
class BulkLine:
    """One revision: what it is called, which fields it changes, what the checks found."""

    id: str
    saved: int
    name: str
    is_new: bool
    fields: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BulkPage:
    """What waits of one organisation, the oldest first."""

    id: str
    organisation: str
    lines: list[BulkLine]
    total: int
    """How many wait: there may be more than can be approved at once."""


def find_bulk(database: Session, organisation_id: str) -> BulkPage | None:
    """What waits of one organisation; None when there is none such. Three selects."""
    organisation = database.get(Organisation, organisation_id)
    if organisation is None:
        return None
    is_waiting = (
        Revision.organisation_id == organisation_id,
        Revision.status == RevisionStatus.SUBMITTED,
    )
    waiting = database.scalars(
        select(Revision)
        .where(*is_waiting)
        .order_by(Revision.submitted_at, Revision.id)
        .limit(MOST_AT_ONCE)
    )
    total = database.scalar(select(func.count(Revision.id)).where(*is_waiting)) or 0
    return BulkPage(organisation.id, organisation.name, [_line(item) for item in waiting], total)


def _line(revision: Revision) -> BulkLine:
    draft = drafts.from_json(revision.content)
    base = drafts.from_json(revision.base) if revision.base else Draft()
    fields = dict.fromkeys(label_of(name) for name in drafts.changed_fields(base, draft))
    return BulkLine(
        revision.id,
        revision.saved,
        draft.about.name,
        not revision.base,
        tuple(fields),
        tuple(revision.flags.split()),
    )
