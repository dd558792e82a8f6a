"""A case that lies too long is found, whatever it waits for, and shown to the right eyes."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from certification import clock
from certification.applications.models import Application, CompletionRequest, ConflictDeclaration
from certification.applications.states import ENDED, State
from certification.assessments.overview import lacking_assessors
from certification.followup.models import Limit, Reminder
from certification.followup.services import set_limits
from certification.followup.states import WAITS, Stage
from certification.followup.stuck import WAITING, stuck_cases, stuck_for
from institutions.states import Role
from tests.assessments.factories import make_assessment, make_assignment, submit
from tests.factories import days_from_today, make_application, make_user

from .factories import ago, make_stuck, make_waiting

pytestmark = pytest.mark.django_db


def clock_at_day(days: int) -> Any:
    return clock.set_to(clock.now() + timedelta(days=days))


@pytest.mark.parametrize("stage", Stage)
def test_case_lies_from_the_day_after_its_limit(stage: Stage) -> None:
    case = make_waiting(stage, WAITS[stage].days)
    assert stuck_cases() == []
    with clock_at_day(1):
        (stuck,) = stuck_cases()
    assert (stuck.application, stuck.stage, stuck.over, stuck.turn) == (case, stage, 1, 1)


def test_every_state_under_way_is_watched_except_a_draft() -> None:
    assert set(WAITING) == set(State) - ENDED - {State.DRAFT}


@pytest.mark.parametrize("state", [State.DRAFT, *sorted(ENDED)])
def test_what_waits_for_nobody_here_never_lies(state: State) -> None:
    make_application(state, state_since=ago(300))
    assert stuck_cases() == []


def test_completion_in_time_does_not_lie() -> None:
    make_waiting(Stage.OVERDUE, 0, deadline_in=10)
    assert stuck_cases() == []


def test_completion_in_its_days_of_grace_does_not_lie() -> None:
    case = make_waiting(Stage.OVERDUE, WAITS[Stage.OVERDUE].days + 1)
    graced = case.completion_requests.get().grace_until
    assert [(one.stage, one.since) for one in stuck_cases()] == [(Stage.OVERDUE, graced)]
    in_grace = datetime.combine(graced, time(12), tzinfo=UTC)
    with clock.set_to(in_grace):
        assert stuck_cases() == []


@pytest.mark.parametrize("stage", [Stage.TIME_ASKED, Stage.MORE_TIME])
def test_whoever_asked_for_more_time_is_not_late_until_answered(stage: Stage) -> None:
    case = make_stuck(stage)
    CompletionRequest.objects.update(deadline=days_from_today(-60))
    case.assignments.filter(more_time__isnull=False).update(due_on=days_from_today(-60))
    assert [one.stage for one in stuck_cases()] == [stage]


def test_who_has_signed_a_card_is_not_waited_for() -> None:
    case = make_stuck(Stage.UNSETTLED)
    first, second = case.card.signers()
    case.card.signatures.create(signed_by=first)
    assert [one.people for one in stuck_cases()] == [(second,)]


def test_assessors_are_wanted_by_one_rule_in_every_list() -> None:
    """Two people, of whom one takes a part: it is places that count, and not people."""
    case = make_stuck(Stage.UNASSIGNED)
    first, *rest = [each.code for each in case.criteria()]
    office = make_user(Role.OFFICE)
    wanted = []
    for codes in ([], [first], rest):
        make_assignment(case, codes=codes, assigned_at=clock.now())
        wanted.append([one.stage for one in stuck_cases()])
        assert list(lacking_assessors(office)) == ([case] if wanted[-1] else [])
    assert wanted == [[Stage.UNASSIGNED], [Stage.UNASSIGNED], []]


def test_the_wait_furthest_past_its_limit_counts() -> None:
    case = make_stuck(Stage.UNRATED, over=3)
    late = make_assignment(case, declared=False, assigned_at=ago(40))
    (stuck,) = stuck_cases()
    assert (stuck.stage, stuck.people) == (Stage.UNDECLARED, (late.assessor,))


def test_turns_grow_by_period() -> None:
    make_stuck(Stage.SUBMITTED, over=1)
    turns = []
    for days in (0, 6, 7, 14):
        with clock_at_day(days):
            turns.append(stuck_cases()[0].turn)
    assert turns == [1, 1, 2, 3]


def test_limits_that_were_set_hold_instead_of_the_proposed() -> None:
    make_waiting(Stage.SUBMITTED, 3)
    board = make_user(Role.RESPONSIBLE_BOARD_MEMBER)
    assert set_limits({Stage.SUBMITTED: (2, 5)}, by=board) == 1
    assert set_limits({Stage.SUBMITTED: (2, 5)}, by=board) == 0
    assert [(one.limit, one.again, one.over) for one in stuck_cases()] == [(2, 5, 1)]


@pytest.mark.parametrize("days", [0, 366])
def test_limit_is_from_a_day_to_a_year(days: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Limit.objects.create(stage=Stage.BOARD, days=days, again=1, set_by=make_user())


def test_a_reminder_is_written_once() -> None:
    case = make_stuck()
    written = {"application": case, "stage": Stage.SUBMITTED, "since": clock.today(), "turn": 1}
    Reminder.objects.create(**written, people=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(**written, people=1)


# --- whose eyes ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICE, Role.RESPONSIBLE_BOARD_MEMBER])
def test_conflict_of_interest_hides_a_case(role: Role) -> None:
    case, user = make_stuck(), make_user(role)
    assert [one.application for one in stuck_for(user)] == [case]
    ConflictDeclaration.objects.create(
        application=case, user=user, ground="other", declared_by=user
    )
    assert stuck_for(user) == []


def test_who_still_judges_the_case_does_not_learn_what_it_waits_for() -> None:
    both = make_user(Role.OFFICE, Role.ASSESSOR)
    case = make_stuck(Stage.UNASSIGNED)
    mine = make_assessment(case, assessor=both)
    assert stuck_for(both) == []
    assert [one.application for one in stuck_for(make_user(Role.OFFICE))] == [case]
    submit(mine)
    assert [one.application for one in stuck_for(both)] == [case]


def test_queries_do_not_grow_with_cases(django_assert_num_queries: Any) -> None:
    office = make_user(Role.OFFICE)
    for number in (1, 3):
        while Application.objects.count() < number:
            make_stuck(Stage.UNRATED)
        stuck_cases()  # an edition is read once a process
        fresh = type(office).objects.get(pk=office.pk)
        with django_assert_num_queries(9):
            assert [one.reminders for one in stuck_for(fresh)] == [[]] * number
