"""What becomes of the criteria between two editions, told to those who must answer them."""

from collections.abc import Iterable
from dataclasses import dataclass

from certification.differences import Segment, words
from certification.standards.descent import Kind, Lineage, trace
from certification.standards.models import Criterion, InstitutionKind, StandardSet

# what asks for work comes first
ORDER = (Kind.CHANGED, Kind.SPLIT, Kind.MERGED, Kind.NEW, Kind.DROPPED, Kind.SAME)


@dataclass(frozen=True)
class Step:
    """One criterion of the new edition with those it comes from; a dropped one stands alone."""

    criterion: Criterion
    parents: tuple[Criterion, ...]

    @property
    def wording(self) -> list[Segment]:
        return words(self.parents[0].text, self.criterion.text)


@dataclass(frozen=True)
class Heap:
    """Everything that goes the same way."""

    kind: Kind
    steps: list[Step]


@dataclass(frozen=True)
class Passage:
    """The way of one kind of institution from an edition to another."""

    before: StandardSet
    after: StandardSet
    heaps: list[Heap]

    @property
    def is_even(self) -> bool:
        """Whether everything stays as it was."""
        return all(heap.kind == Kind.SAME for heap in self.heaps)


def passage(before: StandardSet, after: StandardSet, kind: InstitutionKind) -> Passage:
    """Only criteria that an institution of this kind was asked, or will be."""
    lineage = trace(before, after)
    mine = set(Criterion.objects.for_kind(kind).of_set(before).values_list("pk", flat=True))
    mine |= set(Criterion.objects.for_kind(kind).of_set(after).values_list("pk", flat=True))
    steps = [
        (lineage.kind_of(each), Step(each, tuple(lineage.parents.get(each.pk, ()))))
        for each in _told(lineage)
        if each.pk in mine
    ]
    heaps = (Heap(kind, [step for way, step in steps if way == kind]) for kind in ORDER)
    return Passage(before, after, [heap for heap in heaps if heap.steps])


def _told(lineage: Lineage) -> Iterable[Criterion]:
    yield from lineage.new
    yield from lineage.dropped
