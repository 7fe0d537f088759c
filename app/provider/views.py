"""The pages on which providers see how their listings stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import draft as drafts
from app.access import person_here
from app.draft import Draft
from app.draft_records import draft_of
from app.draft_words import SECTION_NAMES
from app.listing_words import is_stale
from app.models import Service
from app.provider import actions, queries
from app.provider.here import Change, own_change, own_organisation, own_service
from app.provider.lacking import find_lacks
from app.provider.progress import steps, to_mend
from app.provider.space_forms import NewForm, SpacesForm
from app.site import current_site
from app.states import RevisionStatus, Status


def dashboard() -> ResponseReturnValue:
    """My organisations and their listings, and what waits for me."""
    return _listings(queries.my_organisations(person_here()), is_own=True)


def organisation(organisation_id: str) -> ResponseReturnValue:
    """The listings of one organisation."""
    found = own_organisation(organisation_id)
    return _listings([(found.id, found.name)], is_own=False)


def _listings(organisations: Sequence[tuple[str, str]], *, is_own: bool) -> str:
    ids = [key for key, _ in organisations]
    today = date.today()
    return render_template(
        "provider/dashboard.html",
        organisations=organisations,
        listings=queries.find_listings(ids) if ids else [],
        waiting=queries.find_waiting(ids, today) if ids else [],
        is_own=is_own,
        is_stale=lambda assured: is_stale(assured, today),
        person=person_here(),
    )


def new_listing(organisation_id: str) -> ResponseReturnValue:
    """Add another service: its name first."""
    found = own_organisation(organisation_id)
    sent = request.form if request.method == "POST" else None
    form = NewForm.begin(drafts.About(), current_site().council, sent)
    if sent is not None and form.validate():
        key = actions.begin_new(person_here(), found.id, form.name.data)
        return redirect(url_for("provider.changes", revision_id=key), 303)
    return render_template("provider/new.html", form=form, organisation=found)


def listing(service_id: str) -> ResponseReturnValue:
    """One listing: the quick question first, then the changes that are under way."""
    service = own_service(service_id)
    revision = queries.open_revision(service.id)
    change = own_change(revision.id) if revision else None
    return listing_page(service, change)


def changes(revision_id: str) -> ResponseReturnValue:
    """The task list of a revision, whether its service is listed yet or not."""
    change = own_change(revision_id)
    return listing_page(change.revision.service, change)


def listing_page(
    service: Service | None, change: Change | None, form: SpacesForm | None = None
) -> str:
    """The page of a listing, of changes to it, or both. `form`: spaces that were typed wrong."""
    today, council = date.today(), current_site().council
    before = draft_of(service) if service is not None else None
    draft = change.draft if change is not None else before or Draft()
    is_live = service is not None and service.status == Status.PUBLISHED
    shown = _as_listed(draft, before) if is_live and before else draft
    if is_live and before and form is None:
        form = SpacesForm.begin(before.availability, council)
        form.mark.data = actions.spaces_mark(before)
    mend = to_mend(draft, before)
    saved = change.revision.sections.split() if change is not None else ()
    tasks = steps(shown, saved, mend)
    return render_template(
        "provider/listing.html",
        service=service,
        change=change,
        draft=draft,
        is_live=is_live,
        form=form,
        steps=tasks,
        done=sum(1 for step in tasks if step.state == "done"),
        names=SECTION_NAMES,
        lack=next(iter(find_lacks(draft, council, today, months=2)), None),
        opened=queries.opened_last_month(service.id, today) if service is not None else 0,
        is_stale=service is not None and is_stale(service.assured_date, today),
        statuses=RevisionStatus,
        person=person_here(),
    )


def _as_listed(draft: Draft, before: Draft) -> Draft:
    """A draft with the spaces of the listing: they are never part of a change to it."""
    return drafts.with_section(draft, "availability", before.availability)


def begin(service_id: str) -> ResponseReturnValue:
    """Begin to change a listing, or go on."""
    service = own_service(service_id)
    key = actions.begin_edit(person_here(), service.id)
    return redirect(url_for("provider.changes", revision_id=key), 303)


def history(service_id: str) -> ResponseReturnValue:
    """What was done to a listing, newest first."""
    service = own_service(service_id)
    page = max(1, min(request.args.get("page", 1, int), 1000))
    deeds = queries.find_history(service.id, (page - 1) * queries.MOST_HISTORY)
    return render_template(
        "provider/history.html",
        service=service,
        deeds=deeds[: queries.MOST_HISTORY],
        page=page,
        has_more=len(deeds) > queries.MOST_HISTORY,
    )


def numbers(service_id: str) -> ResponseReturnValue:
    """How often families saw a listing, opened it and used its contact."""
    service = own_service(service_id)
    months = queries.count_months(service.id, date.today())
    return render_template("provider/numbers.html", service=service, months=months)


def looked_for(service_id: str) -> ResponseReturnValue:
    """What families look for and this listing lacks."""
    service = own_service(service_id)
    lacks = find_lacks(draft_of(service), current_site().council, date.today())
    return render_template(
        "provider/looked_for.html",
        service=service,
        months=[(name, [*rows]) for name, rows in groupby(lacks, key=lambda lack: lack.month)],
        revision=queries.open_revision(service.id),
    )
