"""The short breaks statement: what regulation 5 of SI 2011/707 asks for, from rules and directory.

Counts come from the index as it is now, criteria from the rules as they are now, and what the
council says of itself from its file. What nobody has published is said to be missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.council import ChangingSoon, Contact, Council, Statement
from app.criteria.criteria import Criteria
from app.criteria.records import TIERS
from app.pages.counts import Counted, Range
from app.pages.decide import ShownStep, shown_steps
from app.pages.shown_rules import RuleWords, long_day
from app.pdf import make_pdf
from app.vocabulary import ROUTES

WAYS = (
    "directory_targeted",
    "tsb_allowance",
    "early_help",
    "social_care_assessment",
    "parent_carer_assessment",
    "direct_payments_info",
    "urgent_front_door",
    "sendiass",
    "complaint_route",
)
"""The signposts that say how to ask for a break, in the order of the page."""
SHOWN_LINES = 2


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask, and whom; `is_gap`: the council has published no contact for it."""

    code: str
    title: str
    lines: tuple[str, ...]
    contacts: tuple[Contact, ...]
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Level:
    """One tier: the council's own names for it, how many services, what leads to it."""

    tier: str
    own_names: tuple[str, ...]
    count: Counted
    steps: tuple[ShownStep, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What the council has published of its own statement, in words; empty where nothing is."""

    day: str
    url: str
    review: str
    kept_by: str
    shaped_by: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    """The whole page."""

    day: str
    version: str
    range: Range
    levels: tuple[Level, ...]
    ways: tuple[Way, ...]
    routes: tuple[str, ...]
    published: Published
    changing: ChangingSoon | None


def statement_view(
    criteria: Criteria, council: Council, today: date, counted: Range
) -> StatementPage:
    """Everything the page shows on a day. `counted`: the directory as it is."""
    shown = RuleWords(criteria, council, today)
    steps = tuple(shown_steps(shown))
    return StatementPage(
        day=long_day(today),
        version=criteria.version,
        range=counted,
        levels=tuple(_levels(council, counted, steps)),
        ways=tuple(_ways(shown)),
        routes=tuple(ROUTES.label(code) for code in council.targeted_routes),
        published=_published(council.statement),
        changing=council.changing_soon,
    )


@lru_cache(maxsize=8)
def statement_pdf(html: str, base: str) -> bytes:
    """The page as a PDF; a page without anybody's answers, so the last few are kept."""
    return make_pdf(html, base)


def _levels(council: Council, counted: Range, steps: tuple[ShownStep, ...]) -> Iterator[Level]:
    for tier in TIERS:
        names = tuple(level.council for level in council.levels_shown if level.tier == tier)
        leading = tuple(step for step in steps if tier in {code for _, code in step.results})
        yield Level(tier, names, counted.by_tier[tier], leading)


def _ways(shown: RuleWords) -> Iterator[Way]:
    council = shown.council
    for code in WAYS:
        if not council.offers(code):
            continue
        row = shown.criteria.steps[code].row
        entry = next(entry for entry in council.contacts if code in entry.serves)
        yield Way(
            code,
            shown.words.said(row.title),
            tuple(shown.words.said(line) for line in row.lines[:SHOWN_LINES]),
            council.signpost_contacts(code),
            entry.none_found,
        )


def _published(statement: Statement | None) -> Published:
    if statement is None:
        return Published("", "", "", "", (), "")
    return Published(
        day=long_day(statement.published) if statement.published else "",
        url=statement.url or "",
        review=long_day(statement.review) if statement.review else "",
        kept_by=statement.kept_by or "",
        shaped_by=statement.shaped_by,
        source=statement.source,
    )
