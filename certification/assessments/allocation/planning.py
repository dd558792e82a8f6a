"""What the office has chosen so far, what the program proposes for the rest, and what is wrong."""

from collections import Counter
from dataclasses import dataclass, replace

from .gathering import Batch
from .problem import Case, Person, Problem
from .solving import Solution, solve


@dataclass(frozen=True)
class Choice:
    """What stands in the row of one case: the people chosen beside those it has.

    `is_kept`: a computation leaves it alone; `is_left_out`: nobody is put to the case today.
    """

    people: tuple[int, ...] = ()
    is_kept: bool = False
    is_left_out: bool = False
    visit: bool = False

    @property
    def given(self) -> tuple[int, ...]:
        return () if self.is_left_out else self.people


Draft = dict[int, Choice]


def first_draft(batch: Batch) -> Draft:
    """Nobody chosen."""
    return {key: Choice(visit=key in batch.visits) for key in batch.cases}


def problem_of(batch: Batch, draft: Draft) -> Problem:
    """The question that is left: what is kept counts as given."""
    kept = {
        key: choice.people if choice.is_kept else ()
        for key, choice in draft.items()
        if not choice.is_left_out
    }
    given = Counter(person for people in kept.values() for person in people)
    cases = []
    for key, people in kept.items():
        case = batch.cases[key]
        free = frozenset(one for one in batch.assessors if not batch.against(key, one))
        region = case.application.institution.voivodeship
        near = {one.user.pk for one in batch.assessors.values() if region in one.regions}
        cases.append(
            Case(
                key=key,
                places=max(case.places - len(people), 0),
                free=free,
                present=frozenset([user.pk for user in case.present]) | frozenset(people),
                far=free - near if draft[key].visit else frozenset(),
            )
        )
    people_left = tuple(
        Person(key, one.load + given[key], one.most) for key, one in batch.assessors.items()
    )
    return Problem(tuple(cases), people_left, batch.met)


def propose(batch: Batch, draft: Draft) -> tuple[Draft, Solution]:
    """The draft with the best plan for every place that is not kept or left out."""
    solution = solve(problem_of(batch, draft))
    found = {}
    for key, choice in draft.items():
        if choice.is_left_out:
            found[key] = choice
            continue
        kept = choice.people if choice.is_kept else ()
        added = sorted(solution.plan.get(key, frozenset()))
        found[key] = replace(choice, people=(*kept, *added), is_kept=bool(kept))
    return found, solution
