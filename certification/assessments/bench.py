"""The workbench: one criterion beside its answer and evidence, and how far the whole card is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db import models
from django.utils.translation import pgettext_lazy

from certification.applications.reading import Row, rows_of
from certification.applications.states import State
from certification.standards.models import Area, Criterion, RatingLevel, Standard

from .models import Assessment, Rating


class Mark(models.TextChoices):
    """How far my rating of one criterion is."""

    EMPTY = "empty", pgettext_lazy("rating", "not rated")
    PART = "part", pgettext_lazy("rating", "not finished")
    DONE = "done", pgettext_lazy("rating", "rated")


@dataclass(frozen=True)
class Entry:
    """One criterion on the bench."""

    row: Row
    rating: Rating | None

    @property
    def criterion(self) -> Criterion:
        return self.row.criterion

    @property
    def mark(self) -> Mark:
        if self.rating is None:
            return Mark.EMPTY
        if self.rating.is_complete:
            return Mark.DONE
        begun = self.rating.level_id or self.rating.comment or self.rating.private_note
        return Mark.PART if begun else Mark.EMPTY

    @property
    def has_evidence(self) -> bool:
        return bool(self.row.citations)

    @property
    def changed_since(self) -> bool:
        """Whether the institution changed its answer after I rated it (a completion)."""
        answer = self.row.answer
        return bool(answer and self.rating and answer.updated_at > self.rating.updated_at)


@dataclass(frozen=True)
class AreaIndex:
    """One area in the list of criteria."""

    area: Area
    standards: list[tuple[Standard, list[Entry]]]
    is_current: bool

    @property
    def entries(self) -> list[Entry]:
        return [entry for _standard, entries in self.standards for entry in entries]

    @property
    def total(self) -> int:
        return len(self.entries)

    @property
    def done(self) -> int:
        return sum(entry.mark == Mark.DONE for entry in self.entries)


class Bench:
    """An assessment laid out for work; six queries, however many criteria there are."""

    def __init__(self, assessment: Assessment, code: str = "") -> None:
        self.assessment = assessment
        application = assessment.application
        ratings = {each.criterion_id: each for each in assessment.ratings.select_related("level")}
        self.entries = [Entry(row, ratings.get(row.criterion.pk)) for row in rows_of(application)]
        self._position = self._find(code)
        self.is_open = application.state == State.ASSESSMENT and not assessment.is_submitted
        self.is_paused = application.state == State.COMPLETION

    def _find(self, code: str) -> int:
        """Where to begin: the criterion asked for, else the first one not rated yet."""
        codes = [entry.criterion.code for entry in self.entries]
        if code in codes:
            return codes.index(code)
        waiting = (i for i, entry in enumerate(self.entries) if entry.mark != Mark.DONE)
        return next(waiting, 0)

    @property
    def current(self) -> Entry:
        return self.entries[self._position]

    @property
    def previous(self) -> Entry | None:
        return self.entries[self._position - 1] if self._position else None

    @property
    def next(self) -> Entry | None:
        following = self.entries[self._position + 1 :]
        return following[0] if following else None

    @cached_property
    def done(self) -> int:
        return sum(entry.mark == Mark.DONE for entry in self.entries)

    @property
    def total(self) -> int:
        return len(self.entries)

    @property
    def is_ready(self) -> bool:
        return self.done == self.total

    @property
    def waiting(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.mark != Mark.DONE]

    @cached_property
    def levels(self) -> Sequence[RatingLevel]:
        return list(self.assessment.application.standard_set.levels.all())

    @property
    def areas(self) -> list[AreaIndex]:
        here = self.current.criterion.standard.area_id
        return [
            AreaIndex(area, _by_standard(list(entries)), area.pk == here)
            for area, entries in groupby(self.entries, key=lambda e: e.criterion.standard.area)
        ]


def _by_standard(entries: list[Entry]) -> list[tuple[Standard, list[Entry]]]:
    return [
        (standard, list(of_standard))
        for standard, of_standard in groupby(entries, key=lambda e: e.criterion.standard)
    ]
