"""Fields of the provider's forms: lists, choices, and text that stands for a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask_babel import LazyString
from wtforms import (
    DateField,
    Field,
    Form,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)

from app.flags import is_link, is_mail, is_phone
from app.forms import SPACES, tidy, tidy_line
from app.languages import gettext
from app.vocabulary import Terms

POUNDS = re.compile(r"£?\s*([0-9]{1,5})(?:[.,]([0-9]{1,2}))?\s*")
THOUSANDS = re.compile(r",(?=[0-9]{3}\b)")
CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?\s*(am|pm)?", re.IGNORECASE)
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
LATEST_YEAR, EARLIEST_YEAR = 2100, 2000


def tidy_lines(value: str | None) -> tuple[str, ...]:
    """One thing a line, without empty lines or repeats."""
    found = (SPACES.sub(" ", line).strip() for line in tidy(value).split("\n"))
    return tuple(dict.fromkeys(line for line in found if line))


class Lines:
    """At most so many lines, each of at most so many letters."""

    def __init__(self, most: int, longest: int) -> None:
        self.most, self.longest = most, longest

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise `ValidationError` for too many lines or too long a line."""
        lines = tidy_lines(field.data)
        if len(lines) > self.most:
            raise ValidationError(gettext("Write at most %(num)s lines.", num=self.most))
        if any(len(item) > self.longest for item in lines):
            raise ValidationError(
                gettext("Write at most %(num)s letters in each line.", num=self.longest)
            )


def web_address(_form: Form, field: Field) -> None:
    """An address of the web and nothing else that a browser would run."""
    if field.data and not is_link(field.data):
        raise ValidationError(gettext("Type a web address that begins with https://"))


def mail_address(_form: Form, field: Field) -> None:
    """A mail address, if one is given."""
    if field.data and not is_mail(field.data):
        raise ValidationError(gettext("Type an email address like name@example.org."))


def phone_number(_form: Form, field: Field) -> None:
    """A number that can be dialled in this country, if one is given."""
    if field.data and not is_phone(field.data):
        raise ValidationError(gettext("Type a UK phone number, such as 01632 960001."))


def _kindly(check: Callable[[Form], None], form: Form) -> None:
    """Say kindly that a value is none of those on the page."""
    try:
        check(form)
    except ValidationError:
        raise ValidationError(gettext("Choose from the answers on this page.")) from None


class Choose(SelectField):
    """One of a list that opens. One that was not sent is no mistake."""

    def pre_validate(self, form: Form) -> None:
        """Raise `ValidationError` for a value that is not offered."""
        if self.data is not None:
            _kindly(super().pre_validate, form)


class ChooseOne(RadioField):
    """One of a few, all in view. Nothing chosen is no mistake by itself."""

    def pre_validate(self, form: Form) -> None:
        """Raise `ValidationError` for a value that is not offered."""
        if self.data not in (None, ""):
            _kindly(super().pre_validate, form)


class ChooseSome(SelectMultipleField):
    """Any number of tick boxes."""

    def pre_validate(self, form: Form) -> None:
        """Raise `ValidationError` for a value that is not offered."""
        _kindly(super().pre_validate, form)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Each value once."""
        super().process_formdata(list(dict.fromkeys(valuelist)))


def choices(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Codes and their words as WTForms wants them."""
    return [SelectChoice(code, label) for code, label in pairs]


def some_of(label: LazyString, terms: Terms) -> ChooseSome:
    """Tick boxes of a closed list."""
    return ChooseSome(label, choices=choices((code, terms[code].label) for code in terms))


class Typed(StringField):
    """Text that stands for a value: shown again as typed when it cannot be read."""

    def process_data(self, value: Any) -> None:
        """Show a stored value."""
        self.typed = "" if value is None else self.write(value)
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Raises ValueError with what is wrong."""
        if not valuelist:
            return
        self.typed = tidy_line(valuelist[0])
        self.data = None
        self.data = self.read(self.typed[:40]) if self.typed else None

    def write(self, value: Any) -> str:
        """A value as it is typed."""
        return str(value)

    def read(self, typed: str) -> Any:
        """What was typed as a value."""
        return typed


class Whole(Typed):
    """A whole number, or None."""

    def __init__(self, label: LazyString, low: int, high: int, **rest: Any) -> None:
        self.low, self.high = low, high
        super().__init__(label, **rest)

    def read(self, typed: str) -> int:
        """The number. Raises ValueError with what is wrong."""
        if not typed.isascii() or not typed.isdigit() or not self.low <= int(typed) <= self.high:
            message = gettext(
                "Type a whole number from %(low)s to %(high)s.", low=self.low, high=self.high
            )
            raise ValueError(message)
        return int(typed)


class Pounds(Typed):
    """An amount in pounds, kept in pence."""

    def write(self, value: int) -> str:
        """ "6" or "6.50"."""
        pounds, pence = divmod(value, 100)
        return f"{pounds}.{pence:02}" if pence else str(pounds)

    def read(self, typed: str) -> int:
        """The pence. Raises ValueError with what is wrong."""
        found = POUNDS.fullmatch(THOUSANDS.sub("", typed))
        if not found:
            raise ValueError(gettext("Type an amount in pounds, such as 6 or 4.50."))
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


class Clock(Typed):
    """A time of day as `HH:MM`; "2pm" and "9.30" are understood."""

    def process_data(self, value: Any) -> None:
        """Show a stored time; none is empty text."""
        super().process_data(value or "")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a time; none is empty text. Raises ValueError with what is wrong."""
        super().process_formdata(valuelist)
        self.data = self.data or ""

    def read(self, typed: str) -> str:
        """The time. Raises ValueError with what is wrong."""
        found = CLOCK.fullmatch(typed)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        half = (found[3] or "").lower() if found else ""
        if half and not 1 <= hour <= 12:
            hour = 99
        elif half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour > 23 or minute > 59:
            raise ValueError(gettext("Type a time such as 09:30 or 2pm."))
        return f"{hour:02}:{minute:02}"


class Day(DateField):
    """A day, or None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a day. Raises ValueError with what is wrong."""
        if not valuelist:
            return
        typed = tidy_line(valuelist[0])[:20]
        self.raw_data = [typed]
        self.data = None
        if not typed:
            return
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            day = date.min
        if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            raise ValueError(gettext("Type a day, such as 2026-12-24."))
        self.data = day


def postcode(typed: str) -> str | None:
    """A postcode written the usual way; None when it cannot be one. Empty stays empty."""
    found = POSTCODE.fullmatch(re.sub(r"[\s-]", "", typed).upper())
    if not typed:
        return ""
    return f"{found[1]} {found[2]}" if found else None
