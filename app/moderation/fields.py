"""The fields of a listing as staff compare them: their names, and their values in words.

A row of the comparison may hold two fields that are one thing to people (ages), or a part of one
(the telephone numbers among the contacts). Rows come in the order of the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec
from flask_babel import LazyString

from app import listing as public
from app import listing_words as wording
from app.council import Council
from app.draft import Draft, Place, Support
from app.languages import gettext
from app.languages import lazy_gettext as _l
from app.states import Answer
from app.vocabulary import (
    ACCESS,
    ACTIVITIES,
    BREAKS,
    COSTS,
    NEEDS,
    OUTCOMES,
    ROUTES,
    TIERS,
    WHEN,
    Terms,
)

ANSWERS: Final[dict[str, LazyString]] = {
    Answer.YES: _l("Yes"),
    Answer.ASK: _l("Ask us"),
    Answer.NO: _l("No"),
}
REGULATORS: Final = {"ofsted": "Ofsted", "cqc": "CQC"}
Words = Callable[[Draft, Council], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Field:
    """One row: its key, the draft's field that a comment goes to, its name, its words."""

    key: str
    field: str
    label: str
    words: Words


def all_fields(drafts: Iterable[Draft]) -> list[Field]:
    """The rows for comparing some drafts; support features only when one of them names it."""
    named = {item.feature for draft in drafts for item in draft.could.support}
    support = [
        Field(f"could.support-{code}", "could.support", ACCESS.label(code), _support_of(code))
        for code in ACCESS
        if code in named
    ]
    return [
        *(_made(*row) for row in _BEFORE),
        *support,
        *(_made(*row) for row in _AFTER),
    ]


def label_of(key: str) -> str:
    """The name of a field of the draft, or of its row, for messages; the code when it has none."""
    code = key.removeprefix("could.support-")
    if code in ACCESS:
        return ACCESS.label(code)
    rows = {row[0]: row[2] for row in (*_BEFORE, *_AFTER)}
    return str(rows.get(key) or _WHOLE.get(key) or key)


def is_row(key: str) -> bool:
    """Whether a row of this key can be in a comparison, and a provider can change it."""
    rows = [row for row in (*_BEFORE, *_AFTER) if not row[1].startswith("staff.")]
    known = {key for row in rows for key in row[:2]} | {"could.support"}
    return key in known or key.removeprefix("could.support-") in ACCESS


def _made(key: str, field: str, label: LazyString, words: Words) -> Field:
    return Field(key, field, str(label), words)


def _text(field: str) -> Words:
    section, _, name = field.partition(".")

    def words(draft: Draft, _council: Council) -> list[str]:
        return str(getattr(getattr(draft, section), name)).splitlines()

    return words


def _codes(field: str, terms: Terms) -> Words:
    section, _, name = field.partition(".")

    def words(draft: Draft, _council: Council) -> list[str]:
        codes = getattr(getattr(draft, section), name)
        return [terms.label(code) if code in terms else code for code in codes]

    return words


def _support_of(code: str) -> Words:
    def words(draft: Draft, _council: Council) -> list[str]:
        return [
            line
            for item in draft.could.support
            if item.feature == code
            for line in _support_words(item)
        ]

    return words


def _support_words(item: Support) -> Iterator[str]:
    yield str(ANSWERS[item.answer])
    if item.note:
        yield f"“{item.note}”"
    if item.checked:
        yield _checked(item.checked)


def _checked(day: date) -> str:
    return gettext("Checked %(day)s", day=wording.day(day))


def _ages(draft: Draft, _council: Council) -> list[str]:
    low, high = draft.who.min_age, draft.who.max_age
    if low is None and high is None:
        return []
    return [
        wording.ages(
            public.Listing(id="", slug="", name="", tier="", min_age=low, max_age=high)
        ).replace(wording.NBSP, " ")
    ]


def _areas(draft: Draft, council: Council) -> list[str]:
    known = {item.code: item.label for item in council.localities}
    return [known.get(code, code) for code in draft.who.areas]


def _staffing(draft: Draft, _council: Council) -> list[str]:
    adults, children = draft.could.adults, draft.could.children
    if not adults or not children:
        return []
    return [gettext("%(adults)s to %(children)s", adults=adults, children=children)]


def _stays(draft: Draft, _council: Council) -> list[str]:
    said = wording.STAYS_ANSWER.get(draft.could.stays)
    return [str(said)] if said else []


def _registration(draft: Draft, _council: Council) -> list[str]:
    name = REGULATORS.get(draft.could.regulator, draft.could.regulator)
    said = f"{name} {draft.could.registration}".strip()
    return [said] if said else []


def _could_checked(draft: Draft, _council: Council) -> list[str]:
    return [wording.day(draft.could.checked)] if draft.could.checked else []


def _places(draft: Draft, council: Council) -> list[str]:
    known = {item.code: item.label for item in council.localities}
    return [line for place in draft.when.places for line in _place_words(place, known)]


