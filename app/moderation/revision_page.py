"""Everything the page of one revision shows: both contents, what was checked, who has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app import draft as drafts
from app.compose import is_withheld
from app.council import Council
from app.draft import Draft
from app.draft_records import draft_of
from app.flags import PROSE, lacking_in, text_of
from app.models import Location, Revision
from app.moderation.checks import Finding, check
from app.moderation.compare import FieldChange, compare
from app.moderation.fields import label_of
from app.moderation.queries import days_since
from app.moderation.records import names_of, whole_revision
from app.states import RevisionStatus
from app.versions import StaleError, merged


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place whose address staff may withhold: what they said, and what holds unless they do."""

    name: str
    said: bool | None
    usual: bool


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """One revision for staff."""

    id: str
    name: str
    status: str
    saved: int
    slug: str
    organisation: str
    organisation_id: str
    author: str
    sent_at: datetime | None
    day: int
    target: int
    taken_id: str
    taken_by: str
    taken_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    reason: str
    version: int
    is_shown: bool
    """Whether families see the listing now."""
    draft: Draft
    changed: list[FieldChange]
    same: list[FieldChange]
    lacking: list[FieldChange]
    """Must-haves that say nothing, so that staff can ask for them."""
    findings: list[Finding]
    clashes: tuple[str, ...]
    """Names of fields that were published otherwise since the edit began."""
    tier: str
    places: tuple[PlaceChoice, ...]
    comments: dict[str, list[str]] = field(default_factory=dict)
    """What staff asked in an earlier round, by the draft's field."""

    @property
    def is_new(self) -> bool:
        """Whether the service is not in the directory yet."""
        return not self.slug

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be decided."""
        return self.status == RevisionStatus.SUBMITTED

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What staff may mend: each text field and what it says, empty ones left out."""
        said = [(name, text_of(self.draft, name)) for name in PROSE]
        return [(name, text) for name, text in said if text]

    @property
    def faults(self) -> list[Finding]:
        """What must be mended."""
        return [item for item in self.findings if item.level == "must"]


def find_revision_page(database: Session, key: str, council: Council) -> RevisionPage | None:
    """One revision with both contents and everything found; None when there is none."""
    revision = whole_revision(database, key)
    if revision is None or revision.status in {RevisionStatus.DRAFT, RevisionStatus.WITHDRAWN}:
        return None
    service = revision.service
    before = draft_of(service) if service else None
    draft, clashes = proposed(revision, before)
    rows = compare(before, draft, council, lacking_in(draft))
    names = names_of(database, revision.author_id, revision.taken_by, revision.decided_by)
    sent = revision.submitted_at
    return RevisionPage(
        id=revision.id,
        name=draft.about.name,
        status=revision.status,
        saved=revision.saved,
        slug=service.slug if service else "",
        organisation=revision.organisation.name,
        organisation_id=revision.organisation_id,
        author=names.get(revision.author_id or "", ""),
        sent_at=sent,
        day=days_since(sent) if sent else 1,
        target=council.moderation.target_days,
        taken_id=revision.taken_by or "",
        taken_by=names.get(revision.taken_by or "", ""),
        taken_at=revision.taken_at,
        decided_by=names.get(revision.decided_by or "", ""),
        decided_at=revision.decided_at,
        reason=revision.reason,
        version=(service.version or 1) if service else 0,
        is_shown=service is not None and service.status == "published",
        draft=draft,
        changed=[row for row in rows if row.is_changed],
        same=[row for row in rows if not row.is_changed and (row.old or row.new)],
        lacking=[row for row in rows if not row.old and not row.new],
        findings=check(database, draft, before, revision.service_id),
        clashes=tuple(label_of(name) for name in clashes),
        tier=before.staff.tier if before else draft.staff.tier,
        places=_places(draft, before),
        comments=_comments(revision),
    )


def proposed(revision: Revision, before: Draft | None) -> tuple[Draft, tuple[str, ...]]:
    """What families would see if a revision were approved now, and the fields that clash."""
    wanted = drafts.from_json(revision.content)
    if before is None or not revision.base:
        return wanted, ()
    base = drafts.from_json(revision.base)
    wanted = drafts.with_section(wanted, "staff", base.staff)
    try:
        return merged(base, before, wanted), ()
    except StaleError as stale:
        return wanted, stale.fields


def _places(draft: Draft, before: Draft | None) -> tuple[PlaceChoice, ...]:
    said = {}
    if before is not None:
        ids = (place.id for place in before.when.places)
        said = dict(zip(ids, before.staff.withheld, strict=False))
    usual = is_withheld(Location(withheld=None), draft.about.breaks)
    return tuple(
        PlaceChoice(
            ", ".join(part for part in (place.name, place.town, place.postcode) if part),
            said.get(place.id) if place.id else None,
            usual,
        )
        for place in draft.when.places
    )


def _comments(revision: Revision) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for comment in revision.comments:
        found.setdefault(comment.field, []).append(comment.words)
    return found
