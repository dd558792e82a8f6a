from datetime import timedelta

import pytest

from certification import clock
from certification.applications.states import State
from certification.applications.states import Verb as ApplicationVerb
from certification.audit.models import Event
from certification.decisions.models import Decision, Reason, Resolution
from certification.decisions.services import adopt_resolution, grant, refuse
from certification.decisions.states import Outcome, Verb
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.states import Role
from tests.factories import days_from_today, make_application, make_user

from .factories import make_card, make_case, make_decision

pytestmark = pytest.mark.django_db


def criterion(application, code):
    return application.criteria().get(code=code)


def test_grant_sends_the_case_to_the_board():
    application, chair = make_case(), make_user(Role.COMMITTEE_CHAIR)

    decision = grant(application, by=chair, session_on=clock.today(), justification=" Tak. ")

    assert (application.state, decision.outcome) == (State.BOARD, Outcome.GRANTED)
    assert (decision.justification, decision.decided_by) == ("Tak.", chair)
    assert Event.objects.of_case(application).last().verb == ApplicationVerb.GRANT


def test_refuse_keeps_a_reason_for_each_unmet_criterion():
    application = make_case(unmet={"A1_2": 0, "B1_1": 1})
    reasons = {
        criterion(application, "A1.2"): "Brak mapy.",
        criterion(application, "B1.1"): "Nikt.",
    }

    decision = refuse(
        application,
        by=make_user(),
        session_on=clock.today(),
        justification="Dwa kryteria.",
        reasons=reasons,
    )

    assert application.state == State.REFUSED
    kept = [(reason.criterion.code, reason.text) for reason in decision.reasons.all()]
    assert kept == [("A1.2", "Brak mapy."), ("B1.1", "Nikt.")]


@pytest.mark.parametrize(
    ("given", "justification", "named"),
    [
        ({"A1.2": "Brak mapy."}, "Bo tak.", "B1.1"),
        ({"A1.2": "Brak mapy.", "B1.1": "  "}, "Bo tak.", "B1.1"),
        ({}, "Bo tak.", "A1.2, B1.1"),
        ({"A1.2": "x", "B1.1": "y", "A1.1": "z"}, "Bo tak.", "A1.1"),
        ({"A1.2": "x", "B1.1": "y"}, "  ", ""),
    ],
)
def test_refuse_without_each_reason_is_impossible(given, justification, named):
    application = make_case(unmet={"A1_2": 0, "B1_1": 1})
    reasons = {criterion(application, code): text for code, text in given.items()}

    with pytest.raises(CannotDo) as refused:
        refuse(
            application,
            by=make_user(),
            session_on=clock.today(),
            justification=justification,
            reasons=reasons,
        )

    assert named in str(refused.value)
    application.refresh_from_db()
    assert application.state == State.COMMITTEE
    assert not Decision.objects.exists()
    assert not Reason.objects.exists()


def test_a_level_that_does_not_apply_is_no_reason_to_refuse():
    application = make_case(unmet={"A1_2": None})

    decision = refuse(
        application, by=make_user(), session_on=clock.today(), justification="Inne.", reasons={}
    )

    assert decision.reasons.count() == 0


@pytest.mark.parametrize("days", [1, -30])
def test_session_on_an_impossible_day(days):
    application = make_case()  # submitted today

    with pytest.raises(CannotDo):
        grant(application, by=make_user(), session_on=days_from_today(days))

    assert not Decision.objects.exists()


def test_grant_before_the_card_is_closed():
    application = make_application(State.COMMITTEE)

    with pytest.raises(CannotDo):
        grant(application, by=make_user(), session_on=clock.today())


@pytest.mark.parametrize("state", [state for state in State if state != State.COMMITTEE])
def test_decide_in_another_state(state):
    application = make_application(state)
    make_card(application)

    with pytest.raises(TransitionNotAllowed):
        grant(application, by=make_user(), session_on=clock.today())
    with pytest.raises(TransitionNotAllowed):
        refuse(application, by=make_user(), session_on=clock.today(), justification="x", reasons={})

    application.refresh_from_db()
    assert application.state == state


def test_decide_twice():
    application, chair = make_case(), make_user()
    grant(application, by=chair, session_on=clock.today())

    with pytest.raises(TransitionNotAllowed):
        grant(application, by=chair, session_on=clock.today())

    assert Decision.objects.count() == 1


def test_adopt_resolution_leaves_an_event():
    decision = make_case(State.BOARD).decision

    resolution = adopt_resolution(
        decision, by=make_user(), number="7/2026", adopted_on=clock.today()
    )

    event = Event.objects.about(resolution).get()
    assert (event.verb, event.facts) == (Verb.ADOPT, {"number": "7/2026"})


def test_adopt_resolution_with_a_number_of_another():
    adopt_resolution(
        make_case(State.BOARD).decision, by=make_user(), number="7/2026", adopted_on=clock.today()
    )

    with pytest.raises(CannotDo):
        adopt_resolution(
            make_case(State.BOARD).decision,
            by=make_user(),
            number="7/2026",
            adopted_on=clock.today(),
        )

    assert Resolution.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 1])
def test_adopt_resolution_on_an_impossible_day(days):
    decision = make_case(State.BOARD).decision  # the session was today

    with pytest.raises(CannotDo):
        adopt_resolution(
            decision, by=make_user(), number="7", adopted_on=clock.today() + timedelta(days=days)
        )


@pytest.mark.parametrize("state", [State.COMMITTEE, State.CERTIFIED, State.REFUSED])
def test_adopt_resolution_in_another_state(state):
    application = make_application(state)
    decision = make_decision(application)

    with pytest.raises(TransitionNotAllowed):
        adopt_resolution(decision, by=make_user(), number="7", adopted_on=clock.today())
