"""The forms of “When and where”: the parts of the year, one place, one session at a place."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _l
from msgspec.structs import replace

from app import draft as drafts
from app.forms import Needed, line, words
from app.languages import gettext
from app.listing_words import DAYS, PERIODS
from app.provider.fields import (
    Choose,
    ChooseOne,
    ChooseSome,
    Clock,
    Day,
    Lines,
    choices,
    postcode,
    some_of,
)
from app.provider.forms import LINE, MEDIUM_TEXT, PartForm, SectionForm, known_first
from app.vocabulary import WHEN

MOST_PLACES, MOST_SESSIONS = 12, 30
EVERY = {
    "1": _l("Every week"),
    "2": _l("Every two weeks"),
    "3": _l("Every three weeks"),
    "4": _l("Once a month"),
}


def new_id() -> str:
    """A name for a place that no record has yet."""
    return f"new-{uuid4().hex[:12]}"


class WhenForm(PartForm):
    """The parts of the week and year in which it runs; places have pages of their own."""

    when = some_of(_l("When does it run?"), WHEN)

    def part(self) -> drafts.WhenWhere:
        """The section that was typed, with the places as they are."""
        return replace(self.old, when=known_first(self.when.data, self.old.when, WHEN))


class PlaceForm(SectionForm):
    """One place. `old` is the place as it is stored."""

    name = line(_l("Name of the place"), LINE)
    address = words(_l("Street"), MEDIUM_TEXT, Lines(6, 120))
    town = line(_l("Town or village"), 120)
    postcode = line(_l("Postcode"), 10)
    locality = Choose(_l("Area"))
    directions = words(_l("How to find it"), MEDIUM_TEXT)

    def settle(self) -> None:
        """Offer the council's areas, and one that only the stored place knows."""
        pairs = {"": _l("Choose an area")} | {
            area.code: area.label for area in self.council.localities
        }
        pairs.setdefault(self.old.locality, self.old.locality)
        self.locality.choices = choices(pairs.items())

    def validate(self, extra_validators: Any = None) -> bool:
        """Also the postcode can be one, and there is a town, a postcode or an area."""
        is_right = bool(super().validate(extra_validators))
        if postcode(self.postcode.data) is None:
            self.postcode.errors = [gettext("Type a postcode such as EX1 1AA.")]
            return False
        if not (self.town.data or self.postcode.data or self.locality.data):
            self.town.errors = [gettext("Type a town or a postcode, or choose an area.")]
            return False
        return is_right

    def place(self) -> drafts.Place:
        """The place that was typed, with the sessions it has."""
        return drafts.Place(
            self.old.id or new_id(),
            self.name.data,
            "\n".join(row for row in self.address.data.split("\n") if row.strip()),
            self.town.data,
            postcode(self.postcode.data) or "",
            self.locality.data or "",
            self.directions.data,
            self.old.sessions,
        )


class SessionForm(SectionForm):
    """One session. `old` is the session as it is stored."""

    period = ChooseOne(
        _l("In which part of the year?"),
        choices=choices(PERIODS.items()),
        validators=[Needed(_l("Choose a part of the year."))],
    )
    days = ChooseSome(_l("On which days?"), choices=choices(DAYS.items()))
    opens = Clock(_l("Begins at"))
    closes = Clock(_l("Ends at"))
    every = Choose(_l("How often?"))
    starts = Day(_l("First day"))
    ends = Day(_l("Last day"))
    note = line(_l("Anything else about this time"), MEDIUM_TEXT)

    @staticmethod
    def values(part: drafts.Session) -> dict[str, Any]:
        """How often as a code of the list."""
        return {**SectionForm.values(part), "every": str(part.every)}

    def settle(self) -> None:
        """Offer also what only the stored session says."""
        pairs = dict(EVERY)
        stored = str(self.old.every)
        pairs.setdefault(stored, stored)
        self.every.choices = choices(pairs.items())

    def validate(self, extra_validators: Any = None) -> bool:
        """Also what ends has begun: times may run into the next day, dates may not run back."""
        is_right = bool(super().validate(extra_validators))
        if self.closes.data and not self.opens.data and not self.opens.errors:
            self.opens.errors = [gettext("Type when it begins.")]
            is_right = False
        starts, ends = self.starts.data, self.ends.data
        if starts and ends and ends < starts:
            self.ends.errors = [gettext("The last day must not be before the first.")]
            is_right = False
        return is_right

    def session(self) -> drafts.Session:
        """The session that was typed."""
        return drafts.Session(
            self.period.data,
            known_first(self.days.data, self.old.days, tuple(DAYS)),
            self.opens.data,
            self.closes.data,
            int(self.every.data or 1),
            self.starts.data,
            self.ends.data,
            self.note.data,
        )
