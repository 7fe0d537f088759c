"""Says why each service found stands where it does, part by part: `search query --explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from app.search import query
from app.search.columns import FURTHEST
from app.search.criteria import Criteria, Hit
from app.search.ranking import match
from app.search.snapshot import Snapshot


class Reason(NamedTuple):
    """One part of a score: what for, and how much."""

    what: str
    points: float


def explain(
    snapshot: Snapshot, criteria: Criteria, hits: Sequence[Hit]
) -> list[tuple[Reason, ...]]:
    """For each hit, the parts that add up to its score; the last ones multiply or lead."""
    rows = snapshot.rows_of([hit.id for hit in hits])
    return [tuple(_reasons(snapshot, criteria, row)) for row in rows]


def _reasons(snapshot: Snapshot, criteria: Criteria, row: int) -> Iterator[Reason]:
    """The parts of one row's score."""
    asked = query.read(snapshot, criteria)
    matched = match(snapshot, asked) if asked.slots else None
    place = np.array([row])
    for slot, answer, weight in matched.answers if matched else ():
        if points := float(answer.strengths[row]) * weight:
            yield Reason(f"“{slot.said}”", points)
    near = query.near_of(snapshot, criteria, asked.spot)
    if near is not None:
        miles = float(near.miles[row])
        where = f"{miles:.1f} miles away" if miles < FURTHEST else "no place of its own"
        close = query.FLOOR + (1 - query.FLOOR) * float(near.closeness(place)[0])
        yield Reason(f"times {where}", close)
    yield Reason("times freshness, spaces and what it tells", float(snapshot.quality[row]))
    if matched is not None:
        yield Reason("times the share of it that is met", float(matched.coverage(place)[0]))
        if matched.is_for_a_child and snapshot.for_carers[row]:
            yield Reason("times what something for parents counts", query.FOR_CARERS)
    if query.is_named(snapshot, criteria, place)[0]:
        yield Reason("leads by its very name", query.EXACT_NAME)
