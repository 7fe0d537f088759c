"""The proof that the rules treat every family as promised.

For each council, home and day on which a rule begins or ends, every combination of answers that
the rules can tell apart is laid out in arrays (worlds.py) and each promise is checked over all of
them. Then the arrays are compared with `evaluate`, the function by which the site tells families.
The first broken promise stops the proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from random import Random
from typing import Final

from app.council import load_council
from app.criteria.criteria import Criteria
from app.criteria.facts import Facts
from app.criteria.keys import COUNCIL
from app.criteria.proof.compare import SAME, Walks, draw_facts, find_differences
from app.criteria.proof.counter import CounterExample
from app.criteria.proof.firing import FIRES, Named, find_idle, fired
from app.criteria.proof.openings import NAMED, find_unnamed
from app.criteria.proof.promises import CHECKS
from app.criteria.proof.report import Report
from app.criteria.proof.steps import STEP_CHECKS
from app.criteria.proof.words import REACHED, WORDS, can_ask, find_forbidden, find_gaps
from app.criteria.proof.worlds import Walk, find_worlds, walk

SEED: Final = 20_261_122
SAMPLES: Final = 100_000
BATCH: Final = 2_000
OPENINGS_IN: Final = 10
"""Families of each batch who are asked what their skipped questions leave open."""
PROMISES: Final = (*CHECKS, *STEP_CHECKS, FIRES, WORDS, REACHED, SAME, NAMED)


class NotKeptError(Exception):
    """A promise is broken; the message is the counter-example."""

    def __init__(self, found: CounterExample) -> None:
        super().__init__(str(found))
        self.found = found


def all_councils(criteria: Criteria) -> tuple[str, ...]:
    """Every council there is a file for."""
    return tuple(str(code) for code in criteria.keys[COUNCIL].codes)


def count_work(criteria: Criteria, samples: int = SAMPLES) -> int:
    """How many times a proof tells that it has gone on: for each world and each batch."""
    worlds = (find_worlds(criteria, all_councils(criteria), day) for day in criteria.changes())
    return sum(len(found) + len([*_batches(samples)]) for found in worlds)


def _batches(samples: int) -> Iterator[int]:
    yield from (min(BATCH, samples - done) for done in range(0, samples, BATCH))


def prove(
    criteria: Criteria,
    councils: Sequence[str] = (),
    samples: int = SAMPLES,
    advance: Callable[[int], object] = int,
) -> Report:
    """Check every promise for these councils' sites, or for all.

    `samples` families are drawn for each set of rules. `advance` is called with 1 as often as
    `count_work` says. Raises `NotKeptError` with the first counter-example.
    """
    sites = tuple(councils) or all_councils(criteria)
    report = Report(criteria, PROMISES)
    refuse([*find_forbidden(criteria), *can_ask(criteria)])
    working: set[Named] = set()
    seen: list[Walk] = []
    for first, last in _spans(criteria):
        walks = _walk_all(criteria, first, advance)
        seen = [*{id(walked): walked for walked in walks.values()}.values()]
        for walked in seen:
            working |= fired(walked)
            if walked.world.council in sites:
                check(walked)
                _reach(report, walked, _days_between(walked, first, last))
                report.add(walked)
        _compare(report, walks, sites, samples, advance)
    refuse(find_idle(criteria, seen, working))
    return report


def check(walked: Walk) -> None:
    """Check every promise about one world's answers. Raises `NotKeptError`."""
    for promise in (*CHECKS.values(), *STEP_CHECKS.values()):
        refuse(promise(walked))


def refuse(found: Iterable[CounterExample]) -> None:
    """Raise `NotKeptError` for the first counter-example, if there is one."""
    for counter_example in found:
        raise NotKeptError(counter_example)


def _spans(criteria: Criteria) -> Iterator[tuple[date, date]]:
    """The days between which rules are the same: the first, and the first of the next."""
    yield from pairwise((*criteria.changes(), date.max))


def _walk_all(criteria: Criteria, day: date, advance: Callable[[int], object]) -> Walks:
    """Every world of a day, of all councils: a family may move from one to another."""
    walks: dict[tuple[str, str], Walk] = {}
    for world in find_worlds(criteria, all_councils(criteria), day):
        walked = walk(criteria, world)
        walks |= {(world.council, home): walked for home in world.homes}
        advance(1)
    return walks


def _days_between(walked: Walk, first: date, last: date) -> list[date]:
    """The day on which rules begin, and any on which the council's contacts change."""
    change = load_council(walked.world.council).successors
    later = [change.starts] if change is not None and first < change.starts < last else []
    return [first, *later]


def _reach(report: Report, walked: Walk, days: Iterable[date]) -> None:
    for day in days:
        for found in find_gaps(walked, day):
            if isinstance(found, CounterExample):
                raise NotKeptError(found)
            report.gaps.setdefault(found)
        report.days.setdefault(day)


def _compare(
    report: Report,
    walks: Walks,
    sites: Sequence[str],
    samples: int,
    advance: Callable[[int], object],
) -> None:
    """Draw families and compare what arrays and site tell them."""
    chance = Random(SEED)
    for size in _batches(samples):
        families = [_draw(walks, sites, chance) for _ in range(size)]
        refuse(find_differences(walks, families))
        refuse(find_unnamed(walks, families[:OPENINGS_IN]))
        report.compared += size
        report.openings += len(families[:OPENINGS_IN])
        advance(1)


def _draw(walks: Walks, sites: Sequence[str], chance: Random) -> tuple[Facts, str]:
    """A family and the site it asks; its home is the site's, or no council's of ours."""
    first = next(iter(walks.values()))
    site = chance.choice(sites)
    homes = [home for council, home in walks if council == site]
    return draw_facts(first.criteria, homes, [first.world.day], chance), site
