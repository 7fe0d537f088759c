"""The people of an organisation: seen by all of them, invited and removed by its leads."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Person, guard, own_or_404, person_here
from app.accounts import queries
from app.accounts.colleagues import LastLeadError, remove_member, set_lead
from app.accounts.invitations import invite, withdraw
from app.accounts.joining_forms import ColleagueForm
from app.accounts.tries import INVITATIONS, allow
from app.accounts.working import working
from app.forms import clean
from app.languages import gettext as _
from app.models import Organisation
from app.states import Role

blueprint = Blueprint("colleagues", __name__, url_prefix="/provider/colleagues")
guard(blueprint, Role.PROVIDER)


@blueprint.get("")
def every() -> ResponseReturnValue:
    """The organisations one acts for; with one, straight to its people."""
    places = queries.find_places(person_here().id)
    if len(places) == 1:
        key = places[0].organisation_id
        return redirect(url_for("colleagues.show", organisation=key), 303)
    return render_template("accounts/organisations.html", places=places)


@blueprint.route("/<organisation>", methods=["GET", "POST"])
def show(organisation: str) -> ResponseReturnValue:
    """Who acts for an organisation; its leads invite somebody here."""
    person = person_here()
    place = _place(person, organisation)
    form = ColleagueForm(request.form)
    if request.method == "POST":
        _must_lead(person, organisation)
    if request.method == "POST" and form.validate():
        allow((INVITATIONS, person.id))
        with working(organisation) as work:
            held = work.database.get_one(Organisation, place.id)
            invite(work, str(form.email.data), organisation=held, is_lead=bool(form.lead.data))
        return redirect(url_for("colleagues.show", organisation=organisation, done="invited"), 303)
    return _page(person, place, form)


@blueprint.post("/<organisation>/remove")
def remove(organisation: str) -> ResponseReturnValue:
    """End a colleague's membership, or one's own; asked once more first."""
    if request.form.get("sure") == "yes":
        return _change(organisation, "remove")
    person, who = person_here(), _wanted("account")
    place = _place(person, organisation)
    _must_lead(person, organisation)
    members = queries.find_members(organisation)
    member = next((held for held in members if held.account_id == who), None)
    if member is None:
        abort(404)
    return render_template(
        "accounts/remove_colleague.html", place=place, member=member, is_self=who == person.id
    )


@blueprint.post("/<organisation>/lead")
def lead(organisation: str) -> ResponseReturnValue:
    """Make a colleague a lead, or no longer one."""
    return _change(organisation, "lead")


@blueprint.post("/<organisation>/withdraw")
def withdraw_invitation(organisation: str) -> ResponseReturnValue:
    """Take an invitation back."""
    person = person_here()
    _place(person, organisation)
    _must_lead(person, organisation)
    with working(organisation) as work:
        held = queries.find_invitation_of(work.database, organisation, _wanted("invitation"))
        if held is not None:
            withdraw(work, held)
    if held is None:
        abort(404)
    return redirect(url_for("colleagues.show", organisation=organisation), 303)


def _change(organisation: str, what: str) -> ResponseReturnValue:
    """One change to one colleague, refused when no lead would be left."""
    person = person_here()
    place, who = _place(person, organisation), _wanted("account")
    _must_lead(person, organisation)
    try:
        with working(organisation) as work:
            held = work.database.get_one(Organisation, place.id)
            if what == "remove":
                is_done = remove_member(work, held, who)
            else:
                is_lead = request.form.get("lead") == "yes"
                is_done = set_lead(work, held, who, is_lead=is_lead)
    except LastLeadError:
        words = _("Your organisation needs at least one person who can invite others.")
        return _page(person, place, ColleagueForm(), [("people", words)])
    if not is_done:
        abort(404)
    if what == "remove" and who == person.id:
        return redirect(url_for("account.show"), 303)
    return redirect(url_for("colleagues.show", organisation=organisation), 303)


def _page(
    person: Person,
    place: Organisation,
    form: ColleagueForm,
    problems: list[tuple[str, str]] | None = None,
) -> str:
    return render_template(
        "accounts/colleagues.html",
        place=place,
        form=form,
        person=person,
        problems=problems or form.problems,
        leads=person.leads(place.id),
        members=queries.find_members(place.id),
        invitations=queries.find_invitations(place.id),
        done=request.args.get("done") == "invited",
    )


def _place(person: Person, organisation: str) -> Organisation:
    own_or_404(person, organisation)
    place = queries.find_organisation(organisation)
    if place is None:
        abort(404)
    return place


def _must_lead(person: Person, organisation: str) -> None:
    if not person.leads(organisation):
        abort(404)


def _wanted(name: str) -> str:
    return (clean(request.form.get(name)) or "")[:36]
