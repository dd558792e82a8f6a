"""What one kind of institution is asked by an edition, and the scale it rates itself by.

A published edition never changes (the database refuses it), so each process reads it once. Kinds of
evidence can be renamed any time: they are not kept here.
"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from .models import Criterion, InstitutionKind, RatingLevel, StandardSet


@dataclass(frozen=True)
class Questions:
    """The criteria in the catalogue's order, and the levels. Many threads read the same objects:
    nobody writes to them.
    """

    criteria: tuple[Criterion, ...]
    levels: tuple[RatingLevel, ...]

    def criterion(self, code: str) -> Criterion | None:
        """The criterion of that code, as a copy to which more can be fetched."""
        return next((copy(each) for each in self.criteria if each.code == code), None)


def questions(standard_set: StandardSet, kind: InstitutionKind) -> Questions:
    """At most two queries, and none for a published edition that this process has read."""
    if standard_set.published_at is None:
        return _read(standard_set, kind)
    return _read_once(standard_set, kind, standard_set.published_at)


@lru_cache(maxsize=32)
def _read_once(
    standard_set: StandardSet, kind: InstitutionKind, published_at: datetime
) -> Questions:
    """Keep what can never change again. The last argument is there to tell keys apart."""
    return _read(standard_set, kind)


def _read(standard_set: StandardSet, kind: InstitutionKind) -> Questions:
    criteria = Criterion.objects.of_set(standard_set).for_kind(kind)
    return Questions(
        criteria=tuple(criteria.select_related("standard__area").in_order()),
        levels=tuple(standard_set.levels.all()),
    )
