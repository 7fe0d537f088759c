"""Saving a form into a revision, and what is shown when somebody else was quicker.

Nothing typed is lost: the page that refuses holds all of it, beside what is stored now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.draft import Draft
from app.draft_words import SECTION_NAMES, told_section
from app.provider import actions
from app.provider.forms import SectionForm
from app.provider.here import Change
from app.reviewing import WrongStateError, section_mark
from app.site import current_site
from app.states import RevisionStatus
from app.versions import StaleError

NOT_TYPED = frozenset({"mark", "go", "more"})
EDIT_MINE, ONE_MORE = "edit", "more"
SAID_ON = "availability.said"
"""When something was said is no difference in what is said."""


@dataclass(frozen=True, slots=True)
class Saving:
    """A form on its way into a section. `apply` puts what was typed into a draft."""

    change: Change
    section: str
    mark: str
    apply: Callable[[Draft], Draft]
    onward: str
    """Where to go when it is saved."""


def set_mark(form: SectionForm, mark: str) -> None:
    """Give a form the mark of what it shows, unless it was sent with an older one.

    Who saw that others saved meanwhile, and wants to change their own words, goes on from there.
    """
    if request.method != "POST" or request.form.get("go") == EDIT_MINE:
        form.mark.data = mark


def is_sent() -> bool:
    """Whether the form is to be saved, not only to grow by a row or to be changed further."""
    is_more = ONE_MORE in request.form or request.form.get("go") == EDIT_MINE
    return request.method == "POST" and not is_more


def keep(saving: Saving) -> ResponseReturnValue:
    """Save, or show why not with all that was typed."""
    change = saving.change
    try:
        actions.save(change.person, change.revision.id, saving.section, saving.apply, saving.mark)
    except StaleError as error:
        mine, mark = saving.apply(error.stored), section_mark(error.stored, saving.section)
        page = show_both(saving.section, mine, error.stored, mark, saving.onward)
        return page or redirect(saving.onward, 303)
    except WrongStateError as error:
        return too_late(saving, error.revision.status)
    return redirect(saving.onward, 303)


def show_both(
    section: str, mine: Draft, stored: Draft, mark: str, onward: str
) -> tuple[str, int] | None:
    """Both versions side by side, and a choice; None when they say the same.

    `mark`: of what is stored, for the form that holds what was typed.
    """
    rows = [
        row
        for row in told_section(mine, section, current_site().council, stored)
        if row.is_changed and row.field != SAID_ON
    ]
    if not rows:
        return None
    name, held = SECTION_NAMES[section], typed()
    page = render_template(
        "provider/both.html", rows=rows, name=name, typed=held, mark=mark, onward=onward
    )
    return page, 409


def too_late(saving: Saving, status: str) -> ResponseReturnValue:
    """The changes were sent or decided meanwhile: what was typed can still be read and copied."""
    change = saving.change
    mine = saving.apply(change.draft)
    rows = told_section(mine, saving.section, current_site().council, change.draft)
    page = render_template(
        "provider/too_late.html",
        rows=[row for row in rows if row.is_changed] or rows,
        change=change,
        is_sent=status == RevisionStatus.SUBMITTED,
    )
    return page, 409


def typed() -> list[tuple[str, str]]:
    """All that was typed, as pairs for fields that nobody sees."""
    return [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_TYPED]
