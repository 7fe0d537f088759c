"""Who runs a service and whom to reach, from the records of a feed."""

from __future__ import annotations

import re
from typing import Final

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

from app.feeds.clean import line, shorten
from app.feeds.fields import Fields
from app.feeds.incoming import Desk, Runner
from app.feeds.notes import Notes
from app.feeds.parts import raw_id

MOST_DESKS: Final = 10
MOST_PHONES: Final = 5
_SHORT_NUMBER = re.compile(r"\b(?:1\d\d|1\d{3}|999|116 ?\d{3})\b")


def runner(fields: Fields, service_name: str) -> Runner:
    """The organisation; without a name it takes the service's, and that is said."""
    part = fields.one("organization", "organisation")
    given = fields.raw.get("organization") or fields.raw.get("organisation")
    name = part.line("name", what="organisation’s name")
    if not name and isinstance(given, str):
        name = line(given)[:255]
    if not name:
        fields.notes.say("no organisation is named, so it stands under its own name")
        return Runner(service_name)
    return Runner(
        name,
        raw_id(part),
        part.text("description", what="organisation’s description").markdown,
        part.url("website", "url", what="organisation’s web address"),
        email(part, what="organisation’s email"),
    )


def email(fields: Fields, what: str = "email") -> str:
    """An email address that is written right, or "" and a note."""
    words = line(fields.line("email", what=what)).removeprefix("mailto:").strip(" .,;<>")
    if not words:
        return ""
    try:
        found = validate_email(words, check_deliverability=False)
    except EmailNotValidError:
        fields.notes.leave_out(what, f"“{shorten(words, 60)}” is not an address")
        return ""
    return found.normalized if len(found.normalized) <= 254 else ""


def numbers(words: str, notes: Notes) -> list[str]:
    """The telephone numbers in some words, as people in Britain write them."""
    text = line(words)[:200]
    found = [
        phonenumbers.format_number(match.number, PhoneNumberFormat.NATIONAL)
        if match.number.country_code == 44
        else phonenumbers.format_number(match.number, PhoneNumberFormat.INTERNATIONAL)
        for match in PhoneNumberMatcher(text, "GB", leniency=Leniency.POSSIBLE)
    ] or _SHORT_NUMBER.findall(text)
    if text and not found:
        notes.leave_out("telephone", f"“{shorten(text, 40)}” is not a number to ring")
    return found


def desks(fields: Fields) -> tuple[Desk, ...]:
    """Whom to reach: the service's own address and numbers, then its contacts."""
    own = Desk(email=email(fields), phones=_phones(fields))
    named = [
        Desk(
            part.line("name", what="contact’s name"),
            part.line("title", what="contact’s title"),
            email(part, what="contact’s email"),
            phones=_phones(part),
        )
        for part in fields.many("contacts", most=MOST_DESKS, what="contact")
    ]
    kept = dict.fromkeys(desk for desk in (own, *named) if desk != Desk())
    return tuple(kept)[:MOST_DESKS]


def _phones(fields: Fields) -> tuple[str, ...]:
    words = [fields.line("phone", "telephone", what="telephone")]
    for part in fields.many("phones", most=MOST_PHONES * 4, what="telephone"):
        words.append(part.line("number", what="telephone"))
    found = [number for text in words if text for number in numbers(text, fields.notes)]
    return tuple(dict.fromkeys(found))[:MOST_PHONES]
