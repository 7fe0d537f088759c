"""What families look for and a listing does not say: counts in fives, never under ten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.council import Council
from app.counting import wishes_lacking
from app.draft import Draft
from app.labels import label_of
from app.listing_places import area_name
from app.listing_words import month
from app.provider.queries import last_months
from app.states import Answer
from app.vocabulary import AGE_BAND_BY_CODE, FILTER_LISTS

SECTION_OF: Final = {
    "need": "who",
    "age": "who",
    "activity": "about",
    "break": "about",
    "cost": "cost",
    "access": "could",
    "when": "when",
}
MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Lack:
    """How many times families of an area looked for something in a month."""

    words: str
    month: str
    area: str
    times: int
    section: str
    is_answered: bool
    """Whether the listing says "ask us" or "no" of it."""


def find_lacks(draft: Draft, council: Council, today: date, months: int = 3) -> list[Lack]:
    """The wishes of a listing's areas that it does not meet, newest month first."""
    areas = _areas(draft, council)
    label = label_of(council)
    said = {item.feature for item in draft.could.support}
    found = wishes_lacking(areas, list(last_months(today, months)), offered(draft))
    return [
        Lack(
            label(wish.facet, wish.code),
            month(wish.month),
            area_name(wish.locality, council),
            wish.times,
            SECTION_OF[wish.facet],
            wish.facet == "access" and wish.code in said,
        )
        for wish in found
        if _is_known(wish.facet, wish.code) and not _takes(draft, wish.facet, wish.code)
    ][:MOST_ROWS]


def _is_known(facet: str, code: str) -> bool:
    """Whether the lists still have a code: counts of earlier months outlive it."""
    known = AGE_BAND_BY_CODE if facet == "age" else FILTER_LISTS.get(facet, ())
    return facet in SECTION_OF and code in known


def offered(draft: Draft) -> set[str]:
    """What a draft offers, as `facet:code`."""
    yes = (item.feature for item in draft.could.support if item.answer is Answer.YES)
    lists: dict[str, Iterable[str]] = {
        "need": draft.who.needs,
        "activity": draft.about.activities,
        "break": draft.about.breaks,
        "cost": draft.cost.costs,
        "access": yes,
        "when": draft.when.when,
    }
    return {f"{facet}:{code}" for facet, codes in lists.items() for code in codes}


def _takes(draft: Draft, facet: str, code: str) -> bool:
    """Whether a wish is met by what is said otherwise: an age band, or any need at all."""
    if facet == "need":
        return "any_send" in draft.who.needs
    if facet != "age":
        return False
    low, _, high = code.partition("-")
    youngest = 0 if draft.who.min_age is None else draft.who.min_age
    oldest = 199 if draft.who.max_age is None else draft.who.max_age
    return youngest <= int(high) and int(low) <= oldest


def _areas(draft: Draft, council: Council) -> list[str]:
    met = [place.locality for place in draft.when.places if place.locality]
    areas = dict.fromkeys([*met, *draft.who.areas])
    return [*areas] or [area.code for area in council.localities]
