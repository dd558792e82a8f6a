"""A closed round: how far apart the ratings of each criterion lie, and where one stands.

Nobody is named and nobody is ranked, here or to the office. An assessor sees the others only as
counts, from SMALLEST_GROUP people on.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from statistics import fmean, pstdev
from typing import NamedTuple

from django.db.models import QuerySet

from certification.assessments.agreement import Agreement, of_group
from certification.assessments.models import CalibrationCard, CalibrationRating, CalibrationRound
from certification.standards.models import Criterion, RatingLevel

from .states import SMALLEST_GROUP

ALIKE = 0.05  # of a level: it would be shown as 0.0


class Given(NamedTuple):
    """How many gave a level."""

    level: RatingLevel
    people: int


class Cell(NamedTuple):
    """The same with its share of all, in quarters rounded up: 0 where nobody gave it, then 1-4."""

    level: RatingLevel
    people: int
    share: int


class Reason(NamedTuple):
    """What somebody wrote; whose it is, is not told."""

    level: RatingLevel
    strengths: str
    weaknesses: str


@dataclass(frozen=True)
class Spread:
    """The ratings of one criterion, of all who submitted or of all but one."""

    criterion: Criterion
    given: list[Given]
    met_from: int

    @property
    def values(self) -> list[int]:
        return [
            each.level.value
            for each in self.given
            for _one in range(each.people)
            if each.level.value is not None
        ]

    @property
    def people(self) -> int:
        return sum(each.people for each in self.given)

    @property
    def cells(self) -> list[Cell]:
        all_of_them = self.people or 1
        return [
            Cell(each.level, each.people, ceil(4 * each.people / all_of_them))
            for each in self.given
        ]

    @property
    def mean(self) -> float | None:
        return fmean(self.values) if self.values else None

    @property
    def deviation(self) -> float | None:
        """Standard deviation, in levels."""
        return pstdev(self.values) if self.values else None

    @property
    def gap(self) -> int:
        """How many levels lie between the lowest and the highest."""
        return max(self.values) - min(self.values) if self.values else 0

    @property
    def crosses(self) -> bool:
        """Whether some say met and others not met."""
        return len({value >= self.met_from for value in self.values}) > 1

    @property
    def is_split(self) -> bool:
        """Whether some find that it does not apply, and others rate it."""
        return 0 < len(self.values) < self.people

    @property
    def disagreement(self) -> tuple[bool, bool, bool, float]:
        """By this the criteria are ordered: two levels apart first, then across met."""
        return self.gap >= 2, self.crosses, self.is_split, self.deviation or 0.0


class Results:
    """All of a closed round in four queries. Only what was submitted counts."""

    def __init__(self, calibration: CalibrationRound) -> None:
        self.round = calibration
        self.levels = list(calibration.questions().levels)
        self.criteria = [answer.criterion for answer in calibration.rated()]
        self._by_card: dict[int, dict[int, RatingLevel]] = defaultdict(dict)
        by_pk = {level.pk: level for level in self.levels}
        for card, criterion, level in _submitted(calibration).values_list(
            "card", "criterion", "level"
        ):
            self._by_card[card][criterion] = by_pk[level]

    @property
    def people(self) -> int:
        return len(self._by_card)

    @property
    def is_enough(self) -> bool:
        """Whether an assessor may see the others without seeing whose rating is whose."""
        return self.people >= SMALLEST_GROUP

    def spread(self, criterion: Criterion, *, without: int | None = None) -> Spread:
        """Of everybody, or of everybody but the card of that key."""
        counted = Counter(
            levels[criterion.pk].pk for card, levels in self._by_card.items() if card != without
        )
        given = [Given(level, counted[level.pk]) for level in self.levels]
        return Spread(criterion, given, self.round.standard_set.met_from)

    @cached_property
    def spreads(self) -> list[Spread]:
        """Those where people differ most come first, else in the catalogue's order."""
        found = [self.spread(criterion) for criterion in self.criteria]
        return sorted(found, key=lambda each: each.disagreement, reverse=True)

    @cached_property
    def agreement(self) -> Agreement | None:
        return of_group(self._values())

    def _values(self) -> Mapping[int, Mapping[int, int]]:
        return {
            card: {
                criterion: level.value
                for criterion, level in levels.items()
                if level.value is not None
            }
            for card, levels in self._by_card.items()
        }

    def own(self, card: CalibrationCard) -> Mapping[int, RatingLevel]:
        return self._by_card[card.pk]


