"""The rules an edition can state, on ratings that never were in a database."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.assessments.models import ConsolidatedRating
from certification.assessments.outcomes import Outcome, standard_level
from certification.assessments.states import OutcomeLevel
from certification.standards.models import Criterion, RatingLevel, Standard
from certification.standards.outcome_rule import OutcomeRule
from certification.standards.states import RuleKind

MET, UNMET, EXEMPLARY = OutcomeLevel.MET, OutcomeLevel.UNMET, OutcomeLevel.EXEMPLARY


def rule(kind: str, **figures: Any) -> OutcomeRule:
    defaults: dict[str, Any] = {
        "met_from": 2,
        "top": 3,
        "mean_from": Decimal("1.75"),
        "met_percent": 80,
        "exemplary_percent": 50,
    }
    return OutcomeRule(kind=RuleKind(kind), **defaults | figures)


def rated(*given: int | None | tuple[int | None, int, bool]) -> list[ConsolidatedRating]:
    """Ratings of one standard: a value, or a value with a weight and whether it is required."""
    ratings = []
    for key, one in enumerate(given, start=1):
        value, weight, required = one if isinstance(one, tuple) else (one, 1, False)
        criterion = Criterion(pk=key, code=f"A1.{key}", weight=weight, is_required=required)
        ratings.append(ConsolidatedRating(criterion=criterion, level=RatingLevel(value=value)))
    return ratings


def outcome(ratings: list[ConsolidatedRating], by: OutcomeRule) -> Outcome:
    return Outcome(Standard(code="A1"), standard_level(ratings, by), tuple(ratings), by)


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ((2, 2, 1), UNMET),  # 1.67
        ((2, 2, 2, 1), MET),  # 1.75, the threshold itself
        (((3, 3, False), (1, 1, False)), MET),  # 2.5 by weight
        (((1, 3, False), (3, 1, False)), UNMET),  # 1.5 by weight
        ((3, 3, 3, 0), MET),  # one below met is outweighed, but nothing exemplary comes of it
        (((0, 1, True), 3, 3, 3), UNMET),  # it was required
        (((None, 9, True), 2, 2), MET),  # not applicable: counts neither as required nor by weight
        ((3, 3, 2, 2), EXEMPLARY),
    ],
)
def test_by_weighted_mean(given: Any, level: OutcomeLevel) -> None:
    assert standard_level(rated(*given), rule("mean")) == level


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ((2, 2, 2, 2, 1), MET),  # four of five are 80 percent
        ((2, 2, 2, 1), UNMET),
        (((1, 1, True), 2, 2, 2, 2), UNMET),
        ((None, 2, 2, 2, 2, 0), MET),
        ((None, None), OutcomeLevel.NOT_APPLICABLE),
        ((3, 3, 2, 1, 2), MET),
    ],
)
def test_by_share(given: Any, level: OutcomeLevel) -> None:
    assert standard_level(rated(*given), rule("share")) == level


def test_required_alone_decide_when_the_share_is_none() -> None:
    by = rule("share", met_percent=0)
    assert standard_level(rated((2, 1, True), 0, 0), by) == MET
    assert standard_level(rated((1, 1, True), 3, 3), by) == UNMET


def test_share_of_the_top_is_configurable() -> None:
    ratings = rated(3, 2, 2, 2)
    assert standard_level(ratings, rule("all", exemplary_percent=25)) == EXEMPLARY
    assert standard_level(ratings, rule("all", exemplary_percent=26)) == MET


def test_weights_and_required_can_be_tried_without_touching_the_criteria() -> None:
    ratings = rated(3, 1)
    assert standard_level(ratings, rule("mean")) == MET
    assert standard_level(ratings, rule("mean", weights={2: 3})) == UNMET
    assert standard_level(ratings, rule("mean", required=frozenset({2}))) == UNMET


def test_the_mean_shown_never_seems_to_reach_the_threshold() -> None:
    by = rule("mean", mean_from=Decimal("1.67"))
    found = outcome(rated(2, 2, 1), by)  # 1.666…
    assert (found.level, found.mean) == (UNMET, Decimal("1.66"))


def test_what_is_outweighed_is_no_reason_to_refuse() -> None:
    found = outcome(rated(3, 3, 3, 0), rule("mean"))
    assert [each.criterion.code for each in found.unmet] == ["A1.4"]
    assert found.at_fault == []
    assert (found.met_count, found.counted) == (3, 4)


VALUES = st.sampled_from([None, 0, 1, 2, 3])
RATED = st.lists(st.tuples(VALUES, st.integers(1, 10), st.booleans()), min_size=1, max_size=8)
RULES = st.builds(
    lambda kind, mean, share, top: rule(
        kind, mean_from=Decimal(mean) / 100, met_percent=share, exemplary_percent=top
    ),
    st.sampled_from(RuleKind.values),
    st.integers(0, 200),
    st.integers(0, 100),
    st.integers(1, 100),
)


@given(RATED, RULES)
def test_what_is_not_met_always_has_a_criterion_to_name(given: Any, by: OutcomeRule) -> None:
    found = outcome(rated(*given), by)
    assert (found.level == UNMET) == bool(found.at_fault)


@given(RATED, RULES)
def test_a_better_rating_never_makes_a_standard_worse(given: Any, by: OutcomeRule) -> None:
    order = [UNMET, MET, EXEMPLARY]
    before = standard_level(rated(*given), by)
    for place, (value, weight, required) in enumerate(given):
        if value in {0, 1, 2}:
            better = [*given[:place], (value + 1, weight, required), *given[place + 1 :]]
            after = standard_level(rated(*better), by)
            assert order.index(after) >= order.index(before)


def test_every_rule_is_told_in_words() -> None:
    for kind in RuleKind.values:
        sentences = rule(kind).words
        assert len(sentences) == 3
        assert "%" not in sentences[2]
