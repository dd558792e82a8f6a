"""The workbench: all criteria of one assessment, and how far my rating of each is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from certification.applications.changes import Completed, by_completions
from certification.applications.models import Application
from certification.applications.states import State
from certification.applications.submitted import cited_in
from certification.standards.models import Area, Criterion, Standard

from .history import Past
from .models import Assessment, CalibrationRating, Rating
from .pace import Pace

CHANGED = "zmiany"  # in the address: only what changed since the last cycle


class Mark(models.TextChoices):
    """How far my rating of one criterion is."""

    EMPTY = "empty", pgettext_lazy("rating", "not rated")
    PART = "part", pgettext_lazy("rating", "not finished")
    DONE = "done", pgettext_lazy("rating", "rated")


def mark_of(rating: Rating | CalibrationRating | None) -> Mark:
    if rating is None or not rating.is_begun:
        return Mark.EMPTY
    return Mark.DONE if rating.is_complete else Mark.PART


@dataclass(frozen=True)
class Entry:
    """One criterion on the bench: my rating, and what is known of the institution's answer."""

    criterion: Criterion
    rating: Rating | None
    completed: Completed | None
    has_evidence: bool
    is_new: bool = False  # since the last cycle

    @property
    def mark(self) -> Mark:
        return mark_of(self.rating)

    @property
    def changed_since(self) -> bool:
        """Whether the answer or its evidence changed after I rated it (a completion)."""
        if self.rating is None or self.completed is None:
            return False
        return self.completed.dossier.frozen_at > self.rating.updated_at

    @property
    def news(self) -> str:
        """Why it deserves a look, in a word; "" for no reason."""
        if self.changed_since:
            return _("changed by the completion after you rated it")
        if self.completed:
            return _("changed by the completion")
        return _("changed since the last cycle") if self.is_new else ""


class Listed(Protocol):
    """What a list of criteria needs to know of each."""

    @property
    def criterion(self) -> Criterion: ...
    @property
    def rating(self) -> Rating | CalibrationRating | None: ...
    @property
    def mark(self) -> Mark: ...


AnyEntry = TypeVar("AnyEntry", bound=Listed)


@dataclass(frozen=True)
class AreaIndex(Generic[AnyEntry]):
    """One area in the list of criteria."""

    area: Area
    standards: list[tuple[Standard, list[AnyEntry]]]
    is_current: bool

    @property
    def entries(self) -> list[AnyEntry]:
        return [entry for _standard, entries in self.standards for entry in entries]

    @property
    def total(self) -> int:
        return len(self.entries)

    @property
    def done(self) -> int:
        return sum(entry.mark == Mark.DONE for entry in self.entries)


class Workbench(Generic[AnyEntry]):
    """Criteria with my rating of each, of a case or of a sample: how far I am, where I stopped."""

    entries: list[AnyEntry]
    current: AnyEntry

    def _find(self, code: str) -> AnyEntry:
        """The criterion asked for; else where I stopped: the one I wrote last while it is not
        finished, or the next one that waits after it.
        """
        for entry in self.entries:
            if entry.criterion.code == code:
                return entry
        listed = self.listed or self.entries
        begun = [entry for entry in listed if entry.rating is not None]
        last = max(begun, key=_written_at, default=None)
        start = listed.index(last) if last else 0
        onward = [*listed[start:], *listed[:start]]
        return next((entry for entry in onward if entry.mark != Mark.DONE), listed[0])

    @property
    def listed(self) -> list[AnyEntry]:
        """What the list of criteria shows."""
        return self.entries

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
    def waiting(self) -> list[AnyEntry]:
        return [entry for entry in self.entries if entry.mark != Mark.DONE]

    @property
    def areas(self) -> list[AreaIndex[AnyEntry]]:
        here = self.current.criterion.standard.area_id
        return [
            AreaIndex(area, _by_standard(list(entries)), area.pk == here)
            for area, entries in groupby(self.listed, key=lambda e: e.criterion.standard.area)
        ]


class Bench(Workbench[Entry]):
    """An assessment laid out for work. Three queries, however long the list of criteria; of a
    renewal the last cycle is read too. `only_changed` leaves out the criteria that stand as they
    did then. What belongs to one criterion alone is on its `Desk`.
    """

    def __init__(
        self, assessment: Assessment, code: str = "", *, only_changed: bool = False
    ) -> None:
        self.assessment = assessment
        self.application: Application = assessment.application
        self.past = Past.of(assessment)
        self.only_changed = only_changed and self.past is not None
        self.entries = self._entries()
        self.current = self._find(code)

    def _entries(self) -> list[Entry]:
        ratings = {each.criterion_id: each for each in self.assessment.ratings.all()}
        supported = cited_in(self.assessment.assignment.assessor, self.application)
        completed = by_completions(self.application)
        return [
            Entry(
                each,
                ratings.get(each.pk),
                completed.get(each.code),
                each.code in supported,
                is_new=self.past is not None and self.past.is_changed(each),
            )
            for each in self.assessment.criteria()
        ]

    @cached_property
    def listed(self) -> list[Entry]:
        return [each for each in self.entries if each.is_new or not self.only_changed]

    @property
    def query(self) -> str:
        """What an address of the bench carries on, beside the criterion."""
        return f"&tylko={CHANGED}" if self.only_changed else ""

    @property
    def is_open(self) -> bool:
        return is_open(self.assessment)

    @property
    def is_paused(self) -> bool:
        return self.application.state == State.COMPLETION

    @property
    def pace(self) -> Pace:
        return Pace(self.assessment.seconds_spent, self.done, self.total)

    @property
    def changed(self) -> list[Entry]:
        """What a completion changed after I rated it: to be read again."""
        return [entry for entry in self.entries if entry.changed_since]

    @property
    def has_news(self) -> bool:
        return any(entry.news for entry in self.listed)


def is_open(assessment: Assessment) -> bool:
    """Whether I may rate now."""
    return assessment.application.state == State.ASSESSMENT and not assessment.is_submitted


def _written_at(entry: Listed) -> float:
    return entry.rating.updated_at.timestamp() if entry.rating else 0.0


def _by_standard(entries: Sequence[AnyEntry]) -> list[tuple[Standard, list[AnyEntry]]]:
    return [
        (standard, list(of_standard))
        for standard, of_standard in groupby(entries, key=lambda e: e.criterion.standard)
    ]
