"""One criterion on the bench: my rating beside what the institution says and shows."""

from collections.abc import Sequence
from functools import cached_property

from certification.applications.changes import Change, by_completions
from certification.applications.models import Answer, Application, Citation
from certification.applications.reading import Row
from certification.applications.renewal.comparing import ThenAndNow
from certification.applications.renewal.earlier import Judgement
from certification.applications.submitted import rows_for
from certification.standards.models import Criterion, RatingLevel
from institutions.models import EvidenceRevision

from .bench import CHANGED, Entry, Mark, is_open
from .history import Past
from .marks.texts import Marks
from .models import Assessment, EvidenceMark


class Desk:
    """Reads what belongs to one criterion and nothing of the others: that is what makes going on
    to the next one quick. `only_changed` is as on the bench.
    """

    def __init__(
        self,
        assessment: Assessment,
        criterion: Criterion,
        *,
        only_changed: bool = False,
        entry: Entry | None = None,
    ) -> None:
        self.assessment = assessment
        self.application: Application = assessment.application
        self.criterion = criterion
        self.is_open = is_open(assessment)
        self.only_changed = only_changed and self.application.renews_id is not None
        if entry is not None:
            self.entry = entry  # read already

    @cached_property
    def _past(self) -> Past | None:
        return Past.of(self.assessment, None if self.only_changed else [self.row])

    @cached_property
    def row(self) -> Row:
        """What the institution says and shows, as the assessor may read it."""
        reader = self.assessment.assignment.assessor
        return rows_for(reader, self.application, [self.criterion])[0]

    @cached_property
    def entry(self) -> Entry:
        return Entry(
            self.criterion,
            self.assessment.ratings.filter(criterion=self.criterion).first(),
            by_completions(self.application).get(self.criterion.code),
            has_evidence=bool(self.citations),
        )

    @property
    def query(self) -> str:
        return f"&tylko={CHANGED}" if self.only_changed else ""

    @cached_property
    def then(self) -> ThenAndNow | None:
        """The criterion beside the last cycle, in a renewal."""
        return self._past.of_criterion(self.criterion) if self._past else None

    @property
    def judgements(self) -> list[Judgement]:
        """What the last cycle's assessors agreed on here, once I have rated it myself."""
        if self._past is None or not self.has_own_view:
            return []
        return self._past.judgements_of(self.criterion)

    @property
    def has_own_view(self) -> bool:
        return self.assessment.is_submitted or self.entry.mark == Mark.DONE

    @property
    def answer(self) -> Answer | None:
        return self.row.answer

    @property
    def citations(self) -> list[Citation]:
        return self.row.citations

    @cached_property
    def marks(self) -> Marks:
        """The places in the evidence that my rating of it points at, by number."""
        mine = EvidenceMark.objects.filter(assessment=self.assessment, criterion=self.criterion)
        found = list(mine)
        read = {each.revision_id: each.revision for each in self.citations}
        others = {mark.revision_id for mark in found} - read.keys()
        if others:  # no longer cited
            read |= EvidenceRevision.objects.select_related("evidence").in_bulk(others)
        for mark in found:
            mark.criterion, mark.revision = self.criterion, read[mark.revision_id]
        return {mark.number: mark for mark in found}

    @property
    def change(self) -> Change | None:
        """How the last completion changed the answer."""
        return self.entry.completed.change if self.entry.completed else None

    @property
    def levels(self) -> Sequence[RatingLevel]:
        return self.application.questions().levels

    @cached_property
    def previous(self) -> Criterion | None:
        before = self._criteria[: self._position]
        return next(filter(self._is_listed, reversed(before)), None)

    @cached_property
    def next(self) -> Criterion | None:
        return next(filter(self._is_listed, self._criteria[self._position + 1 :]), None)

    @cached_property
    def _criteria(self) -> list[Criterion]:
        return list(self.assessment.criteria())

    @property
    def _position(self) -> int:
        return self._criteria.index(self.criterion)

    def _is_listed(self, criterion: Criterion) -> bool:
        return not self.only_changed or self._past is None or self._past.is_changed(criterion)
