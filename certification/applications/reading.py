"""An application as it is read: areas, their standards, and each criterion with its answer.

One loader for every page that shows answers (overview, case page, dossier, assessment), so
that they agree, in a number of queries that does not grow with the catalogue.
"""

from dataclasses import dataclass
from itertools import groupby

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.standards.models import Area, Criterion, Standard
from institutions.models import EvidenceRevision

from .models import Answer, Application, Citation


class Progress(models.TextChoices):
    """How far one answer is."""

    EMPTY = "empty", _("not started")
    STARTED = "started", _("started")
    DONE = "done", _("answered")


@dataclass(frozen=True)
class Row:
    """One criterion, the answer, and what it cites (each with `revision.evidence.type`)."""

    criterion: Criterion
    answer: Answer | None
    citations: list[Citation]

    @property
    def has_text(self) -> bool:
        return self.answer is not None and bool(self.answer.text.strip())

    @property
    def has_rating(self) -> bool:
        return self.answer is not None and self.answer.self_rating_id is not None

    @property
    def progress(self) -> Progress:
        if self.has_text and self.has_rating:
            return Progress.DONE
        begun = self.has_text or self.has_rating or self.citations
        return Progress.STARTED if begun else Progress.EMPTY


@dataclass(frozen=True)
class StandardView:
    standard: Standard
    rows: list[Row]


@dataclass(frozen=True)
class AreaView:
    area: Area
    standards: list[StandardView]

    @property
    def rows(self) -> list[Row]:
        return [row for view in self.standards for row in view.rows]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def done(self) -> int:
        return sum(row.progress == Progress.DONE for row in self.rows)


def criteria_with_answers(application: Application) -> list[AreaView]:
    """Everything the institution is asked, with its answers, in the catalogue's order.

    Each criterion's `evidence_types` are loaded too. Five queries, when the application came
    `with_names()`.
    """
    rows = rows_of(application)
    models.prefetch_related_objects([row.criterion for row in rows], "evidence_types")
    return by_area(rows)


def rows_of(application: Application) -> list[Row]:
    """One row a criterion, in the catalogue's order, without the evidence types."""
    # many citations point at few revisions: a query more is cheaper than a row of all for each
    revisions = EvidenceRevision.objects.select_related("evidence__type")
    cited = Citation.objects.prefetch_related(models.Prefetch("revision", revisions))
    answers = application.answers.select_related("self_rating").prefetch_related(
        models.Prefetch("citations", cited, to_attr="cited")
    )
    found = {answer.criterion_id: answer for answer in answers}
    return [_row(criterion, found.get(criterion.pk)) for criterion in application.criteria()]


def _row(criterion: Criterion, answer: Answer | None) -> Row:
    return Row(criterion, answer, answer.cited if answer else [])  # type: ignore[attr-defined]


def by_area(rows: list[Row]) -> list[AreaView]:
    """Group rows, which come in the catalogue's order, by area and standard."""
    return [
        AreaView(area, _by_standard(list(of_area)))
        for area, of_area in groupby(rows, key=lambda row: row.criterion.standard.area)
    ]


def _by_standard(rows: list[Row]) -> list[StandardView]:
    return [
        StandardView(standard, list(of_standard))
        for standard, of_standard in groupby(rows, key=lambda row: row.criterion.standard)
    ]


@dataclass(frozen=True)
class Missing:
    """What keeps an application from being submitted, and what weakens it."""

    unanswered: list[Row]  # no text or no self-rating: these bar the submission
    unsupported: list[Row]  # rated as met, with no evidence: a warning

    def __bool__(self) -> bool:
        return bool(self.unanswered)


def missing(application: Application, rows: list[Row] | None = None) -> Missing:
    """Find what is missing; `rows` saves reading them a second time."""
    rows = rows_of(application) if rows is None else rows
    met_from = application.standard_set.met_from
    return Missing(
        unanswered=[row for row in rows if row.progress != Progress.DONE],
        unsupported=[row for row in rows if _is_rated_met(row, met_from) and not row.citations],
    )


def _is_rated_met(row: Row, met_from: int) -> bool:
    rating = row.answer.self_rating if row.answer else None
    return rating is not None and rating.value is not None and rating.value >= met_from


def citable_revisions(
    application: Application, criterion: Criterion
) -> "models.QuerySet[EvidenceRevision]":
    """The newest version of all in the institution's library, but what is cited here already."""
    newest = EvidenceRevision.objects.filter(evidence=models.OuterRef("evidence"))
    cited = Citation.objects.filter(answer__application=application, answer__criterion=criterion)
    return (
        EvidenceRevision.objects.filter(
            evidence__institution=application.institution_id,
            pk=models.Subquery(newest.order_by("-number").values("pk")[:1]),
        )
        .exclude(pk__in=cited.values("revision"))
        .order_by("evidence__search_text", "pk")  # which begins with the title, folded
    )
