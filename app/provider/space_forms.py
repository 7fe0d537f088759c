"""The short forms: spaces, a closing, a day off, and a new service."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, ValidationError

from app import draft as drafts
from app.forms import Needed, line
from app.languages import gettext
from app.listing_words import WEEKS_A_MONTH
from app.provider.fields import ChooseOne, Day, Whole, choices
from app.provider.forms import LINE, PartForm, SectionForm
from app.states import Space

LONGEST_WAIT = 60
LONGEST_CLOSING = timedelta(days=400)
SPACES = {
    Space.SPACES: _l("Spaces now"),
    Space.WAITING: _l("Waiting list"),
    Space.FULL: _l("Full"),
}


def months_of(weeks: int | None) -> int | None:
    """A wait of weeks in whole months, at least one."""
    return None if weeks is None else max(1, round(weeks / WEEKS_A_MONTH))


class SpacesForm(PartForm):
    """Have you got spaces?"""

    space = ChooseOne(
        _l("Have you got spaces?"),
        choices=choices(SPACES.items()),
        validators=[Needed(_l("Choose an answer."))],
    )
    months = Whole(_l("About how many months?"), 1, LONGEST_WAIT)
    note = line(_l("More about spaces"), LINE)

    @staticmethod
    def values(part: drafts.Availability) -> dict[str, Any]:
        """The wait in months; a space that is not known is no answer."""
        space = "" if part.space is Space.UNKNOWN else part.space
        return {"space": space, "months": months_of(part.wait_weeks), "note": part.note}

    def part(self) -> drafts.Availability:
        """The section that was typed, said today."""
        space = Space(self.space.data)
        weeks = self._weeks() if space is Space.WAITING else None
        return drafts.Availability(space, weeks, self.note.data, self.today)

    def _weeks(self) -> int | None:
        months = self.months.data
        if months is None or months == months_of(self.old.wait_weeks):
            return self.old.wait_weeks if months else None
        return round(months * WEEKS_A_MONTH)


def to_come(_form: Form, field: Day) -> None:
    """A day from today on, and not further off than a year or so."""
    day, today = field.data, date.today()
    if day and not today <= day <= today + LONGEST_CLOSING:
        message = gettext("Choose a day between today and a year from now.")
        raise ValidationError(message)


def after_today(_form: Form, field: Day) -> None:
    """A day on which it opens again: who opens today is not closed."""
    if field.data and field.data == date.today():
        raise ValidationError(gettext("Choose a day after today."))


class ClosedForm(SectionForm):
    """Until when it is closed. The mark is the day that the page showed."""

    until = Day(
        _l("When do you open again?"),
        validators=[Needed(_l("Type the day you open again.")), to_come, after_today],
    )


class CancelForm(SectionForm):
    """A day on which it does not run."""

    on = Day(_l("On which day does it not run?"), validators=[Needed(_l("Type the day.")), to_come])
    note = line(_l("Why? Families see this."), LINE)


class NewForm(SectionForm):
    """A service that is not in the directory yet."""

    name = line(_l("What is it called?"), LINE, Needed(_l("Type its name.")))
