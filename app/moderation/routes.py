"""Staff's pages: what waits, one revision and its decision, several at once, the log."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import person_here
from app.moderation import actions, listing_routes, taking
from app.moderation.actions import Decision
from app.moderation.asked import FLAGS, KINDS, WHO, read_asked, read_log_asked
from app.moderation.bulk import find_bulk
from app.moderation.checks import find_faults
from app.moderation.comment_queries import count_comments
from app.moderation.compare import compare
from app.moderation.deeds import ACTIONS
from app.moderation.forms import TEXT, decision_form, edit_problems, longest, to_decision
from app.moderation.frame import database, staff_blueprint, told
from app.moderation.listing_queries import slug_of
from app.moderation.log import find_log
from app.moderation.queries import count_waiting, find_queue
from app.moderation.revision_page import RevisionPage, find_revision_page
from app.site import current_site

blueprint = staff_blueprint("moderation", __name__, "/staff")
listings = listing_routes.blueprint
YES = "yes"


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Where staff begin: how much waits, and the ways on."""
    target = current_site().council.moderation.target_days
    counts = count_waiting(database(), person_here().id, target)
    facts = {"counts": counts, "comments": count_comments(database()), "target": target}
    return render_template("moderation/home.html", kinds=KINDS, **facts)


@blueprint.get("/queue")
def queue() -> ResponseReturnValue:
    """What waits, the longest wait first."""
    asked, target = read_asked(request.args), current_site().council.moderation.target_days
    found = find_queue(database(), asked, person_here().id, target)
    choices = {"kinds": KINDS, "flags": FLAGS, "whose": WHO}
    return render_template(
        "moderation/queue.html", queue=found, asked=asked, target=target, **choices
    )


@blueprint.post("/queue/next")
@told
def take_next() -> ResponseReturnValue:
    """Take what has waited longest."""
    found = taking.take_next(person_here())
    if found is None:
        return redirect(url_for("moderation.queue"), 303)
    kind, key = found
    if kind == "report":
        return redirect(url_for("staff_listings.reports", slug=slug_of(database(), key)), 303)
    if kind in {"new", "edit"}:
        return redirect(url_for("moderation.revision", revision_id=key), 303)
    return redirect(url_for("requests.show", key=key), 303)


@blueprint.post("/requests/<key>/take")
@told
def take_request(key: str) -> ResponseReturnValue:
    """Say that one looks after a wish to join."""
    taking.take_request(person_here(), key)
    return redirect(url_for("requests.show", key=key), 303)


@blueprint.post("/requests/<key>/hand-back")
@told
def hand_back_request(key: str) -> ResponseReturnValue:
    """Leave a wish to join to others again."""
    taking.take_request(person_here(), key, is_back=True)
    return redirect(url_for("moderation.queue"), 303)


@blueprint.get("/revisions/<revision_id>")
def revision(revision_id: str) -> ResponseReturnValue:
    """One revision: both contents side by side, the checks, the decision."""
    page = _page(revision_id)
    form = decision_form({}, page.tier)
    return render_template("moderation/revision.html", page=page, form=form, typed={})


@blueprint.post("/revisions/<revision_id>/take")
@told
def take(revision_id: str) -> ResponseReturnValue:
    """Say that one looks after it."""
    actions.take(person_here(), revision_id)
    return redirect(url_for("moderation.revision", revision_id=revision_id), 303)


@blueprint.post("/revisions/<revision_id>/hand-back")
@told
def hand_back(revision_id: str) -> ResponseReturnValue:
    """Leave it to others again."""
    actions.hand_back(person_here(), revision_id)
    return redirect(url_for("moderation.queue"), 303)


@blueprint.post("/revisions/<revision_id>/decide")
@told
def decide(revision_id: str) -> ResponseReturnValue:
    """First say what will happen; with the second press it does, unless they go back."""
    page, typed = _page(revision_id), request.form
    form = decision_form(typed, page.tier)
    if not form.validate():
        return render_template("moderation/revision.html", page=page, form=form, typed=typed)
    decision = to_decision(form, typed)
    problems = edit_problems(decision.texts)
    if typed.get("sure") == YES and not problems:
        actions.decide(person_here(), revision_id, decision)
        return redirect(url_for("moderation.decided", revision_id=revision_id), 303)
    if not page.is_waiting or page.taken_id not in {"", person_here().id}:
        actions.take(person_here(), revision_id)
    is_back = typed.get("back") == YES
    if decision.kind == "edits" and (is_back or problems or not decision.texts):
        return _edits(page, decision, problems)
    if is_back:
        return render_template("moderation/revision.html", page=page, form=form, typed=typed)
    return _confirm(page, decision)


def _edits(page: RevisionPage, decision: Decision, problems: dict[str, str]) -> str:
    """The text fields, for staff's own words; those typed before are still there."""
    texts = [(name, decision.texts.get(name, text)) for name, text in page.texts]
    kept = [(name, words) for name, words in _sent() if not name.startswith(TEXT)]
    facts = {"texts": texts, "sent": kept, "faults": problems, "longest": longest}
    return render_template("moderation/edits.html", page=page, **facts)


def _confirm(page: RevisionPage, decision: Decision) -> str:
    """What will happen, with staff's own words beside theirs."""
    edited = actions.with_texts(page.draft, decision.texts)
    rows = compare(page.draft, edited, current_site().council) if decision.texts else []
    facts = {
        "edits": [row for row in rows if row.is_changed],
        "faults": find_faults(edited),
        "sent": _sent(),
    }
    return render_template("moderation/confirm.html", page=page, decision=decision, **facts)


def _sent() -> list[tuple[str, str]]:
    """What the form says, to be sent on with the next press."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in {"sure", "back"}
    ]


@blueprint.get("/revisions/<revision_id>/decided")
def decided(revision_id: str) -> ResponseReturnValue:
    """What happened, and on to the next."""
    return render_template("moderation/decided.html", page=_page(revision_id))


@blueprint.route("/organisations/<organisation_id>/approve", methods=["GET", "POST"])
def approve_all(organisation_id: str) -> ResponseReturnValue:
    """Approve several of one organisation at once; what fails is named."""
    page = find_bulk(database(), organisation_id)
    if page is None:
        abort(404)
    chosen = request.form.getlist("revision")
    if request.method == "POST" and request.form.get("sure") == YES and chosen:
        seen = {key: request.form.get(f"saved-{key}", 0, type=int) for key in chosen}
        done = actions.approve_all(person_here(), organisation_id, seen)
        return render_template("moderation/bulk_done.html", page=page, done=done)
    is_missing = request.method == "POST" and not chosen
    facts = {"chosen": chosen, "is_missing": is_missing, "flags": FLAGS}
    return render_template("moderation/bulk.html", page=page, **facts)


@blueprint.get("/log")
def log() -> ResponseReturnValue:
    """Who did what, newest first."""
    asked = read_log_asked(request.args)
    found = find_log(database(), asked)
    return render_template("moderation/log.html", page=found, asked=asked, actions=ACTIONS)


def _page(revision_id: str) -> RevisionPage:
    page = find_revision_page(database(), revision_id, current_site().council)
    if page is None:
        abort(404)
    return page
