"""Administrators look after people: find, invite, change what they may do, shut out, let in."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import guard, person_here
from app.accounts import people_queries, queries
from app.accounts.invitations import invite
from app.accounts.joining_forms import ROLE_NAMES, InviteForm, RoleForm
from app.accounts.people import (
    OwnAccountError,
    change_role,
    disable,
    enable,
    reset_factor,
)
from app.accounts.sessions import end_all_sessions
from app.accounts.tries import INVITATIONS, allow
from app.accounts.working import working
from app.forms import tidy_line
from app.languages import gettext as _
from app.models import Account, Organisation
from app.states import Role

blueprint = Blueprint("people", __name__, url_prefix="/staff/people")
guard(blueprint, Role.ADMINISTRATOR)
DOINGS = {
    "disable": disable,
    "enable": enable,
    "end-sessions": end_all_sessions,
    "reset-second-factor": reset_factor,
}
LONGEST_SEARCH = 100


@blueprint.get("")
def every() -> ResponseReturnValue:
    """Everybody, or those whose name, address or organisation holds some words."""
    words = tidy_line(request.args.get("q"))[:LONGEST_SEARCH]
    page = people_queries.find_people(words, request.args.get("page", 1, int))
    return render_template("accounts/people.html", page=page, words=words, role_words=ROLE_NAMES)


@blueprint.route("/invite", methods=["GET", "POST"])
def invite_person() -> ResponseReturnValue:
    """Invite somebody with a role."""
    form = InviteForm(request.form)
    if request.method == "POST" and form.validate():
        place = queries.find_organisation_called(form.organisation.data or "")
        if form.role.data == Role.PROVIDER and place is None:
            form.organisation.errors = [_("Type the name of an organisation as it stands here.")]
        else:
            return _invite(form, place)
    return render_template("accounts/invite.html", form=form)


def _invite(form: InviteForm, place: Organisation | None) -> ResponseReturnValue:
    allow((INVITATIONS, person_here().id))
    role = Role(form.role.data)
    with working() as work:
        held = work.database.get_one(Organisation, place.id) if place else None
        held = held if role == Role.PROVIDER else None
        lead = held is not None and not queries.find_members(held.id)
        invite(work, str(form.email.data), role, held, is_lead=lead)
    return redirect(url_for("people.invited"), 303)


@blueprint.get("/invited")
def invited() -> ResponseReturnValue:
    """The confirmation after inviting."""
    return render_template("accounts/invited.html")


@blueprint.route("/<account>", methods=["GET", "POST"])
def show(account: str) -> ResponseReturnValue:
    """Somebody, and what can be done; by POST their role is changed."""
    held = _found(account)
    form = RoleForm(request.form if request.method == "POST" else None, role=held.role)
    if request.method == "POST" and form.validate():
        try:
            with working() as work:
                locked = queries.lock_account(work.database, account)
                change_role(work, locked, Role(form.role.data))
        except OwnAccountError:
            return _page(held, form, _("You cannot do this to your own account."))
        return redirect(url_for("people.show", account=account), 303)
    return _page(held, form)


@blueprint.post("/<account>/<doing>")
def do(account: str, doing: str) -> ResponseReturnValue:
    """Shut out, let in, end sessions, or reset the second factor."""
    held, act = _found(account), DOINGS.get(doing)
    if act is None:
        abort(404)
    try:
        with working() as work:
            act(work, queries.lock_account(work.database, account))
    except OwnAccountError:
        words = _("You cannot do this to your own account.")
        return _page(held, RoleForm(role=held.role), words)
    return redirect(url_for("people.show", account=account), 303)


def _page(account: Account, form: RoleForm, problem: str = "") -> str:
    return render_template(
        "accounts/person.html",
        account=account,
        form=form,
        problems=[("doings", problem)] if problem else form.problems,
        is_self=account.id == person_here().id,
        places=queries.find_places(account.id),
        sessions=queries.find_sessions(account.id),
        history=people_queries.find_history(account.id),
    )


def _found(key: str) -> Account:
    account = people_queries.find_person(key)
    if account is None:
        abort(404)
    return account
