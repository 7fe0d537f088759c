"""What families see as soon as it is said: spaces, a closing, and days off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import draft as drafts
from app.access import person_here
from app.draft_records import draft_of
from app.languages import gettext
from app.listing_words import day as shown_day
from app.models import Service
from app.provider import actions
from app.provider.here import own_service
from app.provider.keeping import is_sent, set_mark, show_both
from app.provider.space_forms import CancelForm, ClosedForm, SpacesForm
from app.site import current_site
from app.states import Status
from app.versions import StaleError


def _live(service_id: str) -> Service:
    """A listing that families see; else 404: nothing can be said at once of another."""
    service = own_service(service_id)
    if service.status != Status.PUBLISHED:
        abort(404)
    return service


def _tell(write: Callable[[], None]) -> None:
    """Write; a listing that was taken off meanwhile is not there."""
    try:
        write()
    except actions.NotShownError:
        abort(404)


def spaces(service_id: str) -> ResponseReturnValue:
    """Have you got spaces? Families see the answer at once."""
    service = _live(service_id)
    draft = draft_of(service)
    sent = request.form if request.method == "POST" else None
    form = SpacesForm.begin(draft.availability, current_site().council, sent)
    set_mark(form, actions.spaces_mark(draft))
    if not is_sent() or not form.validate():
        return render_template("provider/spaces.html", service=service, form=form)
    said, mark = form.part(), form.mark.data
    onward = url_for("provider.listing", service_id=service_id, said="spaces")
    try:
        _tell(lambda: actions.say_spaces(person_here(), service_id, said, mark))
    except StaleError as error:
        mine = drafts.with_section(error.stored, actions.SPACES, said)
        fresh = actions.spaces_mark(error.stored)
        page = show_both(actions.SPACES, mine, error.stored, fresh, onward)
        return page or redirect(onward, 303)
    return redirect(onward, 303)


def closed(service_id: str) -> ResponseReturnValue:
    """Closed for a while: families see it at once."""
    service = _live(service_id)
    sent = request.form if request.method == "POST" else None
    form = ClosedForm.begin(drafts.About(), current_site().council, sent)
    if sent is None or not form.validate():
        return _closed_page(service, form, None)
    until, mark = form.until.data, form.mark.data or None
    try:
        _tell(lambda: actions.close_until(person_here(), service_id, until, mark))
    except actions.ChangedError as error:
        form.until.errors = [_other_day(error.until)]
        return _closed_page(own_service(service_id), form, None), 409
    return _back_to_closed(service_id, "closed")


def _other_day(until: date | None) -> str:
    """What somebody else said meanwhile, and how to go on with one's own day."""
    if until is None:
        return gettext(
            "Somebody else has just said that you are open. Is your day right? Save it again."
        )
    now_said = shown_day(until)
    return gettext(
        "Somebody else has just said that you open again on %(day)s."
        " Is your day right? Save it again.",
        day=now_said,
    )


def open_again(service_id: str) -> ResponseReturnValue:
    """Open before the day that was said."""
    _live(service_id)
    _tell(lambda: actions.close_until(person_here(), service_id, None))
    return _back_to_closed(service_id, "open")


def day_off(service_id: str) -> ResponseReturnValue:
    """A day on which it does not run."""
    service = _live(service_id)
    form = CancelForm.begin(drafts.About(), current_site().council, request.form)
    if not form.validate():
        return _closed_page(service, None, form)
    try:
        on, note = form.on.data or date.today(), form.note.data
        _tell(lambda: actions.cancel_day(person_here(), service_id, on, note))
    except actions.TooManyError:
        most = actions.MOST_DAYS_OFF
        form.on.errors = [gettext("You can have at most %(num)s days off.", num=most)]
        return _closed_page(own_service(service_id), None, form)
    return _back_to_closed(service_id, "off")


def day_back(service_id: str, day: str) -> ResponseReturnValue:
    """A day off that is none after all."""
    _live(service_id)
    try:
        on = date.fromisoformat(day)
    except ValueError:
        abort(404)
    _tell(lambda: actions.run_after_all(person_here(), service_id, on))
    return _back_to_closed(service_id, "on")


def still_right(service_id: str) -> ResponseReturnValue:
    """All of it was looked at and is right: one press, and families see the date."""
    _live(service_id)
    _tell(lambda: actions.say_all_is_right(person_here(), service_id))
    return redirect(url_for("provider.listing", service_id=service_id, said="right"), 303)


def _back_to_closed(service_id: str, said: str) -> ResponseReturnValue:
    return redirect(url_for("provider.closed", service_id=service_id, said=said), 303)


def _closed_page(service: Service, closing: ClosedForm | None, off: CancelForm | None) -> str:
    council, today = current_site().council, date.today()
    return render_template(
        "provider/closed.html",
        service=service,
        mark=actions.day_mark(service.closed_until),
        closing=closing or ClosedForm.begin(drafts.About(), council),
        off=off or CancelForm.begin(drafts.About(), council),
        problems=[*(closing.problems if closing else ()), *(off.problems if off else ())],
        days=[day for day in service.cancellations if day.on >= today],
        is_closed=service.closed_until is not None and service.closed_until > today,
    )
