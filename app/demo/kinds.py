"""The hand-written kinds of service that the demonstration directory is made from.

Each kind is a file of `app/demo/kinds/`. Its description has five slots with five
alternatives each; `pick` chooses among them so that two listings of one kind share at
most one sentence in five (up to 25 listings) or two (up to 125).
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from app.vocabulary import (
    ACCESS,
    ACTIVITIES,
    BREAKS,
    COSTS,
    NEEDS,
    OUTCOMES,
    ROUTES,
    TIERS,
)

FOLDER = Path(__file__).parent / "kinds"
SLOTS = 5
"""Slots of a description, and alternatives in each. A prime: `pick` relies on it."""


class KindFileError(ValueError):
    """A kind's file that cannot be used; the message names file, key and fault."""


class PriceRange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A price in pounds with alternatives, per what and for whom."""

    code: str
    pounds: tuple[float, ...]
    per: str
    whom: str
    note: str = ""


class SessionTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One session: days are RFC 5545 codes, `every` counts weeks."""

    period: str
    days: tuple[str, ...]
    opens: str
    closes: str
    every: int = 1


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which the year may run."""

    sessions: tuple[SessionTime, ...]


class SupportSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers of every listing of the kind, with notes, and features that vary."""

    yes: dict[str, str]
    ask: dict[str, str] = {}
    no: dict[str, str] = {}
    sometimes: tuple[str, ...] = ()


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One believable type of local service."""

    tier: Literal["universal", "targeted", "specialist"]
    weight: int
    runner: str
    names: tuple[str, ...]
    breaks: tuple[str, ...]
    activities: tuple[str, ...]
    needs: tuple[str, ...]
    needs_sometimes: tuple[str, ...]
    ages: tuple[tuple[int, int], ...]
    routes: tuple[str, ...]
    outcomes: tuple[str, ...]
    setting: Literal["venue", "outdoors", "home", "overnight", "family_home", "online"]
    venues: tuple[str, ...]
    reach: Literal["town", "district", "county"]
    wait: Literal["none", "some", "long"]
    trial: str
    stays: Literal["may_leave", "must_stay", "may_stay", "not_needed"]
    stays_note: str
    regulator: Literal["", "ofsted", "cqc"]
    ratios: tuple[tuple[int, int], ...]
    training: tuple[str, ...]
    transport: tuple[str, ...]
    languages: tuple[str, ...] = ()
    funding: tuple[str, ...]
    payments: tuple[str, ...]
    payments_sometimes: tuple[str, ...]
    cost_notes: tuple[str, ...]
    summaries: tuple[str, ...]
    joining: tuple[tuple[str, ...], ...]
    about: tuple[tuple[str, ...], ...]
    support: SupportSaid
    prices: tuple[PriceRange, ...]
    patterns: tuple[Pattern, ...]
    code: str = ""


@cache
def load_kinds(folder: Path = FOLDER) -> tuple[Kind, ...]:
    """Every kind, in the order of their files' names. Raises `KindFileError`."""
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def pick(number: int, slot: int) -> int:
    """Which alternative of a slot the `number`-th listing of a kind takes.

    The values of a polynomial over the integers mod 5 whose coefficients are the
    number's digits: two different ones of degree one agree in at most one slot
    (a Reed-Solomon code).
    """
    first, second, third = number // 5 % 5, number % 5, number // 25 % 5
    return (first + second * slot + third * slot * slot) % SLOTS


def _read(path: Path) -> Kind:
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
        kind = msgspec.convert({**fields, "code": path.stem}, Kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KindFileError(f"{path.name}: {error}") from None
    for key, faults in _faults(kind).items():
        if faults:
            raise KindFileError(f"{path.name}: {key}: {faults}")
    return kind


def _faults(kind: Kind) -> dict[str, list[str]]:
    answered = [
        *kind.support.yes,
        *kind.support.ask,
        *kind.support.no,
        *kind.support.sometimes,
    ]
    costs = [
        *kind.payments,
        *kind.payments_sometimes,
        *(price.code for price in kind.prices),
    ]
    return {
        "tier": _unknown([kind.tier], TIERS),
        "breaks": _unknown(kind.breaks, BREAKS),
        "activities": _unknown(kind.activities, ACTIVITIES),
        "needs": _unknown([*kind.needs, *kind.needs_sometimes], NEEDS),
        "routes": _unknown(kind.routes, ROUTES),
        "outcomes": _unknown(kind.outcomes, OUTCOMES),
        "support": _unknown(answered, ACCESS),
        "prices and payments": _unknown(costs, COSTS),
        "about": []
        if [len(slot) for slot in kind.about] == [SLOTS] * SLOTS
        else ["five slots of five alternatives are needed"],
    }


def _unknown(codes: Sequence[str], known: object) -> list[str]:
    assert hasattr(known, "__contains__")
    return [code for code in codes if code not in known]
