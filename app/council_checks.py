"""What can be wrong with a council's file although it can be read: names, places, dates, gaps.

Each fault is one sentence that begins with the key it is about.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.council_habits import Reminders
from app.council_records import Contact, Council, National, Statement

_OLDEST: Final = 25
_MOST_DAYS: Final = 60
_MONTHS_TO_ANSWER: Final = 2
_LATITUDES: Final = (49.8, 60.9)
_LONGITUDES: Final = (-8.7, 1.8)
_AUTHORITY: Final = re.compile(r"[EW]\d{8}")
_OUTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
_PHONE: Final = re.compile(r"\d[\d ]{1,14}(?: \(.+\))?")
_WEB: Final = re.compile(r"https?://\S+")
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+")


def national_faults(national: National) -> Iterator[str]:
    """Find what is wrong with the shared file's meaning; each fault begins with its key."""
    codes = {contact.code for contact in national.contacts}
    yield from _repeats("signposts", national.signposts)
    yield from _strangers("always", national.always, national.signposts, "signpost")
    yield from _contact_faults(national.contacts, national.signposts, codes)
    for country, served in national.elsewhere.items():
        yield from _strangers(f"elsewhere.{country}", served, national.signposts, "signpost")
        for signpost, code in served.items():
            if code not in codes:
                yield f"elsewhere.{country}.{signpost}: no contact is called {code!r}"


def council_faults(council: Council) -> Iterator[str]:
    """Find what is wrong with a council's file's meaning; each fault begins with its key."""
    yield from _age_faults(council)
    yield from _place_faults(council)
    yield from _reminder_faults(council.reminders)
    yield from _repeats("moderation.self_publish", council.moderation.self_publish)
    if not 1 <= council.moderation.target_days <= _MOST_DAYS:
        yield f"moderation.target_days: give a number of days from 1 to {_MOST_DAYS}"
    own = {contact.code for contact in council.contacts if not contact.none_found}
    national = {contact.code for contact in council.national.contacts}
    yield from _contact_faults(council.contacts, council.national.signposts, own | national)
    yield from _service_faults(council)
    yield from _successor_faults(council, own | national)
    yield from _statement_faults(council.statement)


def _reminder_faults(reminders: Reminders) -> Iterator[str]:
    """Find times of reminders that are in no order, and an end that leaves no time to answer."""
    months, end = reminders.months, reminders.unpublish_after_months
    if not months or list(months) != sorted({month for month in months if month > 0}):
        yield "reminders.months: give whole months, each later than the one before"
    elif end is not None and end < months[-1] + _MONTHS_TO_ANSWER:
        yield (
            "reminders.unpublish_after_months: give at least "
            f"{months[-1] + _MONTHS_TO_ANSWER}, so that the last reminder can be answered"
        )


def _age_faults(council: Council) -> Iterator[str]:
    """Find pairs of ages that are upside down or outside 0 to 25."""
    pairs = {
        "ages.short_breaks": council.ages.short_breaks,
        "ages.assessment": council.ages.assessment,
        "haf.ages": council.haf.ages,
    }
    if rule := council.auto_targeted_rule:
        pairs["auto_targeted_rule.min_age"] = (rule.min_age, rule.max_age)
    for key, (youngest, oldest) in pairs.items():
        if not 0 <= youngest <= oldest <= _OLDEST:
            yield f"{key}: {youngest} to {oldest} is not a span of ages between 0 and {_OLDEST}"


def _contact_faults(
    contacts: Sequence[Contact], signposts: Sequence[str], known: set[str]
) -> Iterator[str]:
    """Find contacts with a wrong code, number, address, signpost or fall-back."""
    yield from _repeats("contacts", [contact.code for contact in contacts])
    for index, contact in enumerate(contacts):
        here = f"contacts[{index}]"
        yield from _strangers(f"{here}.signposts", contact.signposts, signposts, "signpost")
        yield from _strangers(f"{here}.also_for", contact.also_for, signposts, "signpost")
        yield from (
            _gap_faults(here, contact, signposts, known)
            if contact.none_found
            else _reach_faults(here, contact)
        )


def _gap_faults(
    here: str, contact: Contact, signposts: Sequence[str], known: set[str]
) -> Iterator[str]:
    """Find faults of an entry that stands for a contact nobody found."""
    yield from _strangers(f"{here}.code", [contact.code], signposts, "signpost")
    if contact.fallback not in known:
        yield f"{here}.fallback: no contact is called {contact.fallback!r}"
    if contact.phone or contact.url or contact.email or contact.signposts:
        yield f"{here}: an entry with none_found has only a code, a fallback and a note"


