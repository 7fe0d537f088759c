"""How many of each kind, and where: shares first, then chance within them.

Tiers are 50, 35 and 15 in a hundred. Localities and ages follow a council's published
shares where it has any (`shares.toml`), else the number of towns and equal ages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.council import Council, Locality, Town
from app.demo.kinds import Kind

TIER_SHARES = {"universal": 50, "targeted": 35, "specialist": 15}
SHARES_FILE = Path(__file__).with_name("shares.toml")


@dataclass(frozen=True, slots=True)
class Spot:
    """A town in its locality."""

    town: Town
    locality: Locality


@dataclass(frozen=True, slots=True)
class Planned:
    """One listing to be: the `number`-th of its kind, in one town, for about one age."""

    kind: Kind
    number: int
    spot: Spot
    age: int


def plan(kinds: Sequence[Kind], council: Council, services: int, rng: Random) -> list[Planned]:
    """The whole directory in outline, the same for the same seed."""
    shares = tomllib.loads(SHARES_FILE.read_text(encoding="utf-8")).get(council.code, {})
    wanted = [kind for kind, count in _counts(kinds, services) for _ in range(count)]
    rng.shuffle(wanted)
    spots = _spots(council, shares.get("groups", {}), services, rng)
    ages = _ages(shares.get("ages", {}), services, rng)
    made: dict[str, int] = {}
    used: dict[str, set[str]] = {}
    planned = []
    for kind, age in zip(wanted, ages, strict=True):
        seen = used.setdefault(kind.code, set())
        spot = _take_fresh(spots, seen)
        seen.add(spot.town.name)
        number = made.get(kind.code, 0)
        made[kind.code] = number + 1
        planned.append(Planned(kind, number, spot, age))
    return planned


def share_out(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Split a total by weights into whole numbers that add up (largest remainder)."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    counts = {key: int(value) for key, value in exact.items()}
    left = total - sum(counts.values())
    by_remainder = sorted(exact, key=lambda key: (counts[key] - exact[key], key))
    for key in by_remainder[:left]:
        counts[key] += 1
    return counts


def _counts(kinds: Sequence[Kind], services: int) -> list[tuple[Kind, int]]:
    by_code = {kind.code: kind for kind in kinds}
    counts: list[tuple[Kind, int]] = []
    for tier, total in share_out(services, TIER_SHARES).items():
        weights = {kind.code: float(kind.weight) for kind in kinds if kind.tier == tier}
        counts += [(by_code[code], count) for code, count in share_out(total, weights).items()]
    return counts


def _spots(council: Council, groups: Mapping[str, float], services: int, rng: Random) -> list[Spot]:
    """One spot for each listing, towns taking turns within the share of their group."""
    towns: dict[str, list[Spot]] = {}
    for locality in council.localities:
        key = (locality.group or "") if groups else ""
        towns.setdefault(key, []).extend(Spot(town, locality) for town in locality.towns)
    weights = {key: float(groups.get(key, len(spots))) for key, spots in towns.items()}
    chosen: list[Spot] = []
    for key, count in share_out(services, weights).items():
        turns = [towns[key][number % len(towns[key])] for number in range(count)]
        chosen += turns
    rng.shuffle(chosen)
    return chosen


def _take_fresh(spots: list[Spot], seen: set[str]) -> Spot:
    """The next spot whose town this kind is not in yet, else simply the next."""
    for index in range(len(spots) - 1, max(-1, len(spots) - 60), -1):
        if spots[index].town.name not in seen:
            return spots.pop(index)
    return spots.pop()


def _ages(bands: Mapping[str, float], services: int, rng: Random) -> list[int]:
    """An age for each listing to suit, by the shares of children who use short breaks."""
    weights = dict(bands) or {"0-4": 1.0, "5-10": 2.0, "11-16": 2.0, "17-25": 1.0}
    ages = []
    for band, count in share_out(services, weights).items():
        low, _, high = band.partition("-")
        ages += [rng.randint(int(low), int(high)) for _ in range(count)]
    rng.shuffle(ages)
    return ages
