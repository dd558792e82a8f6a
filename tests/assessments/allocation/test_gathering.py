"""Which facts of a batch are found, and what they forbid or speak against."""

from datetime import timedelta
from typing import Any

import pytest

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.applications.states import State
from certification.assessments.allocation import gathering
from certification.assessments.allocation.gathering import Assessor, Batch, gather
from certification.assessments.allocation.planning import first_draft, problem_of, propose
from certification.assessments.services import end_assignment
from certification.visits.states import State as VisitState
from institutions.models import User
from institutions.states import Role
from tests.applications.factories import make_call
from tests.assessments.factories import (
    make_assessment,
    make_assignment,
    make_case,
    make_profile,
    submit,
)
from tests.factories import days_from_today, make_institution, make_member, make_user
from tests.visits.factories import make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


@pytest.fixture
def assessor() -> User:
    return make_user(Role.ASSESSOR)


def gathered(reader: User, days: int = 30, **options: Any) -> Batch:
    return gather(reader, due_on=days_from_today(days), **options)


def test_cases_that_lack_assessors_are_gathered(office: User) -> None:
    none, one, full = make_case(), make_case(), make_case()
    present = make_assignment(one).assessor
    for _ in range(2):
        make_assignment(full)
    make_case(State.COMMITTEE)
    batch = gathered(office)
    assert {key: case.places for key, case in batch.cases.items()} == {none.pk: 2, one.pk: 1}
    assert batch.cases[one.pk].present == (present,)


def test_those_that_wait_longest_come_first(office: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "AT_ONCE", 2)
    first, second = make_case(), make_case()
    assert not gathered(office).has_more
    earlier = make_case(state_since=clock.now() - timedelta(days=9))
    batch = gathered(office)
    assert (set(batch.cases), batch.has_more) == ({earlier.pk, first.pk}, True)
    assert second.pk not in batch.cases


def test_the_cases_of_one_call_alone(office: User) -> None:
    call = make_call()
    of_call = make_case(call=call)
    make_case()
    assert list(gathered(office, call=call).cases) == [of_call.pk]


def test_a_case_with_a_conflict_of_the_reader_is_not_gathered(office: User) -> None:
    case = make_case()
    make_member(case.institution, user=office)
    assert gathered(office).cases == {}


def test_an_assessor_is_described(office: User, assessor: User) -> None:
    since, until = days_from_today(40), days_from_today(60)
    make_profile(assessor, "18", "06", most_at_once=3, away_from=since, away_until=until)
    make_assignment(make_case(), assessor)
    make_assignment(make_case(), assessor, declared=False)
    submit(make_assessment(make_case(State.CERTIFIED), assessor=assessor))
    institution = make_institution(name="Dom Kultury w Przykładowie")
    make_member(institution, user=assessor)
    found = gathered(office).assessors[assessor.pk]
    assert found == Assessor(
        user=assessor,
        load=2,
        past=1,
        most=3,
        regions=frozenset({"18", "06"}),
        away_from=since,
        away_until=until,
        interests=("Dom Kultury w Przykładowie",),
    )


def test_without_a_profile_nothing_is_known_of_regions(office: User, assessor: User) -> None:
    assert gathered(office).assessors[assessor.pk] == Assessor(user=assessor)


def test_whoever_still_judges_does_not_see_the_other_submit(assessor: User) -> None:
    """The load of the other assessor is what it was, until the reader has submitted."""
    reader = make_user(Role.OFFICE, Role.ASSESSOR)
    case = make_case()
    mine, other = make_assessment(case, assessor=reader), make_assessment(case, assessor=assessor)
    before = gathered(reader).assessors[assessor.pk]
    submit(other)
    assert gathered(reader).assessors[assessor.pk] == before
    submit(mine)
    seen = gathered(reader).assessors[assessor.pk]
    assert (seen.load, seen.past) == (0, 1)


# --- what speaks against -----------------------------------------------------------------------


def test_a_conflict_bars_and_so_does_having_the_case(office: User, assessor: User) -> None:
    case = make_case()
    make_member(case.institution, user=assessor)
    present = make_assignment(case).assessor
    batch = gathered(office)
    assert batch.bars.keys() == {(case.pk, assessor.pk), (case.pk, present.pk)}
    assert batch.against(case.pk, assessor.pk) == ["działa lub działał(a) w tej instytucji"]


def test_whoever_assessed_the_institution_last_is_not_proposed(
    office: User, assessor: User
) -> None:
    institution = make_institution()
    long_ago = make_assignment(make_case(State.CERTIFIED, institution=institution)).assessor
    make_assignment(make_case(State.CERTIFIED, institution=institution), assessor)
    case = make_case(institution=institution)
    batch = gathered(office)
    assert batch.against(case.pk, assessor.pk) == [
        "poprzedni wniosek tej instytucji oceniała ta osoba"
    ]
    assert batch.against(case.pk, long_ago.pk) == []


def test_a_conflict_declared_in_an_earlier_case_speaks_against(
    office: User, assessor: User
) -> None:
    institution = make_institution()
    earlier = make_case(State.CERTIFIED, institution=institution)
    ConflictDeclaration.objects.create(
        application=earlier, user=assessor, ground="family", declared_by=assessor
    )
    case = make_case(institution=institution)
    batch = gathered(office)
    assert len(batch.against(case.pk, assessor.pk)) == 1
    assert batch.assessors[assessor.pk].interests == (institution.name,)
    assert (case.pk, assessor.pk) not in batch.bars


