"""Places and their times: pages of their own, for a place has many facts and many times.

A place is known by its id and a time by its content, so that a page which is open while somebody
else takes out another one still means the same.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

import msgspec
from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from app import draft as drafts
from app.draft import Draft
from app.draft_words import place_lines, session_line
from app.provider.forms import SectionForm
from app.provider.here import Change, own_change
from app.provider.keeping import Saving, is_sent, keep, set_mark, too_late
from app.provider.place_forms import (
    MOST_PLACES,
    MOST_SESSIONS,
    PlaceForm,
    SessionForm,
    new_id,
)
from app.reviewing import section_mark
from app.site import current_site
from app.states import Period

NEW, SECTION = "new", "when"
BLANK_SESSION = drafts.Session(period="")


def key_of(thing: drafts.Place | drafts.Session) -> str:
    """How a place or a time is named in addresses."""
    if isinstance(thing, drafts.Place) and thing.id:
        return thing.id
    return blake2b(msgspec.json.encode(thing), digest_size=8).hexdigest()


def place(revision_id: str, place_id: str) -> ResponseReturnValue:
    """Add or change a place."""
    change = own_change(revision_id)
    held = drafts.Place() if place_id == NEW else _find_place(change, place_id)
    if place_id == NEW and len(change.draft.when.places) >= MOST_PLACES:
        abort(404)
    sent = request.form if request.method == "POST" else None
    form = PlaceForm.begin(held, current_site().council, sent)
    if is_sent() and form.validate():
        made = form.place()
        onward = url_for("provider.place", revision_id=revision_id, place_id=made.id)
        if place_id != NEW:
            onward = _when_url(change)
        return _keep(change, form, lambda draft: with_place(draft, place_id, made), onward)
    return _page("place", change, form, place=held, is_new=place_id == NEW)


def session(revision_id: str, place_id: str, session_id: str) -> ResponseReturnValue:
    """Add or change a time at a place."""
    change = own_change(revision_id)
    at = _find_place(change, place_id)
    held = BLANK_SESSION if session_id == NEW else _find_session(at, session_id)
    if session_id == NEW and len(at.sessions) >= MOST_SESSIONS:
        abort(404)
    sent = request.form if request.method == "POST" else None
    form = SessionForm.begin(held, current_site().council, sent)
    if sent is None and session_id == NEW:
        form.period.data = request.args.get("period", Period.TERM)
    if is_sent() and form.validate():
        made = form.session()
        return _keep(
            change,
            form,
            lambda draft: with_session(draft, place_id, session_id, made),
            url_for("provider.place", revision_id=revision_id, place_id=place_id),
        )
    return _page("session", change, form, place=at, is_new=session_id == NEW)


def remove_place(revision_id: str, place_id: str) -> ResponseReturnValue:
    """Take a place out, once more asked."""
    change = own_change(revision_id)
    held = _find_place(change, place_id)
    back = url_for("provider.place", revision_id=revision_id, place_id=place_id)
    return _remove(
        change,
        place_lines(held),
        lambda draft: with_place(draft, place_id, None),
        back,
        _when_url(change),
    )


def remove_session(revision_id: str, place_id: str, session_id: str) -> ResponseReturnValue:
    """Take a time out, once more asked."""
    change = own_change(revision_id)
    held = _find_session(_find_place(change, place_id), session_id)
    back = url_for("provider.place", revision_id=revision_id, place_id=place_id)
    return _remove(
        change,
        [session_line(held)],
        lambda draft: with_session(draft, place_id, session_id, None),
        back,
        back,
    )


def with_place(draft: Draft, place_id: str, made: drafts.Place | None) -> Draft:
    """A draft with a place changed, taken out (None), or added when there is none of that id.

    The times of the place stay as they are stored.
    """
    found, places = False, []
    for held in draft.when.places:
        is_it = key_of(held) == place_id
        found = found or is_it
        if not is_it:
            places.append(held)
        elif made is not None:
            places.append(replace(made, sessions=held.sessions))
    if made is not None and not found:
        places.append(made)
    return drafts.with_section(draft, SECTION, replace(draft.when, places=tuple(places)))


def with_session(
    draft: Draft, place_id: str, session_id: str, made: drafts.Session | None
) -> Draft:
    """A draft with a time changed, taken out (None), or added when there is none like it.

    When the place itself is gone, a time that was typed stands at a place without an address.
    """
    at = next((held for held in draft.when.places if key_of(held) == place_id), None)
    if at is None:
        lost = drafts.Place(id=new_id(), sessions=(made,)) if made is not None else None
        return with_place(draft, "", lost)
    keys = [key_of(held) for held in at.sessions]
    sessions = list(at.sessions)
    spot = keys.index(session_id) if session_id in keys else len(sessions)
    sessions[spot : spot + 1] = [] if made is None else [made]
    places = tuple(
        replace(held, sessions=tuple(sessions)) if held is at else held
        for held in draft.when.places
    )
    return drafts.with_section(draft, SECTION, replace(draft.when, places=places))


def _find_place(change: Change, place_id: str) -> drafts.Place:
    """The place; a blank one when it was taken out while this page was open to be sent."""
    for held in change.draft.when.places:
        if key_of(held) == place_id:
            return held
    return drafts.Place() if request.method == "POST" else abort(404)


def _find_session(at: drafts.Place, session_id: str) -> drafts.Session:
    for held in at.sessions:
        if key_of(held) == session_id:
            return held
    return BLANK_SESSION if request.method == "POST" else abort(404)


def _when_url(change: Change) -> str:
    return url_for("provider.section", revision_id=change.revision.id, section=SECTION)


def _keep(
    change: Change, form: SectionForm, apply: Callable[[Draft], Draft], onward: str
) -> ResponseReturnValue:
    saving = Saving(change, SECTION, form.mark.data, apply, onward)
    return keep(saving) if change.is_open else too_late(saving, change.revision.status)


def _page(template: str, change: Change, form: SectionForm, **more: object) -> ResponseReturnValue:
    if not change.is_open and request.method != "POST":
        return redirect(url_for("provider.changes", revision_id=change.revision.id), 303)
    set_mark(form, section_mark(change.draft, SECTION))
    return render_template(
        f"provider/{template}.html", form=form, change=change, key_of=key_of,
        session_line=session_line, most_sessions=MOST_SESSIONS, **more,
    )  # fmt: skip


def _remove(
    change: Change, lines: list[str], apply: Callable[[Draft], Draft], back: str, onward: str
) -> ResponseReturnValue:
    form = SectionForm(request.form if request.method == "POST" else None)
    if is_sent():
        return _keep(change, form, apply, onward)
    if not change.is_open:
        return redirect(url_for("provider.changes", revision_id=change.revision.id), 303)
    set_mark(form, section_mark(change.draft, SECTION))
    return render_template("provider/remove.html", form=form, lines=lines, back=back)
