"""Days and hours as staff read them, in the time of this country."""

from __future__ import annotations

from datetime import UTC, datetime

from babel.dates import get_timezone

from app import listing_words as wording

HERE = get_timezone("Europe/London")


def moment(at: datetime) -> str:
    """ "16 November 2026, 20:14" from a moment in UTC."""
    there = at.replace(tzinfo=UTC).astimezone(HERE)
    return f"{wording.day(there.date())}, {there:%H:%M}"


def hour(at: datetime) -> str:
    """ "09:02" when it was today, else the day as well."""
    there = at.replace(tzinfo=UTC).astimezone(HERE)
    is_today = there.date() == datetime.now(HERE).date()
    return f"{there:%H:%M}" if is_today else moment(at)