def _submitted(calibration: CalibrationRound) -> "QuerySet[CalibrationRating]":
    return CalibrationRating.objects.filter(
        card__round=calibration, card__submitted_at__isnull=False
    )


def reasons(calibration: CalibrationRound) -> dict[int, list[Reason]]:
    """What was written of each criterion, by its key, in an order that tells nobody's hand: by
    level, then by the text itself.
    """
    found: dict[int, list[Reason]] = defaultdict(list)
    for rating in _submitted(calibration).select_related("level"):
        if rating.level is not None:
            reason = Reason(rating.level, rating.strengths, rating.weaknesses)
            found[rating.criterion_id].append(reason)
    for written in found.values():
        written.sort(key=lambda one: (one.level.value is None, one.level.value, *one[1:]))
    return found


# --- where one stands -----------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """One criterion: my level beside the others'."""

    mine: RatingLevel
    others: Spread

    @property
    def criterion(self) -> Criterion:
        return self.others.criterion

    @property
    def difference(self) -> float | None:
        """In levels; above nought where I am milder. None where either says "not applicable"."""
        if self.mine.value is None or self.others.mean is None:
            return None
        return self.mine.value - self.others.mean

    @property
    def is_far(self) -> bool:
        return self.difference is not None and abs(self.difference) >= 1


class Standing:
    """One assessor against all the others together."""

    def __init__(self, card: CalibrationCard) -> None:
        self.card = card
        self.results = Results(card.round)

    @cached_property
    def places(self) -> list[Place]:
        own = self.results.own(self.card)
        return [
            Place(own[criterion.pk], self.results.spread(criterion, without=self.card.pk))
            for criterion in self.results.criteria
        ]

    @property
    def farthest_first(self) -> list[Place]:
        return sorted(self.places, key=lambda each: -abs(each.difference or 0))

    def _differences(self) -> Iterator[float]:
        return (each.difference for each in self.places if each.difference is not None)

    @cached_property
    def severity(self) -> float | None:
        """The mean difference from the others, in levels: below nought, I am stricter."""
        differences = list(self._differences())
        return fmean(differences) if differences else None

    @property
    def severity_size(self) -> float:
        return abs(self.severity or 0.0)

    @property
    def severity_word(self) -> str:
        """alike, stricter or milder; a twentieth of a level is nothing to speak of."""
        if self.severity is None or self.severity_size < ALIKE:
            return "alike"
        return "stricter" if self.severity < 0 else "milder"

    @cached_property
    def distance(self) -> float | None:
        """How far I am from the others on average, whichever way."""
        distances = [abs(each) for each in self._differences()]
        return fmean(distances) if distances else None

    @property
    def scale(self) -> list[tuple[RatingLevel, int, float]]:
        """Each level: how often I gave it, and how often the others did on average."""
        mine = Counter(each.mine.pk for each in self.places)
        theirs = Counter[int]()
        for each in self.places:
            theirs.update({given.level.pk: given.people for given in each.others.given})
        others = self.results.people - 1
        return [(level, mine[level.pk], theirs[level.pk] / others) for level in self.results.levels]

    @property
    def range(self) -> tuple[float, float] | None:
        """The standard deviation of my own levels, and of all the others' together: who uses
        the whole scale and who keeps to its middle.
        """
        own = [each.mine.value for each in self.places if each.mine.value is not None]
        theirs = [value for each in self.places for value in each.others.values]
        return (pstdev(own), pstdev(theirs)) if own and theirs else None
