"""The consolidated card as it is read: the assessors' own ratings beside what they agreed."""

from dataclasses import dataclass
from itertools import groupby

from certification.standards.models import Area, Criterion, RatingLevel

from .forms import SettleForm
from .models import Assessment, ConsolidatedCard, ConsolidatedRating, Rating
from .outcomes import Outcome, agreed_ratings, outcomes_of


@dataclass(frozen=True)
class Opinion:
    """One assessor's own rating of a criterion, without the private note."""

    assessment: Assessment
    rating: Rating | None


@dataclass
class Compared:
    """One criterion: every opinion, the agreement, and the form to reach it where one is open."""

    agreed: ConsolidatedRating
    opinions: list[Opinion]
    form: SettleForm | None = None

    @property
    def criterion(self) -> Criterion:
        return self.agreed.criterion


@dataclass(frozen=True)
class StandardComparison:
    outcome: Outcome
    rows: list[Compared]


class Comparison:
    """The whole card in six queries."""

    def __init__(self, card: ConsolidatedCard) -> None:
        self.card = card
        self.assessments = list(
            card.assessments().select_related("assignment__assessor").order_by("pk")
        )
        ratings = agreed_ratings(card)
        self._outcomes = outcomes_of(ratings)
        opinions = self._opinions()
        self.rows = [
            Compared(
                agreed,
                [
                    Opinion(each, opinions.get((each.pk, agreed.criterion_id)))
                    for each in self.assessments
                ],
            )
            for agreed in ratings
        ]

    def _opinions(self) -> dict[tuple[int, int], Rating]:
        found = Rating.objects.filter(assessment__in=self.assessments)
        return {
            (rating.assessment_id, rating.criterion_id): rating
            for rating in found.without_private_notes().select_related("level")
        }

    @property
    def differing(self) -> list[Compared]:
        return [row for row in self.rows if row.agreed.differed]

    @property
    def to_settle(self) -> list[Compared]:
        """What is shown with a form: open differences, and a settled one asked to be changed."""
        return [row for row in self.rows if row.form is not None]

    @property
    def settled(self) -> int:
        return sum(row.agreed.is_settled for row in self.differing)

    @property
    def is_settled(self) -> bool:
        return self.settled == len(self.differing)

    @property
    def areas(self) -> list[tuple[Area, list[StandardComparison]]]:
        return [
            (area, self._standards(list(rows)))
            for area, rows in groupby(self.rows, key=lambda row: row.criterion.standard.area)
        ]

    def _standards(self, rows: list[Compared]) -> list[StandardComparison]:
        return [
            StandardComparison(self._outcomes[standard.code], list(of_standard))
            for standard, of_standard in groupby(rows, key=lambda row: row.criterion.standard)
        ]

    def offer_forms(self, levels: list[RatingLevel], *, also: str = "") -> None:
        """Give every open difference its form, and a settled one whose code is `also`."""
        for row in self.differing:
            if not row.agreed.is_settled or row.criterion.code == also:
                row.form = SettleForm(
                    code=row.criterion.code,
                    levels=levels,
                    initial={
                        "version": row.agreed.version,
                        "level": row.agreed.level_id,
                        "reason": row.agreed.reason,
                    },
                )
