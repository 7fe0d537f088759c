"""Makers of what staff look at: revisions that wait, with the edits a provider made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from app import draft as drafts
from app import reviewing
from app.audit import Actor, Work
from app.database import write
from app.draft import Draft
from app.models import Account, Revision, Service
from app.site import Site

NEW = drafts.Draft(
    about=drafts.About(name="Puffin Club", summary="Fun on Sundays.", breaks=("saturday_club",)),
    who=drafts.Who(min_age=5, max_age=11, needs=("any_send",), areas=("exeter",)),
    joining=drafts.Joining(routes=("book_direct",)),
    contact=drafts.Contacts((drafts.Contact(name="Dawn", phones=("01632 960555",)),)),
)
"""A whole new service."""


def actor_of(account: Account | None) -> Actor:
    """An account in the log."""
    if account is None:
        return Actor("", "a test", "")
    return Actor(account.id, account.name, account.role)


def changed(draft: Draft, **edits: Any) -> Draft:
    """A draft with fields set otherwise: `about__summary="…"`."""
    for name, value in edits.items():
        section, _, field = name.partition("__")
        part = replace(getattr(draft, section), **{field: value})
        draft = drafts.with_section(draft, section, part)
    return draft


def sent_edit(
    site: Site, service: Service, author: Account | None = None, **edits: Any
) -> Revision:
    """A change of a service that waits for staff: sections saved and submitted by its author."""
    with write() as database:
        work = Work(database, site, actor_of(author))
        revision = reviewing.start_edit(work, database.get_one(Service, service.id))
        save(work, revision, edits)
        reviewing.submit(work, revision)
    return revision


def sent_new(
    site: Site, organisation_id: str, author: Account | None = None, draft: Draft = NEW
) -> Revision:
    """A new service that waits for staff."""
    with write() as database:
        work = Work(database, site, actor_of(author))
        revision = reviewing.start_new(work, organisation_id, draft.about.name)
        for section in drafts.SECTIONS:
            stored = drafts.from_json(revision.content)
            mark = reviewing.section_mark(stored, section)
            reviewing.save_section(work, revision, section, getattr(draft, section), mark)
        reviewing.submit(work, revision)
    return revision


def save(work: Work, revision: Revision, edits: Mapping[str, Any]) -> None:
    """Save the sections that some edits touch."""
    wanted = changed(drafts.from_json(revision.content), **edits)
    for section in {name.partition("__")[0] for name in edits}:
        stored = drafts.from_json(revision.content)
        mark = reviewing.section_mark(stored, section)
        reviewing.save_section(work, revision, section, getattr(wanted, section), mark)
