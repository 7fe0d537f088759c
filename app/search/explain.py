"""Says why each service found stands where it does, part by part: `search query --explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from app.search.criteria import Criteria, Hit
from app.search.query import scoring_of
from app.search.scoring import EXACT_NAME, Scoring
from app.search.snapshot import Snapshot


class Reason(NamedTuple):
    """One part of a score: what for, and how much."""

    what: str
    points: float


def explain(
    snapshot: Snapshot, criteria: Criteria, hits: Sequence[Hit]
) -> list[tuple[Reason, ...]]:
    """For each hit: what each phrase adds to its answers, then the factors of its score.

    Nothing, where a name, a day or a distance orders and no score does.
    """
    if not any(hit.score for hit in hits):
        return [() for _ in hits]
    scoring = scoring_of(snapshot, criteria)
    rows = snapshot.rows_of([hit.id for hit in hits])
    return [tuple(_reasons(scoring, row)) for row in rows]


def _reasons(scoring: Scoring, row: int) -> Iterator[Reason]:
    """The parts of one row's score. Factors that change nothing are left out."""
    place = np.array([row])
    for slot, answer, weight, _ in scoring.matched.answers if scoring.matched else ():
        if points := float(answer.strengths(place)[0]) * weight:
            yield Reason(f"“{slot.said}”", points)
    for what, factor in scoring.factors(place):
        if factor[0] != 1:
            yield Reason(f"times {what}", float(factor[0]))
    if scoring.named(place)[0]:
        yield Reason("its very name", EXACT_NAME)
