"""Reading a record that may hold anything: words, numbers, dates and lists, or a note.

Nothing here raises for what a feed may contain. A blank is simply not there; something
that is there and cannot be used is noted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.feeds.clean import Cleaned, clean, line, shorten
from app.feeds.markup import web_address
from app.feeds.notes import Notes

LONGEST_LINE: Final = 255
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", re.S)
_BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ].*)?", re.S)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2}(?:\.\d+)?)?\s*([ap])?\.?m?\.?Z?", re.I)
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#].*)?", re.S)
_SCHEME = re.compile(r"(https?):/*(?=\w)", re.I)
YEARS: Final = range(1950, 2200)


@dataclass(frozen=True, slots=True)
class Fields:
    """The named fields of one record or of a part of it."""

    raw: Mapping[str, object]
    notes: Notes

    def line(self, *names: str, what: str = "", longest: int = LONGEST_LINE) -> str:
        """The first of these fields that has words, on one line; a note when it was cut."""
        words = line(self._raw_words(*names, what=what))
        if len(words) > longest:
            self.notes.say(f"{what or names[0]} cut to {longest} characters")
        return shorten(words, longest)

    def text(self, *names: str, what: str) -> Cleaned:
        """The first of these fields that has words, made safe as markdown."""
        cleaned = clean(self._raw_words(*names, what=what))
        for part in cleaned.left_out:
            self.notes.leave_out(f"part of the {what}", part)
        return cleaned

    def one(self, *names: str) -> Fields:
        """A part of the record; an empty one when there is none."""
        for name in names:
            value = self.raw.get(name)
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, Mapping):
                return Fields(value, self.notes)
        return Fields({}, self.notes)

    def many(self, *names: str, most: int, what: str) -> list[Fields]:
        """The parts listed under the first of these names that is there, at most `most`."""
        parts = next((items for name in names if (items := self._list(name))), [])
        usable = [Fields(part, self.notes) for part in parts if isinstance(part, Mapping)]
        odd = sum(part is not None and not isinstance(part, Mapping) for part in parts)
        if odd:
            self.notes.leave_out(what, f"{odd} of them had no named fields")
        if len(usable) > most:
            self.notes.leave_out(what, f"only the first {most} of {len(usable)} were used")
        return usable[:most]

    def whole(self, *names: str, what: str, most: int) -> int | None:
        """A whole number from 0 to `most`."""
        number = self.number(*names, what=what)
        if number is None:
            return None
        if not 0 <= number <= most:
            self.notes.leave_out(what, f"{number:g} is out of range")
            return None
        return int(number)

    def number(self, *names: str, what: str) -> float | None:
        """A number, given as one or in words such as "£4.50"."""
        words = self._raw_words(*names, what=what).strip().lstrip("£").replace(",", "")
        if not words:
            return None
        try:
            number = float(words[:40])
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number
        self.notes.leave_out(what, f"“{shorten(line(words), 40)}” is not a number")
        return None

    def day(self, *names: str, what: str) -> date | None:
        """A date, as `2024-12-31` (a time may follow) or as `31/12/2024`."""
        words = self._raw_words(*names, what=what).strip()
        if not words:
            return None
        found = day_of(words)
        if found is None:
            self.notes.leave_out(what, f"“{shorten(line(words), 40)}” is not a date")
        return found

    def clock(self, *names: str, what: str) -> str:
        """A time of day as `HH:MM`, or ""."""
        words = self._raw_words(*names, what=what).strip()
        found = clock_of(words)
        if words and not found:
            self.notes.leave_out(what, f"“{shorten(line(words), 40)}” is not a time of day")
        return found

    def url(self, *names: str, what: str = "web address") -> str:
        """A web address that may be shown; `http://` is put before a bare one."""
        words = line(self._raw_words(*names, what=what))
        if not words:
            return ""
        whole = f"http://{words}" if _BARE_HOST.fullmatch(words) else words
        address = web_address(_SCHEME.sub(_mended, whole, count=1).replace(" ", "%20"))
        if address and len(address) <= 500:
            return address
        self.notes.leave_out(what, f"“{shorten(words, 60)}” cannot be linked to")
        return ""

    def _raw_words(self, *names: str, what: str = "") -> str:
        """The first of these fields that is not blank, as the feed wrote it."""
        for name in names:
            value = self.raw.get(name)
            if isinstance(value, str) and value.strip():
                return value
            if isinstance(value, int | float) and not isinstance(value, bool):
                return _number_words(value)
            if isinstance(value, dict | list) and value:
                self.notes.leave_out(what or name, "it is a list or a record, not words")
        return ""

    def _list(self, name: str) -> list[object]:
        value = self.raw.get(name)
        if isinstance(value, list):
            return value
        return [value] if isinstance(value, Mapping) and value else []


def _mended(scheme: re.Match[str]) -> str:
    """`http:` or `HTTP:/` as `http://`, which is what was meant."""
    return f"{scheme[1].lower()}://"


def _number_words(value: float) -> str:
    """A number as words; one with more digits than Python writes is as good as blank."""
    try:
        return str(value)
    except ValueError:
        return ""


def day_of(words: str) -> date | None:
    """A date in words, or None."""
    if found := _ISO.fullmatch(words):
        year, month, day = found.groups()
    elif found := _BRITISH.fullmatch(words):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)) if int(year) in YEARS else None
    except ValueError:
        return None


def clock_of(words: str) -> str:
    """A time of day such as `18:00:00`, `6pm` or `9.30 am` as `HH:MM`, or ""."""
    found = _CLOCK.fullmatch(words[:20].strip())
    if not found or not words[:1].isascii():
        return ""
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return ""
    return f"{hour % 24:02}:{minute:02}"
