"""The conversation sheet: one page to print, with what the family said and wants to ask.

It is made for one request and kept nowhere. Who asks and when is written on it by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.council import Contact
from app.selfcheck.flow import Journey
from app.selfcheck.next_steps import NextStep
from app.selfcheck.result import ResultPage, result_view
from app.selfcheck.wording import Row, answer_rows
from app.site import Site

ADVICE = "sendiass"
DANGER = "danger"
MOST_TO_RING = 5
MOST_TO_ASK, MOST_BESIDE_LONG_ANSWERS = 8, 4
LONG_ANSWERS = 600
"""Letters of all answers. So much fits on one side of paper: the first, which matter most."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the sheet."""

    outcome: str
    heading: str
    rows: tuple[Row, ...]
    """What was said; skipped questions are left out."""
    to_ask: tuple[str, ...]
    rights: tuple[str, ...]
    to_ring: tuple[Contact, ...]


def sheet_view(site: Site, journey: Journey) -> Sheet:
    """The sheet for a family's answers."""
    page = result_view(site, journey.facts)
    advice = [part for part in page.rights if part.code == ADVICE]
    rows = tuple(_rows(journey))
    return Sheet(
        page.evaluation.outcome,
        page.heading,
        rows,
        tuple(step.title for step in page.steps[: _room(rows)]),
        tuple(_rights(page)),
        _to_ring([*page.safety, *page.steps, *advice]),
    )


def _rows(journey: Journey) -> Iterable[Row]:
    first = {item.id for item in journey.path if item.row.kind == DANGER}
    return (row for row in answer_rows(journey) if row.answers and row.id not in first)


def _room(rows: Iterable[Row]) -> int:
    """How many things to ask about there is room for beside these answers."""
    letters = sum(len(words) for row in rows for words in (row.short, *row.answers))
    return MOST_TO_ASK if letters < LONG_ANSWERS else MOST_BESIDE_LONG_ANSWERS


def _rights(page: ResultPage) -> Iterable[str]:
    """That anyone may ask, and may have the reasons in writing."""
    yield from page.guide_words
    yield from (
        words for part in page.rights if part.code == "complaint_route" for words in part.lines
    )


def _to_ring(steps: Iterable[NextStep]) -> tuple[Contact, ...]:
    """Each number once, in the order of the steps; free advice is always among them."""
    found = {contact.phone: contact for step in steps for contact in step.contacts if contact.phone}
    numbers = list(found.values())
    return tuple(numbers[: MOST_TO_RING - 1] + numbers[MOST_TO_RING - 1 :][-1:])