def _place_words(place: Place, known: dict[str, str]) -> Iterator[str]:
    where = [place.name, *place.address.splitlines(), place.town, place.postcode]
    area = known.get(place.locality, place.locality)
    yield ", ".join(part for part in [*where, area] if part)
    if place.directions:
        yield place.directions
    for item in place.sessions:
        session = public.Session(**msgspec.structs.asdict(item))
        period = str(wording.PERIODS.get(item.period, item.period))
        ends = [wording.day(day) for day in (item.starts, item.ends) if day]
        parts = [period, str(wording.session_words(session).unescape()), " – ".join(ends)]
        yield "· " + ": ".join(part for part in parts if part).replace(wording.NBSP, " ")


def _prices(draft: Draft, _council: Council) -> list[str]:
    return [
        " ".join(
            part
            for part in (
                wording.price(public.Price(item.pence, item.per)).replace(wording.NBSP, " "),
                str(wording.WHOM.get(item.whom, item.whom)),
                item.note,
            )
            if part
        )
        for item in draft.cost.prices
    ]


def _contact(*names: str) -> Words:
    def words(draft: Draft, _council: Council) -> list[str]:
        said = [[getattr(contact, name) for name in names] for contact in draft.contact.contacts]
        return [line for parts in said if (line := ", ".join(part for part in parts if part))]

    return words


def _phones(draft: Draft, _council: Council) -> list[str]:
    return [number for contact in draft.contact.contacts for number in contact.phones]


def _space(draft: Draft, _council: Council) -> list[str]:
    said = draft.availability
    return [
        wording.space_words(public.Availability(said.space, said.wait_weeks)).replace(
            wording.NBSP, " "
        )
    ]


def _tier(draft: Draft, _council: Council) -> list[str]:
    return [TIERS.label(draft.staff.tier)] if draft.staff.tier in TIERS else [draft.staff.tier]


Row = tuple[str, str, LazyString, Words]


def _row(field: str, label: LazyString, words: Words | None = None, key: str = "") -> Row:
    return (key or field, field, label, words or _text(field))


def _list(field: str, label: LazyString, terms: Terms) -> Row:
    return _row(field, label, _codes(field, terms))


def _plain_list(field: str) -> Words:
    section, _, name = field.partition(".")

    def words(draft: Draft, _council: Council) -> list[str]:
        return list(getattr(getattr(draft, section), name))

    return words


_BEFORE: Final[tuple[Row, ...]] = (
    _row("about.name", _l("Name")),
    _row("about.summary", _l("Summary")),
    _row("about.description", _l("Description")),
    _row("about.url", _l("Website")),
    _list("about.breaks", _l("Kinds of break"), BREAKS),
    _list("about.activities", _l("Activities"), ACTIVITIES),
    _list("about.outcomes", _l("What it is good for"), OUTCOMES),
    _row("about.languages", _l("Languages"), _plain_list("about.languages")),
    _row("who.min_age", _l("Ages"), _ages),
    _list("who.needs", _l("Needs"), NEEDS),
    _row("who.areas", _l("Areas"), _areas),
)
_AFTER: Final[tuple[Row, ...]] = (
    _row("could.adults", _l("Adults to children"), _staffing),
    _row("could.training", _l("Staff training")),
    _row("could.trial_visit", _l("Trial visit")),
    _row("could.stays", _l("Does a parent stay?"), _stays),
    _row("could.stays_note", _l("More about staying")),
    _row("could.transport", _l("Getting there")),
    _row("could.regulator", _l("Registration"), _registration),
    _row("could.send_report_url", _l("SEND report")),
    _row("could.checked", _l("Support checked on"), _could_checked),
    _row("when.places", _l("Places and times"), _places),
    _list("when.when", _l("When"), WHEN),
    _row("cost.prices", _l("Prices"), _prices),
    _list("cost.costs", _l("Ways to pay"), COSTS),
    _row("cost.cost_note", _l("More about the cost")),
    _row("cost.funding", _l("Who pays for it"), _plain_list("cost.funding")),
    _list("joining.routes", _l("How you get in"), ROUTES),
    _row("joining.steps", _l("How to get a place")),
    _row("contact.contacts", _l("Whom to ask"), _contact("name", "title"), "contact.contacts-name"),
    _row("contact.contacts", _l("Telephone"), _phones, "contact.contacts-phones"),
    _row("contact.contacts", _l("Email"), _contact("email"), "contact.contacts-email"),
    _row("contact.contacts", _l("Hours"), _contact("hours"), "contact.contacts-hours"),
    _row("availability.space", _l("Spaces"), _space),
    _row("availability.note", _l("More about spaces")),
    _row("staff.tier", _l("How you get in, as staff set it"), _tier),
)
_WHOLE: Final[dict[str, LazyString]] = {
    "who.max_age": _l("Ages"),
    "could.support": _l("What staff can do"),
    "could.children": _l("Adults to children"),
    "could.registration": _l("Registration"),
    "contact.contacts": _l("Contacts"),
    **dict.fromkeys(("availability.wait_weeks", "availability.said"), _l("Spaces")),
    "staff.withheld": _l("Whether the address is shown"),
}
"""Fields that have no row of their own: several rows show them, or one row shows two of them."""
