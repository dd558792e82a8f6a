"""The question and the answer in numbers: cases, people, and what one plan costs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

Pair = frozenset[int]
Plan = Mapping[int, frozenset[int]]  # the people put to each case, by its key


@dataclass(frozen=True)
class Person:
    """`load` counts the cases in hand before the batch; `most` is the limit of them."""

    key: int
    load: int
    most: int

    @property
    def room(self) -> int:
        return max(self.most - self.load, 0)


@dataclass(frozen=True)
class Case:
    """`places` is how many people it lacks, `free` whom they may be, `present` who is there.

    `far` are those of `free` to whom the journey would be long; empty where nobody travels.
    """

    key: int
    places: int
    free: frozenset[int]
    present: frozenset[int] = frozenset()
    far: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Problem:
    """`met` are the pairs that made the last case of one of the two together."""

    cases: tuple[Case, ...]
    people: tuple[Person, ...]
    met: frozenset[Pair] = field(default_factory=frozenset)


class Cost(NamedTuple):
    """What is wrong with a plan, the worst first; plans compare in this order.

    `lacking` places stay empty; a pair works together again `repeats` times (in the batch, or
    straight after its last case); `burden` is the sum, case by case, of how many the person then
    has in hand, which is least when loads are even; `journeys` are long ones.
    """

    lacking: int
    repeats: int
    burden: int
    journeys: int


def pairs_of(people: Iterable[int]) -> list[Pair]:
    return [frozenset(two) for two in combinations(sorted(people), 2)]


def pairs_together(problem: Problem, plan: Plan) -> Counter[Pair]:
    """How often each pair works together in the batch, once more for its last case."""
    together = Counter(problem.met)
    for case in problem.cases:
        together.update(pairs_of(case.present | plan.get(case.key, frozenset())))
    return together


def cost_of(problem: Problem, plan: Plan) -> Cost:
    put = {case.key: plan.get(case.key, frozenset()) for case in problem.cases}
    given = Counter(key for people in put.values() for key in people)
    return Cost(
        lacking=sum(case.places - len(put[case.key]) for case in problem.cases),
        repeats=sum(times - 1 for times in pairs_together(problem, plan).values()),
        burden=sum(
            sum(range(person.load + 1, person.load + given[person.key] + 1))
            for person in problem.people
        ),
        journeys=sum(len(put[case.key] & case.far) for case in problem.cases),
    )


def is_allowed(problem: Problem, plan: Plan) -> bool:
    """Whether a plan keeps to the places, to whom each case is free and to everybody's room."""
    given = Counter(key for people in plan.values() for key in people)
    by_key = {case.key: case for case in problem.cases}
    return all(given[person.key] <= person.room for person in problem.people) and all(
        len(people) <= by_key[key].places and people <= by_key[key].free - by_key[key].present
        for key, people in plan.items()
    )
