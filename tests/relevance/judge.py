"""Types the judged searches into the search, on each directory, with each layer away."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.search.criteria import Criteria, Results
from app.search.engine import Search as Engine
from tests.relevance import bristol, held_out, opened
from tests.relevance.directories import BRISTOL, Directory, describe, made_up, real
from tests.relevance.layers import FULL, LAYERS, Layer
from tests.relevance.measures import DEPTH, FIRST, Outcome
from tests.relevance.search import BEST, GOOD, Search
from tests.relevance.searches import OWN, given

Gains = dict[str, int]
MARKS = {0: "- ", GOOD: "+ ", BEST: "++"}
APART: dict[str, tuple[Search, ...]] = {
    "Opened: held out once, tuned for since": opened.OPENED,
    "Held out: never tuned for": held_out.SEARCHES,
}
"""Searches that are measured apart and with the whole search alone, by what the report says."""


class LayerBrokenError(RuntimeError):
    """The search failed with a layer away: what it replaces has another shape by now."""


@dataclass(frozen=True, slots=True)
class Task:
    """One directory to judge on; seed 0 is the feed."""

    council: str
    seed: int


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcomes on one directory, by layer."""

    task: Task
    outcomes: dict[str, list[Outcome]]
    apart: dict[str, list[Outcome]]
    """The whole search on those that are measured apart, by what the report says of them."""


def tasks(seeds: Sequence[int]) -> list[Task]:
    """Every directory, one for each council and seed, and the feed."""
    councils = list(dict.fromkeys(search.council for search in OWN))
    return [Task(BRISTOL, 0), *(Task(council, seed) for seed in seeds for council in councils)]


def searches_of(task: Task) -> list[Search]:
    """The searches that are typed on one directory."""
    return of_council(task.council, (*given(), *OWN, *bristol.SEARCHES))


def of_council(council: str, searches: Iterable[Search]) -> list[Search]:
    """Those that are typed on one council's site."""
    return [search for search in searches if search.council == council]


def judge_all(seeds: Sequence[int]) -> Iterator[Judged]:
    """Judge on every directory, as many at once as there are processors."""
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield from pool.map(judge, tasks(seeds))


def judge(task: Task) -> Judged:
    """Build one directory, and search it with each layer away."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = made_up(task.council, task.seed, folder) if task.seed else real(folder)
        searches = searches_of(task)
        outcomes = {layer.name: typed(built, layer, searches) for layer in LAYERS}
        apart = {
            title: typed(built, FULL, of_council(task.council, some))
            for title, some in APART.items()
        }
    print(f"{task.council} {task.seed}: {time.monotonic() - started:.0f} s", file=sys.stderr)
    return Judged(task, outcomes, apart)


def typed(directory: Directory, layer: Layer, searches: Sequence[Search]) -> list[Outcome]:
    """Type searches into one directory's search with one layer away."""
    with directory.without(layer) as engine:
        return [
            outcome(engine, directory, search, gains_of(search, directory), tells=layer is FULL)
            for search in searches
        ]


def gains_of(search: Search, directory: Directory) -> Gains:
    """The gain of every listing of a directory that has any."""
    gains = {key: search.gain(facts) for key, facts in directory.listings.items()}
    return {key: gain for key, gain in gains.items() if gain}


def outcome(
    engine: Engine, directory: Directory, search: Search, gains: Gains, *, tells: bool
) -> Outcome:
    """Type one search as a family would, and see what its first ten are worth."""
    results = engine.find(Criteria(text=search.text, size=DEPTH))
    if results.limited:
        raise LayerBrokenError(f"“{search.text}” was answered from the database (see above)")
    return Outcome(
        search=search.id,
        gains=tuple(gains.get(hit.id, 0) for hit in results.hits),
        ideal=tuple(sorted(gains.values(), reverse=True)[:DEPTH]),
        to_find=len(gains),
        total=results.total,
        cards=results.help_cards,
        expected=search.cards,
        never=search.never,
        shown=shown(results, directory, gains) if tells else (),
    )


def shown(results: Results, directory: Directory, gains: Gains) -> tuple[str, ...]:
    """What was understood, and the first five in words with what each is worth."""
    understood = ", ".join(f"{item.text} → {item.kind}:{item.code}" for item in results.understood)
    found = [hit.id for hit in results.hits[:FIRST]]
    return (
        f"understood: {understood or 'nothing'}",
        *(
            f"{MARKS[gains.get(key, 0)]} {describe(directory.listings[key].listing)}"
            for key in found
        ),
    )
