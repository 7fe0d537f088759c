"""How old a listing is, counted in months, and what is due at which age.

The council sets the ages (`[reminders]` of its file); the bands that staff see are the same for
all: under 6 months, 6 to 9, 9 to 12, over a year, never.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from app.council_habits import Reminders

BAND_MONTHS = (6, 9, 12)
BANDS = ("fresh", "six", "nine", "year", "never")
DAYS_TO_ANSWER = 14
"""After the last reminder, before somebody is to ring."""
NOTICE_MONTHS = 1
"""How long before a listing is taken away its people are told."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A time to write. `code` is kept with the reminder; `after` are months without a check."""

    code: int
    after: int
    is_last: bool = False
    """Whether families stop seeing the listing next."""


def months_before(day: date, months: int) -> date:
    """The day so many months earlier: of 31 August, six months, the last of February."""
    return day - relativedelta(months=months)


def stages(reminders: Reminders) -> tuple[Stage, ...]:
    """Every time to write, earliest first; the last warns that the listing will go."""
    usual = tuple(Stage(months, months) for months in reminders.months)
    end = reminders.unpublish_after_months
    return usual if end is None else (*usual, Stage(end, end - NOTICE_MONTHS, is_last=True))


def stage_of(fresh_from: date, today: date, reminders: Reminders) -> Stage | None:
    """The latest stage a listing has reached, or None while it is fresh.

    Earlier ones that were missed are left out: one mail is enough.
    """
    reached = [
        stage for stage in stages(reminders) if fresh_from <= months_before(today, stage.after)
    ]
    return reached[-1] if reached else None


def chase_before(today: date, reminders: Reminders) -> date:
    """A listing whose age counts from this day or earlier is one to ring about."""
    return months_before(today, reminders.months[-1]) - timedelta(days=DAYS_TO_ANSWER)
