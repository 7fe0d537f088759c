"""The plain facts of a service that every form of feed shares."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from app.feeds.clean import tidy
from app.feeds.fields import Fields
from app.feeds.incoming import Charge, Tongue
from app.feeds.notes import RefusedError

MOST_CHARGES: Final = 20
MOST_LISTED: Final = 40
HIGHEST_PRICE: Final = 100_000
"""Pounds; a larger number is a mistake."""
OLDEST: Final = 250
OPEN_END: Final = 99
"""A highest age of this or more means that there is none."""
_PER = re.compile(
    r"\b(?:per|an?|each|every)\s+(?:\d+\s+)?(half day|hour|session|day|night|week|"
    r"month|term|year|visit|course|class|lesson|person|child|family)\b",
    re.I,
)


def identity(fields: Fields) -> tuple[str, str]:
    """The record's id and name. Raises `RefusedError` when it lacks one of them."""
    external_id, name = raw_id(fields), fields.line("name", what="name")
    if not external_id:
        raise RefusedError("it has no id, so it could never be brought up to date")
    if not name:
        raise RefusedError("it has no name")
    return external_id, name


def raw_id(fields: Fields) -> str:
    """The id as the feed gives it, words or number; "" when there is none."""
    value = fields.raw.get("id")
    if isinstance(value, str | int) and not isinstance(value, bool):
        return " ".join(tidy(str(value)[:2000]).split())
    return ""


def charges(fields: Fields, today: date) -> tuple[Charge, ...]:
    """The prices that are not over."""
    found: list[Charge] = []
    for part in fields.many("cost_options", most=MOST_CHARGES, what="price"):
        ended = part.day("valid_to", what="price’s last day")
        if ended and ended < today:
            fields.notes.leave_out("price", f"it ended on {ended.isoformat()}")
            continue
        made = charge(part)
        if made != Charge(None):
            found.append(made)
    return tuple(found)


def charge(fields: Fields) -> Charge:
    """One price, from an amount in pounds and words about it."""
    amount = fields.number("amount", what="price")
    if amount is not None and not 0 <= amount <= HIGHEST_PRICE:
        fields.notes.leave_out("price", f"{amount:g} pounds is out of range")
        amount = None
    note = fields.line("amount_description", what="words about the price", longest=500)
    per = _PER.search(note)
    return Charge(
        None if amount is None else round(amount * 100),
        per[1].lower() if per else "",
        fields.line("option", what="whom the price is for", longest=80),
        note,
    )


def cost_codes(found: tuple[Charge, ...]) -> list[tuple[str, str]]:
    """What the prices say of how one pays."""
    codes = []
    for price in found:
        if price.pence == 0:
            codes.append(("cost", "free"))
        elif price.pence and price.per in {"session", "hour", "visit", "class", "lesson", "day"}:
            codes.append(("cost", "pay_session"))
        elif price.pence and price.per in {"term", "year", "month"}:
            codes.append(("cost", "pay_term"))
    return codes


def ages(fields: Fields) -> tuple[int | None, int | None]:
    """Youngest and oldest age in whole years; None is an open end."""
    low = fields.whole("minimum_age", what="age", most=OLDEST)
    high = fields.whole("maximum_age", what="age", most=OLDEST)
    if high is not None and high >= OPEN_END:
        high = None
    if (low or 0, high) == (0, 0):  # feeds write 0 to 0 for "not said"
        return None, None
    if low is not None and high is not None and low > high:
        fields.notes.leave_out("age", f"{low} to {high} is the wrong way round")
        return None, None
    return low or None, high


def tongues(fields: Fields) -> tuple[Tongue, ...]:
    """Languages that have a name."""
    found = [
        Tongue(
            part.line("name", "language", what="language", longest=80),
            part.line("code", what="language code", longest=10),
        )
        for part in fields.many("languages", most=MOST_LISTED, what="language")
    ]
    return tuple(dict.fromkeys(tongue for tongue in found if tongue.name))


def listed(
    fields: Fields, *names: str, keys: tuple[str, ...], what: str, longest: int
) -> tuple[str, ...]:
    """One line from each part of a list, such as areas or funders, without repeats."""
    parts = fields.many(*names, most=MOST_LISTED, what=what)
    found = [part.line(*keys, what=what, longest=longest) for part in parts]
    return tuple(dict.fromkeys(filter(None, found)))


def assured(fields: Fields, today: date) -> date | None:
    """The day somebody last checked the record; not a day to come."""
    meta = fields.one("pc_metadata")
    day = fields.day("assured_date", what="date of the last check") or meta.day(
        "date_assured", what="date of the last check"
    )
    if day and day > today:
        fields.notes.leave_out("date of the last check", f"{day.isoformat()} is still to come")
        return None
    return day


def is_active(fields: Fields) -> bool:
    """Whether families may be shown it; a status that is not `active` is said."""
    status = fields.line("status", what="status", longest=40).lower()
    if status in ("", "active"):
        return True
    fields.notes.say(f"its status is “{status}”, so families are not shown it")
    return False


def count_unused(fields: Fields, names: tuple[str, ...]) -> None:
    """Count the fields that a record fills and this directory has no place for."""
    for name in names:
        if fields.raw.get(name):
            fields.notes.left_out[name] += 1