def test_whoever_gave_the_case_back_is_not_proposed(office: User) -> None:
    assignment = make_assignment(make_case())
    end_assignment(assignment, by=office, reason="Choroba.")
    against = gathered(office).against(assignment.application_id, assignment.assessor_id)
    assert against == ["ta osoba miała już tę sprawę (Choroba.)"]


def test_whoever_still_judges_does_not_read_why_another_left(assessor: User) -> None:
    reader = make_user(Role.OFFICE, Role.ASSESSOR)
    case = make_case()
    left = make_assignment(case, assessor)
    mine = make_assessment(case, assessor=reader)
    end_assignment(left, by=make_user(Role.OFFICE), reason="Kanarek.")
    assert gathered(reader).against(case.pk, assessor.pk) == ["ta osoba miała już tę sprawę"]
    submit(mine)
    assert "Kanarek" in gathered(reader).against(case.pk, assessor.pk)[0]


@pytest.mark.parametrize(
    ("away", "days", "expected"),
    [
        ((-5, 16), 30, False),  # fourteen days are left
        ((-5, 17), 30, True),
        ((10, 25), 30, False),
        ((10, 27), 30, True),
        ((31, 60), 30, False),
        ((-9, -1), 30, False),
        ((2, 2), 5, True),  # a short deadline asks for all its days
        ((6, 9), 5, False),
    ],
)
def test_who_is_away_for_too_long_is_not_proposed(
    away: tuple[int, int], days: int, expected: bool, office: User, assessor: User
) -> None:
    since, until = (days_from_today(each) for each in away)
    make_profile(assessor, away_from=since, away_until=until)
    case = make_case()
    assert bool(gathered(office, days).against(case.pk, assessor.pk)) == expected


def test_pairs_of_the_last_case_have_met(office: User) -> None:
    first, second, third = (make_user(Role.ASSESSOR) for _ in range(3))
    for day, pair in ((3, (first, third)), (2, (first, second))):
        case = make_case(State.CERTIFIED)
        for person in pair:
            at = clock.now() - timedelta(days=day)
            make_assignment(case, person, assigned_at=at)
    # it was the last case of the third, who has had none since
    expected = {frozenset({first.pk, second.pk}), frozenset({first.pk, third.pk})}
    assert gathered(office).met == expected


@pytest.mark.parametrize("count", [1, 4])
def test_many_are_gathered_by_as_many_queries_as_one(
    count: int, office: User, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        make_assignment(make_case(), assessor := make_user(Role.ASSESSOR))
        make_profile(assessor, "02", "04")
        make_assignment(make_case(State.CERTIFIED), assessor)
    office.has_role(Role.OFFICE)  # read once a request
    with django_assert_num_queries(23):
        gathered(office)


# --- the proposal --------------------------------------------------------------------------


def test_the_proposal_keeps_conflicts_limits_and_what_was_chosen(office: User) -> None:
    case, other = make_case(), make_case()
    busy, member, free, kept = (make_user(Role.ASSESSOR) for _ in range(4))
    make_profile(busy, most_at_once=0)
    make_member(case.institution, user=member)
    batch = gathered(office)
    draft = first_draft(batch)
    draft[other.pk] = type(draft[other.pk])(people=(kept.pk,), is_kept=True)
    found, solution = propose(batch, draft)
    assert set(found[case.pk].people) == {free.pk, kept.pk}
    assert found[other.pk].people[0] == kept.pk
    assert set(found[other.pk].people) & {busy.pk} == set()
    assert solution.is_best


def test_a_first_application_is_likely_to_be_visited(office: User, assessor: User) -> None:
    first = make_case(institution=make_institution(voivodeship="12"))
    earlier = make_case(State.CERTIFIED)
    renewal = make_case(institution=earlier.institution, renews=earlier)
    near = make_user(Role.ASSESSOR)
    make_profile(near, "12")
    batch = gathered(office)
    draft = first_draft(batch)
    assert (draft[first.pk].visit, draft[renewal.pk].visit) == (True, False)
    far = {case.key: case.far for case in problem_of(batch, draft).cases}
    assert far == {first.pk: {assessor.pk}, renewal.pk: frozenset()}


@pytest.mark.parametrize(
    ("states", "is_likely"),
    [
        ([VisitState.PROPOSED], True),
        ([VisitState.COUNTERED], True),
        ([VisitState.AGREED], True),
        ([VisitState.HELD], False),
        ([VisitState.CONFIRMED], False),
        ([VisitState.CONFIRMED, VisitState.AGREED], True),
    ],
)
def test_what_is_known_of_visits_says_whether_one_is_likely(
    states: list[VisitState], is_likely: bool, office: User
) -> None:
    first, earlier = make_case(), make_case(State.CERTIFIED)
    renewal = make_case(institution=earlier.institution, renews=earlier)
    for state in states:
        for case in (first, renewal):
            make_visit(case, state, team=[])
    draft = first_draft(gathered(office))
    assert (draft[first.pk].visit, draft[renewal.pk].visit) == (is_likely, is_likely)


def test_a_visit_that_was_called_off_says_nothing(office: User) -> None:
    first, earlier = make_case(), make_case(State.CERTIFIED)
    renewal = make_case(institution=earlier.institution, renews=earlier)
    for case in (first, renewal):
        make_visit(case, VisitState.CANCELLED, team=[])
    draft = first_draft(gathered(office))
    assert (draft[first.pk].visit, draft[renewal.pk].visit) == (True, False)
