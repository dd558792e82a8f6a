"""Who reads which answers: the institution as they stand, everybody else what was submitted.

While a completion is written the answers are ahead of the last dossier, and where it was never
handed in they stay so. Whatever shows answers to a reader, or opens evidence for one, asks here.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from certification.standards.models import Criterion
from institutions.models import EvidenceRevision, User

from .dossiers import confirmation_of, contents_of, place_of
from .models import Answer, Application, Carried, Citation, DossierFile
from .reading import Row, rows_of
from .renewal.carrying import by_name

Record = dict[str, Any]


def reads_as_it_stands(reader: User, application: Application) -> bool:
    """Asks the database nothing where the answers cannot be ahead of what was submitted."""
    return not application.is_ahead or application.institution_id in reader.institution_ids


def rows_for(
    reader: User, application: Application, criteria: Iterable[Criterion] | None = None
) -> list[Row]:
    """`rows_of`, as the person may read them.

    An answer from a dossier is a row of no table: it has no key, and is never saved.
    """
    if reads_as_it_stands(reader, application):
        return rows_of(application, criteria)
    submitted = _Submitted(application)
    asked = application.criteria() if criteria is None else criteria
    return [submitted.row(criterion) for criterion in asked]


def cited_in(reader: User, application: Application) -> set[str]:
    """The codes of the criteria where the person sees evidence cited."""
    if reads_as_it_stands(reader, application):
        cited = application.answers.order_by().filter(citations__isnull=False)
        return set(cited.values_list("criterion__code", flat=True))
    return {code for code, record in _records(application).items() if record["evidence"]}


def holds_revision(reader: User, application: Application, revision: EvidenceRevision) -> bool:
    """Whether the case shows the revision to the person: frozen in one of its dossiers, or cited
    by answers that they read as they stand.
    """
    frozen = DossierFile.objects.filter(dossier__application=application, revision=revision)
    if frozen.exists():
        return True
    cited = Citation.objects.filter(answer__application=application, revision=revision)
    return reads_as_it_stands(reader, application) and cited.exists()


def _records(application: Application) -> dict[str, Record]:
    """What the last dossier holds, by the code of the criterion; nothing before the first."""
    last = application.dossiers.defer("manifest").last()
    answers = contents_of(last.pk, last.sha256).get("answers", []) if last else []
    return {record["criterion"]: record for record in answers}


class _Submitted:
    """The answers of the last dossier, laid out as rows of today."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.records = _records(application)
        self.levels = by_name(application.questions().levels)
        cited = {piece["id"] for each in self.records.values() for piece in each["evidence"]}
        revisions = EvidenceRevision.objects.select_related("evidence__type")
        self.revisions = revisions.in_bulk(cited)

    def row(self, criterion: Criterion) -> Row:
        record = self.records.get(criterion.code)
        if record is None:
            return Row(criterion, None, [])
        answer = self._answer(criterion, record)
        citations = [
            Citation(answer=answer, revision=self.revisions[piece["id"]], **place_of(piece).columns)
            for piece in record["evidence"]
        ]
        return Row(criterion, answer, citations)

    def _answer(self, criterion: Criterion, record: Record) -> Answer:
        answer = Answer(
            application=self.application,
            criterion=criterion,
            self_rating=self.levels.get((record["self_rating"], record["self_rating_name"])),
            text=record["text"],
        )
        if confirmation_of(record) and (carried := self.carried.get(criterion.pk)):
            answer.carried, answer.version = carried, carried.version  # as it was taken over
        return answer

    @cached_property
    def carried(self) -> dict[int, Carried]:
        """Who found that an answer which was taken over still holds, by criterion."""
        rows = Carried.objects.filter(answer__application=self.application)
        found = rows.select_related("answer", "confirmed_by")
        return {carried.answer.criterion_id: carried for carried in found}
