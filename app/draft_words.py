"""A draft in words: each field's name, and what it says, line by line.

Providers read it before they send their changes, and again when somebody else saved meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from app import draft as drafts
from app import listing_words as wording
from app.council import Council
from app.draft import Draft
from app.languages import gettext
from app.languages import lazy_gettext as _l
from app.listing import Availability, Price, Session
from app.listing_places import area_name
from app.states import Answer, Stays
from app.vocabulary import ACCESS, ACTIVITIES, BREAKS, COSTS, NEEDS, OUTCOMES, ROUTES, WHEN, Terms

SECTION_NAMES: Final = {
    "about": _l("About"),
    "who": _l("Who it is for"),
    "could": _l("Could my child go?"),
    "when": _l("When and where"),
    "cost": _l("Cost"),
    "joining": _l("How to get a place"),
    "contact": _l("Contact"),
    "availability": _l("Spaces"),
}
FIELD_NAMES: Final = {
    "about.name": _l("Name"),
    "about.summary": _l("In one or two sentences"),
    "about.description": _l("More about it"),
    "about.url": _l("Web page"),
    "about.breaks": _l("Kind of break"),
    "about.activities": _l("What children do"),
    "about.outcomes": _l("What it is for"),
    "about.languages": _l("Languages"),
    "who.min_age": _l("Youngest age"),
    "who.max_age": _l("Oldest age"),
    "who.needs": _l("Needs"),
    "who.areas": _l("For families in"),
    "could.support": _l("Help you can give"),
    "could.adults": _l("Adults in a group"),
    "could.children": _l("Children in a group"),
    "could.training": _l("What staff have learned"),
    "could.trial_visit": _l("Trial visit"),
    "could.stays": _l("Does a parent stay?"),
    "could.stays_note": _l("More about staying"),
    "could.transport": _l("Getting there"),
    "could.regulator": _l("Registered with"),
    "could.registration": _l("Registration number"),
    "could.send_report_url": _l("Web page on how you help"),
    "could.checked": _l("Answers last checked"),
    "when.places": _l("Places and times"),
    "when.when": _l("When it runs"),
    "cost.prices": _l("Prices"),
    "cost.costs": _l("Ways to pay and help with the cost"),
    "cost.cost_note": _l("More about the cost"),
    "cost.funding": _l("Who pays for it"),
    "joining.routes": _l("How families get a place"),
    "joining.steps": _l("Steps"),
    "contact.contacts": _l("People to ask"),
    "availability.space": _l("Have you got spaces?"),
    "availability.wait_weeks": _l("How long is the wait?"),
    "availability.note": _l("More about spaces"),
    "availability.said": _l("Said on"),
}
"""The fields that providers edit, in the order of the form."""
ANSWERS: Final = {Answer.YES: _l("Yes"), Answer.ASK: _l("Ask us"), Answer.NO: _l("No")}
STAYS: Final = {
    Stays.MAY_LEAVE: _l("A parent can leave"),
    Stays.MAY_STAY: _l("Stay or leave, as they like"),
    Stays.MUST_STAY: _l("A parent stays the whole time"),
    Stays.NOT_NEEDED: _l("No parent needs to be there"),
    Stays.UNKNOWN: _l("Not said yet"),
}
REGULATORS: Final = {"": _l("Nobody"), "ofsted": _l("Ofsted"), "cqc": _l("CQC")}
_LISTS: Final[dict[str, Terms]] = {
    "breaks": BREAKS,
    "activities": ACTIVITIES,
    "outcomes": OUTCOMES,
    "needs": NEEDS,
    "when": WHEN,
    "costs": COSTS,
    "routes": ROUTES,
}


@dataclass(frozen=True, slots=True)
class Told:
    """One field in words: what it says, and what it said before when that was otherwise."""

    field: str
    name: str
    lines: tuple[str, ...]
    before: tuple[str, ...] = ()
    is_changed: bool = False


def told(draft: Draft, field: str, council: Council) -> tuple[str, ...]:
    """What a field of a draft says, one line each; nothing when it is empty.

    Raises AttributeError for a field there is not.
    """
    section, _, name = field.partition(".")
    value = getattr(getattr(draft, section), name)
    if value in (None, "", ()):
        return ()
    if name in _LISTS:
        return tuple(_label(_LISTS[name], code) for code in value)
    if name == "areas":
        return tuple(area_name(code, council) or code for code in value)
    say = _SAY.get(name)
    return tuple(say(value)) if say else (str(value),)


def told_section(draft: Draft, section: str, council: Council, before: Draft | None) -> list[Told]:
    """The fields of a section that say something, or said something `before`."""
    changed = drafts.changed_fields(before, draft) if before else ()
    found = []
    for field, name in FIELD_NAMES.items():
        if not field.startswith(f"{section}."):
            continue
        was = told(before, field, council) if before and field in changed else ()
        found.append(Told(field, str(name), told(draft, field, council), was, field in changed))
    return [row for row in found if row.lines or row.before]


def place_lines(place: drafts.Place) -> list[str]:
    """A place and its times: first its name and address in one line."""
    parts = [place.name, *place.address.splitlines(), place.town, place.postcode]
    where = ", ".join(part for part in parts if part) or gettext("A place without an address")
    notes = [place.directions] if place.directions else []
    return [where, *notes, *(session_line(session) for session in place.sessions)]


def session_line(item: drafts.Session) -> str:
    """ "Term time: Saturdays, 10am to 11am"."""
    session = Session(
        item.period, item.days, item.opens, item.closes, item.every, item.starts, item.ends,
        item.note,
    )  # fmt: skip
    period = str(wording.PERIODS.get(item.period, item.period))
    words = str(wording.session_words(session))
    dates = " – ".join(wording.day(day) for day in (item.starts, item.ends) if day)
    said = ", ".join(part for part in (words, dates) if part)
    return f"{period}: {said}" if said else period


def price_line(price: drafts.Price) -> str:
    """ "£6 each time, for each child"."""
    amount = wording.price(Price(price.pence, price.per, price.whom, price.note))
    whom = str(wording.WHOM.get(price.whom, price.whom))
    return ", ".join(part for part in (amount, whom, price.note) if part)


def contact_line(contact: drafts.Contact) -> str:
    """Who, then every way to reach them."""
    parts = (contact.name, contact.title, *contact.phones, contact.email, contact.hours)
    return ", ".join(part for part in parts if part)


def _support_lines(items: Iterable[drafts.Support]) -> list[str]:
    return [
        f"{_label(ACCESS, item.feature)}: {ANSWERS[item.answer]}"
        + (f". {item.note}" if item.note else "")
        for item in items
    ]


def _label(terms: Terms, code: str) -> str:
    return terms.label(code) if code in terms else code


_SAY: Final[dict[str, Callable[[Any], Iterable[str]]]] = {
    "description": str.splitlines,
    "steps": str.splitlines,
    "languages": lambda names: names,
    "funding": lambda names: names,
    "support": _support_lines,
    "stays": lambda stays: [] if stays is Stays.UNKNOWN else [str(STAYS[stays])],
    "regulator": lambda code: [str(REGULATORS.get(code, code))],
    "checked": lambda day: [wording.day(day)],
    "said": lambda day: [wording.day(day)],
    "places": lambda places: [line for place in places for line in place_lines(place)],
    "prices": lambda prices: map(price_line, prices),
    "contacts": lambda contacts: map(contact_line, contacts),
    "space": lambda space: [wording.space_words(Availability(space))],
    "wait_weeks": lambda weeks: [wording.weeks_to_wait(weeks)],
}
