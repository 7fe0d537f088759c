"""The directory: the start page, results, one service, A to Z, and what is wrong here."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.counting import note_contacted, note_opened
from app.directory import actions, queries
from app.directory.asked import read_asked
from app.directory.back import back_address
from app.directory.browse import browse_page
from app.directory.forms import ReportForm
from app.directory.related import related_rows
from app.directory.results import results_page
from app.directory.start import HARD_THINGS, start_tiles
from app.directory.suggestions import suggestions
from app.network import network
from app.service_page import service_page
from app.site import current_site

blueprint = Blueprint("directory", __name__)


@blueprint.get("/")
def start() -> ResponseReturnValue:
    """The start page: a search, kinds of break, and someone to ring."""
    return render_template("directory/start.html", tiles=start_tiles())


@blueprint.get("/what-is-hard")
def what_is_hard() -> ResponseReturnValue:
    """A way in for families who do not know what they need."""
    return render_template("directory/what_is_hard.html", groups=HARD_THINGS)


@blueprint.get("/services")
def search() -> ResponseReturnValue:
    """Search and browse."""
    site = current_site()
    asked = read_asked(request.args, site.council)
    found = site.places.find(asked.near)
    page = results_page(asked, found, site.council, date.today())
    return page.ready.lay_in(render_template("directory/results.html", page=page))


@blueprint.get("/suggest")
def suggest() -> ResponseReturnValue:
    """What may go on from the words in the search box: a list in JSON, for its script."""
    return jsonify(suggestions(request.args.get("q", "")))


@blueprint.get("/services/<slug>")
def service(slug: str) -> ResponseReturnValue:
    """One service."""
    listing = queries.get_listing(slug)
    if listing is None:
        return _moved(slug)
    note_opened(listing.id)
    back = back_address(request.referrer, request.host)
    page = service_page(listing, current_site().council, date.today(), back)
    related = related_rows(queries.find_related(listing), current_site().council)
    return render_template("directory/service.html", page=page, related=related)


def _moved(slug: str) -> ResponseReturnValue:
    """From an address a listing once had to the one it has now."""
    now_at = queries.find_moved(slug)
    if now_at is None:
        abort(404)
    return redirect(url_for("directory.service", slug=now_at), 301)


@blueprint.post("/services/<slug>/contact-used")
def contact_used(slug: str) -> ResponseReturnValue:
    """What a browser sends when a telephone, mail or website of a listing is pressed."""
    key = queries.get_id(slug)
    if key is None:
        abort(404)
    note_contacted(key)
    return "", 204, {"Content-Type": "text/plain"}


@blueprint.get("/browse")
@blueprint.get("/browse/<letter>")
def browse(letter: str = "") -> ResponseReturnValue:
    """All services from A to Z, and the areas."""
    page = browse_page(letter, current_site().council)
    if page is None:
        abort(404)
    return render_template("directory/browse.html", page=page)


@blueprint.route("/services/<slug>/wrong", methods=["GET", "POST"])
def report(slug: str) -> ResponseReturnValue:
    """Tell us this is wrong: no account needed."""
    listing = queries.get_listing(slug)
    if listing is None:
        abort(404)
    form = ReportForm(request.form)
    if request.method == "POST" and form.validate():
        actions.report_wrong(listing, form, current_site(), network())
        return redirect(url_for("directory.reported", slug=slug), 303)
    return render_template("directory/report.html", form=form, listing=listing)


@blueprint.get("/services/<slug>/wrong/thank-you")
def reported(slug: str) -> ResponseReturnValue:
    """The confirmation after a report."""
    listing = queries.get_listing(slug)
    if listing is None:
        abort(404)
    return render_template("directory/reported.html", listing=listing)
