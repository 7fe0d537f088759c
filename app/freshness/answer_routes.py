"""*Still right*: the page behind the link in a reminder. Anyone who holds the link may press."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import no_store
from app.database import now
from app.freshness import actions, queries
from app.freshness.words import EDIT, facts
from app.listing_words import day
from app.site import current_site

blueprint = Blueprint("answer", __name__)
blueprint.after_request(no_store)


@blueprint.get("/still-right/<word>")
def still_right(word: str) -> ResponseReturnValue:
    """What the listing says, and one button; looking at it changes nothing."""
    site = current_site()
    reminder = queries.find_reminder(site, word)
    listing = queries.get_listing(reminder.service_id) if reminder else None
    if reminder is None or listing is None:
        return render_template("freshness/dead_link.html"), 404
    if reminder.used_at is not None:
        return render_template(
            "freshness/answered.html",
            listing=listing,
            day=day(listing.assured) if listing.assured else "",
            edit=EDIT.format(id=listing.id),
        )
    if reminder.expires_at <= now():
        return render_template("freshness/dead_link.html", listing=listing), 410
    return render_template(
        "freshness/still_right.html",
        listing=listing,
        facts=list(facts(listing, site.council)),
        day=day(listing.assured) if listing.assured else "",
        edit=EDIT.format(id=listing.id),
    )


@blueprint.post("/still-right/<word>")
def confirm(word: str) -> ResponseReturnValue:
    """The button: the listing is dated today. A link that is no longer good says so instead."""
    site = current_site()
    if not actions.confirm_by_link(site, word, date.today()):
        reminder = queries.find_reminder(site, word)
        if reminder is None or reminder.used_at is None:
            return render_template("freshness/dead_link.html"), 410
    return redirect(url_for("answer.still_right", word=word), 303)
