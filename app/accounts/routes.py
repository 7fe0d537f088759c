"""Getting in and out: asking for a link, opening it, the code, and signing out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import current_person, no_store
from app.accounts.forms import EmailForm
from app.accounts.where import home_of, safe_next

blueprint = Blueprint("accounts", __name__)
blueprint.after_request(no_store)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for a link and a code by mail."""
    person = current_person()
    onward = safe_next(request.values.get("next"))
    if person is not None and request.method == "GET":
        return redirect(
            onward or home_of(person) if person.is_ready else url_for("accounts.second_factor"), 303
        )
    form = EmailForm(request.form)
    return render_template("accounts/sign_in.html", form=form, next=onward)


@blueprint.route("/sign-in/second-factor", methods=["GET", "POST"])
def second_factor() -> ResponseReturnValue:
    """Show the second factor, which staff need."""
    person = current_person()
    if person is None:
        return redirect(url_for("accounts.sign_in"), 303)
    return render_template("accounts/second_factor.html")


@blueprint.route("/sign-out", methods=["GET", "POST"])
def sign_out() -> ResponseReturnValue:
    """Sign out in this browser."""
    return render_template("accounts/sign_out.html", person=current_person())
