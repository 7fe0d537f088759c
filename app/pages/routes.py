"""Pages of words about the site, and the form for telling the council what you think of it."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from app.criteria.load import load_criteria
from app.forms import MessageForm
from app.languages import COOKIE, COOKIE_SECONDS
from app.pages.actions import keep_feedback
from app.pages.contacts import council_contacts
from app.pages.counts import count_range
from app.pages.decide import decide_view
from app.pages.statement import statement_pdf, statement_view
from app.pdf import pdf_available
from app.search.engine import Search
from app.site import current_site
from app.tidying import days_kept

blueprint = Blueprint("pages", __name__)
STATEMENT_WRITTEN = date(2026, 11, 22)
"""The day on which the accessibility statement was last read against the site."""
SECONDS_A_DAY = 24 * 3600


@blueprint.get("/about")
def about() -> ResponseReturnValue:
    """What this site is, whom to ring, and whose work it is made with."""
    council = current_site().council
    return render_template(
        "pages/about.html",
        contacts=council_contacts(council),
        emergency=council.find_contact("emergency_999"),
    )


@blueprint.get("/about/privacy")
def privacy() -> ResponseReturnValue:
    """What is kept of what a family does here."""
    return render_template("pages/privacy.html", days=days_kept())


@blueprint.get("/about/cookies")
def cookies() -> ResponseReturnValue:
    """The one cookie, and when it is set."""
    days = COOKIE_SECONDS // SECONDS_A_DAY
    return render_template("pages/cookies.html", name=COOKIE, days=days)


@blueprint.get("/about/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement (regulation 8 of SI 2018/952)."""
    council = current_site().council
    return render_template(
        "pages/accessibility.html",
        contact=council.find_contact("local_offer"),
        equality=council.find_contact("eass"),
        written=format_date(STATEMENT_WRITTEN, "d MMMM y"),
    )


@blueprint.get("/about/how-we-decide")
def how_we_decide() -> ResponseReturnValue:
    """Every question, rule and source of the self-check, in plain words."""
    page = decide_view(load_criteria(), current_site().council, date.today())
    return render_template("pages/how_we_decide.html", page=page)


@blueprint.get("/about/short-breaks-statement")
def short_breaks_statement() -> ResponseReturnValue:
    """The statement of regulation 5 of SI 2011/707, from the rules and the live directory.

    With `?format=pdf`, as a PDF where they can be made.
    """
    council = current_site().council
    engine: Search = current_app.extensions["search"]
    counted = count_range(engine, council)
    page = statement_view(load_criteria(), council, date.today(), counted)
    can_pdf = pdf_available()
    html = render_template("pages/short_breaks_statement.html", page=page, can_pdf=can_pdf)
    if not can_pdf or request.args.get("format") != "pdf":
        return html
    name = f"short-breaks-statement-{council.code}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(
        statement_pdf(html, request.base_url), mimetype="application/pdf", headers=headers
    )


@blueprint.route("/feedback", methods=["GET", "POST"])
def feedback() -> ResponseReturnValue:
    """Tell the council what you think of the site: no account needed."""
    form = MessageForm(request.form)
    if request.method == "POST" and form.validate():
        keep_feedback(form, current_site())
        return redirect(url_for("pages.feedback_thanks"), 303)
    return render_template("pages/feedback.html", form=form)


@blueprint.get("/feedback/thank-you")
def feedback_thanks() -> ResponseReturnValue:
    """The confirmation after feedback."""
    return render_template("pages/feedback_thanks.html")
