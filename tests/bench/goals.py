"""What is aimed at for each size of directory, as ratios within one run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals for one size."""

    limit: float
    """Our 95th percentile against the bare NumPy index, at most."""
    fts5: float
    """The same against SQLite's FTS5."""
    first: float
    """The first pass after a start against a warm one, at most."""
    pages: float
    """Results pages a second against empty ones, at least."""
    kilobytes: float
    """Memory of one listing in one process, at most."""


SMALL, USUAL, LARGE = 5_000, 50_000, 450_000
GOALS = {
    SMALL: Goals(1.5, 0.35, 2.5, 0.25, 1.5),
    USUAL: Goals(1.5, 0.1, 2, 0.18, 1.5),
    LARGE: Goals(2, 0.05, 2, 0.1, 0.8),
}


def goals_for(services: int) -> Goals:
    """Those of the smallest size that is no smaller."""
    return GOALS[next((size for size in GOALS if size >= services), LARGE)]
