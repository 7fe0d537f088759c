"""Whom to ring about a signpost: this council's contact on this day, or what stands in for one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

from app.council import Contact, Council, Country, Successors, load_council
from app.criteria.facts import Facts
from app.criteria.rules import Evaluation


@dataclass(frozen=True, slots=True)
class Reach:
    """How a family reaches somebody about a signpost."""

    contacts: tuple[Contact, ...]
    """The one that serves it, then those shown beside it."""
    is_gap: bool = False
    """Nobody has published a contact for this: the one given stands in."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """The council that looks after a family on a day."""

    council: Council
    """Its contacts are those of the day."""
    successor: str | None = None
    """The name of the council that has taken over, when one has."""
    kept: Successors | None = None
    """Given when the successor's contacts are not known, so that the old ones are kept."""


def home_of(facts: Facts, evaluation: Evaluation) -> Home:
    """The council a family belongs to on the day of its answers."""
    return council_on(load_council(evaluation.council), facts.on, facts.district)


def council_on(council: Council, day: date, district: str | None) -> Home:
    """A council as it is on a day for a district: its successor's contacts once that has begun."""
    change = council.successors
    if change is None or day < change.starts:
        return Home(council)
    name = next(
        (place.from_april_2027 for place in council.localities if place.code == district), None
    )
    new = change.contacts.get(name or "", ())
    if not new:
        return Home(council, name, kept=change)
    return Home(msgspec.structs.replace(council, contacts=_replaced(council.contacts, new)), name)


def _replaced(old: Iterable[Contact], new: Iterable[Contact]) -> tuple[Contact, ...]:
    """The old contacts, each with the new one of the same code in its place."""
    by_code = {contact.code: contact for contact in new}
    return tuple(by_code.get(contact.code, contact) for contact in old)


def contacts_for(facts: Facts, evaluation: Evaluation, signpost: str) -> Reach:
    """Whom to ring about a signpost; a family elsewhere is sent to its own council."""
    if is_elsewhere(facts):
        return _elsewhere(facts, evaluation, signpost)
    council = home_of(facts, evaluation).council
    entry = next(entry for entry in council.contacts if signpost in entry.serves)
    return Reach(council.signpost_contacts(signpost), entry.none_found, entry.note)


def is_elsewhere(facts: Facts) -> bool:
    """Whether the child lives in the area of a council that is none of ours."""
    return facts.values["lives_in"] in {"other", "wales"}


def _elsewhere(facts: Facts, evaluation: Evaluation, signpost: str) -> Reach:
    country: Country = "wales" if facts.values["lives_in"] == "wales" else "england"
    national = load_council(evaluation.council).national
    contact = national.elsewhere_contact(country, signpost)
    return Reach((contact,) if contact else ())
