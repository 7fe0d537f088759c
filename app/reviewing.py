"""The life of a revision: begun, saved section by section, submitted, decided, published.

Each function works inside the caller's write transaction, so that a status, its log entry, the
mail it causes and what families see change together or not at all. A revision is locked while it
is looked at: of two people who act at once, one wins and the other is told who.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import draft as drafts
from app import flags
from app.audit import Actor, Work, record
from app.database import now
from app.draft import Draft, Part
from app.draft_records import draft_of
from app.models import FieldComment, Revision, Service
from app.publishing import free_slug
from app.states import RevisionStatus, Status
from app.versions import StaleError, keep_staff_words, merged, publish_version

OPEN = (RevisionStatus.DRAFT, RevisionStatus.CHANGES_ASKED)
"""What its author can still edit."""
DATES = frozenset({"could.checked", "availability.said"})
"""Follow other fields of themselves: the day on which those were said."""


class ReviewError(ValueError):
    """Something that cannot be done as a revision stands."""


class WrongStateError(ReviewError):
    """The revision is no longer where the page showed it; `revision` says where it is."""

    def __init__(self, revision: Revision) -> None:
        super().__init__(f"the revision is {revision.status}")
        self.revision = revision


class TakenError(ReviewError):
    """Another member of staff has taken the revision."""

    def __init__(self, by: str) -> None:
        super().__init__("somebody else has taken this")
        self.by = by


def locked(database: Session, revision_id: str) -> Revision | None:
    """A revision, held against others until the transaction ends."""
    return database.get(Revision, revision_id, with_for_update=True, populate_existing=True)


def start_edit(work: Work, service: Service) -> Revision:
    """The open revision of a service, or a new one that begins with what families see."""
    held = work.database.scalars(
        select(Revision).where(
            Revision.service_id == service.id,
            Revision.status.in_([*OPEN, RevisionStatus.SUBMITTED]),
        )
    ).first()
    if held is not None:
        return held
    content = drafts.to_json(draft_of(service))
    revision = Revision(
        organisation_id=service.organisation_id,
        service_id=service.id,
        content=content,
        base=content,
        author_id=work.actor.id or None,
    )
    return _begun(work, revision)


def start_new(work: Work, organisation_id: str, name: str) -> Revision:
    """A revision for a service that is not in the directory yet."""
    draft = Draft(about=drafts.About(name=name))
    revision = Revision(
        organisation_id=organisation_id,
        content=drafts.to_json(draft),
        author_id=work.actor.id or None,
    )
    return _begun(work, revision)


def _begun(work: Work, revision: Revision) -> Revision:
    work.database.add(revision)
    work.database.flush()
    _log(work, revision, "revision.begun")
    return revision


def section_mark(draft: Draft, section: str) -> str:
    """A fingerprint of one section, which a form carries to notice that it has grown stale."""
    return blake2b(msgspec.json.encode(getattr(draft, section)), digest_size=12).hexdigest()


def save_section(
    work: Work,
    revision: Revision,
    section: str,
    part: Part,
    mark: str,
) -> None:
    """Put a section in place of the one whose `mark` the form carried.

    Raises `StaleError` when the section says something else by now, `WrongStateError` when the
    revision can no longer be edited.
    """
    if revision.status not in OPEN:
        raise WrongStateError(revision)
    stored = drafts.from_json(revision.content)
    if section_mark(stored, section) != mark:
        fields = drafts.changed_fields(stored, drafts.with_section(stored, section, part))
        raise StaleError(stored, fields)
    wanted = drafts.with_section(stored, section, part)
    changed = drafts.changed_fields(stored, wanted)
    revision.content = drafts.to_json(wanted)
    revision.saved += 1
    revision.updated_at = now()
    saved = {*revision.sections.split(), section}
    revision.sections = " ".join(code for code in drafts.SECTIONS if code in saved)
    if changed:
        _log(work, revision, "revision.saved", new={"fields": changed})


def submit(work: Work, revision: Revision) -> bool:
    """Hand a revision to staff; True when nobody need look and it published itself.

    Raises `WrongStateError`.
    """
    if revision.status not in OPEN:
        raise WrongStateError(revision)
    draft = drafts.from_json(revision.content)
    before = draft_of(revision.service) if revision.service else None
    found = flags.find_flags(draft, before)
    revision.flags = flags.codes_of(found)
    revision.status = RevisionStatus.SUBMITTED
    revision.submitted_at = now()
    revision.taken_by = revision.taken_at = None
    _log(work, revision, "revision.submitted")
    return flags.may_publish_itself(found) and _publish_itself(work, revision, draft)


def _publish_itself(work: Work, revision: Revision, draft: Draft) -> bool:
    """Approve a change of none but the fields that the council lets go unread."""
    if revision.service is None or revision.service.status != Status.PUBLISHED:
        return False
    changed = {*drafts.changed_fields(drafts.from_json(revision.base), draft)} - DATES
    if not changed or not changed <= {*work.site.council.moderation.self_publish}:
        return False
    try:
        approve(work, revision)
    except StaleError:
        return False
    revision.decided_by = None
    _log(work, revision, "revision.published_itself", new={"fields": sorted(changed)})
    return True


def withdraw(work: Work, revision: Revision) -> None:
    """Take a submitted revision back to edit it, or drop one that was not submitted."""
    if revision.status == RevisionStatus.SUBMITTED:
        revision.status = RevisionStatus.DRAFT
    elif revision.status in OPEN:
        revision.status = RevisionStatus.WITHDRAWN
    else:
        raise WrongStateError(revision)
    _log(work, revision, "revision.withdrawn")


def take(work: Work, revision: Revision) -> None:
    """Say that one looks after a revision. Raises `TakenError` or `WrongStateError`."""
    _submitted(revision, work.actor)
    revision.taken_by, revision.taken_at = work.actor.id, now()
    _log(work, revision, "revision.taken")


def hand_back(work: Work, revision: Revision) -> None:
    """Leave a revision to others again."""
    if revision.status != RevisionStatus.SUBMITTED:
        raise WrongStateError(revision)
    revision.taken_by = revision.taken_at = None
    _log(work, revision, "revision.handed_back")


def ask_for_changes(
    work: Work,
    revision: Revision,
    comments: Mapping[str, str],
    words: str = "",
) -> None:
    """Send a revision back with a comment for each field that should be otherwise."""
    _submitted(revision, work.actor)
    _decide(revision, RevisionStatus.CHANGES_ASKED, work.actor, words)
    revision.comments = [
        FieldComment(field=field, words=said, author_id=work.actor.id or None)
        for field, said in comments.items()
    ]
    _log(work, revision, "revision.changes_asked", new={"fields": [*comments]})


def reject(work: Work, revision: Revision, reason: str) -> None:
    """Refuse a revision, with a reason that its author reads."""
    _submitted(revision, work.actor)
    _decide(revision, RevisionStatus.REJECTED, work.actor, reason)
    _log(work, revision, "revision.rejected", new={"reason": reason})


def approve(
    work: Work,
    revision: Revision,
    edited: Draft | None = None,
) -> Service:
    """Publish a revision, with staff's small edits if there are any.

    What was published meanwhile in other fields stays. What only staff set stays too, unless the
    edits set it. Raises `StaleError` when the same field
    was published otherwise since the edit began, `TakenError` or `WrongStateError`.
    """
    _submitted(revision, work.actor)
    wanted = edited or drafts.from_json(revision.content)
    service = revision.service
    if edited is None:
        wanted = keep_staff_words(wanted, draft_of(service) if service else Draft())
    if service is None:
        service = _new_service(work.database, revision, wanted)
        revision.service_id = service.id
    else:
        current, asked = draft_of(service), wanted
        wanted = merged(drafts.from_json(revision.base), current, asked)
        if wanted.when.places != asked.when.places:
            wanted = keep_staff_words(wanted, current)
    assured = revision.submitted_at.date() if revision.submitted_at else now().date()
    service.assured_date = max(assured, service.assured_date or assured)
    publish_version(work, service, wanted, revision=revision)
    _decide(revision, RevisionStatus.APPROVED, work.actor, revision.reason)
    _log(work, revision, "revision.approved")
    return service


def _submitted(revision: Revision, actor: Actor) -> None:
    if revision.status != RevisionStatus.SUBMITTED:
        raise WrongStateError(revision)
    if revision.taken_by and revision.taken_by != actor.id:
        raise TakenError(revision.taken_by)


def _decide(revision: Revision, status: RevisionStatus, actor: Actor, reason: str) -> None:
    revision.status, revision.reason = status, reason
    revision.decided_by, revision.decided_at = actor.id or None, now()
    revision.taken_by = revision.taken_at = None


def _new_service(database: Session, revision: Revision, draft: Draft) -> Service:
    towns = [place.town for place in draft.when.places if place.town]
    service = Service(
        organisation_id=revision.organisation_id,
        slug=free_slug(database, draft.about.name, towns[0] if towns else ""),
        name=draft.about.name,
    )
    database.add(service)
    database.flush()
    return service


def _log(
    work: Work,
    revision: Revision,
    action: str,
    new: Mapping[str, object] | None = None,
) -> None:
    subject = ("revision", revision.id)
    said = {"service": revision.service_id, **(new or {})}
    record(work, action, subject, None, said)
