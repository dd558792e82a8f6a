"""Both sign the card; the last signature closes it, and a change takes signatures back."""

import pytest

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.applications.states import Verb as ApplicationVerb
from certification.assessments import services
from certification.assessments.models import CardRemark, CardSignature, ConsolidatedCard
from certification.assessments.states import Verb
from certification.audit.models import Event
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.outbox.models import Email
from tests.assessments.factories import criterion, make_card, of_value, sign_all
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db


def sign(card, by, version=None):
    card.refresh_from_db()
    seen = card.version if version is None else version
    return services.sign_card(card, by=by, expected_version=seen)


def settle(card, by, code="A1.1", **more):
    return services.settle(
        card,
        criterion(card.application, code),
        by=by,
        level=of_value(card.application, 2),
        reason="Zgoda.",
        **more,
    )


def put(card, state):
    Application.objects.filter(pk=card.application_id).update(state=state)
    return ConsolidatedCard.objects.get(pk=card.pk)


def told(words):
    """Who was written to with these words in the subject."""
    return {email.person for email in Email.objects.filter(subject__contains=words)}


def test_one_signature_leaves_the_card_open():
    card = make_card()
    first, _second = card.signers()
    sign(card, first)
    assert not card.is_closed
    assert card.application.state == State.ASSESSMENT


def test_the_last_signature_sends_the_case_to_the_committee():
    card = make_card()
    first, second = card.signers()
    sign(card, first)
    sign(card, second)
    assert (card.is_closed, card.closed_by) == (True, second)
    card.application.refresh_from_db()
    assert card.application.state == State.COMMITTEE
    assert Event.objects.filter(verb=Verb.SIGN).count() == 2
    for verb in (Verb.CLOSE_CARD, ApplicationVerb.REFER):
        assert Event.objects.filter(verb=verb, by=second).count() == 1


def test_a_change_after_one_signature_takes_it_back():
    card = make_card(A1_1=1, second={"A1_1": 3})
    first, second = card.signers()
    settle(card, first)
    sign(card, first)
    settle(card, second, expected_version=1)
    assert not card.signatures.standing().exists()
    assert CardSignature.objects.get().taken_back_at is not None
    assert Event.objects.get(verb=Verb.UNSIGN).facts == {"signatures": 1}
    sign(card, second)
    assert not card.is_closed
    sign(card, first)
    assert card.is_closed


def test_ones_own_change_takes_ones_own_signature_back():
    card = make_card(A1_1=1, second={"A1_1": 3})
    first, _second = card.signers()
    settle(card, first)
    sign(card, first)
    settle(card, first, expected_version=1)
    assert not card.signatures.standing().exists()


def test_what_was_changed_since_it_was_read_is_not_signed():
    card = make_card(A1_1=1, second={"A1_1": 3})
    first, second = card.signers()
    settle(card, first)
    seen = ConsolidatedCard.objects.get().version
    settle(card, second, expected_version=1)
    with pytest.raises(Stale):
        sign(card, first, version=seen)
    assert not CardSignature.objects.exists()


def test_a_remark_changes_nothing_that_was_signed():
    card = make_card()
    first, second = card.signers()
    sign(card, first)
    services.remark(card, criterion(card.application, "A1.1"), by=second, text=" Dobrze. ")
    assert CardRemark.objects.get().text == "Dobrze."
    assert card.signatures.standing().count() == 1


def test_each_is_told_what_waits_for_them_and_nothing_of_what_was_said():
    card = make_card(A1_1=1, second={"A1_1": 3})
    first, second = card.signers()
    one = criterion(card.application, "A1.1")
    for _again in range(2):  # told once a day
        services.remark(card, one, by=first, text="KANAREK")
    settle(card, first)
    sign(card, first)
    settle(card, second, expected_version=1)
    assert told("W sprawie karty zbiorczej") == {second}
    assert told("Karta zbiorcza czeka na podpis") == {second}
    assert told("Karta zbiorcza zmieniła się po podpisie") == {first}
    assert Email.objects.filter(subject__contains="W sprawie karty").count() == 1
    assert not any("KANAREK" in email.subject + email.body for email in Email.objects.all())


def test_signing_waits_for_every_difference():
    card = make_card(A1_1=1, second={"A1_1": 3})
    with pytest.raises(CannotDo, match="A1.1"):
        sign(card, card.signers()[0])


def test_signing_twice_is_refused():
    card = make_card()
    first, _second = card.signers()
    sign(card, first)
    with pytest.raises(TransitionNotAllowed):
        sign(card, first)
    assert not card.is_closed


def test_nobody_else_signs():
    with pytest.raises(TransitionNotAllowed):
        sign(make_card(), make_user())


def test_ones_own_signature_can_be_taken_back():
    card = make_card()
    first, second = card.signers()
    sign(card, first)
    services.take_back_signature(card, by=first)
    sign(card, second)
    assert not card.is_closed
    with pytest.raises(TransitionNotAllowed):
        services.take_back_signature(card, by=first)


def test_signing_is_refused_when_an_assessor_has_joined_the_institution():
    card = make_card()
    first, second = card.signers()
    make_member(card.application.institution, user=first)
    with pytest.raises(CannotDo):
        sign(card, second)
    assert not CardSignature.objects.exists()


@pytest.mark.parametrize("state", [state for state in State if state != State.ASSESSMENT])
def test_nothing_is_done_outside_assessment(state):
    card = put(make_card(), state)
    first = card.signers()[0]
    for verb in (
        lambda: sign(card, first),
        lambda: services.take_back_signature(card, by=first),
        lambda: services.remark(card, criterion(card.application, "A1.1"), by=first, text="x"),
    ):
        with pytest.raises(TransitionNotAllowed):
            verb()
    assert not ConsolidatedCard.objects.get().is_closed


def test_a_closed_card_takes_no_more_signatures_in_the_database():
    sign_all(make_card())
    signature = CardSignature.objects.first()
    with pytest.raises(Exception, match="append-only"):
        CardSignature.objects.filter(pk=signature.pk).update(taken_back_at=clock.now())
