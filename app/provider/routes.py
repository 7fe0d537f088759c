"""The addresses of providers' pages. Staff may use all of them on behalf of an organisation."""

from __future__ import annotations

from flask import Blueprint, abort, request

from app.access import guard
from app.draft_words import FIELD_NAMES
from app.languages import lazy_gettext as _l
from app.listing_words import day, month
from app.provider import at_once, editing, places, sending, views
from app.states import Role

blueprint = Blueprint("provider", __name__, url_prefix="/provider")
LARGEST_FORM = 256 * 1024
"""Bytes: the longest section in letters of four bytes each."""
AT_ONCE = {
    "space": _l("Spaces"),
    "closed_until": _l("Closed for a while"),
    "assured": _l("Said that all is right"),
    "cancelled": _l("A day off"),
    "runs_after_all": _l("No day off after all"),
}
"""What is told at once, as the log names it."""
MOST_FIELDS = 400
"""More than twice as many as the longest form has."""


def take_long_forms() -> None:
    """Take a form as long as a section may be, and none with fields without end."""
    request.max_content_length = LARGEST_FORM
    request.max_form_memory_size = LARGEST_FORM
    if request.method == "POST" and sum(map(len, request.form.listvalues())) > MOST_FIELDS:
        abort(413)


@blueprint.app_template_filter("field_name")
def field_name(field: str) -> str:
    """The name of a field in the log; empty for one that has none for people."""
    return str(FIELD_NAMES.get(field, AT_ONCE.get(field, "")))


@blueprint.context_processor
def in_templates() -> dict[str, object]:
    """Days and months in the reader's language."""
    return {"shown_day": day, "shown_month": month}


blueprint.before_request(take_long_forms)
guard(blueprint, Role.PROVIDER)

ASKS, SENDS = ["GET", "POST"], ["POST"]
LISTING, CHANGES = "/listings/<service_id>", "/changes/<revision_id>"
PLACE = f"{CHANGES}/places/<place_id>"
SESSION = f"{PLACE}/times/<session_id>"

for rule, view, methods in (
    ("/", views.dashboard, None),
    ("/organisations/<organisation_id>", views.organisation, None),
    ("/organisations/<organisation_id>/new", views.new_listing, ASKS),
    (LISTING, views.listing, None),
    (f"{LISTING}/history", views.history, None),
    (f"{LISTING}/numbers", views.numbers, None),
    (f"{LISTING}/looked-for", views.looked_for, None),
    (f"{LISTING}/changes", views.begin, SENDS),
    (f"{LISTING}/spaces", at_once.spaces, ASKS),
    (f"{LISTING}/still-right", at_once.still_right, SENDS),
    (f"{LISTING}/closed", at_once.closed, ASKS),
    (f"{LISTING}/open", at_once.open_again, SENDS),
    (f"{LISTING}/days-off", at_once.day_off, SENDS),
    (f"{LISTING}/days-off/<day>/back", at_once.day_back, SENDS),
    (CHANGES, views.changes, None),
    (f"{CHANGES}/preview", sending.preview, None),
    (f"{CHANGES}/check-answers", sending.check_answers, None),
    (f"{CHANGES}/submit", sending.submit, SENDS),
    (f"{CHANGES}/sent", sending.sent, None),
    (f"{CHANGES}/withdraw", sending.withdraw, ASKS),
    (PLACE, places.place, ASKS),
    (f"{PLACE}/remove", places.remove_place, ASKS),
    (SESSION, places.session, ASKS),
    (f"{SESSION}/remove", places.remove_session, ASKS),
    (f"{CHANGES}/<section>", editing.section, ASKS),
):
    blueprint.add_url_rule(rule, view.__name__, view, methods=methods)
