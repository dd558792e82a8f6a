"""Cases that lie. Rows are written straight, as in tests/factories.py."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime

from certification import clock
from certification.applications.models import Application, CompletionRequest
from certification.applications.states import State
from certification.assessments.models import Assessment, ConsolidatedCard
from certification.followup.states import WAITS, Stage
from certification.working_days import add_working_days
from tests.assessments.factories import make_assignment, make_card, make_case
from tests.factories import days_from_today


def ago(days: int) -> Any:
    return localtime(clock.now()) - timedelta(days=days)  # the same hour, whatever the season


def make_waiting(stage: Stage, days: int, **fields: Any) -> Application:
    """A case that has been waiting in that way for so many days."""
    case: Application = _MAKE[stage](days, **fields)
    return case


def make_stuck(stage: Stage = Stage.SUBMITTED, over: int = 1, **fields: Any) -> Application:
    """A case that is so many days past the limit which the project proposes."""
    return make_waiting(stage, WAITS[stage].days + over, **fields)


def _standing(state: State) -> Any:
    def make(days: int, **fields: Any) -> Application:
        return make_case(state, state_since=ago(days), **fields)

    return make


def _completion(days: int, *, deadline_in: int | None = None, **fields: Any) -> Application:
    case = make_case(State.COMPLETION, state_since=ago(days + 30), **fields)
    CompletionRequest.objects.create(
        application=case,
        asked_in=State.FORMAL_CHECK,
        deadline=_graced_until(days) if deadline_in is None else days_from_today(deadline_in),
        asked_by=case.opened_by,
        asked_at=ago(days + 30),
    )
    return case


def _graced_until(days: int) -> date:
    """The last deadline whose days of grace ended so many days ago, or more."""
    ended, deadline = days_from_today(-days), days_from_today(-days)
    while add_working_days(deadline, settings.COMPLETION_GRACE_WORKING_DAYS) > ended:
        deadline -= timedelta(days=1)
    return deadline


def _time_asked(days: int, **fields: Any) -> Application:
    case = _completion(0, deadline_in=60, **fields)
    case.completion_requests.get().extensions.create(
        wish="Urlop.",
        asked_by=case.opened_by,
        asked_at=ago(days),
        deadline_before=days_from_today(60),
    )
    return case


def _undeclared(days: int, **fields: Any) -> Application:
    case = make_case(state_since=ago(days + 5), **fields)
    _assign(case, days, declared=False)
    _assign(case, days, declared=False)
    return case


def _unrated(days: int, **fields: Any) -> Application:
    case = make_case(state_since=ago(abs(days) + 60), **fields)
    for _each in range(2):
        _assign(case, abs(days) + 30, due_on=days_from_today(-days))
    return case


def _more_time(days: int, **fields: Any) -> Application:
    case = _unrated(-60, **fields)
    assignment = case.assignments.order_by("pk")[0]
    assignment.more_time.create(
        wish="Choroba.",
        asked_by=assignment.assessor,
        asked_at=ago(days),
        due_before=assignment.due_on,
    )
    return case


def _unopened(days: int, **fields: Any) -> Application:
    case = make_case(state_since=ago(days + 60), **fields)
    for _each in range(2):
        mine = Assessment.objects.filter(assignment=_assign(case, days + 30))
        mine.update(submitted_at=ago(days))
    return case


def _unsettled(days: int, **fields: Any) -> Application:
    case = make_case(state_since=ago(days + 60), **fields)
    card = make_card(case)
    ConsolidatedCard.objects.filter(pk=card.pk).update(opened_at=ago(days))
    return case


def _assign(case: Application, days: int, **fields: Any) -> Any:
    return make_assignment(case, assigned_at=ago(days), **fields)


_MAKE = {
    Stage.SUBMITTED: _standing(State.SUBMITTED),
    Stage.FORMAL_CHECK: _standing(State.FORMAL_CHECK),
    Stage.TIME_ASKED: _time_asked,
    Stage.OVERDUE: _completion,
    Stage.UNASSIGNED: _standing(State.ASSESSMENT),
    Stage.UNDECLARED: _undeclared,
    Stage.MORE_TIME: _more_time,
    Stage.UNRATED: _unrated,
    Stage.UNOPENED: _unopened,
    Stage.UNSETTLED: _unsettled,
    Stage.COMMITTEE: _standing(State.COMMITTEE),
    Stage.BOARD: _standing(State.BOARD),
}
