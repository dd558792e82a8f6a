"""Every verb from every state."""

import pytest

from certification import clock
from certification.applications import services
from certification.applications.models import Application
from certification.applications.states import TRANSITIONS, State, Verb
from certification.audit.models import Event
from certification.errors import TransitionNotAllowed
from tests.applications.factories import in_state
from tests.factories import (
    make_evidence,
)

from .doing import OURS, criterion, do, verbs_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", OURS)
def test_verb_in_state(verb, state):
    application = in_state(state)
    before = Event.objects.count()

    if state in TRANSITIONS[verb].sources:
        do(verb, application)
        application.refresh_from_db()
        assert application.state in TRANSITIONS[verb].targets
        assert [event.verb for event in Event.objects.all()[before:]] == [str(verb)]
    else:
        with pytest.raises(TransitionNotAllowed):
            do(verb, application)
        application.refresh_from_db()
        assert application.state == state
        assert Event.objects.count() == before


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", TRANSITIONS)
def test_move_in_state(verb, state):
    application = in_state(state)
    if state == State.DRAFT:  # what submit() writes before it moves
        by, now = application.opened_by, clock.now()
        Application.objects.update(number="CAL/W/1/2000", submitted_by=by, submitted_at=now)
    target = next(iter(TRANSITIONS[verb].targets))

    if state in TRANSITIONS[verb].sources:
        moved = services.move(application, verb, by=application.opened_by, to=target)
        assert moved.state == target
        assert verbs_of(application) == [str(verb)]
    else:
        with pytest.raises(TransitionNotAllowed):
            services.move(application, verb, by=application.opened_by, to=target)
        assert verbs_of(application) == []


def test_move_to_a_target_the_verb_does_not_have():
    application = in_state(State.SUBMITTED)

    with pytest.raises(TransitionNotAllowed):
        services.move(application, Verb.TAKE_UP, by=application.opened_by, to=State.CERTIFIED)


@pytest.mark.parametrize("state", State)
def test_writing_in_state(state):
    application = in_state(state)
    first = criterion(application)
    answer = application.answers.get(criterion=first)
    write = {
        "by": application.opened_by,
        "self_rating": answer.self_rating,
        "text": "Nowy tekst.",
        "expected_version": 1,
    }

    if state in {State.DRAFT, State.COMPLETION}:
        assert services.save_answer(application, first, **write).text == "Nowy tekst."
    else:
        with pytest.raises(TransitionNotAllowed):
            services.save_answer(application, first, **write)
        revision = make_evidence(application.institution)
        with pytest.raises(TransitionNotAllowed):
            services.cite(application, first, revision, by=application.opened_by)
        answer.refresh_from_db()
        assert answer.text == "Odpowiedź na A1.1."
