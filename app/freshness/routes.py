"""Freshness for staff: how old listings are, whom to ring, and what came of ringing."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.access import guard, person_here
from app.freshness import actions
from app.freshness.chase import chase_page, read_wanted
from app.freshness.table import csv_rows, make_table, read_asked
from app.site import current_site
from app.spreadsheet import csv_file
from app.states import Role

blueprint = Blueprint("freshness", __name__)
guard(blueprint, Role.MODERATOR)


@blueprint.get("/staff/freshness")
def overview() -> ResponseReturnValue:
    """How many listings are how old, by group; with `list=chase`, whom to ring."""
    council, today = current_site().council, date.today()
    if request.args.get("list") == "chase":
        page = chase_page(read_wanted(request.args), council, today)
        return render_template("freshness/chase.html", page=page)
    table = make_table(read_asked(request.args), council, today)
    return render_template("freshness/overview.html", table=table)


@blueprint.get("/staff/freshness.csv")
def csv() -> Response:
    """The same table for a spreadsheet."""
    asked = read_asked(request.args)
    rows = csv_rows(asked, current_site().council, date.today())
    return csv_file(f"freshness-by-{asked.by}-{date.today()}.csv", rows)


@blueprint.post("/staff/freshness/<service_id>/right")
def right(service_id: str) -> ResponseReturnValue:
    """They said on the telephone that it is right."""
    if not actions.confirm_by_phone(current_site(), person_here(), service_id, date.today()):
        abort(404)
    return _back()


@blueprint.post("/staff/freshness/<service_id>/rang")
def rang(service_id: str) -> ResponseReturnValue:
    """Nobody answered."""
    if not actions.note_no_answer(current_site(), person_here(), service_id):
        abort(404)
    return _back()


def _back() -> ResponseReturnValue:
    """To the part of the list the button was on, read anew: nothing else can be put in."""
    return redirect(read_wanted(request.args).address(), 303)
