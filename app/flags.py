"""What can be found wrong or striking in a draft by looking at it: pure functions of its words.

Staff see the findings beside a revision; their codes are kept with it when it is submitted, so
that the queue can be narrowed by them, and a draft with a fault never publishes itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from app import reading
from app.draft import Draft
from app.states import Answer
from app.text import is_web_address

Level = Literal["must", "look", "fine"]
AIM: Final = 9
OLDEST_READER: Final = 11
"""From this reading age on staff are told: the site aims for nine."""
OLDEST: Final = 18
"""No reading age is said to be higher: the formula means nothing there."""
FEWEST_WORDS: Final = 8
"""Shorter texts have no reading age worth the name."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<![\d£.])(?:\+44|\(?0)[\d\s()-]{8,14}\d")
_TEN = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_DATE = r"\d{1,2}[ ./-](?:\d{1,2}|[A-Za-z]{3,9})[ ./-](?:19|20)\d\d"
_BORN = re.compile(
    rf"(?i:born|d\.?o\.?b\.?|date of birth|birthday)\W+(?:\w+\W+){{0,3}}{_DATE}"
    rf"|[A-Z][a-z]+ [A-Z][a-z]+,? \(?{_DATE}"
)

PROSE: Final = (
    "about.name",
    "about.summary",
    "about.description",
    "could.training",
    "could.trial_visit",
    "could.stays_note",
    "could.transport",
    "cost.cost_note",
    "joining.steps",
    "availability.note",
)
"""The fields in which people write sentences."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing found: how much it matters, its code, where, and what exactly."""

    level: Level
    code: str
    field: str = ""
    what: str = ""


def find_flags(draft: Draft, before: Draft | None) -> list[Flag]:
    """Everything found in a draft. `before`: what families see now, None for a new service."""
    found = [*_missing(draft), *_unreadable(draft), *_private(draft), *_hard(draft, before)]
    return [*found, *_contact_changed(draft, before)]


def codes_of(flags: list[Flag]) -> str:
    """The codes as they are kept with a revision."""
    return " ".join(dict.fromkeys(flag.code for flag in flags))


def lacking_in(draft: Draft) -> set[str]:
    """The fields that must say something and say nothing."""
    return {flag.field for flag in _missing(draft) if not flag.what}


def has_fault(flags: list[Flag]) -> bool:
    """Whether something must be mended first."""
    return any(flag.level == "must" for flag in flags)


def may_publish_itself(flags: list[Flag]) -> bool:
    """Whether nobody need look: nothing to mend, and no way to reach somebody among the words."""
    return not has_fault(flags) and all(flag.code != "private" for flag in flags)


def text_of(draft: Draft, field: str) -> str:
    """What a text field says. Raises AttributeError for a field there is not."""
    section, _, name = field.partition(".")
    return str(getattr(getattr(draft, section), name))


def _missing(draft: Draft) -> Iterator[Flag]:
    """What no listing can do without."""
    contacts = draft.contact.contacts
    needed = {
        "about.name": draft.about.name.strip(),
        "about.summary": draft.about.summary.strip(),
        "about.breaks": draft.about.breaks,
        "when.places": draft.when.places or draft.who.areas,
        "joining.routes": draft.joining.routes,
        "contact.contacts": any(contact.phones or contact.email for contact in contacts)
        or draft.about.url,
    }
    yield from (Flag("must", "missing", field) for field, said in needed.items() if not said)
    for item in draft.could.support:
        if item.answer is Answer.YES and item.checked is None and draft.could.checked is None:
            yield Flag("must", "missing", "could.support", item.feature)


