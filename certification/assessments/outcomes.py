"""What a consolidated card says about each standard: read by decisions and by letters.

The rule. A criterion agreed to be "not applicable" does not count.

- not applicable: no criterion of the standard counts;
- open: a criterion is not settled yet (only while the card is open);
- unmet: a criterion that counts lies below `StandardSet.met_from`;
- exemplary: all are met, and at least half of them stand at the top of the scale;
- met: everything else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Max

from certification.standards.models import Standard, StandardSet

from .models import ConsolidatedCard, ConsolidatedRating
from .states import OutcomeLevel


@dataclass(frozen=True)
class Outcome:
    """One standard's level, with the agreed ratings it follows from."""

    standard: Standard
    level: OutcomeLevel
    ratings: tuple[ConsolidatedRating, ...]

    @property
    def is_met(self) -> bool:
        """Whether the standard may be praised: met, or better."""
        return self.level in {OutcomeLevel.MET, OutcomeLevel.EXEMPLARY}

    @property
    def unmet(self) -> list[ConsolidatedRating]:
        return [rating for rating in self.ratings if is_unmet(rating)]


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


def outcomes_of(ratings: Iterable[ConsolidatedRating]) -> dict[str, Outcome]:
    """The same from ratings that `agreed_ratings` gave. One query."""
    found: dict[str, Outcome] = {}
    top: int | None = None
    for standard, group in groupby(ratings, key=lambda rating: rating.criterion.standard):
        standard_set = standard.area.standard_set
        top = _top_of_scale(standard_set) if top is None else top
        members = tuple(group)
        level = standard_level(members, met_from=standard_set.met_from, top=top)
        found[standard.code] = Outcome(standard, level, members)
    return found


def standard_level(
    ratings: Iterable[ConsolidatedRating], *, met_from: int, top: int
) -> OutcomeLevel:
    """The rule above, on the ratings of one standard."""
    levels = [rating.level for rating in ratings]
    if None in levels:
        return OutcomeLevel.OPEN
    values = [level.value for level in levels if level is not None and level.value is not None]
    if not values:
        return OutcomeLevel.NOT_APPLICABLE
    if min(values) < met_from:
        return OutcomeLevel.UNMET
    if 2 * values.count(top) >= len(values):
        return OutcomeLevel.EXEMPLARY
    return OutcomeLevel.MET


def unmet_criteria(card: ConsolidatedCard) -> list[ConsolidatedRating]:
    """The criteria agreed to lie below what counts as met. One query."""
    return [rating for rating in agreed_ratings(card) if is_unmet(rating)]


def is_unmet(rating: ConsolidatedRating) -> bool:
    """Whether this agreed rating is a reason to refuse; one that is open or n/a is not."""
    if rating.level is None or rating.level.value is None:
        return False
    return rating.level.value < rating.criterion.standard.area.standard_set.met_from


def _top_of_scale(standard_set: StandardSet) -> int:
    top: int = standard_set.levels.aggregate(top=Max("value"))["top"]
    return top
