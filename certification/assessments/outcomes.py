"""What a consolidated card says about each standard: read by decisions and by letters.

What makes a standard met is the rule of its edition (`standards.outcome_rule`). Beside it:

- not applicable: no criterion of the standard counts, as each was agreed to be not applicable;
- open: a criterion is not settled yet (only while the card is open);
- exemplary: every criterion that counts is met, and a share of them stands at the top of the scale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import groupby

from certification.standards.models import Standard
from certification.standards.outcome_rule import OutcomeRule
from certification.standards.states import RuleKind

from .models import ConsolidatedCard, ConsolidatedRating
from .states import OutcomeLevel


@dataclass(frozen=True)
class Outcome:
    """One standard's level, with the agreed ratings it follows from and the rule it follows by."""

    standard: Standard
    level: OutcomeLevel
    ratings: tuple[ConsolidatedRating, ...]
    rule: OutcomeRule

    @property
    def is_met(self) -> bool:
        """Whether the standard may be praised: met, or better."""
        return self.level in {OutcomeLevel.MET, OutcomeLevel.EXEMPLARY}

    @property
    def unmet(self) -> list[ConsolidatedRating]:
        """The criteria below what counts as met; by some rules the standard is met all the same."""
        return [rating for rating in self.ratings if is_unmet(rating, self.rule)]

    @property
    def at_fault(self) -> list[ConsolidatedRating]:
        """Why the standard is not met: never empty then, and empty when it is met."""
        return self.unmet if self.level == OutcomeLevel.UNMET else []

    @property
    def counted(self) -> int:
        """How many criteria count."""
        return len(_counting(self.ratings))

    @property
    def met_count(self) -> int:
        return self.counted - len(self.unmet)

    @property
    def mean(self) -> Decimal | None:
        """The weighted mean, cut to two places so that it never seems to reach a threshold."""
        exact = _mean(_counting(self.ratings), self.rule)
        if exact is None:
            return None
        figure = Decimal(exact.numerator) / Decimal(exact.denominator)
        return figure.quantize(Decimal("0.01"), rounding=ROUND_DOWN)


def agreed_ratings(card: ConsolidatedCard) -> list[ConsolidatedRating]:
    """The card's ratings in the catalogue's order, with all they are read with: one query."""
    return list(
        card.ratings.select_related(
            "level", "criterion__standard__area__standard_set", "settled_by"
        )
    )


def standard_outcomes(card: ConsolidatedCard) -> dict[str, Outcome]:
    """Each standard's outcome by its code, in the catalogue's order. Two queries."""
    return outcomes_of(agreed_ratings(card))


def outcomes_of(
    ratings: Iterable[ConsolidatedRating], rule: OutcomeRule | None = None
) -> dict[str, Outcome]:
    """The same from ratings that `agreed_ratings` gave, by the edition's rule or by another one.
    One query, none with a rule.
    """
    found: dict[str, Outcome] = {}
    for standard, group in groupby(ratings, key=lambda rating: rating.criterion.standard):
        rule = rule or OutcomeRule.of(standard.area.standard_set)
        members = tuple(group)
        found[standard.code] = Outcome(standard, standard_level(members, rule), members, rule)
    return found


def standard_level(ratings: Sequence[ConsolidatedRating], rule: OutcomeRule) -> OutcomeLevel:
    """What the rule makes of the ratings of one standard."""
    if any(rating.level is None for rating in ratings):
        return OutcomeLevel.OPEN
    counting = _counting(ratings)
    if not counting:
        return OutcomeLevel.NOT_APPLICABLE
    if not _is_met(counting, rule):
        return OutcomeLevel.UNMET
    values = [_value(rating) for rating in counting]
    at_top = 100 * values.count(rule.top) >= rule.exemplary_percent * len(values)
    is_exemplary = min(values) >= rule.met_from and at_top
    return OutcomeLevel.EXEMPLARY if is_exemplary else OutcomeLevel.MET


def _is_met(counting: Sequence[ConsolidatedRating], rule: OutcomeRule) -> bool:
    unmet = [rating for rating in counting if is_unmet(rating, rule)]
    if any(rule.requires(rating.criterion) for rating in unmet):
        return False
    if rule.kind == RuleKind.MEAN:
        mean = _mean(counting, rule)
        return mean is not None and mean >= Fraction(rule.mean_from)
    met = len(counting) - len(unmet)
    return rule.kind == RuleKind.ALL or 100 * met >= rule.met_percent * len(counting)


def _counting(ratings: Sequence[ConsolidatedRating]) -> list[ConsolidatedRating]:
    return [each for each in ratings if each.level is not None and each.level.value is not None]


def _value(rating: ConsolidatedRating) -> int:
    """Of one that counts."""
    value = rating.level.value if rating.level is not None else None
    if value is None:
        raise ValueError("a criterion that does not count has no value")
    return value


def _mean(counting: Sequence[ConsolidatedRating], rule: OutcomeRule) -> Fraction | None:
    weights = [rule.weight_of(rating.criterion) for rating in counting]
    if not weights:
        return None
    weighted = zip(weights, counting, strict=True)
    return Fraction(sum(weight * _value(rating) for weight, rating in weighted), sum(weights))


def unmet_criteria(card: ConsolidatedCard) -> list[ConsolidatedRating]:
    """The criteria that a refusal gives reasons for: those that keep a standard from being met.
    Two queries.
    """
    outcomes = standard_outcomes(card).values()
    return [rating for outcome in outcomes for rating in outcome.at_fault]


def is_unmet(rating: ConsolidatedRating, rule: OutcomeRule) -> bool:
    """Whether this agreed rating lies below what is met; one that is open or n/a does not."""
    if rating.level is None or rating.level.value is None:
        return False
    return rating.level.value < rule.met_from
