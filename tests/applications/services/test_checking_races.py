"""Two clerks at the same moment; only a database with row locks can show it."""

import pytest
from django.db import connection

from certification.applications import services
from certification.applications.asking import Wish
from certification.applications.models import Application, CheckedPoint
from certification.applications.states import Result, State
from certification.errors import Stale, TransitionNotAllowed
from institutions.states import Role
from tests.applications.factories import ask, in_state, make_call
from tests.factories import days_from_today, make_application, make_user

from .doing import criterion
from .test_races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="shows row locks"),
]


def test_a_point_saved_at_once_keeps_the_first():
    application, office = make_application(State.FORMAL_CHECK), make_user(Role.OFFICE)

    def save(turn):
        return services.save_point(
            application, "request", by=office, result=Result.UNMET, note=f"Uwaga {turn}."
        ).note

    results = at_once(save)

    assert results.count(Stale) == 7
    assert CheckedPoint.objects.get().note in results
    assert application.formal_checks.count() == 1


@pytest.mark.parametrize("verb", ["accept", "ask"])
def test_a_check_ends_once(verb):
    application, office = in_state(State.FORMAL_CHECK), make_user(Role.OFFICE)
    wish = Wish("Brakuje umowy.", criterion(application))

    def end(_turn):
        mine = Application.objects.get(pk=application.pk)
        if verb == "accept":
            return services.accept(mine, by=office).state
        return services.request_completion(mine, by=office, items=[wish]).asked_in

    results = at_once(end)

    assert results.count(TransitionNotAllowed) == 7
    assert application.formal_checks.get().is_concluded


def test_lapsing_and_completing_at_once_do_one_of_the_two():
    application, office = make_application(State.COMPLETION), make_user(Role.OFFICE)
    ask(application, deadline=days_from_today(-60))

    def end(turn):
        mine = Application.objects.get(pk=application.pk)
        if turn % 2:
            return services.lapse(mine, by=office).state
        return services.complete(mine, by=application.opened_by).state

    results = at_once(end)

    application.refresh_from_db()
    assert results.count(TransitionNotAllowed) == 7
    assert application.state in results


def test_a_call_is_closed_once():
    call, office = make_call(), make_user(Role.OFFICE)

    results = at_once(lambda turn: services.close_call(call, by=office, reason=f"{turn}").pk)

    assert results.count(TransitionNotAllowed) == 7
