"""Counting without watching: how often, never who.

Of a listing and a day: how often it was shown in results, opened, its contact used. Of a month
and a locality: what families looked for, as codes. No cookie is set or read for it, no address
and no word of a search is kept. Programs that say what they are, pages a browser fetches ahead
of time and people who are signed in do not count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from sqlalchemy import func, select

from app.access import COOKIE
from app.extensions import db
from app.logs import SELF_CHECK
from app.models import DayCount, WishCount
from app.places import Place
from app.search.criteria import Criteria, Results
from app.site import current_site
from app.tally import Tally
from app.vocabulary import AGE_BANDS, FILTER_LISTS

STORE = "local-offer-tally"
ROUNDED_TO, FEWEST = 5, 10
"""Wishes are told in fives, and not at all under ten: few could be one family."""
WISHED = ("need", "activity", "break", "cost", "access", "when", "age")
"""The facets of which families wish something a listing may lack."""
PROGRAMS = re.compile(
    "bot|crawl|spider|slurp|curl|wget|python|http-?client|monitor|preview|scan|feed|facebookexternal"
    "|lighthouse|okhttp|go-http|java/|libwww|apache-http|node-fetch|axios",
    re.IGNORECASE,
)
"""What programs call themselves. One that pretends to be a person is counted as one."""
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
"""Where browsers say `prefetch` or `preview` of a page that somebody may yet open."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How often a listing was shown in results, opened, and its contact used."""

    shown: int = 0
    opened: int = 0
    contacted: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What families looked for in a month: `times` in fives, never under ten."""

    month: date
    """Its first day."""
    locality: str
    """Where they live, or look; empty when they did not say."""
    facet: str
    code: str
    times: int


def init_counting(app: Flask) -> None:
    """Give an application its tally."""
    app.extensions[STORE] = Tally(app)


def tally() -> Tally:
    """The tally of the running application."""
    counts: Tally = current_app.extensions[STORE]
    return counts


def note_search(criteria: Criteria, results: Results) -> None:
    """Count the listings a results page shows, and on its first page what was looked for."""
    if not is_counted():
        return
    counts = tally()
    counts.add_shown(hit.id for hit in results.hits)
    if results.page == 1:
        counts.add_wishes(wishes_of(criteria, results))


def note_opened(service_id: str) -> None:
    """Count that a listing's page was opened."""
    if is_counted():
        tally().add_opened(service_id)


def note_contacted(service_id: str) -> None:
    """Count that a listing's telephone, mail or website was used."""
    if is_counted():
        tally().add_contacted(service_id)


def is_counted() -> bool:
    """Whether a person asks for this page, as far as can be told, who works on no listing.

    Nobody who comes from the self-check counts: what they look for follows from what they told.
    """
    agent = request.headers.get("User-Agent", "")
    if request.method == "HEAD" or COOKIE in request.cookies or not _is_person(agent):
        return False
    if urlsplit(request.referrer or "").path.startswith(SELF_CHECK):
        return False
    return not any(request.headers.get(name, "").startswith("pre") for name in AHEAD)


@lru_cache(maxsize=256)
def _is_person(agent: str) -> bool:
    return bool(agent) and PROGRAMS.search(agent) is None


def wishes_of(criteria: Criteria, results: Results) -> set[tuple[str, str]]:
    """Pairs of a locality code (or empty) and `facet:code`, from filters and known meanings."""
    ticked = {(facet, code) for facet in WISHED for code in criteria.chosen(facet)}
    typed = {(item.kind, item.code) for item in results.understood}
    ages = {("age", str(years)) for years in criteria.years}
    wishes = {wish for pair in ticked | typed | ages for wish in _known(*pair)}
    return {(where, wish) for where in _where(criteria, results) for wish in wishes}


def _known(facet: str, code: str) -> Iterator[str]:
    """A wish by its code in our lists, years by their band; nothing for any other word."""
    if facet == "age":
        years = int(code) if code.isdecimal() else -1
        fits = (
            band.code for band in AGE_BANDS if band.code == code or band.low <= years <= band.high
        )
        yield from (f"age:{band}" for band in fits)
    elif facet in WISHED and code in FILTER_LISTS[facet]:
        yield f"{facet}:{code}"


def _where(criteria: Criteria, results: Results) -> tuple[str, ...]:
    """The localities of a search: ticked, else where the family is, else a town it named."""
    if criteria.locality:
        return criteria.locality
    if criteria.home:
        return (criteria.home,)
    towns = (item.code for item in results.understood if item.kind == "place")
    return (next(filter(None, (_locality_of(town) for town in towns)), ""),)


def _locality_of(town: str) -> str:
    found = current_site().places.find(town)
    return (found.locality or "") if isinstance(found, Place) else ""


def listing_numbers(service_ids: Collection[str], since: date) -> dict[str, Numbers]:
    """What was counted of these listings from a day on; one never counted has no entry."""
    sums = [func.sum(column) for column in (DayCount.shown, DayCount.opened, DayCount.contacted)]
    rows = db.session.execute(
        select(DayCount.service_id, *sums)
        .where(DayCount.service_id.in_(service_ids), DayCount.day >= since)
        .group_by(DayCount.service_id)
    )
    return {key: Numbers(*map(int, counted)) for key, *counted in rows}


def wishes_lacking(
    localities: Collection[str], months: Collection[date], has: Collection[str] = ()
) -> list[Wish]:
    """What families looked for in these localities and months that is not among `has`.

    `months`: first days. `has`: `facet:code` of what a listing offers. Newest month first,
    then the most wished for. Each number is rounded to five, and left out when under ten.
    """
    rows = db.session.scalars(
        select(WishCount).where(
            WishCount.locality.in_(localities),
            WishCount.month.in_(months),
            WishCount.times >= FEWEST,
        )
    )
    held = frozenset(has)
    found = [_wish(row) for row in rows if row.wish not in held]
    return sorted(found, key=lambda wish: (-wish.month.toordinal(), -wish.times, wish.code))


def _wish(row: WishCount) -> Wish:
    facet, _, code = row.wish.partition(":")
    rounded = (row.times + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO
    return Wish(row.month, row.locality, facet, code, rounded)
