"""Pairs that work together again are taken apart: two people change places.

Each person keeps the number of cases, so that loads stay as even as they were. First only where
no journey is added; then at the price of journeys, which weigh less than a pair together again.
"""

import time
from collections import Counter
from collections.abc import Iterator

from .problem import Case, Pair, Plan, Problem, pairs_of, pairs_together

Moves = tuple[tuple[Case, int, int], ...]  # where, who leaves, who comes


def taken_apart(problem: Problem, plan: Plan, *, down_to: int, seconds: float) -> Plan:
    """The plan with as few pairs together again as single exchanges reach; it stops at
    `down_to` of them, below which no plan comes, or when the time is up.
    """
    exchanges = Exchanges(problem, plan, until=time.monotonic() + seconds)
    for may_travel in (False, True):
        while exchanges.repeats > down_to and exchanges.round(may_travel=may_travel):
            pass
    return exchanges.plan


class Exchanges:
    """A plan that is being changed, and how often each pair is together in it."""

    def __init__(self, problem: Problem, plan: Plan, *, until: float) -> None:
        self.problem, self.until = problem, until
        self.plan = {case.key: plan.get(case.key, frozenset()) for case in problem.cases}
        self._together = pairs_together(problem, self.plan)

    @property
    def repeats(self) -> int:
        return sum(max(times - 1, 0) for times in self._together.values())

    def round(self, *, may_travel: bool) -> bool:
        """Try everybody who is in a pair together again; whether anything got better."""
        is_better = False
        for case in self.problem.cases:
            again = [pair for pair in pairs_of(self._team(case)) if self._together[pair] > 1]
            for person in sorted({key for pair in again for key in pair} & self.plan[case.key]):
                if time.monotonic() > self.until:
                    return False
                is_better |= self._exchanged(case, person, may_travel)
        return is_better

    def _exchanged(self, case: Case, person: int, may_travel: bool) -> bool:
        """Let the person change places with somebody of another case, if that helps."""
        if person not in self.plan[case.key]:
            return False  # changed places in this round already
        for moves in self._possible(case, person):
            if not may_travel and _journeys_added(moves) > 0:
                continue
            if self._repeats_added(moves) < 0:
                self._do(moves)
                return True
        return False

    def _possible(self, case: Case, person: int) -> Iterator[Moves]:
        for other in self.problem.cases:
            if other is case or person not in other.free or person in self._team(other):
                continue
            for somebody in sorted((self.plan[other.key] & case.free) - self._team(case)):
                yield (case, person, somebody), (other, somebody, person)

    def _do(self, moves: Moves) -> None:
        for case, leaves, comes in moves:
            self._together.subtract(pairs_of(self._team(case)))
            self.plan[case.key] = self.plan[case.key] - {leaves} | {comes}
            self._together.update(pairs_of(self._team(case)))

    def _team(self, case: Case) -> frozenset[int]:
        return case.present | self.plan[case.key]

    def _repeats_added(self, moves: Moves) -> int:
        change: Counter[Pair] = Counter()
        for case, leaves, comes in moves:
            for colleague in self._team(case) - {leaves}:
                change[frozenset((colleague, leaves))] -= 1
                change[frozenset((colleague, comes))] += 1
        together = self._together
        return sum(
            max(together[pair] + more - 1, 0) - max(together[pair] - 1, 0)
            for pair, more in change.items()
        )


def _journeys_added(moves: Moves) -> int:
    return sum((comes in case.far) - (leaves in case.far) for case, leaves, comes in moves)
