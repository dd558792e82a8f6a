"""A mixed integer programme, written column by column, and HiGHS (by scipy), which solves it."""

from collections.abc import Iterable

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

NEVER = float("inf")


class Programme:
    """What is minimised: the sum of the columns' costs, each column between 0 and its top."""

    def __init__(self) -> None:
        self._costs: list[float] = []
        self._tops: list[float] = []
        self._entries: list[tuple[int, int, float]] = []
        self._bounds: list[tuple[float, float]] = []

    def column(self, cost: float, top: float = 1) -> int:
        """A new column; its number."""
        self._costs.append(cost)
        self._tops.append(top)
        return len(self._costs) - 1

    def row(self, entries: Iterable[tuple[int, float]], least: float, most: float) -> None:
        """A condition: the weighted sum of these columns lies between the two."""
        number = len(self._bounds)
        self._entries += [(number, column, weight) for column, weight in entries]
        self._bounds.append((least, most))

    def solved(self, *, seconds: float, whole: bool = True) -> tuple[list[int], bool]:
        """The columns that were taken, and whether nothing can be better.

        Nothing is taken when no answer was found in time. `whole` False leaves out that columns
        be whole numbers, for programmes whose best corner is whole anyway.
        """
        rows, columns, weights = zip(*self._entries, strict=True)
        shape = (len(self._bounds), len(self._costs))
        least, most = np.array(self._bounds, dtype=float).T
        answer = milp(
            c=np.array(self._costs, dtype=float),
            bounds=Bounds(0, np.array(self._tops, dtype=float)),
            constraints=LinearConstraint(
                coo_array((weights, (rows, columns)), shape=shape).tocsc(), least, most
            ),
            integrality=np.full(shape[1], int(whole)),
            options={"time_limit": seconds, "mip_rel_gap": 0},
        )
        if answer.x is None:
            return [], False
        return [int(number) for number in np.flatnonzero(answer.x > 0.5)], answer.status == 0
