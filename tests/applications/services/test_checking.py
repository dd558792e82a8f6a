"""Asking for completion, and completing."""

from datetime import UTC, date, datetime

import pytest

from certification import clock
from certification.applications import services
from certification.applications.asking import Wish
from certification.applications.states import Paper, State, Verb
from certification.errors import CannotDo
from institutions.states import Role
from tests.applications.factories import check_all, in_state
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


def test_completion_is_asked_for_again_with_an_exceptional_reason():
    application, office = in_state(State.ASSESSMENT), make_user(Role.OFFICE)
    wish = Wish("Brakuje umowy.", criterion(application))
    services.request_completion(application, by=office, items=[wish])
    services.complete(application, by=application.opened_by)

    with pytest.raises(CannotDo, match="było już jedno wezwanie"):
        services.request_completion(application, by=office, items=[wish])
    again = services.request_completion(
        application, by=office, items=[wish], exception="Umowę zmieniono w trakcie oceny."
    )

    assert again.exception == "Umowę zmieniono w trakcie oceny."
    services.complete(application, by=application.opened_by)
    assert application.dossiers.last().number == 3


def test_each_stage_may_ask_once():
    application = in_state(State.FORMAL_CHECK)
    do(Verb.REQUEST_COMPLETION, application)
    services.complete(application, by=application.opened_by)
    check_all(application)
    services.accept(application, by=make_user(Role.OFFICE))

    assert do(Verb.REQUEST_COMPLETION, application).asked_in == State.ASSESSMENT


def test_complete_while_something_is_missing():
    application = in_state(State.COMPLETION)
    application.answers.filter(criterion__code="A1.1").update(text="")

    with pytest.raises(CannotDo, match="A1.1"):
        services.complete(application, by=application.opened_by)


@pytest.mark.parametrize("wrong", ["no reason", "nothing", "no days", "foreign"])
def test_request_completion_refused(wrong):
    application = in_state(State.FORMAL_CHECK)
    alien = make_standard_set().areas.first().standards.first().criteria.first()
    first = criterion(application)
    given = {
        "no reason": {"items": [Wish("Brakuje.", first), Wish("  ", paper=Paper.REQUEST)]},
        "nothing": {"items": []},
        "no days": {"items": [Wish("Brakuje.", first)], "working_days": 0},
        "foreign": {"items": [Wish("Brakuje.", alien)]},
    }[wrong]

    with pytest.raises(CannotDo):
        services.request_completion(application, by=make_user(Role.OFFICE), **given)

    application.refresh_from_db()
    assert application.state == State.FORMAL_CHECK
    assert application.completion_requests.count() == 0
    assert not application.formal_checks.get().is_concluded


def test_a_request_names_each_thing_with_its_reason():
    application, office = in_state(State.FORMAL_CHECK), make_user(Role.OFFICE)
    first = criterion(application)
    statute = first.evidence_types.get()
    wishes = [Wish("Brak statutu.", first, statute), Wish("Brak podpisu.", paper=Paper.REQUEST)]

    with clock.set_to(datetime(2026, 12, 14, 12, tzinfo=UTC)):
        request = services.request_completion(application, by=office, items=wishes, working_days=14)

    named = [(item.criterion, item.evidence_type, item.paper) for item in request.items.all()]
    assert named == [(first, statute, ""), (None, None, "request")]
    assert request.deadline == date(2027, 1, 7)
    assert list(application.unlocked()) == [first]
