"""When a listing is due: every boundary from both sides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.council_habits import Reminders
from app.freshness.stages import Stage, chase_before, months_before, stage_of, stages

TODAY = date(2026, 11, 22)
USUAL = Reminders()
ENDS = Reminders(unpublish_after_months=18)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("checked", "code"),
    [
        (TODAY, None),
        (date(2026, 5, 23), None),
        (date(2026, 5, 22), 6),
        (date(2026, 2, 23), 6),
        (date(2026, 2, 22), 9),
        (date(2025, 11, 23), 9),
        (date(2025, 11, 22), 12),
        (date(2000, 1, 1), 12),
        (TODAY + DAY, None),
    ],
)
def test_the_latest_stage_reached_is_the_one(checked: date, code: int | None) -> None:
    stage = stage_of(checked, TODAY, USUAL)
    assert (stage.code if stage else None) == code


def test_a_month_without_that_day_ends_sooner() -> None:
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2024, 8, 31), 6) == date(2024, 2, 29)


def test_the_last_mail_goes_a_month_before_the_end() -> None:
    assert stages(USUAL) == (Stage(6, 6), Stage(9, 9), Stage(12, 12))
    assert stages(ENDS)[-1] == Stage(18, 17, is_last=True)
    last = months_before(TODAY, 17)
    found = [stage_of(day, TODAY, ENDS) for day in (last + DAY, last)]
    assert [stage.code for stage in found if stage] == [12, 18]


def test_people_have_two_weeks_to_answer_before_somebody_rings() -> None:
    assert chase_before(TODAY, USUAL) == date(2025, 11, 8)
