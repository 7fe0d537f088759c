"""Distances for engines that know none of their own: the nearest place of each row, in NumPy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.grid import METRES_IN_A_MILE
from app.search.criteria import Criteria
from app.search.documents import Facts


class Places:
    """The places of every listing, and the localities it takes families from."""

    def __init__(self, facts: Sequence[Facts]) -> None:
        lengths = [max(1, len(fact.points)) for fact in facts]
        self._starts = np.cumsum([0, *lengths[:-1]])
        nowhere = ((np.inf, np.inf),)
        points = [point for fact in facts for point in fact.points or nowhere]
        self._points = np.array(points, np.float32).T
        areas = {code for fact in facts for code in fact.codes["area"]}
        self._takes = {
            code: np.array([code in fact.codes["area"] for fact in facts]) for code in areas
        }

    def squares(self, point: tuple[float, float]) -> NDArray[np.float32]:
        """How far each row is, squared; infinite without a place."""
        gaps = self._points - np.array(point, np.float32)[:, None]
        squares: NDArray[np.float32] = np.square(gaps).sum(axis=0)
        return np.minimum.reduceat(squares, self._starts)

    def within(self, criteria: Criteria, squares: NDArray[np.float32]) -> NDArray[np.bool_]:
        """The rows near enough, and those that take families from home."""
        near: NDArray[np.bool_] = squares <= ((criteria.within or 0) * METRES_IN_A_MILE) ** 2
        takes = self._takes.get(criteria.home)
        return near if takes is None else near | takes
