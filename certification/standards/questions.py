"""What one kind of institution is asked by an edition, and the scale it rates itself by.

A published edition never changes (the database refuses it), so each process reads it once. Kinds of
evidence can be renamed any time: they are not kept here.
"""

from copy import copy
from dataclasses import dataclass
from typing import Protocol

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


class Asked(Protocol):
    """Whatever answers to an edition as a kind of institution."""

    standard_set_id: int
    kind_id: int

    @property
    def standard_set(self) -> StandardSet: ...
    @property
    def kind(self) -> InstitutionKind: ...


_published: dict[tuple[int, int], Questions] = {}


def questions(asked: Asked) -> Questions:
    """At most four queries, and none for a published edition that this process has read: not even
    the edition itself is needed then.
    """
    key = asked.standard_set_id, asked.kind_id
    if (kept := _published.get(key)) is not None:
        return kept
    found = _read(asked.standard_set, asked.kind)
    if asked.standard_set.published_at is not None:
        _published[key] = found
    return found


def forget() -> None:
    """Read anew, as where rows went that can never go in earnest."""
    _published.clear()


def _read(standard_set: StandardSet, kind: InstitutionKind) -> Questions:
    criteria = Criterion.objects.of_set(standard_set).for_kind(kind)
    return Questions(
        criteria=tuple(criteria.select_related("standard__area").in_order()),
        levels=tuple(standard_set.levels.all()),
    )
