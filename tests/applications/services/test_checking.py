"""Asking for completion, and completing."""

from datetime import timedelta

import pytest

from certification import clock
from certification.applications import services
from certification.applications.states import State, Verb
from certification.errors import CannotDo
from institutions.states import Role
from tests.applications.factories import in_state
from tests.factories import (
    level,
    make_standard_set,
    make_user,
)

from .doing import criterion, do, verbs_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked_in", [State.FORMAL_CHECK, State.ASSESSMENT])
def test_completion_goes_back_to_where_it_was_asked(asked_in):
    application = in_state(asked_in)
    request = do(Verb.REQUEST_COMPLETION, application)
    services.save_answer(
        application,
        criterion(application),
        by=application.opened_by,
        self_rating=level(application.standard_set, 2),
        text="Dopisane.",
        expected_version=1,
    )

    services.complete(application, by=application.opened_by)

    request.refresh_from_db()
    assert application.state == asked_in
    assert (request.answered_by, request.answered_at is None) == (application.opened_by, False)
    newest = application.dossiers.last()
    assert newest.number == 2
    assert newest.contents["answers"][0]["text"] == "Dopisane."
    assert verbs_of(application) == [
        "applications.request_completion",
        "applications.save_answer",
        "applications.complete",
    ]


def test_completion_can_be_asked_for_again():
    application = in_state(State.FORMAL_CHECK)

    for number in (2, 3):
        do(Verb.REQUEST_COMPLETION, application)
        services.complete(application, by=application.opened_by)
        assert application.dossiers.last().number == number


def test_complete_while_something_is_missing():
    application = in_state(State.COMPLETION)
    application.answers.filter(criterion__code="A1.1").update(text="")

    with pytest.raises(CannotDo, match="A1.1"):
        services.complete(application, by=application.opened_by)


@pytest.mark.parametrize(
    "wrong",
    [{"reason": "  "}, {"criteria": []}, {"deadline": 0}, {"deadline": -1}],
    ids=["no reason", "no criterion", "today", "yesterday"],
)
def test_request_completion_refused(wrong):
    application = in_state(State.FORMAL_CHECK)
    days = wrong.pop("deadline", 14)
    given = {
        "reason": "Brakuje umowy.",
        "criteria": [criterion(application)],
        "deadline": clock.today() + timedelta(days=days),
    } | wrong

    with pytest.raises(CannotDo):
        services.request_completion(application, by=make_user(Role.OFFICE), **given)

    application.refresh_from_db()
    assert application.state == State.FORMAL_CHECK
    assert application.completion_requests.count() == 0


def test_request_completion_of_a_foreign_criterion():
    application = in_state(State.FORMAL_CHECK)
    alien = make_standard_set().areas.first().standards.first().criteria.first()

    with pytest.raises(CannotDo):
        services.request_completion(
            application,
            by=make_user(Role.OFFICE),
            reason="x",
            criteria=[alien],
            deadline=clock.today() + timedelta(days=1),
        )
