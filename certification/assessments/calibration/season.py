"""Agreement on real cases: what the two assessors of each closed card had said on their own.

The ratings as they were submitted, before anybody saw the other's: what was corrected or settled
afterwards tells of talking, not of judging alike.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from django.db.models import F, Q, QuerySet

from certification.assessments.agreement import Agreement, Pair, of_pairs
from certification.assessments.models import ConsolidatedCard, Rating
from certification.assessments.states import Part
from certification.standards.models import Criterion
from institutions.models import User


@dataclass(frozen=True)
class Contested:
    """One criterion over all cards of the season."""

    criterion: Criterion
    pairs: list[Pair]

    @property
    def cases(self) -> int:
        return len(self.pairs)

    @property
    def differing(self) -> int:
        return sum(one != two for one, two in self.pairs)

    @property
    def far_apart(self) -> int:
        return sum(abs(one - two) >= 2 for one, two in self.pairs)

    @property
    def across(self) -> int:
        """How often one said met and the other not met."""
        met_from = self.criterion.standard.area.standard_set.met_from
        return sum((one >= met_from) != (two >= met_from) for one, two in self.pairs)

    @property
    def order(self) -> tuple[float, ...]:
        return (self.across / self.cases, self.far_apart / self.cases, self.differing / self.cases)


class Season:
    """The cards closed in one year that are open to the reader. Four queries."""

    def __init__(self, reader: User, year: int) -> None:
        self.year = year
        closed = ConsolidatedCard.objects.visible_to(reader).closed()
        self.cards = list(closed.filter(closed_at__year=year).values_list("pk", flat=True))
        self._levels: dict[tuple[int, int], list[int]] = defaultdict(list)
        people = set()
        rows = _own_ratings(self.cards).values_list(
            "assessment__assignment__application__card",
            "criterion",
            "level__value",
            "assessment__assignment__assessor",
        )
        for card, criterion, value, person in rows:
            if value is not None:
                self._levels[card, criterion].append(value)
                people.add(person)
        self.people = len(people)

    @cached_property
    def contested(self) -> list[Contested]:
        """Every criterion that two rated, those most in dispute first."""
        pairs: dict[int, list[Pair]] = defaultdict(list)
        for (_card, criterion), values in self._levels.items():
            pairs[criterion] += combinations(values, 2)
        criteria = Criterion.objects.filter(pk__in=[key for key, found in pairs.items() if found])
        found = [
            Contested(each, pairs[each.pk])
            for each in criteria.select_related("standard__area__standard_set").in_order()
        ]
        return sorted(found, key=lambda each: each.order, reverse=True)

    @cached_property
    def agreement(self) -> Agreement | None:
        pairs = [pair for each in self.contested for pair in each.pairs]
        return of_pairs(pairs, raters=self.people)


def _own_ratings(cards: Iterable[int]) -> "QuerySet[Rating]":
    """Of the assessments that each card was made of, but no third assessor's: whoever is asked
    where two differ knows that they do.
    """
    counting = Q(assessment__assignment__ended_at=None) | Q(
        assessment__assignment__ended_at__gt=F(
            "assessment__assignment__application__card__opened_at"
        )
    )
    return Rating.objects.filter(
        counting,
        assessment__assignment__application__card__in=list(cards),
        assessment__assignment__part=Part.REGULAR,
        assessment__submitted_at__isnull=False,
    ).order_by("assessment", "pk")


def years(reader: User) -> list[int]:
    """In which years cards were closed, the latest first."""
    closed = ConsolidatedCard.objects.visible_to(reader).closed()
    return [day.year for day in closed.datetimes("closed_at", "year", order="DESC")]
