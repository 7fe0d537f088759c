"""Services like one: the same sort of thing, for the same children, not far away."""

from __future__ import annotations

import numpy as np

from app.search.bits import unpack
from app.search.columns import FURTHEST
from app.search.scoring import HALF_CLOSE
from app.search.snapshot import Snapshot

ALIKE: dict[str, float] = {"activity": 2.0, "break": 1.5, "named": 0.7, "access": 0.2, "when": 0.3}
"""What sharing a rare code of each group tells."""
ENOUGH = 1.0
"""Less alike than this is not worth showing."""


def related(snapshot: Snapshot, service_id: str, size: int) -> list[str]:
    """The ids of the services most like one, best first; none when it is not in the index.

    Shared codes count the more the fewer services have them; those that take no child of the
    ages this one takes are left out; nearness and freshness weigh as in a search.
    """
    columns = snapshot.columns
    found = snapshot.rows_of([service_id])
    if not found:
        return []
    row = found[0]
    low, high = int(columns.rows["low"][row]), int(columns.rows["high"][row])
    likeness = np.zeros(columns.size, np.float32)
    for (group, _), place in columns.codes.items():
        if group in ALIKE:
            having = unpack(columns.bits[place], columns.size)
            if having[row]:
                rarity = np.log1p(columns.size / np.count_nonzero(having))
                likeness += having * np.float32(ALIKE[group] * rarity)
    miles = columns.miles((float(columns.points[0, row]), float(columns.points[1, row])))
    near = np.where(miles < FURTHEST, 1 / (1 + np.square(miles / HALF_CLOSE)), 0.0)
    scores = likeness * (1 + near) * snapshot.quality
    kept = unpack(snapshot.live & columns.taking(low, high), columns.size).copy()
    kept[row] = False
    scores[~kept | (likeness < ENOUGH)] = 0
    best = np.argsort(-scores, kind="stable")[:size]
    return columns.rows["id"][best[scores[best] > 0]].astype("U36").tolist()
