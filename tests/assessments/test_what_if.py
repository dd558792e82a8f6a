"""Another rule tried on a card: what would come out otherwise, and nothing saved."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certification.assessments.models import ConsolidatedCard
from certification.audit.models import Event
from certification.standards.models import Criterion, StandardSet
from institutions.states import Role
from tests.assessments.factories import make_card
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def card() -> ConsolidatedCard:
    return make_card(A1_1=3, A1_2=1, B1_1=2)


@pytest.fixture
def me(card: ConsolidatedCard, signed_in: Any) -> Client:
    client: Client = signed_in(card.assessments()[0].assignment.assessor)
    return client


def address(card: ConsolidatedCard) -> str:
    return reverse("card_what_if", args=[card.application_id])


def typed(card: ConsolidatedCard, **figures: Any) -> dict[str, Any]:
    rows = {f"w{each.pk}": 1 for each in card.application.criteria()}
    rule = {
        "rule_kind": "mean",
        "met_from": 2,
        "mean_from": "2",
        "met_percent": 100,
        "exemplary_percent": 50,
    }
    return rule | rows | figures


def key(card: ConsolidatedCard, code: str) -> int:
    return Criterion.objects.of_set(card.application.standard_set).get(code=code).pk


def test_the_rule_of_the_edition_is_filled_in(card: ConsolidatedCard, me: Client) -> None:
    response = me.get(address(card))
    assert response.status_code == 200
    assert response.context["tried"] is None
    assert response.context["form"]["rule_kind"].value() == "all"
    assert "Standard jest spełniony, gdy" in response.content.decode()


def test_what_would_change_is_shown_and_nothing_is_saved(
    card: ConsolidatedCard, me: Client
) -> None:
    before = list(StandardSet.objects.values()), list(Criterion.objects.values())
    events = Event.objects.count()
    response = me.get(address(card), typed(card))
    tried = response.context["tried"]
    assert [row.now.standard.code for row in tried.changed] == ["A1"]
    assert (tried.changed[0].now.level, tried.changed[0].then.level) == ("unmet", "met")
    assert (tried.met_now, tried.met_then) == (2, 3)
    assert (list(StandardSet.objects.values()), list(Criterion.objects.values())) == before
    assert Event.objects.count() == events


def test_a_mean_is_typed_and_shown_with_a_comma(card: ConsolidatedCard, me: Client) -> None:
    assert 'value="2,00"' in str(me.get(address(card)).context["form"]["mean_from"])
    response = me.get(address(card), typed(card, mean_from="1,75"))
    assert response.status_code == 200
    assert response.context["form"].cleaned_data["mean_from"] == Decimal("1.75")


@pytest.mark.parametrize("how", ["weight", "required"])
def test_weights_and_required_criteria_can_be_tried(
    how: str, card: ConsolidatedCard, me: Client
) -> None:
    weak = key(card, "A1.2")
    more = {f"w{weak}": 2} if how == "weight" else {f"r{weak}": "on"}
    tried = me.get(address(card), typed(card, **more)).context["tried"]
    assert tried.changed == []


@pytest.mark.parametrize(
    "wrong",
    [{"mean_from": "2.5"}, {"met_from": 7}, {"met_percent": 101}, {"rule_kind": "x"}],
)
def test_a_rule_that_cannot_be_is_refused(
    wrong: dict[str, Any], card: ConsolidatedCard, me: Client
) -> None:
    response = me.get(address(card), typed(card, **wrong))
    assert response.status_code == 422
    assert response.context["tried"] is None


def test_a_weight_out_of_bounds_is_refused(card: ConsolidatedCard, me: Client) -> None:
    response = me.get(address(card), typed(card, **{f"w{key(card, 'A1.1')}": 11}))
    assert response.status_code == 422


def test_who_does_not_read_the_card_does_not_try(card: ConsolidatedCard, signed_in: Any) -> None:
    for role in Role:
        expected = 200 if role == Role.OFFICE else 404
        assert signed_in(make_user(role)).get(address(card)).status_code == expected
