"""The plan keeps every rule, and on small cases nothing better exists: all plans are tried."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.allocating import season
from certification.assessments.allocation import solving
from certification.assessments.allocation.problem import (
    Case,
    Cost,
    Person,
    Plan,
    Problem,
    cost_of,
    is_allowed,
)
from certification.assessments.allocation.solving import solve

A, B, C, D = 1, 2, 3, 4


def everybody(*people: int, load: int = 0, most: int = 6) -> tuple[Person, ...]:
    return tuple(Person(key, load, most) for key in people)


def case(key: int, *free: int, places: int = 2, **fields: frozenset[int]) -> Case:
    return Case(key, places, frozenset(free), **fields)


def all_plans(problem: Problem) -> Iterator[Plan]:
    """Every plan by the rules, for comparison."""
    keys = [each.key for each in problem.cases]
    choices = [
        [
            frozenset(team)
            for size in range(each.places + 1)
            for team in combinations(sorted(each.free - each.present), size)
        ]
        for each in problem.cases
    ]
    for teams in product(*choices):
        plan = dict(zip(keys, teams, strict=True))
        if is_allowed(problem, plan):
            yield plan


def best_cost(problem: Problem) -> Cost:
    return min(cost_of(problem, plan) for plan in all_plans(problem))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to four people and three cases; mostly a few conflicts, sometimes hardly any choice."""
    keys = list(range(1, draw(st.integers(1, 4)) + 1))
    some = st.frozensets(st.sampled_from(keys))
    few = st.frozensets(st.sampled_from(keys), max_size=1)
    people = tuple(Person(key, draw(st.integers(0, 3)), draw(st.integers(0, 7))) for key in keys)
    cases = []
    for number in range(draw(st.integers(1, 3))):
        present = draw(few)
        places = draw(st.integers(0, 2 - len(present)))
        free = frozenset(keys) - draw(st.one_of(few, few, some))
        cases.append(Case(100 + number, places, free, present, draw(some)))
    pairs = [frozenset(pair) for pair in combinations(keys, 2)]
    met = draw(st.frozensets(st.sampled_from(pairs), max_size=2)) if pairs else frozenset()
    return Problem(tuple(cases), people, met)


@settings(max_examples=150)
@given(problems())
def test_the_plan_keeps_the_rules_and_none_is_better(problem: Problem) -> None:
    solution = solve(problem)
    assert is_allowed(problem, solution.plan)
    assert solution.cost == cost_of(problem, solution.plan) == best_cost(problem)
    assert solution.is_best


@settings(max_examples=60)
@given(problems())
def test_exchanges_alone_keep_the_rules(problem: Problem) -> None:
    """What is left for batches too large for the larger programme."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "TEAMS", 0)
        solution = solve(problem)
    assert is_allowed(problem, solution.plan)
    best = best_cost(problem)
    assert solution.cost.lacking == best.lacking
    assert solution.cost >= best
    assert not solution.is_best or solution.cost == best


def test_nothing_to_do_is_done() -> None:
    assert solve(Problem((), ())).plan == {}
    assert solve(Problem((), ())).is_best


def test_loads_become_even() -> None:
    problem = Problem(
        (case(1, A, B, C, places=1), case(2, A, B, C, places=1)),
        (Person(A, 4, 6), Person(B, 1, 6), Person(C, 2, 6)),
    )
    plan = solve(problem).plan
    assert sorted(key for people in plan.values() for key in people) in ([B, B], [B, C])
    assert solve(problem).cost.burden == 5


def test_a_limit_is_kept_rather_than_a_case_filled() -> None:
    problem = Problem((case(1, A, B), case(2, A, B)), everybody(A, B, most=1))
    assert solve(problem).cost.lacking == 2


def test_a_full_case_comes_before_even_loads() -> None:
    problem = Problem((case(1, A, B), case(2, A)), (Person(A, 5, 9), Person(B, 0, 9)))
    assert solve(problem).plan == {1: {A, B}, 2: {A}}


def test_who_worked_together_last_is_taken_apart() -> None:
    problem = Problem((case(1, A, B, C),), everybody(A, B, C), frozenset({frozenset({A, B})}))
    assert C in solve(problem).plan[1]


def test_a_pair_works_together_once_in_a_batch() -> None:
    cases = (case(1, A, B, C, D), case(2, A, B, C, D), case(3, A, B, C, D))
    plan = solve(Problem(cases, everybody(A, B, C, D))).plan
    assert len(set(plan.values())) == 3


def test_a_pair_works_together_again_where_there_is_nobody_else() -> None:
    solution = solve(Problem((case(1, A, B), case(2, A, B)), everybody(A, B)))
    assert solution.cost == Cost(lacking=0, repeats=1, burden=6, journeys=0)


def test_uneven_loads_weigh_less_than_a_pair_together_again() -> None:
    """Nobody to change places with: only weighing up whole teams finds it."""
    cases = case(1, A, B, C), case(2, A, B, C)
    solution = solve(Problem(cases, (Person(A, 0, 9), Person(B, 0, 9), Person(C, 5, 9))))
    assert solution.cost == Cost(lacking=0, repeats=0, burden=10, journeys=0)
    assert solution.is_best


def test_whoever_is_there_already_counts_as_a_colleague() -> None:
    met = frozenset({frozenset({A, B})})
    waiting = case(1, B, C, places=1, present=frozenset({A}))
    assert solve(Problem((waiting,), everybody(A, B, C), met)).plan == {1: {C}}


def test_the_near_ones_go_where_a_visit_is_likely() -> None:
    cases = (
        case(1, A, B, C, D, far=frozenset({C, D})),
        case(2, A, B, C, D, far=frozenset({A, B})),
    )
    assert solve(Problem(cases, everybody(A, B, C, D))).plan == {1: {A, B}, 2: {C, D}}


def test_a_season_is_planned_and_proven_best() -> None:
    problem = season(200, 40)
    solution = solve(problem)
    assert is_allowed(problem, solution.plan)
    assert (solution.cost.lacking, solution.cost.repeats) == (0, 0)
    assert solution.is_best


def test_few_people_and_many_cases_are_proven_best_by_counting() -> None:
    """Eight people make 28 pairs: what is above that must be together again."""
    solution = solve(season(60, 8))
    assert solution.cost.repeats == 60 + 8 - 28
    assert solution.is_best


def test_a_long_journey_weighs_less_than_a_pair_together_again() -> None:
    """The exchanges find it too, where the batch is too large for anything else."""
    far = frozenset({C, D})
    cases = (case(1, A, B, C, D, far=far), case(2, A, B, C, D, far=far))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "TEAMS", 0)
        solution = solve(Problem(cases, everybody(A, B, C, D, most=1)))
    assert solution.cost == Cost(lacking=0, repeats=0, burden=4, journeys=2)
