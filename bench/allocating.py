"""How long a plan for a season takes: 200 cases and 40 assessors, and offices with fewer people.

Every place has conflicts, loads and limits; each third case is visited, with near and far people.
"""

import statistics
import time

from certification.assessments.allocation.problem import Case, Person, Problem
from certification.assessments.allocation.solving import Solution, solve

ROUNDS = 5
SEASONS = ((200, 40), (200, 25), (200, 12), (250, 60), (30, 6))
AIM = 5.0  # seconds, for the first


def report() -> None:
    """Print a table: median and worst in seconds, and what came of it."""
    print("| cases | assessors | median s | worst s | empty | pairs again | far | proven best |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    for cases, people in SEASONS:
        times, solution = _measured(season(cases, people))
        cost = solution.cost
        flag = " (!)" if (cases, people) == SEASONS[0] and max(times) > AIM else ""
        print(
            f"| {cases} | {people} | {statistics.median(times):.2f} | {max(times):.2f}{flag} "
            f"| {cost.lacking} | {cost.repeats} | {cost.journeys} "
            f"| {'yes' if solution.is_best else 'no'} |"
        )


def _measured(problem: Problem) -> tuple[list[float], Solution]:
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        solution = solve(problem)
        times.append(time.perf_counter() - start)
    return times, solution


def season(cases: int, people: int) -> Problem:
    """A made-up season; always the same for the same numbers."""
    keys = range(people)
    rows = []
    for number in range(cases):
        free = frozenset(key for key in keys if (number * 7 + key * 3) % 11)
        far = frozenset(key for key in free if number % 3 == 0 and (number + key) % 5)
        rows.append(Case(number, 2, free, far=far))
    crowd = tuple(Person(key, key % 4, 4 + 3 * cases // people) for key in keys)
    met = frozenset(frozenset({key, (key + 1) % people}) for key in keys)
    return Problem(tuple(rows), crowd, met)
