"""Saying that an answer taken over still holds."""

import pytest

from certification import clock
from certification.applications import services
from certification.applications.models import Application
from certification.applications.reading import Progress, missing, rows_of
from certification.applications.states import EDITABLE, State
from certification.audit.models import Event
from certification.errors import CannotDo, TransitionNotAllowed
from tests.applications.renewal.factories import open_renewal
from tests.factories import level

from .doing import criterion

pytestmark = pytest.mark.django_db


def to_confirm(application):
    return [row.criterion.code for row in missing(application).unconfirmed]


def rewrite(application, code, text="Piszemy to od nowa."):
    answer = application.answers.get(criterion__code=code)
    return services.save_answer(
        application,
        criterion(application, code),
        by=application.opened_by,
        self_rating=answer.self_rating,
        text=text,
        expected_version=answer.version,
    )


def test_a_renewal_waits_to_be_confirmed():
    renewal = open_renewal()
    assert to_confirm(renewal) == ["A1.1", "A1.2", "A2.1", "B1.1"]
    assert {row.progress for row in rows_of(renewal)} == {Progress.CARRIED}
    with pytest.raises(CannotDo, match="B1.1"):
        services.submit(renewal, by=renewal.opened_by, declared=True)


def test_confirming_and_writing_anew_make_it_ready():
    renewal = open_renewal()
    rewrite(renewal, "A1.1")
    rest = renewal.criteria().exclude(code="A1.1")

    codes = services.confirm_answers(renewal, by=renewal.opened_by, criteria=rest)

    assert codes == ["A1.2", "A2.1", "B1.1"]
    assert to_confirm(renewal) == []
    carried = renewal.answers.get(criterion__code="B1.1").carried
    assert (carried.confirmed_by, carried.confirmed_at <= clock.now()) == (renewal.opened_by, True)
    assert services.submit(renewal, by=renewal.opened_by, declared=True).state == State.SUBMITTED


def test_confirming_leaves_one_event_and_a_second_click_none():
    renewal = open_renewal()
    for _click in range(2):
        services.confirm_answers(renewal, by=renewal.opened_by, criteria=renewal.criteria()[:2])
    events = Event.objects.of_case(renewal).filter(verb="applications.confirm_answers")
    assert [event.facts["criteria"] for event in events] == ["A1.1, A1.2"]


def test_what_was_written_anew_is_not_confirmed():
    renewal = open_renewal()
    rewrite(renewal, "A1.1")
    services.confirm_answers(renewal, by=renewal.opened_by, criteria=renewal.criteria())
    assert not renewal.answers.get(criterion__code="A1.1").carried.is_confirmed


def test_an_answer_without_a_rating_cannot_be_confirmed():
    renewal = open_renewal()
    renewal.answers.filter(criterion__code="A1.1").update(self_rating=None)
    assert [row.criterion.code for row in missing(renewal).unanswered] == ["A1.1"]
    with pytest.raises(CannotDo, match="A1.1"):
        services.confirm_answers(renewal, by=renewal.opened_by, criteria=renewal.criteria())
    assert to_confirm(renewal) == ["A1.2", "A2.1", "B1.1"]


@pytest.mark.parametrize("state", [each for each in State if each not in EDITABLE])
def test_nothing_is_confirmed_once_it_is_submitted(state):
    renewal = open_renewal()
    Application.objects.filter(pk=renewal.pk).update(
        state=state, number="X", submitted_by=renewal.opened_by, submitted_at=clock.now()
    )
    with pytest.raises(TransitionNotAllowed):
        services.confirm_answers(renewal, by=renewal.opened_by, criteria=renewal.criteria())


def test_an_answer_begun_from_nothing_is_never_to_be_confirmed():
    renewal = open_renewal()
    renewal.answers.filter(criterion__code="A1.1").delete()
    services.save_answer(
        renewal,
        criterion(renewal),
        by=renewal.opened_by,
        self_rating=level(renewal.standard_set, 2),
        text="Nowa.",
        expected_version=0,
    )
    assert to_confirm(renewal) == ["A1.2", "A2.1", "B1.1"]
