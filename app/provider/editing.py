"""The sections of a revision, each one page with one form."""

from __future__ import annotations

from typing import Final

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import draft as drafts
from app.draft_words import SECTION_NAMES
from app.flags import PROSE
from app.provider.could_form import GROUPS, CouldForm
from app.provider.forms import AboutForm, JoiningForm, PartForm, WhoForm
from app.provider.here import own_change
from app.provider.keeping import EDIT_MINE, Saving, is_sent, keep, set_mark, too_late
from app.provider.place_forms import MOST_PLACES, WhenForm
from app.provider.places import key_of
from app.provider.row_forms import ContactsForm, CostForm
from app.provider.space_forms import SpacesForm
from app.reading import AIM_AGE, age_of, hard_sentences
from app.reviewing import section_mark
from app.site import current_site

FORMS: Final[dict[str, type[PartForm]]] = {
    "about": AboutForm,
    "who": WhoForm,
    "could": CouldForm,
    "when": WhenForm,
    "cost": CostForm,
    "joining": JoiningForm,
    "contact": ContactsForm,
    "availability": SpacesForm,
}
SO_FAR = "so-far"
"""The button within a long section: saves, and stays on the page."""


def section(revision_id: str, section: str) -> ResponseReturnValue:
    """One section: shown, one row longer, or saved."""
    change = own_change(revision_id)
    if section not in FORMS:
        abort(404)
    if section == "availability" and change.is_live and change.revision.service_id:
        address = url_for("provider.spaces", service_id=change.revision.service_id)
        return redirect(address, 303)
    onward = url_for("provider.changes", revision_id=revision_id)
    if not change.is_open and request.method != "POST":
        return redirect(onward, 303)
    sent = request.form if request.method == "POST" else None
    form = FORMS[section].begin(getattr(change.draft, section), current_site().council, sent)
    set_mark(form, section_mark(change.draft, section))
    if request.method == "POST" and "more" in request.form:
        _add_row(form, request.form["more"])
    elif is_sent() and form.validate():
        part, mark = form.part(), form.mark.data
        if request.form.get("go") == SO_FAR:
            onward = url_for("provider.section", revision_id=revision_id, section=section, said=1)
        saving = Saving(
            change, section, mark, lambda draft: drafts.with_section(draft, section, part), onward
        )
        return keep(saving) if change.is_open else too_late(saving, change.revision.status)
    return render_template(
        f"provider/section_{section}.html",
        form=form,
        change=change,
        section=section,
        name=SECTION_NAMES[section],
        groups=GROUPS,
        key_of=key_of,
        most_places=MOST_PLACES,
        advice=_advice(form, section),
        is_mine=request.form.get("go") == EDIT_MINE,
    )


def _add_row(form: PartForm, name: str) -> None:
    """One more row of a list, up to as many as there may be."""
    if name in form.rows and len(form[name]) < form[name].max_entries:
        form[name].append_entry()
        form.settle()


def _advice(form: PartForm, section: str) -> tuple[int, list[str]] | None:
    """The reading age of the words of a section and its hardest sentences, when it is too high."""
    names = (field.removeprefix(f"{section}.") for field in PROSE)
    words = "\n".join(form[name].data or "" for name in names if name in form and name != "name")
    age = age_of(words)
    hard = [item.sentence for item in hard_sentences(words)[:3]]
    return (age, hard) if age is not None and (age > AIM_AGE or hard) else None
