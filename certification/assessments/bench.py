"""The workbench: one criterion beside its answer and evidence, and how far the whole card is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from django.db import models
from django.db.models import Count
from django.utils.translation import pgettext_lazy

from certification.applications.models import Answer, Application, Citation
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
    """One criterion on the bench: my rating, and what is known of the institution's answer."""

    criterion: Criterion
    rating: Rating | None
    answered_at: datetime | None
    has_evidence: bool

    @property
    def mark(self) -> Mark:
        if self.rating is None:
            return Mark.EMPTY
        if self.rating.is_complete:
            return Mark.DONE
        begun = self.rating.level_id or self.rating.comment or self.rating.private_note
        return Mark.PART if begun else Mark.EMPTY

    @property
    def changed_since(self) -> bool:
        """Whether the institution changed its answer after I rated it (a completion)."""
        if self.rating is None or self.answered_at is None:
            return False
        return self.answered_at > self.rating.updated_at


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
    """An assessment laid out for work. Three queries for the list of criteria, however long;
    answers and evidence are read for the current criterion alone.
    """

    def __init__(self, assessment: Assessment, code: str = "") -> None:
        self.assessment = assessment
        self.application: Application = assessment.application
        self.entries = self._entries()
        self._position = self._find(code)
        state = self.application.state
        self.is_open = state == State.ASSESSMENT and not assessment.is_submitted
        self.is_paused = state == State.COMPLETION

    def _entries(self) -> list[Entry]:
        ratings = {each.criterion_id: each for each in self.assessment.ratings.all()}
        answers = self.application.answers.order_by().annotate(cited=Count("citations"))
        known = {
            criterion: (updated_at, bool(cited))
            for criterion, updated_at, cited in answers.values_list(
                "criterion_id", "updated_at", "cited"
            )
        }
        return [
            Entry(each, ratings.get(each.pk), *known.get(each.pk, (None, False)))
            for each in self.application.criteria()
        ]

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

    @cached_property
    def answer(self) -> Answer | None:
        """What the institution says about the current criterion."""
        answers = self.application.answers.select_related("self_rating")
        return answers.filter(criterion=self.current.criterion).first()

    @cached_property
    def citations(self) -> list[Citation]:
        """What it cites there, with `revision.evidence.type`."""
        if not self.current.has_evidence:
            return []
        cited = Citation.objects.filter(answer=self.answer)
        return list(cited.select_related("revision__evidence__type"))

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
        return list(self.application.standard_set.levels.all())

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
