"""An application as it is read: areas, their standards, and each criterion with its answer.

One loader for every page that shows answers (overview, case page, dossier, assessment), so
that they agree, in a number of queries that does not grow with the catalogue.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.markup import word_count
from certification.standards.models import Area, Criterion, Standard
from institutions.models import EvidenceRevision

from .models import Answer, Application, Citation


class Progress(models.TextChoices):
    """How far one answer is."""

    EMPTY = "empty", _("not started")
    STARTED = "started", _("started")
    CARRIED = "carried", _("to be confirmed")  # taken over whole, and nobody has looked at it since
    DONE = "done", _("answered")


def progress_of(
    has_text: bool, has_rating: bool, has_citation: bool, *, is_to_confirm: bool
) -> Progress:
    if has_text and has_rating:
        return Progress.CARRIED if is_to_confirm else Progress.DONE
    return Progress.STARTED if has_text or has_rating or has_citation else Progress.EMPTY


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
    def is_too_long(self) -> bool:
        """Whether it has more words than may be submitted; it is saved all the same."""
        return self.answer is not None and word_count(self.answer.text) > self.criterion.word_limit

    @property
    def has_rating(self) -> bool:
        return self.answer is not None and self.answer.self_rating_id is not None

    @property
    def is_to_confirm(self) -> bool:
        return self.answer is not None and self.answer.is_to_confirm

    @property
    def progress(self) -> Progress:
        begun = self.has_text, self.has_rating, bool(self.citations)
        return progress_of(*begun, is_to_confirm=self.is_to_confirm)


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


def rows_of(application: Application, criteria: Iterable[Criterion] | None = None) -> list[Row]:
    """One row a criterion, in the catalogue's order, without the evidence types; of these
    `criteria` alone, where some are given. Four queries, when the application came `with_names()`.
    """
    if criteria is None:
        # many citations point at few revisions: a query more is cheaper than a row of all for each
        revisions = EvidenceRevision.objects.select_related("evidence__type")
        cited = Citation.objects.prefetch_related(models.Prefetch("revision", revisions))
    else:
        cited = Citation.objects.select_related("revision__evidence__type")
    answers = application.answers.select_related(
        "self_rating", "carried__confirmed_by"
    ).prefetch_related(models.Prefetch("citations", cited, to_attr="cited"))
    if criteria is not None:
        answers = answers.filter(criterion__in=criteria)
    found = {answer.criterion_id: answer for answer in answers}
    asked = application.criteria() if criteria is None else criteria
    return [_row(criterion, found.get(criterion.pk)) for criterion in asked]


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
    too_long: list[Row]  # more words than the criterion's limit: these bar it too
    unconfirmed: list[Row]  # taken over, and neither confirmed nor written anew: these do too
    unsupported: list[Row]  # rated as met, with no evidence: a warning

    def __bool__(self) -> bool:
        return bool(self.unanswered or self.unconfirmed or self.too_long)


def missing(application: Application, rows: list[Row] | None = None) -> Missing:
    """Find what is missing; `rows` saves reading them a second time."""
    rows = rows_of(application) if rows is None else rows
    met_from = application.standard_set.met_from
    return Missing(
        unanswered=[row for row in rows if row.progress in {Progress.EMPTY, Progress.STARTED}],
        unconfirmed=[row for row in rows if row.progress == Progress.CARRIED],
        too_long=_too_long(application, rows),
        unsupported=[row for row in rows if _is_rated_met(row, met_from) and not row.citations],
    )


def _too_long(application: Application, rows: list[Row]) -> list[Row]:
    """Of those that can be written now: what is frozen stays as it was accepted."""
    long = [row for row in rows if row.is_too_long]
    unlocked = set(application.unlocked().values_list("pk", flat=True)) if long else set()
    return [row for row in long if row.criterion.pk in unlocked]


def _is_rated_met(row: Row, met_from: int) -> bool:
    rating = row.answer.self_rating if row.answer else None
    return rating is not None and rating.value is not None and rating.value >= met_from
