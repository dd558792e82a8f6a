"""The best plan for a batch: every case its people, no pair again, loads even, journeys short.

Who sits with whom left aside, the question is a flow, solved at once and exactly. Pairs that
work together again are then taken apart by exchanges. When no more are left than there must be,
and all else is as in the flow, nothing can be better; otherwise all teams are weighed up in a
larger programme, as far as their number and the time allow.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb

from .exchanging import taken_apart
from .problem import Case, Cost, Pair, Plan, Problem, cost_of, pairs_of, pairs_together
from .programme import NEVER, Programme

SECONDS = 2.5  # at most, for each of the two programmes
TEAMS = 30_000  # at most, for it to be tried


@dataclass(frozen=True)
class Solution:
    """`is_best`: it was proven that no plan by these rules is better."""

    plan: Plan
    cost: Cost
    is_best: bool


@dataclass(frozen=True)
class Weights:
    """What one of each costs, so that all of the lesser ones together never outweigh it."""

    lacking: int
    repeat: int
    burden: int

    @classmethod
    def of(cls, problem: Problem) -> "Weights":
        places = sum(case.places for case in problem.cases)
        heaviest = max((person.load + person.room for person in problem.people), default=0)
        pairs = sum(len(pairs_of(range(c.places + len(c.present)))) for c in problem.cases)
        burden = places + 1
        repeat = burden * (places * heaviest + 1)
        return cls(lacking=repeat * (pairs + 1), repeat=repeat, burden=burden)


def solve(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """The best plan, or a good one when time ran out. Deterministic while time does not run out."""
    flow = _flow(problem, seconds)
    bound = cost_of(problem, flow)
    bound = bound._replace(repeats=_least_repeats(problem, bound))
    plan = taken_apart(problem, flow, down_to=bound.repeats, seconds=seconds / 3)
    cost = cost_of(problem, plan)
    if cost == bound:
        return Solution(plan, cost, is_best=True)
    if _number_of_teams(problem) > TEAMS:
        return Solution(plan, cost, is_best=False)
    other, is_best = _of_teams(problem, seconds)
    plan = min(plan, other, key=lambda one: cost_of(problem, one))
    return Solution(plan, cost_of(problem, plan), is_best)


def _least_repeats(problem: Problem, bound: Cost) -> int:
    """What no plan comes below: pairs together again among those who are there already, or, when
    every place is filled, as many as there are more pairs in all than different ones.
    """
    standing = cost_of(problem, {}).repeats
    if bound.lacking:
        return standing
    pairs = sum(comb(len(case.present) + case.places, 2) for case in problem.cases)
    possible = {
        pair for case in problem.cases for pair in pairs_of(case.free | case.present)
    } | problem.met
    return max(standing, len(problem.met) + pairs - len(possible))


# --- the flow -----------------------------------------------------------------------------


def _flow(problem: Problem, seconds: float) -> Plan:
    """The best plan if it did not matter who sits with whom."""
    programme, weights = Programme(), Weights.of(problem)
    held: dict[int, list[tuple[int, float]]] = defaultdict(list)
    choices: dict[int, tuple[int, int]] = {}
    for case in problem.cases:
        columns = []
        for person in sorted(case.free - case.present):
            column = programme.column((person in case.far) - weights.lacking)
            columns.append((column, 1.0))
            held[person].append((column, 1.0))
            choices[column] = (case.key, person)
        if columns:
            programme.row(columns, 0, case.places)
    if not choices:
        return {}
    _burden(programme, problem, held, weights)
    taken, _is_best = programme.solved(seconds=seconds, whole=False)
    plan: dict[int, frozenset[int]] = defaultdict(frozenset)
    for key, person in (choices[column] for column in taken if column in choices):
        plan[key] |= {person}
    return dict(plan)


def _burden(
    programme: Programme,
    problem: Problem,
    held: dict[int, list[tuple[int, float]]],
    weights: Weights,
) -> None:
    """Each further case weighs more, up to the room that the person has."""
    for person in problem.people:
        columns = held[person.key]
        if not columns:
            continue
        room = min(person.room, len(columns))
        steps = [
            (programme.column(weights.burden * (person.load + step)), -1.0)
            for step in range(1, room + 1)
        ]
        programme.row(columns + steps, 0, 0)


# --- all teams ----------------------------------------------------------------------------


def _teams(case: Case) -> Iterator[frozenset[int]]:
    """Everybody who could fill the places together, and smaller teams for want of people."""
    people = sorted(case.free - case.present)
    for size in range(case.places + 1):
        yield from map(frozenset, combinations(people, size))


def _number_of_teams(problem: Problem) -> int:
    return sum(
        comb(len(case.free - case.present), size)
        for case in problem.cases
        for size in range(case.places + 1)
    )


def _of_teams(problem: Problem, seconds: float) -> tuple[Plan, bool]:
    """The best plan, one team a case; and whether that was proven in time."""
    programme, weights = Programme(), Weights.of(problem)
    held: dict[int, list[tuple[int, float]]] = defaultdict(list)
    paired: dict[Pair, list[tuple[int, float]]] = defaultdict(list)
    choices: dict[int, tuple[int, frozenset[int]]] = {}
    standing = pairs_together(problem, {})
    for case in problem.cases:
        columns = []
        for team in _teams(case):
            lacking = case.places - len(team)
            column = programme.column(weights.lacking * lacking + len(team & case.far))
            columns.append((column, 1.0))
            choices[column] = (case.key, team)
            for person in team:
                held[person].append((column, 1.0))
            for pair in set(pairs_of(case.present | team)) - set(pairs_of(case.present)):
                paired[pair].append((column, 1.0))
        programme.row(columns, 1, 1)
    _burden(programme, problem, held, weights)
    for pair, columns in paired.items():
        again = programme.column(weights.repeat, len(columns))
        programme.row([*columns, (again, -1.0)], -NEVER, max(1 - standing[pair], 0))
    taken, is_best = programme.solved(seconds=seconds)
    plan = dict(choices[column] for column in taken if column in choices)
    return plan, is_best
