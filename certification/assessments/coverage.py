"""Which criteria of a case have their assessors, and which still want one.

Each criterion is rated by ASSESSORS people. Mostly both take the whole case; an assessor may
take only some of it, and then others take the rest. Third assessors do not count here.
"""

from collections import Counter
from collections.abc import Iterable

from certification.applications.models import Application
from certification.standards.models import Criterion

from .models import Assignment
from .states import ASSESSORS, Part


class Coverage:
    """A case with these of its assignments; wants `criteria` of each prefetched."""

    def __init__(self, application: Application, assignments: Iterable[Assignment]) -> None:
        self.criteria = application.questions().criteria
        self._takers: Counter[int] = Counter()
        for assignment in assignments:
            assignment.application = application  # whose kind and edition are loaded
            if assignment.part == Part.REGULAR:
                self._takers.update(criterion.pk for criterion in assignment.asked())

    @property
    def wanted(self) -> list[Criterion]:
        """The criteria that have too few assessors, in the catalogue's order."""
        return [each for each in self.criteria if self._takers[each.pk] < ASSESSORS]

    @property
    def is_shared_out(self) -> bool:
        """Whether only some criteria want somebody: an assessor took a part of the case."""
        return 0 < len(self.wanted) < len(self.criteria)

    @property
    def places(self) -> int:
        """How many people are wanted at least."""
        return max((ASSESSORS - self._takers[each.pk] for each in self.criteria), default=0)


def coverage_of(application: Application) -> Coverage:
    """By the active assignments of the case. Two queries."""
    active = Assignment.objects.active().filter(application=application)
    return Coverage(application, active.prefetch_related("criteria"))