def _unreadable(draft: Draft) -> Iterator[Flag]:
    """Links, mail addresses and telephone numbers that nothing can open."""
    for field in ("about.url", "could.send_report_url"):
        address = text_of(draft, field)
        if address and not is_link(address):
            yield Flag("must", "unreadable", field, address)
    for contact in draft.contact.contacts:
        if contact.email and not is_mail(contact.email):
            yield Flag("must", "unreadable", "contact.contacts", contact.email)
        for number in contact.phones:
            if not is_phone(number):
                yield Flag("must", "unreadable", "contact.contacts", number)


def is_link(address: str) -> bool:
    """Whether an address of the web can be opened, as far as its form says."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return is_web_address(address) and "." in host and not host.startswith(".")


def is_mail(address: str) -> bool:
    """Whether mail could go there, as far as its form says."""
    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def is_phone(number: str) -> bool:
    """Whether a number could be dialled here; words after it, as "ext 3", are no matter."""
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, "GB"))
    except phonenumbers.NumberParseException:
        return False


def _private(draft: Draft) -> Iterator[Flag]:
    """Details of a person in what everybody will read."""
    for field, text in _prose(draft):
        if any(_is_nhs_number(number) for number in _TEN.findall(text)):
            yield Flag("must", "private", field, "nhs")
        if _BORN.search(text):
            yield Flag("must", "private", field, "birth")
        if _MAIL.search(text):
            yield Flag("look", "private", field, "mail")
        if any(is_phone(number) for number in _PHONE.findall(text)):
            yield Flag("look", "private", field, "phone")


def _prose(draft: Draft) -> Iterator[tuple[str, str]]:
    """Every field in which somebody may have written a sentence, and all that it says."""
    yield from ((field, text_of(draft, field)) for field in PROSE)
    places = draft.when.places
    sessions = [session.note for place in places for session in place.sessions]
    notes = {
        "could.support": [item.note for item in draft.could.support],
        "when.places": [*(place.directions for place in places), *sessions],
        "cost.prices": [price.note for price in draft.cost.prices],
        "contact.contacts": [
            words for contact in draft.contact.contacts for words in (contact.title, contact.hours)
        ],
    }
    yield from ((field, "\n".join(said)) for field, said in notes.items())


def _is_nhs_number(text: str) -> bool:
    """Ten digits of which the last checks the others (modulus 11, NHS Data Dictionary)."""
    digits = [int(letter) for letter in text if letter.isdigit()]
    check = (
        11
        - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    )
    return len(set(digits)) > 1 and digits[9] == check % 11 and check != 10


def _hard(draft: Draft, before: Draft | None) -> Iterator[Flag]:
    """Texts that a child of eleven would find hard; none that stay as they were."""
    for field in PROSE[1:]:
        text = text_of(draft, field)
        if before is not None and text_of(before, field) == text:
            continue
        age = reading_age(text)
        if age is not None and age >= OLDEST_READER:
            yield Flag("look", "hard", field, str(age))


def reading_age(text: str) -> int | None:
    """The age in whole years at which a text can be read; None for a few words only."""
    found = [item for line in text.splitlines() for item in reading.readings(line)]
    words = sum(item.words for item in found)
    if words < FEWEST_WORDS:
        return None
    grade = sum(item.grade * item.words for item in found) / words
    return min(max(5, round(grade) + 5), OLDEST)


def _contact_changed(draft: Draft, before: Draft | None) -> Iterator[Flag]:
    """A way to reach the provider that is another now: the old one should be asked."""
    if before is None:
        return
    ways = {"phone": _phones, "mail": _mails}
    for what, ways_of in ways.items():
        if ways_of(before) and ways_of(before) != ways_of(draft):
            yield Flag("look", "contact", "contact.contacts", what)
    if before.about.url and before.about.url != draft.about.url:
        yield Flag("look", "contact", "about.url", "link")


def _phones(draft: Draft) -> set[str]:
    return {
        re.sub(r"\D", "", number) for contact in draft.contact.contacts for number in contact.phones
    }


def _mails(draft: Draft) -> set[str]:
    return {contact.email.lower() for contact in draft.contact.contacts if contact.email}
