"""What staff do with what is sent: take, hand back, decide. One function is one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
from sqlalchemy.orm import Session

from app import draft as drafts
from app import flags, reviewing
from app.access import Person
from app.audit import Work, record
from app.database import write
from app.draft import Draft, StaffOnly
from app.draft_records import draft_of
from app.models import Revision
from app.moderation import mails
from app.moderation.revision_page import proposed
from app.site import current_site
from app.states import RevisionStatus
from app.versions import StaleError

MOST_AT_ONCE = 50


class GoneError(LookupError):
    """There is no such revision."""


class SentAgainError(ValueError):
    """The provider changed and sent it again since the page was made."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What staff decided: how, on which saved state, with which words and settings."""

    kind: str
    """`approve`, `edits`, `changes` or `reject`."""
    saved: int
    note: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)
    tier: str = ""
    withheld: tuple[bool | None, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """Small edits: text fields of the draft and what they shall say."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of several that were approved at once; no fault: it is published."""

    id: str
    name: str
    fault: str = ""


def take(person: Person, key: str) -> None:
    """Say that one looks after it. Raises what `app.reviewing.take` raises, and GoneError."""
    with write() as database:
        reviewing.take(_work(database, person), _locked(database, key))


def hand_back(person: Person, key: str) -> None:
    """Leave it to others again."""
    with write() as database:
        reviewing.hand_back(_work(database, person), _locked(database, key))


def decide(person: Person, key: str, decision: Decision) -> None:
    """Carry a decision out: status, log, what families see and the mail, or nothing.

    Raises `WrongStateError`, `TakenError`, `StaleError`, `SentAgainError` or `GoneError`.
    """
    with write() as database:
        work = _work(database, person)
        revision = _locked(database, key)
        if revision.saved != decision.saved and revision.status == RevisionStatus.SUBMITTED:
            raise SentAgainError
        _carry_out(work, revision, decision)


def approve_all(person: Person, organisation_id: str, seen: Mapping[str, int]) -> list[Outcome]:
    """Approve several of one organisation, each whole or not at all, the others going on.

    `seen`: ids, and the saved state of each that the page showed.
    """
    wanted = list(seen)[:MOST_AT_ONCE]
    with write() as database:
        work = _work(database, person)
        return [_approve_one(work, organisation_id, key, seen[key]) for key in wanted]


def _approve_one(work: Work, organisation_id: str, key: str, saved: int) -> Outcome:
    """One of several; a fault undoes this one alone."""
    name = ""
    try:
        with work.database.begin_nested():
            revision = _locked(work.database, key)
            if revision.organisation_id != organisation_id:
                raise GoneError(key)
            before = draft_of(revision.service) if revision.service else None
            draft, _ = proposed(revision, before)
            name = draft.about.name
            if revision.saved != saved and revision.status == RevisionStatus.SUBMITTED:
                return Outcome(key, name, "again")
            if flags.has_fault(flags.find_flags(draft, before)):
                return Outcome(key, name, "fault")
            service = reviewing.approve(work, revision)
            mails.mail_approved(work, revision, service, "")
    except StaleError:
        return Outcome(key, name, "stale")
    except reviewing.TakenError:
        return Outcome(key, name, "taken")
    except (reviewing.WrongStateError, GoneError):
        return Outcome(key, name, "gone")
    return Outcome(key, name)


def _carry_out(work: Work, revision: Revision, decision: Decision) -> None:
    name = drafts.from_json(revision.content).about.name
    if decision.kind == "changes":
        reviewing.ask_for_changes(work, revision, decision.comments, decision.note)
        mails.mail_changes(work, revision, name, decision.comments, decision.note)
    elif decision.kind == "reject":
        reviewing.reject(work, revision, decision.note)
        mails.mail_rejected(work, revision, name, decision.note)
    else:
        edited = edited_draft(revision, decision)
        _log_edits(work, revision, edited)
        service = reviewing.approve(work, revision, edited)
        mails.mail_approved(work, revision, service, decision.note)


def _log_edits(work: Work, revision: Revision, edited: Draft) -> None:
    """Staff's own words are theirs in the log, not the provider's."""
    draft = drafts.from_json(revision.content)
    names = [name for name in drafts.changed_fields(draft, edited) if name in flags.PROSE]
    if names:
        old = {name: flags.text_of(draft, name) for name in names}
        new = {name: flags.text_of(edited, name) for name in names}
        record(work, "revision.edited", ("revision", revision.id), old, new)


def edited_draft(revision: Revision, decision: Decision) -> Draft:
    """The content of a revision with staff's small edits, the tier and the withheld places."""
    draft = with_texts(drafts.from_json(revision.content), decision.texts)
    tier = decision.tier or draft.staff.tier
    return drafts.with_section(draft, "staff", StaffOnly(tier, decision.withheld))


def with_texts(draft: Draft, texts: Mapping[str, str]) -> Draft:
    """A draft in which some text fields say something else."""
    for name, words in texts.items():
        section, _, field_name = name.partition(".")
        part = msgspec.structs.replace(getattr(draft, section), **{field_name: words})
        draft = drafts.with_section(draft, section, part)
    return draft


def _locked(database: Session, key: str) -> Revision:
    revision = reviewing.locked(database, key)
    if revision is None:
        raise GoneError(key)
    return revision


def _work(database: Session, person: Person) -> Work:
    return Work(database, current_site(), person.as_actor())