def _reach_faults(here: str, contact: Contact) -> Iterator[str]:
    """Find faults in how a family reaches a contact that was found."""
    if not contact.label:
        yield f"{here}.label: a contact needs a name"
    if not contact.source:
        yield f"{here}.source: say where this contact was read"
    forms = {"phone": _PHONE, "url": _WEB, "email": _MAIL}
    for key, form in forms.items():
        value = getattr(contact, key)
        if value is not None and not form.fullmatch(value):
            what = "phone number" if key == "phone" else "full address"
            yield f"{here}.{key}: {value!r} is not a {what}"


def _service_faults(council: Council) -> Iterator[str]:
    """Find signposts that no contact serves, or more than one."""
    served = Counter(signpost for contact in council.contacts for signpost in contact.serves)
    for signpost in council.national.signposts:
        if served[signpost] != 1:
            yield f"contacts: signpost {signpost!r} is served {served[signpost]} times, not once"


def _successor_faults(council: Council, known: set[str]) -> Iterator[str]:
    """Find successors nobody knows, and contacts of theirs that are wrong or replace none."""
    if council.successors is None:
        return
    old = {contact.code: contact for contact in council.contacts}
    for name, contacts in council.successors.contacts.items():
        here = f"successors.contacts.{name}"
        yield from _strangers(here, [name], council.successors.councils, "successor")
        faults = _contact_faults(contacts, council.national.signposts, known)
        yield from (f"{here}: {fault}" for fault in faults)
        for contact in contacts:
            if contact.code not in old or old[contact.code].serves != contact.serves:
                yield f"{here}: {contact.code!r} does not serve what the old contact serves"


def _statement_faults(statement: Statement | None) -> Iterator[str]:
    """Find a statement that was read nowhere, says nothing or is reviewed before it is out."""
    if statement is None:
        return
    if not statement.source.strip():
        yield "statement.source: say where this was read"
    if statement.url is not None and not _WEB.fullmatch(statement.url):
        yield f"statement.url: {statement.url!r} is not a full address"
    if statement.published and statement.review and statement.review <= statement.published:
        yield f"statement.review: {statement.review} is not after {statement.published}"
    for index, words in enumerate(statement.shaped_by):
        if not words.strip():
            yield f"statement.shaped_by[{index}]: this is empty"


def _place_faults(council: Council) -> Iterator[str]:
    """Find localities and towns with a wrong code, group, outcode, district or position."""
    yield from _repeats("localities", [locality.code for locality in council.localities])
    yield from _repeats("groups", council.groups)
    successors = council.successors.councils if council.successors else ()
    for index, locality in enumerate(council.localities):
        here = f"localities[{index}]"
        if (locality.group or council.groups) and locality.group not in council.groups:
            yield f"{here}.group: no group is called {locality.group!r}"
        if (locality.from_april_2027 or successors) and locality.from_april_2027 not in successors:
            yield f"{here}.from_april_2027: no successor is called {locality.from_april_2027!r}"
        if not _AUTHORITY.fullmatch(locality.authority):
            yield f"{here}.authority: {locality.authority!r} is not an ONS code"
        yield from _outcode_faults(f"{here}.outcodes", locality.outcodes)
        yield from _point_faults(here, [(locality.lat, locality.lon)])
        yield from _point_faults(f"{here}.towns", [(town.lat, town.lon) for town in locality.towns])
        yield from _point_faults(
            f"{here}.villages", [(town.lat, town.lon) for town in locality.villages]
        )
    for index, nearby in enumerate(council.nearby_other_councils):
        here = f"nearby_other_councils[{index}]"
        yield from _outcode_faults(f"{here}.outcodes", nearby.outcodes)
        yield from _point_faults(f"{here}.towns", [(town.lat, town.lon) for town in nearby.towns])
    yield from _outcode_faults("outcode_centres", council.outcode_centres)
    yield from _point_faults("outcode_centres", council.outcode_centres.values())
    yield from _repeats(
        "towns",
        [name for town in council.all_towns() for name in (town.name, *town.also)],
    )


def _outcode_faults(key: str, outcodes: Iterable[str]) -> Iterator[str]:
    """Find outcodes, the first half of a postcode, that are not written like EX14."""
    for outcode in outcodes:
        if not _OUTCODE.fullmatch(outcode):
            yield f"{key}: {outcode!r} is not the first half of a postcode"


def _point_faults(key: str, points: Iterable[tuple[float, float]]) -> Iterator[str]:
    """Find positions outside Great Britain (swapped or mistyped degrees)."""
    for lat, lon in points:
        if not (_LATITUDES[0] < lat < _LATITUDES[1] and _LONGITUDES[0] < lon < _LONGITUDES[1]):
            yield f"{key}: {lat}, {lon} is not in Great Britain"


def _repeats(key: str, values: Sequence[str]) -> Iterator[str]:
    """Find values that stand in a list more than once."""
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{key}: {value!r} stands here {times} times"


def _strangers(key: str, values: Iterable[str], known: Sequence[str], kind: str) -> Iterator[str]:
    """Find values that are not in the list they come from."""
    for value in values:
        if value not in known:
            yield f"{key}: no {kind} is called {value!r}"
