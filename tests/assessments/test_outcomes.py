import pytest

from certification.assessments.outcomes import standard_level, standard_outcomes, unmet_criteria
from certification.assessments.states import OutcomeLevel
from certification.standards.outcome_rule import OutcomeRule
from tests.assessments.factories import make_card

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        (2, 2, OutcomeLevel.MET),
        (3, 2, OutcomeLevel.EXEMPLARY),  # half of them at the top
        (3, 3, OutcomeLevel.EXEMPLARY),
        (3, 1, OutcomeLevel.UNMET),
        (2, 0, OutcomeLevel.UNMET),
        (None, 2, OutcomeLevel.MET),
        (None, 1, OutcomeLevel.UNMET),
        (None, 3, OutcomeLevel.EXEMPLARY),
        (None, None, OutcomeLevel.NOT_APPLICABLE),
    ],
)
def test_standard_follows_from_its_criteria(first, second, outcome):
    card = make_card(A1_1=first, A1_2=second)
    assert standard_outcomes(card)["A1"].level == outcome


def test_one_of_three_at_the_top_is_met_not_exemplary():
    card = make_card(A1_1=3, A1_2=2)
    ratings = list(card.ratings.select_related("level", "criterion"))
    rule = OutcomeRule.of(card.application.standard_set)
    assert standard_level([*ratings[:2], ratings[1]], rule) == OutcomeLevel.MET


def test_standard_with_an_open_difference_is_open():
    card = make_card(A1_1=1, second={"A1_1": 2})
    outcomes = standard_outcomes(card)
    assert outcomes["A1"].level == OutcomeLevel.OPEN
    assert not outcomes["A1"].is_met


def test_outcomes_keep_the_order_of_the_catalogue():
    assert list(standard_outcomes(make_card())) == ["A1", "A2", "B1"]


def test_unmet_criteria_are_those_below_met():
    card = make_card(A1_1=1, A2_1=0, B1_1=None)
    assert [rating.criterion.code for rating in unmet_criteria(card)] == ["A1.1", "A2.1"]


def test_unmet_of_a_standard_names_its_ratings():
    card = make_card(A1_1=1)
    assert [rating.criterion.code for rating in standard_outcomes(card)["A1"].unmet] == ["A1.1"]


def test_open_difference_is_not_unmet():
    assert unmet_criteria(make_card(A1_1=0, second={"A1_1": 3})) == []


def test_outcomes_take_two_queries(django_assert_num_queries):
    card = make_card()
    with django_assert_num_queries(2):
        standard_outcomes(card)
