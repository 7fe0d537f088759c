"""Staff decide who joins: *Add your service* and *This is ours*."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.access import guard
from app.accounts import request_queries
from app.accounts.joining import DecidedError, accept_request, locked_request, refuse_request
from app.accounts.joining_forms import NEW_ORGANISATION, AcceptForm, RefuseForm
from app.accounts.working import working
from app.languages import gettext as _
from app.states import Role

blueprint = Blueprint("requests", __name__, url_prefix="/staff/requests")
guard(blueprint, Role.MODERATOR)


@blueprint.get("")
def every() -> ResponseReturnValue:
    """The requests that wait, oldest first, and the last that were decided."""
    page = request.args.get("page", 1, int)
    return render_template("accounts/requests.html", page=request_queries.find_requests(page))


@blueprint.route("/<key>", methods=["GET", "POST"])
def show(key: str) -> ResponseReturnValue:
    """One request; by POST it is accepted."""
    asked = _found(key)
    form = _accept_form(asked)
    if request.method == "POST" and (asked.is_claim or form.validate()):
        wanted = "" if form.organisation.data == NEW_ORGANISATION else form.organisation.data or ""
        try:
            with working(wanted) as work:
                held = locked_request(work.database, key)
                if held is not None:
                    accept_request(work, held, wanted)
        except DecidedError as error:
            return _decided(key, error)
        return redirect(url_for("requests.show", key=key), 303)
    return render_template("accounts/request.html", asked=asked, form=form, refuse=RefuseForm())


@blueprint.post("/<key>/refuse")
def refuse(key: str) -> ResponseReturnValue:
    """Say no, with a reason that is mailed."""
    asked = _found(key)
    form = RefuseForm(request.form)
    if not form.validate():
        accept = _accept_form(asked, is_sent=False)
        return render_template("accounts/request.html", asked=asked, form=accept, refuse=form)
    try:
        with working() as work:
            held = locked_request(work.database, key)
            if held is not None:
                refuse_request(work, held, form.reason.data or "")
    except DecidedError as error:
        return _decided(key, error)
    return redirect(url_for("requests.show", key=key), 303)


def _accept_form(asked: request_queries.Asked, *, is_sent: bool = True) -> AcceptForm:
    form = AcceptForm(request.form if is_sent and request.method == "POST" else None)
    likely = [SelectChoice(place.id, place.name) for place in asked.likely]
    form.organisation.choices = [*likely, SelectChoice(NEW_ORGANISATION, _("A new organisation"))]
    return form


def _decided(key: str, error: DecidedError) -> ResponseReturnValue:
    asked = _found(key)
    return render_template("accounts/request_decided.html", asked=asked, by=error.by), 409


def _found(key: str) -> request_queries.Asked:
    asked = request_queries.find_request(key)
    if asked is None:
        abort(404)
    return asked
