"""Ways in for people without an account: an invitation, *Add your service*, *This is ours*."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import current_person, no_store
from app.accounts import queries, request_queries
from app.accounts.forms import NameForm
from app.accounts.invitations import accept
from app.accounts.joining import CLAIM, JOIN, ask_to_join
from app.accounts.joining_forms import ClaimForm, JoinForm
from app.accounts.sessions import enter, session_here
from app.accounts.signing_in import Entered
from app.accounts.tries import (
    JOINS_FOR_EMAIL,
    JOINS_OF_NETWORK,
    OPENS_OF_NETWORK,
    allow,
)
from app.accounts.where import home_of_role
from app.accounts.working import working
from app.models import JoinRequest
from app.network import network
from app.states import STAFF_ROLES

blueprint = Blueprint("joining", __name__)
blueprint.after_request(no_store)


@blueprint.route("/invitation/<word>", methods=["GET", "POST"])
def invitation(word: str) -> ResponseReturnValue:
    """The page behind a mailed invitation. Only its button accepts."""
    invited = queries.find_invitation(word)
    if invited is None:
        return render_template("accounts/dead_invitation.html"), 410
    form = NameForm(request.form)
    is_sent = request.method == "POST"
    if not is_sent or (not invited.is_known and not form.validate()):
        return render_template("accounts/invitation.html", form=form, invited=invited)
    allow((OPENS_OF_NETWORK, network()))
    with working() as work:
        accepted = accept(work, word, form.name.data or "", old_session=session_here())
    if accepted is None:
        return render_template("accounts/dead_invitation.html"), 410
    if not isinstance(accepted, Entered):
        return redirect(url_for("joining.accepted"), 303)
    enter(accepted.word)
    role = accepted.account.role
    is_staff = role in STAFF_ROLES
    return redirect(url_for("accounts.second_factor") if is_staff else home_of_role(role), 303)


@blueprint.get("/invitation/accepted")
def accepted() -> ResponseReturnValue:
    """The confirmation for somebody who had an account."""
    person = current_person()
    home = home_of_role(person.role) if person else url_for("accounts.sign_in")
    return render_template("accounts/accepted.html", home=home)


@blueprint.route("/add-your-service", methods=["GET", "POST"])
def add_your_service() -> ResponseReturnValue:
    """An organisation asks to join."""
    form = JoinForm(request.form)
    if request.method == "POST" and form.validate():
        _ask(form, JoinRequest(kind=JOIN, organisation_name=form.organisation.data or ""))
        return redirect(url_for("joining.asked"), 303)
    return render_template("accounts/add_your_service.html", form=form)


@blueprint.get("/add-your-service/thank-you")
def asked() -> ResponseReturnValue:
    """The confirmation after asking."""
    return render_template("accounts/asked.html")


@blueprint.route("/services/<slug>/ours", methods=["GET", "POST"])
def ours(slug: str) -> ResponseReturnValue:
    """Somebody says that a listing is their organisation's."""
    listing = request_queries.find_claimable(slug)
    if listing is None:
        abort(404)
    form = ClaimForm(request.form)
    if request.method == "POST" and form.validate():
        name = listing.organisation or listing.name
        _ask(form, JoinRequest(kind=CLAIM, organisation_name=name, service_id=listing.id))
        return redirect(url_for("joining.asked"), 303)
    return render_template("accounts/ours.html", form=form, listing=listing)


def _ask(form: ClaimForm, made: JoinRequest) -> None:
    email = str(form.email.data).lower()
    allow((JOINS_OF_NETWORK, network()), (JOINS_FOR_EMAIL, email))
    made.name, made.email = form.name.data or "", email
    made.phone, made.words = form.phone.data or "", form.words.data or ""
    with working() as work:
        ask_to_join(work, made)
