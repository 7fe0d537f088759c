"""How far a draft is: done, to finish or to start, section by section, and what must be mended.

What a listing cannot do without is what staff are shown too (`app/flags.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app import draft as drafts
from app.draft import Draft
from app.flags import Flag, find_flags
from app.languages import gettext, ngettext
from app.languages import lazy_gettext as _l
from app.states import Space
from app.vocabulary import ACCESS

State = Literal["done", "finish", "start"]
MUST: Final = {
    "about.name": _l("Type its name."),
    "about.summary": _l("Say what it is in one or two sentences."),
    "about.breaks": _l("Choose what kind of break it is."),
    "about.url": _l("Mend the web page."),
    "could.support": _l("Check your answers and tick that you did."),
    "could.send_report_url": _l("Mend the web page on how you help."),
    "when.places": _l("Add a place, or say which areas you go to."),
    "joining.routes": _l("Say how families get a place."),
    "contact.contacts": _l("Give a phone number or an email that works."),
}
IMPORTANT: Final = (
    "step_free", "wheelchair", "accessible_toilet", "changing_places", "hoist", "secure_site",
    "quiet_space", "small_group", "one_to_one", "personal_care", "medicine", "epilepsy_rescue",
    "behaviour_trained", "autism_trained", "makaton", "siblings_welcome",
)  # fmt: skip
"""The kinds of help that families ask about most: a section without them is not finished."""


@dataclass(frozen=True, slots=True)
class Mend:
    """Something without which a listing cannot be sent."""

    section: str
    field: str
    words: str

    @property
    def id(self) -> str:
        """Its mark on the page on which everything is checked."""
        return f"mend-{self.field.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class Step:
    """One section of the task list."""

    section: str
    state: State
    note: str


def to_mend(draft: Draft, before: Draft | None) -> list[Mend]:
    """What must be mended before a draft can be sent, each field once."""
    found = {
        flag.field: _mend(flag)
        for flag in find_flags(draft, before)
        if flag.level == "must" and flag.field
    }
    return list(found.values())


def _mend(flag: Flag) -> Mend:
    section = flag.field.partition(".")[0]
    return Mend(section, flag.field, str(MUST.get(flag.field, _l("Please look at this again."))))


def steps(draft: Draft, saved: Sequence[str], mend: Sequence[Mend]) -> list[Step]:
    """The task list. `saved`: the sections somebody has saved."""
    wrong = {item.section for item in mend}
    return [
        Step(
            section,
            _state(draft, section, section in saved, section in wrong),
            _note(draft, section),
        )
        for section in drafts.SECTIONS
    ]


def _state(draft: Draft, section: str, is_saved: bool, is_wrong: bool) -> State:
    part = getattr(draft, section)
    is_empty = part == type(part)()
    if is_empty and not is_saved:
        return "start"
    if is_wrong or is_empty or unanswered(draft, section):
        return "finish"
    return "done"


def unanswered(draft: Draft, section: str) -> int:
    """How many answers families look for are missing in a section."""
    if section == "could":
        said = {item.feature for item in draft.could.support}
        return sum(1 for code in IMPORTANT if code not in said)
    if section == "availability":
        return int(draft.availability.space is Space.UNKNOWN)
    return 0


def _note(draft: Draft, section: str) -> str:
    if section == "could":
        count = unanswered(draft, section)
        if count:
            return gettext("%(num)s of %(all)s answers missing", num=count, all=len(IMPORTANT))
        said = len({item.feature for item in draft.could.support} & set(ACCESS))
        return ngettext("%(num)s answer", "%(num)s answers", said)
    if section == "when" and draft.when.places:
        return ngettext("%(num)s place", "%(num)s places", len(draft.when.places))
    notes = {
        "about": _l("What it is, in your own words"),
        "who": _l("Ages, needs"),
        "when": _l("Places, days, school holidays"),
        "cost": _l("Prices and help with them"),
    }
    return str(notes.get(section, ""))
