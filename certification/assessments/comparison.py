"""The consolidated card as it is read: the assessors' own ratings beside what they agreed."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from certification.applications.changes import Completed, by_completions
from certification.standards.models import Area, Criterion
from certification.standards.outcome_rule import OutcomeRule

from .divergence import Divergence
from .effective import Counted, counted
from .marks.texts import Marks, marks_of
from .models import Assessment, ConsolidatedCard, ConsolidatedRating, Rating, RatingCorrection
from .outcomes import Outcome, agreed_ratings, outcomes_of
from .states import Part


@dataclass(frozen=True)
class Opinion:
    """One assessor's own rating of a criterion as it counts, without the private note; `marks` are
    the places in the evidence that it points at.
    """

    assessment: Assessment
    counted: Counted | None
    marks: Marks

    @property
    def rating(self) -> Rating | None:
        return self.counted.rating if self.counted else None

    @property
    def correction(self) -> RatingCorrection | None:
        return self.counted.correction if self.counted else None

    @property
    def original(self) -> Rating | None:
        """What was submitted, where it was corrected later."""
        return self.counted.original if self.counted and self.correction else None

    @property
    def is_third(self) -> bool:
        return self.assessment.assignment.part == Part.THIRD


@dataclass(frozen=True, eq=False)
class Compared:
    """One criterion: every opinion, how far they are apart, and the agreement."""

    agreed: ConsolidatedRating
    opinions: list[Opinion]
    completed: Completed | None
    met_from: int

    @property
    def criterion(self) -> Criterion:
        return self.agreed.criterion

    @cached_property
    def divergence(self) -> Divergence:
        """Between those whose card it is; a third assessor's opinion does not count here."""
        given = [one.rating for one in self.opinions if one.rating and not one.is_third]
        levels = [rating.level for rating in given if rating.level]
        return Divergence.between(levels, met_from=self.met_from)

    @property
    def changed_since(self) -> bool:
        """Whether a completion changed the answer or its evidence after somebody rated it."""
        if self.completed is None:
            return False
        frozen_at = self.completed.dossier.frozen_at
        rated = (opinion.rating for opinion in self.opinions)
        return any(rating.updated_at < frozen_at for rating in rated if rating)


@dataclass(frozen=True)
class StandardComparison:
    outcome: Outcome
    rows: list[Compared]


class Comparison:
    """The whole card in nine queries, and a few more where the case was completed."""

    def __init__(self, card: ConsolidatedCard) -> None:
        self.card = card
        self.assessments = list(
            card.assessments().select_related("assignment__assessor").order_by("pk")
        )
        ratings = agreed_ratings(card)
        self.rule = OutcomeRule.of(card.application.standard_set)
        self._outcomes = outcomes_of(ratings, self.rule)
        opinions, completed = self._opinions(), by_completions(card.application)
        marks = marks_of(self.assessments)
        self.rows = [
            Compared(
                agreed,
                [
                    Opinion(each, opinions.get(key), marks.get(key, {}))
                    for each in self.assessments
                    for key in [(each.pk, agreed.criterion_id)]
                ],
                completed.get(agreed.criterion.code),
                self.rule.met_from,
            )
            for agreed in ratings
        ]

    def _opinions(self) -> dict[tuple[int, int], Counted]:
        found = Rating.objects.filter(assessment__in=self.assessments).asked()
        return {
            (each.original.assessment_id, each.original.criterion_id): each
            for each in counted(found.without_private_notes().select_related("level"))
        }

    @cached_property
    def differing(self) -> list[Compared]:
        """What was rated differently, what is furthest apart first."""
        return sorted(
            (row for row in self.rows if row.agreed.differed), key=lambda row: row.divergence.order
        )

    def row(self, code: str) -> Compared | None:
        return next((row for row in self.rows if row.criterion.code == code), None)

    def beside(self, row: Compared) -> tuple[Compared | None, Compared | None]:
        """The one before and the one after: among the differences, or in the whole card."""
        rows = self.differing if row in self.differing else self.rows
        place = rows.index(row)
        before = rows[place - 1] if place else None
        return before, rows[place + 1] if place + 1 < len(rows) else None

    def next_open(self, row: Compared) -> Compared | None:
        """The next difference to settle after this one, or the first one left."""
        waiting = [each for each in self.differing if not each.agreed.is_settled and each != row]
        place = self.differing.index(row)
        return next((each for each in waiting if self.differing.index(each) > place), None) or next(
            iter(waiting), None
        )

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
