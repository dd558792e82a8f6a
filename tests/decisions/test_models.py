import pytest
from django.db import IntegrityError, transaction

from certification import clock
from certification.decisions.models import Decision, Reason, Resolution
from certification.decisions.states import Outcome
from tests.factories import make_application, make_user

from .factories import make_case, make_decision

pytestmark = pytest.mark.django_db


def refused():
    application = make_application("refused")
    decision = make_decision(application, outcome=Outcome.REFUSED, justification="Bo nie.")
    criterion = application.criteria().first()
    return decision, criterion


def test_refusal_without_justification():
    with pytest.raises(IntegrityError):
        make_decision(make_application("refused"), outcome=Outcome.REFUSED, justification="")


def test_two_decisions_for_one_application():
    application = make_case("board")

    with pytest.raises(IntegrityError):
        make_decision(application)


def test_reason_without_text():
    decision, criterion = refused()

    with pytest.raises(IntegrityError):
        Reason.objects.create(decision=decision, criterion=criterion, text="")


def test_two_reasons_for_one_criterion():
    decision, criterion = refused()
    Reason.objects.create(decision=decision, criterion=criterion, text="a")

    with pytest.raises(IntegrityError):
        Reason.objects.create(decision=decision, criterion=criterion, text="b")


def test_two_resolutions_of_one_number():
    for number in (1, 2):
        decision = make_case("board").decision
        row = Resolution(
            decision=decision, number="7", adopted_on=clock.today(), recorded_by=make_user()
        )
        if number == 1:
            row.save()
        else:
            with pytest.raises(IntegrityError):
                row.save()


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_what_was_decided_stays(verb):
    decision, criterion = refused()
    Reason.objects.create(decision=decision, criterion=criterion, text="a")
    Resolution.objects.create(
        decision=decision, number="7", adopted_on=clock.today(), recorded_by=make_user()
    )

    for model, change in (
        (Reason, {"text": "b"}),
        (Resolution, {"number": "8"}),
        (Decision, {"justification": "b"}),
    ):
        rows = model.objects.all()
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change) if verb == "update" else rows._raw_delete("default")
