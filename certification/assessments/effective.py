"""Submitted ratings as they count: the last correction of each laid over it.

Whatever reads ratings that were submitted reads them through here; what was submitted at first
stays beside it as `original`.
"""

from copy import copy
from typing import TYPE_CHECKING

from .models import Rating, RatingCorrection

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Counted:
    """A rating as it counts. It reads like the Rating it stands for."""

    def __init__(self, rating: Rating, correction: RatingCorrection | None) -> None:
        self.original, self.correction = rating, correction
        self.rating = copy(rating) if correction else rating
        if correction:
            self.rating.level = correction.level
            self.rating.strengths = correction.strengths
            self.rating.weaknesses = correction.weaknesses

    @property
    def is_corrected(self) -> bool:
        return self.correction is not None


def counted(ratings: "QuerySet[Rating]") -> list[Counted]:
    """Each of the ratings, in their order. One query more than theirs."""
    found = list(ratings)
    corrections = RatingCorrection.objects.filter(rating__in=[rating.pk for rating in found])
    last = {each.rating_id: each for each in corrections.select_related("level", "corrected_by")}
    return [Counted(rating, last.get(rating.pk)) for rating in found]


def effective(ratings: "QuerySet[Rating]") -> list[Rating]:
    """The ratings alone, as they count."""
    return [each.rating for each in counted(ratings)]
