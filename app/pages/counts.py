"""The range of short breaks: how many services there are of each kind, counted now.

The index answers a fixed number of questions, however many services or kinds there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import LazyString

from app.council import Council
from app.languages import lazy_gettext as _l
from app.languages import theirs
from app.search.criteria import Criteria
from app.search.engine import Search
from app.vocabulary import BREAKS, COSTS, TIERS

CLASSES: tuple[tuple[LazyString, tuple[str, ...]], ...] = (
    (
        _l("Daytime care, at home or somewhere else"),
        ("enabling", "daytime_specialist", "home_support", "direct_payment"),
    ),
    (
        _l("Overnight care, at home or somewhere else"),
        ("overnight_family", "overnight_residential", "overnight_home"),
    ),
    (
        _l("Learning and leisure outside the home"),
        (
            "inclusive_mainstream",
            "youth_club",
            "play_leisure",
            "msi_support",
            "whole_family",
            "allowance",
        ),
    ),
    (
        _l("Help in the evenings, at weekends and in the holidays"),
        ("after_school", "saturday_club", "holiday_club"),
    ),
)
"""The four classes of regulation 4, each with the kinds of break in it."""
BESIDE: tuple[LazyString, tuple[str, ...]] = (
    _l("Help for the rest of the family"),
    ("sibling_group", "parent_support"),
)
"""Kinds of help that regulation 4 does not name."""

OVERNIGHT = ("overnight_family", "overnight_residential", "overnight_home")
BETTER: tuple[tuple[LazyString, str, tuple[str, ...]], ...] = (
    (
        _l("To study, train or work: clubs after school and in the holidays"),
        "break",
        ("after_school", "holiday_club"),
    ),
    (
        _l("To rest or do something you like: places where you can leave your child"),
        "access",
        ("parent_leaves",),
    ),
    (
        _l("To be there for your other children: groups for them, and family days"),
        "break",
        ("sibling_group", "whole_family"),
    ),
    (
        _l("To do the daily jobs at home: help in your home"),
        "break",
        ("home_support",),
    ),
)
"""What regulation 3 says a break may be for, with services that may help."""
KEEP_GOING: tuple[tuple[LazyString, str, tuple[str, ...]], ...] = (
    (_l("A night away, or a carer at night"), "break", OVERNIGHT),
    (_l("Help in your home"), "break", ("home_support",)),
    (_l("One-to-one or small group day care"), "break", ("daytime_specialist",)),
    (_l("Someone to go out with"), "break", ("enabling",)),
)
"""Services for those who could not go on without breaks."""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many services, with a search that lists them."""

    words: str
    count: int
    url: str
    tiers: tuple[tuple[str, int], ...] = ()
    """The words of each tier with how many are of it, for tiers that have any."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of regulation 4: all its services, and those of each kind."""

    all: Counted
    kinds: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """The whole directory, counted several ways."""

    total: int
    is_rough: bool
    """Counted without the index, over some of the services only."""
    classes: tuple[Kind, ...]
    by_tier: dict[str, Counted]
    by_locality: tuple[Counted, ...]
    costs: tuple[Counted, ...]
    keep_going: tuple[Counted, ...]
    better: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Counter:
    """Asks the index, once for everything that all counts share."""

    engine: Search
    council: Council
    whole: dict[str, dict[str, int]]
    of_tier: dict[str, dict[str, dict[str, int]]]

    def counted(self, words: str, group: str, code: str) -> Counted:
        """The services with one code, told apart by tier."""
        tiers = (
            (TIERS.label(tier), facets.get(group, {}).get(code, 0))
            for tier, facets in self.of_tier.items()
        )
        return Counted(
            words,
            self.whole.get(group, {}).get(code, 0),
            search_url(group, (code,)),
            tuple((label, number) for label, number in tiers if number),
        )

    def any_of(self, words: str, group: str, codes: tuple[str, ...]) -> Counted:
        """The services with any of several codes of `break` or `access`, each counted once."""
        wanted = Criteria(break_=codes) if group == "break" else Criteria(access=codes)
        return Counted(words, self.engine.count(wanted), search_url(group, codes))


def count_range(engine: Search, council: Council) -> Range:
    """Count the directory as it is now."""
    counter = Counter(engine, council, engine.counts(), _facets_of_tiers(engine))
    groups = (*CLASSES, BESIDE)
    return Range(
        total=engine.count(Criteria()),
        is_rough=not engine.is_ready(),
        classes=tuple(_class(counter, str(words), codes) for words, codes in groups),
        by_tier={code: counter.counted(TIERS.label(code), "tier", code) for code in TIERS},
        by_locality=tuple(
            counter.counted(place.label, "locality", place.code) for place in council.localities
        ),
        costs=tuple(
            counter.counted(_cost_words(council, code), "cost", code)
            for code in COSTS
            if code != "tsb_allowance" or council.allowance is not None
        ),
        keep_going=_each(counter, KEEP_GOING),
        better=_each(counter, BETTER),
    )


def _facets_of_tiers(engine: Search) -> dict[str, dict[str, dict[str, int]]]:
    return {tier: engine.find(Criteria(tier=(tier,), size=1)).facets for tier in TIERS}


def _class(counter: Counter, words: str, codes: tuple[str, ...]) -> Kind:
    kinds = (counter.counted(BREAKS.label(code), "break", code) for code in codes)
    return Kind(counter.any_of(words, "break", codes), tuple(kinds))


def _each(
    counter: Counter, rows: Iterable[tuple[LazyString, str, tuple[str, ...]]]
) -> tuple[Counted, ...]:
    return tuple(counter.any_of(str(words), group, codes) for words, group, codes in rows)


def _cost_words(council: Council, code: str) -> str:
    """The words of a way to pay; the council's allowance has its own name."""
    if code == "tsb_allowance" and council.allowance is not None:
        return theirs(council.allowance.name)
    return COSTS.label(code)


def search_url(group: str, codes: tuple[str, ...]) -> str:
    """The address of the search that lists what was counted."""
    values: dict[str, Any] = {group: list(codes)}
    return url_for("directory.search", **values)
