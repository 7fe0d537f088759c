"""Seeing changes as families will, checking them, sending them and taking them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from app import draft as drafts
from app.compose import compose
from app.draft import Draft
from app.draft_records import apply_draft
from app.draft_words import SECTION_NAMES, Told, told_section
from app.flags import PROSE
from app.languages import gettext
from app.listing import Listing
from app.models import Cancellation, Organisation, QualityMark, Service
from app.provider import actions
from app.provider.here import Change, own_change
from app.provider.progress import to_mend
from app.reading import AIM_AGE, age_of
from app.reviewing import WrongStateError
from app.service_page import service_page
from app.site import current_site
from app.states import RevisionStatus
from app.versions import finder


@dataclass(frozen=True, slots=True)
class Checked:
    """One section of the page on which everything is checked."""

    section: str
    name: str
    rows: list[Told]
    age: int | None
    """The reading age of its words, when it is too high."""


def preview(revision_id: str) -> ResponseReturnValue:
    """The listing as families will see it."""
    change = own_change(revision_id)
    listing = as_listing(change)
    page = service_page(listing, current_site().council, date.today(), "")
    return render_template("provider/preview.html", page=page, change=change)


def as_listing(change: Change) -> Listing:
    """A draft composed as it would be published, from records that are never stored."""
    site, revision = current_site(), change.revision
    held, by = revision.service, revision.organisation
    made = Service(
        id=held.id if held else "preview",
        slug=held.slug if held else "preview",
        organisation=Organisation(name=by.name, kind=by.kind, url=by.url),
        source="",
        assured_date=date.today(),
        closed_until=held.closed_until if held else None,
    )
    for day in held.cancellations if held else ():
        made.cancellations.append(Cancellation(on=day.on, note=day.note))
    for mark in held.marks if held else ():
        made.marks.append(QualityMark(kind=mark.kind, given_on=mark.given_on, ends_on=mark.ends_on))
    draft, about = change.draft, change.draft.about
    if not about.name:
        unnamed = replace(about, name=gettext("A new service"))
        draft = drafts.with_section(draft, "about", unnamed)
    before = change.before if change.is_live else None
    if before is not None:
        draft = drafts.with_section(draft, "availability", before.availability)
    apply_draft(made, draft, finder(site))
    return compose(made, site.centre_of)


def check_answers(revision_id: str) -> ResponseReturnValue:
    """All that was typed, what is new in it, and what must be mended."""
    return _check_page(own_change(revision_id))


def _check_page(change: Change, *, is_refused: bool = False) -> str:
    before, council = change.before, current_site().council
    hidden = {"availability"} if change.is_live else set()
    sections = [
        Checked(
            code,
            str(name),
            told_section(change.draft, code, council, before),
            _high_age(change.draft, code),
        )
        for code, name in SECTION_NAMES.items()
        if code not in hidden
    ]
    mend = to_mend(change.draft, before)
    return render_template(
        "provider/check_answers.html",
        change=change,
        sections=sections,
        mend=mend,
        problems=[(item.id, item.words) for item in mend] if is_refused else [],
        has_changes=before is None or any(row.is_changed for part in sections for row in part.rows),
    )


def _high_age(draft: Draft, section: str) -> int | None:
    """The reading age of the words of a section, when it is above the aim."""
    part = getattr(draft, section)
    names = (field.removeprefix(f"{section}.") for field in PROSE)
    age = age_of("\n".join(getattr(part, name, "") for name in names if name != "name"))
    return age if age is not None and age > AIM_AGE else None


def is_ready(change: Change, draft: Draft) -> bool:
    """Whether nothing must be mended and something is new."""
    before = change.before
    is_new = before is None or bool(drafts.changed_fields(before, draft))
    return is_new and not to_mend(draft, before)


def submit(revision_id: str) -> ResponseReturnValue:
    """Send the changes to staff."""
    change = own_change(revision_id)
    try:
        actions.submit(change.person, revision_id, lambda draft: is_ready(change, draft))
    except actions.UnfinishedError:
        return _check_page(own_change(revision_id), is_refused=True)
    except WrongStateError:
        return redirect(url_for("provider.changes", revision_id=revision_id), 303)
    return redirect(url_for("provider.sent", revision_id=revision_id), 303)


def sent(revision_id: str) -> ResponseReturnValue:
    """What happens next."""
    change = own_change(revision_id)
    if change.is_open:
        return redirect(url_for("provider.changes", revision_id=revision_id), 303)
    return render_template("provider/sent.html", change=change, statuses=RevisionStatus)


def withdraw(revision_id: str) -> ResponseReturnValue:
    """Take the changes back from staff, or throw them away."""
    change = own_change(revision_id)
    onward = url_for("provider.changes", revision_id=revision_id)
    if request.method != "POST":
        is_sent = change.revision.status == RevisionStatus.SUBMITTED
        if not change.is_open and not is_sent:
            return redirect(onward, 303)
        return render_template("provider/withdraw.html", change=change, is_sent=is_sent)
    if request.form.get("was", "") != change.revision.status:
        return redirect(onward, 303)
    try:
        is_open = actions.withdraw(change.person, revision_id)
    except WrongStateError:
        return redirect(onward, 303)
    return redirect(onward if is_open else url_for("provider.dashboard"), 303)
