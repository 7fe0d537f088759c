"""The council this site belongs to: names, places, contacts, routes, ages and dates.

Everything that differs between councils is in `app/councils/<code>.toml`; what is the same for all
of them (helplines, fall-backs, the list of signposts) is in `app/councils/national.toml`. Both are
read once and checked, for form and for meaning, before anything is shown to a family.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from app.council_records import (
    Allowance,
    AutoTargetedRule,
    ChangingSoon,
    Contact,
    Council,
    Country,
    HolidayProgramme,
    Level,
    Locality,
    National,
    NearbyCouncil,
    Reminders,
    Successors,
    Tier,
    Town,
)

__all__ = [
    "COUNCILS_FOLDER",
    "Allowance",
    "AutoTargetedRule",
    "ChangingSoon",
    "Contact",
    "Council",
    "CouncilFileError",
    "Country",
    "HolidayProgramme",
    "Level",
    "Locality",
    "National",
    "NearbyCouncil",
    "Reminders",
    "Successors",
    "Tier",
    "Town",
    "council_codes",
    "load_council",
    "load_national",
]

COUNCILS_FOLDER: Final = Path(__file__).parent / "councils"
NATIONAL_FILE: Final = "national.toml"

_OLDEST: Final = 25
_LATITUDES: Final = (49.8, 60.9)
_LONGITUDES: Final = (-8.7, 1.8)
_AUTHORITY: Final = re.compile(r"[EW]\d{8}")
_OUTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
_PHONE: Final = re.compile(r"\d[\d ]{1,14}(?: \(.+\))?")
_WEB: Final = re.compile(r"https?://\S+")
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+")

_R = TypeVar("_R", Council, National)


class CouncilFileError(ValueError):
    """A council's file is missing or wrong; the message names the file, the key and the fault."""


def council_codes(folder: Path = COUNCILS_FOLDER) -> list[str]:
    """List the councils there are files for, in alphabetical order."""
    return sorted(path.stem for path in folder.glob("*.toml") if path.name != NATIONAL_FILE)


@cache
def load_council(code: str, folder: Path = COUNCILS_FOLDER) -> Council:
    """Read and check one council's file, once; raises CouncilFileError naming the first fault."""
    codes = council_codes(folder)
    if code not in codes:
        raise CouncilFileError(
            f"there is no council called {code!r}; there are: {', '.join(codes) or 'none'}"
        )
    national = load_national(folder)
    council = _read(folder / f"{code}.toml", Council, code=code, national=national)
    _refuse(f"{code}.toml", _council_faults(council))
    return council


@cache
def load_national(folder: Path = COUNCILS_FOLDER) -> National:
    """Read and check what all councils share, once; raises CouncilFileError."""
    national = _read(folder / NATIONAL_FILE, National)
    _refuse(NATIONAL_FILE, _national_faults(national))
    return national


def _read(path: Path, kind: type[_R], **beside: object) -> _R:
    """Read one file into its record, together with values that do not stand in the file."""
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        if taken := sorted(beside.keys() & table.keys()):
            raise CouncilFileError(f"{path.name}: {taken[0]}: this key is not set in the file")
        return msgspec.convert(table | beside, kind)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise CouncilFileError(f"{path.name}: cannot be read: {fault}") from fault
    except msgspec.ValidationError as fault:
        raise CouncilFileError(f"{path.name}: {_key_first(str(fault))}") from fault


def _key_first(fault: str) -> str:
    """Turn "Expected ... - at `$.contacts[3].phone`" into "contacts[3].phone: Expected ..."."""
    words, _, path = fault.partition(" - at `$")
    return f"{path.strip('`').lstrip('.') or 'top of the file'}: {words}"


def _refuse(name: str, faults: Iterator[str]) -> None:
    """Raise the first fault found in the file of this name, if there is one."""
    for fault in faults:
        raise CouncilFileError(f"{name}: {fault}")


def _national_faults(national: National) -> Iterator[str]:
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


def _council_faults(council: Council) -> Iterator[str]:
    """Find what is wrong with a council's file's meaning; each fault begins with its key."""
    yield from _age_faults(council)
    yield from _place_faults(council)
    if list(council.reminders.months) != sorted(
        {month for month in council.reminders.months if month > 0}
    ):
        yield "reminders.months: give whole months, each later than the one before"
    own = {contact.code for contact in council.contacts if not contact.none_found}
    national = {contact.code for contact in council.national.contacts}
    yield from _contact_faults(council.contacts, council.national.signposts, own | national)
    yield from _service_faults(council)
    yield from _successor_faults(council, own | national)


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
