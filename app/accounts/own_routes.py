"""One's own account: the name, where one is signed in, and the second factor's codes."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import guard, person_here
from app.accounts import factor, mails, queries
from app.accounts.forms import FactorForm, NameForm
from app.accounts.people import rename
from app.accounts.sessions import end_all_sessions, leave
from app.accounts.tries import FACTORS, FACTORS_A_DAY, allow
from app.accounts.where import home_of
from app.accounts.working import working
from app.languages import gettext as _
from app.states import Role

blueprint = Blueprint("account", __name__, url_prefix="/account")
guard(blueprint, Role.PROVIDER)


@blueprint.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """My name, my sessions, my second step."""
    person = person_here()
    form = NameForm(request.form if request.method == "POST" else None, name=person.name)
    if request.method == "POST" and form.validate():
        with working() as work:
            rename(work, queries.lock_account(work.database, person.id), form.name.data or "")
        return redirect(url_for("account.show"), 303)
    return render_template(
        "accounts/account.html",
        form=form,
        person=person,
        home=home_of(person),
        sessions=queries.find_sessions(person.id),
        places=queries.find_places(person.id),
        codes_left=queries.count_unused_codes(person.id),
    )


@blueprint.post("/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session, this one too."""
    person = person_here()
    with working() as work:
        end_all_sessions(work, queries.lock_account(work.database, person.id))
    response = make_response(redirect(url_for("accounts.sign_out"), 303))
    leave(response)
    return response


@blueprint.route("/recovery-codes", methods=["GET", "POST"])
def recovery_codes() -> ResponseReturnValue:
    """Ten new recovery codes, for a code of the app. Only staff have them."""
    person = person_here()
    form = FactorForm(request.form)
    if not person.is_staff:
        return redirect(url_for("account.show"), 303)
    if request.method == "POST" and form.validate():
        allow((FACTORS, person.id), (FACTORS_A_DAY, person.id))
        with working() as work:
            account = queries.lock_account(work.database, person.id)
            codes: list[str] = []
            if factor.show(work, account, form.code.data or ""):
                codes = factor.new_recovery_codes(work, account)
                told = _("Somebody made new recovery codes for your account.")
                mails.factor_changed(work, account.email, told)
        if codes:
            onward = url_for("account.show")
            return render_template("accounts/recovery_codes.html", codes=codes, onward=onward)
        form.complain(_("That code is not right, or was used before. Wait for the next one."))
    return render_template("accounts/new_codes.html", form=form)
