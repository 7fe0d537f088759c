"""Staff's pages of one listing: everything about it, its versions, and what can be done to it."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import person_here
from app.draft_records import draft_of
from app.models import Service
from app.moderation import listing_actions as actions
from app.moderation import listing_queries as queries
from app.moderation import merging, taking
from app.moderation.compare import compare
from app.moderation.forms import MarkForm, MergeForm, OffForm, ReasonForm, SettleForm
from app.moderation.frame import database, staff_blueprint, told
from app.moderation.merging import Moves
from app.moderation.records import names_of
from app.site import current_site
from app.versions import as_of_now

blueprint = staff_blueprint("staff_listings", __name__, "/staff/listings")
LONGEST_WORDS, MOST_PAGES = 120, 10_000
YES = "yes"


@blueprint.get("")
def find() -> ResponseReturnValue:
    """Find a listing by its name, on the site or not."""
    words = request.args.get("q", "").strip()[:LONGEST_WORDS]
    page = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    found, is_more = queries.find_listings(database(), words, page)
    facts = {"words": words, "number": page, "is_more": is_more}
    return render_template("moderation/find.html", found=found, **facts)


@blueprint.get("/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """Everything about one listing."""
    page = queries.find_listing_page(database(), slug)
    if page is None:
        abort(404)
    return render_template("moderation/listing.html", page=page, listing=page.service)


@blueprint.get("/<slug>/versions")
def versions(slug: str) -> ResponseReturnValue:
    """Every version families saw; any two side by side."""
    service = _listing(slug)
    lines = queries.find_versions(database(), service.id)
    old, new = (request.args.get(name, 0, type=int) for name in ("old", "new"))
    contents = queries.find_contents(database(), service.id, old, new)
    rows = None
    if old in contents and new in contents:
        rows = compare(contents[old], contents[new], current_site().council)
    return render_template(
        "moderation/versions.html", listing=service, lines=lines, rows=rows, old=old, new=new
    )


@blueprint.route("/<slug>/versions/<int:number>/back", methods=["GET", "POST"])
@told
def back(slug: str, number: int) -> ResponseReturnValue:
    """Go back to an older version, after seeing what that changes."""
    service = _listing(slug)
    contents = queries.find_contents(database(), service.id, number)
    if number not in contents:
        abort(404)
    if request.method == "POST":
        seen = request.form.get("seen", 0, type=int)
        actions.roll_back(person_here(), slug, number, seen)
        return redirect(url_for("staff_listings.versions", slug=slug), 303)
    here = draft_of(service)
    rows = compare(here, as_of_now(contents[number], here), current_site().council)
    return render_template("moderation/back.html", listing=service, number=number, rows=rows)


@blueprint.route("/<slug>/off", methods=["GET", "POST"])
@told
def off(slug: str) -> ResponseReturnValue:
    """Take a listing off the site at once."""
    service, form = _listing(slug), OffForm(request.form)
    if request.method == "POST" and form.validate():
        actions.take_off(person_here(), slug, form.reason.data, tell=form.tell.data)
        return redirect(url_for("staff_listings.show", slug=slug), 303)
    return render_template("moderation/off.html", listing=service, form=form)


@blueprint.route("/<slug>/on", methods=["GET", "POST"])
@told
def on(slug: str) -> ResponseReturnValue:
    """Put a listing back on the site."""
    service, form = _listing(slug), ReasonForm(request.form)
    if request.method == "POST" and form.validate():
        actions.put_back(person_here(), slug, form.reason.data)
        return redirect(url_for("staff_listings.show", slug=slug), 303)
    into = queries.find_merged_into(database(), service)
    return render_template("moderation/on.html", listing=service, form=form, into=into)


@blueprint.route("/<slug>/marks", methods=["GET", "POST"])
@told
def marks(slug: str) -> ResponseReturnValue:
    """The quality marks the council gives it."""
    service, form = _listing(slug), MarkForm(request.form)
    if request.method == "POST" and form.validate():
        mark = actions.NewMark(
            form.kind.data, form.given_on.data, form.ends_on.data, form.note.data or ""
        )
        actions.give_mark(person_here(), slug, mark)
        return redirect(url_for("staff_listings.marks", slug=slug), 303)
    given = queries.find_marks(service)
    return render_template("moderation/marks.html", listing=service, form=form, marks=given)


@blueprint.post("/<slug>/marks/<mark_id>/end")
@told
def end_mark(slug: str, mark_id: str) -> ResponseReturnValue:
    """End a quality mark today."""
    actions.end_mark(person_here(), slug, mark_id)
    return redirect(url_for("staff_listings.marks", slug=slug), 303)


@blueprint.route("/<slug>/reports", methods=["GET", "POST"])
@told
def reports(slug: str) -> ResponseReturnValue:
    """What people say is wrong with it, and saying that it is dealt with."""
    service, form = _listing(slug), SettleForm(request.form)
    if request.method == "POST" and form.validate():
        taking.settle_reports(person_here(), slug, form.reason.data)
        return redirect(url_for("staff_listings.show", slug=slug), 303)
    waiting = queries.waiting_reports(database(), service.id)
    taken = next((report.taken_by for report in waiting if report.taken_by), "")
    by = names_of(database(), taken).get(taken, "")
    facts = {"reports": waiting, "taken_id": taken, "taken_by": by}
    return render_template("moderation/reports.html", listing=service, form=form, **facts)


@blueprint.post("/<slug>/reports/take")
@told
def take_reports(slug: str) -> ResponseReturnValue:
    """Say that one looks after the reports."""
    taking.take_reports(person_here(), slug)
    return redirect(url_for("staff_listings.reports", slug=slug), 303)


@blueprint.post("/<slug>/reports/hand-back")
@told
def hand_back_reports(slug: str) -> ResponseReturnValue:
    """Leave the reports to others again."""
    taking.take_reports(person_here(), slug, is_back=True)
    return redirect(url_for("moderation.queue"), 303)


@blueprint.route("/<slug>/merge", methods=["GET", "POST"])
@told
def merge(slug: str) -> ResponseReturnValue:
    """Two listings of one service: see both, choose the one to keep."""
    service = _listing(slug)
    other = _named(request.values.get("with", ""))
    if other is None or other.id == service.id:
        asked = request.values.get("with", "").strip()[:LONGEST_WORDS]
        return render_template("moderation/merge_with.html", listing=service, asked=asked)
    kept = {service.slug: service, other.slug: other}.get(request.form.get("keep", ""))
    if kept is None:
        return _merge_page(service, other, is_missing=request.method == "POST")
    lost = other if kept is service else service
    if request.method == "POST" and request.form.get("sure") == YES:
        form = MergeForm(request.form)
        moves = Moves(form.people.data, form.marks.data)
        merging.merge(person_here(), kept.slug, lost.slug, moves)
        return redirect(url_for("staff_listings.show", slug=kept.slug), 303)
    return _merge_page(service, other, staying=kept, lost=lost)


def _merge_page(service: Service, other: Service, **chosen: Any) -> str:
    """Both side by side; once one is `staying`, what merging would do."""
    staying, lost = chosen.get("staying"), chosen.get("lost")
    asked: dict[str, Any] = {"staying": None, "is_missing": False, **chosen}
    if staying and lost:
        asked["merging"] = merging.find_merging(database(), staying, lost)
        asked["form"] = MergeForm(marks=staying.organisation_id == lost.organisation_id)
    rows = compare(draft_of(service), draft_of(other), current_site().council)
    return render_template(
        "moderation/merge.html", listing=service, other=other, rows=rows, **asked
    )


def _listing(slug: str) -> Service:
    service = queries.find_listing(database(), slug)
    if service is None:
        abort(404)
    return service


def _named(text: str) -> Service | None:
    """A listing by its address, or the last part of it."""
    slug = text.strip().rstrip("/").rpartition("/")[2]
    return queries.find_listing(database(), slug) if slug else None
