"""What a family asked for, read from the address with care.

Every parameter is allow-listed, limited and forgiven: what is not understood is left out
and said so, beside its field or in a note, and the search goes on with the rest.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

import msgspec
from msgspec.structs import replace

from app.council import Council
from app.languages import gettext
from app.vocabulary import (
    ACCESS,
    ACTIVITIES,
    AGE_BAND_BY_CODE,
    BREAKS,
    COSTS,
    NEEDS,
    OLDEST,
    TIERS,
    WHEN,
)

LONGEST_TEXT = 200
MOST_VALUES = 20
FURTHEST = 100
PAGE_SIZE = 20
SORTS = ("relevance", "distance", "name", "updated")
GROUPS = (
    "tier",
    "when",
    "access",
    "cost",
    "age",
    "need",
    "break",
    "activity",
    "locality",
)
"""Facet groups in the order of the filter panel."""

KNOWN: dict[str, frozenset[str]] = {
    "tier": frozenset(TIERS),
    "when": frozenset(WHEN),
    "access": frozenset(ACCESS),
    "cost": frozenset(COSTS),
    "age": frozenset(AGE_BAND_BY_CODE),
    "need": frozenset(NEEDS),
    "break": frozenset(BREAKS),
    "activity": frozenset(ACTIVITIES),
}


class Refused(msgspec.Struct, frozen=True):
    """What was typed in a field and cannot be used."""

    typed: str
    words: str
    """What to type instead."""


class Asked(msgspec.Struct, frozen=True):
    """One search as the family asked for it. `codes` holds the ticked filters by group."""

    q: str = ""
    near: str = ""
    within: int | None = None
    years: tuple[int, ...] = ()
    codes: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    exact: bool = False
    """Whether every word is to be there as it was typed."""
    sort: str = ""
    page: int = 1
    refused: Mapping[str, Refused] = msgspec.field(default_factory=dict)
    """By the names of their fields. No address has them."""
    notes: tuple[str, ...] = ()
    """What was left out that has no field."""

    def ticked(self, group: str) -> tuple[str, ...]:
        """The codes chosen in a group."""
        return self.codes.get(group, ())

    @property
    def filter_count(self) -> int:
        """How many filters of the panel are in force."""
        return sum(len(codes) for codes in self.codes.values()) + (self.within is not None)

    @property
    def is_blank(self) -> bool:
        """Nothing asked: the whole directory."""
        return not (self.q or self.near or self.years or self.filter_count)

    def without(self, group: str, code: str) -> Asked:
        """The same search with one filter taken off."""
        left = tuple(item for item in self.ticked(group) if item != code)
        return self.but(codes={**self.codes, group: left})

    def but(self, **changes: Any) -> Asked:
        """The same search with something changed, from its first page unless that is changed."""
        return replace(self, **{"page": 1, **changes})

    def pairs(self) -> list[tuple[str, str]]:
        """The search as query parameters, in one settled order."""
        said = [("q", self.q), ("near", self.near)]
        if self.within is not None:
            said.append(("within", str(self.within)))
        if self.exact and self.q:
            said.append(("exact", "1"))
        said += [("age", str(years)) for years in self.years]
        for group in GROUPS:
            said += [(group, code) for code in self.codes.get(group, ())]
        said.append(("sort", self.sort))
        if self.page > 1:
            said.append(("page", str(self.page)))
        return [pair for pair in said if pair[1]]

    def address(self, path: str = "/services") -> str:
        """The address of this search."""
        query = "&".join([_said(name, value) for name, value in self.pairs()])
        return f"{path}?{query}" if query else path


@lru_cache(maxsize=1024)
def _said(name: str, value: str) -> str:
    """A value as it stands in an address: a page has the same few in ten addresses."""
    return f"{name}={quote_plus(value)}"


def read_asked(args: Any, council: Council) -> Asked:
    """Read the query string (a multi-dict) of a search. Never raises for its content."""
    notes: list[str] = []
    refused: dict[str, Refused] = {}
    typed: dict[str, list[str]] = args.to_dict(flat=False)

    def one(name: str) -> str:
        return typed[name][0] if name in typed else ""

    codes = {
        group: _codes(typed[group], KNOWN.get(group) or _localities(council), notes)
        for group in GROUPS
        if group in typed and group != "age"
    }
    bands, years = _ages(typed.get("age", []), refused)
    if bands:
        codes["age"] = bands
    return Asked(
        q=_text(one("q"), notes),
        near=_text(one("near"), notes),
        within=_miles(one("within"), refused),
        years=years,
        codes=codes,
        exact=one("exact") == "1",
        sort=_sort(one("sort"), notes),
        page=_page(one("page"), notes),
        refused=refused,
        notes=tuple(dict.fromkeys(notes)),
    )


def _localities(council: Council) -> frozenset[str]:
    return frozenset(locality.code for locality in council.localities)


def clean_text(text: str) -> str:
    """The text without control, zero-width and direction marks, spaces made single."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp", "Zs"} else letter
        for letter in text
        if unicodedata.category(letter) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join("".join(kept).split())


def _text(raw: str, notes: list[str]) -> str:
    text = clean_text(raw[: LONGEST_TEXT * 5])
    if len(text) > LONGEST_TEXT:
        words = gettext(
            "Your search was very long. We used the first %(num)s letters.", num=LONGEST_TEXT
        )
        notes.append(words)
    return text[:LONGEST_TEXT].strip()


def _codes(values: list[str], known: frozenset[str], notes: list[str]) -> tuple[str, ...]:
    typed = [value for value in values[:MOST_VALUES] if value]
    if any(value not in known for value in typed):
        notes.append(gettext("We left out a filter that we do not know."))
    return tuple(dict.fromkeys(value for value in typed if value in known))


def _ages(
    values: list[str], refused: dict[str, Refused]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Age bands and numbers of years; what is neither is refused."""
    bands: list[str] = []
    years: list[int] = []
    for raw in values[:MOST_VALUES]:
        value = clean_text(raw[:LONGEST_TEXT])
        if not value:
            continue
        if value in AGE_BAND_BY_CODE:
            bands.append(value)
        elif (number := _number(value)) is not None and number <= OLDEST:
            years.append(number)
        else:
            words = gettext("Type the age as a number from 0 to %(oldest)s.", oldest=OLDEST)
            refused.setdefault("age", Refused(value, words))
    return tuple(dict.fromkeys(bands)), tuple(dict.fromkeys(years))


def _number(value: str) -> int | None:
    """A whole number in the digits of any script, six of them at most; else None."""
    return int(value) if value.isdecimal() and len(value) <= 6 else None


def _miles(raw: str, refused: dict[str, Refused]) -> int | None:
    value = clean_text(raw[:LONGEST_TEXT])
    if not value:
        return None
    miles = _number(value)
    if miles is not None and 1 <= miles <= FURTHEST:
        return miles
    words = gettext("Choose how far you can go, up to %(most)s miles.", most=FURTHEST)
    refused["within"] = Refused(value, words)
    return None


def _sort(raw: str, notes: list[str]) -> str:
    if raw and raw not in SORTS:
        notes.append(gettext("We do not know that order, so we used our own."))
    return raw if raw in SORTS else ""


def _page(raw: str, notes: list[str]) -> int:
    value = clean_text(raw[:LONGEST_TEXT])
    if not value:
        return 1
    if page := _number(value):
        return page
    notes.append(gettext("That page number is not one we know. This is page 1."))
    return 1
