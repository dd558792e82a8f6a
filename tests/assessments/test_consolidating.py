import pytest

from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments import services
from certification.assessments.models import (
    CardRemark,
    ConsolidatedCard,
    ConsolidatedRating,
    Rating,
)
from certification.assessments.states import Verb
from certification.audit.models import Event
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from tests.assessments.factories import criterion, make_card, of_value, sign_all
from tests.factories import make_standard_set

pytestmark = pytest.mark.django_db


def differing_card():
    return make_card(A1_1=1, B1_1=2, second={"A1_1": 3, "B1_1": None})


def assessor_of(card):
    return card.assessments()[0].assignment.assessor


def settle(card, code="A1.1", value=2, reason="Uzgodniliśmy po rozmowie.", **more):
    return services.settle(
        card,
        criterion(card.application, code),
        by=more.pop("by", assessor_of(card)),
        level=of_value(card.application, value),
        reason=reason,
        **more,
    )


def put(card, state):
    Application.objects.filter(pk=card.application_id).update(state=state)
    return ConsolidatedCard.objects.get(pk=card.pk)


# --- open ---------------------------------------------------------------------------------


def test_equal_levels_stand_and_others_wait():
    card = differing_card()
    agreed = {row.criterion.code: row for row in card.ratings.all()}
    assert agreed["A1.2"].level.value == 2
    assert not agreed["A1.2"].differed
    for code in ("A1.1", "B1.1"):
        assert agreed[code].level is None
        assert agreed[code].differed


def test_both_not_applicable_agree():
    card = make_card(A1_1=None)
    row = card.ratings.get(criterion__code="A1.1")
    assert (row.differed, row.level.value) == (False, None)


# --- settle -------------------------------------------------------------------------------


def test_settling_keeps_level_reason_who_and_when():
    card = differing_card()
    row = settle(card, value=2, reason=" Statut to potwierdza. ")
    row.refresh_from_db()
    assert (row.level.value, row.reason, row.version) == (2, "Statut to potwierdza.", 1)
    assert row.settled_by == assessor_of(card)
    assert row.settled_at is not None
    assert Event.objects.get(verb=Verb.SETTLE).facts == {"criterion": "A1.1"}


def test_settling_leaves_the_original_ratings_alone():
    card = differing_card()
    before = list(Rating.objects.order_by("pk").values())
    settle(card)
    assert list(Rating.objects.order_by("pk").values()) == before


def test_settling_needs_a_reason():
    card = differing_card()
    with pytest.raises(CannotDo):
        settle(card, reason="  ")
    assert card.ratings.unsettled().count() == 2


def test_an_agreed_criterion_cannot_be_settled_otherwise():
    with pytest.raises(CannotDo):
        settle(differing_card(), code="A1.2", value=3)


def test_a_level_of_another_edition_is_refused():
    card = differing_card()
    with pytest.raises(CannotDo):
        services.settle(
            card,
            criterion(card.application, "A1.1"),
            by=assessor_of(card),
            level=make_standard_set().levels.get(value=2),
            reason="x",
        )


def test_settling_over_what_the_other_settled_meanwhile_is_refused():
    card = differing_card()
    settle(card, value=2)
    with pytest.raises(Stale) as refused:
        settle(card, value=1)
    assert refused.value.current.level.value == 2
    assert settle(card, value=1, expected_version=1).version == 2


@pytest.mark.parametrize("state", [state for state in State if state != State.ASSESSMENT])
def test_settling_is_refused_outside_assessment(state):
    card = put(differing_card(), state)
    with pytest.raises(TransitionNotAllowed):
        settle(card)


# --- then -----------------------------------------------------------------------------------


def test_nothing_is_settled_on_a_closed_card():
    card = differing_card()
    settle(card)
    settle(card, "B1.1")
    sign_all(card)
    with pytest.raises(TransitionNotAllowed):
        settle(card, expected_version=1)
    assert ConsolidatedRating.objects.get(criterion__code="A1.1").version == 1


def test_every_settlement_stays_in_the_discussion():
    card = differing_card()
    settle(card, value=2, reason="Statut.")
    settle(card, value=1, reason="A jednak nie.", expected_version=1)
    said = CardRemark.objects.filter(criterion__code="A1.1")
    assert [(each.level.value, each.text) for each in said] == [
        (2, "Statut."),
        (1, "A jednak nie."),
    ]
