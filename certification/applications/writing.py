"""The way through an application for those who write it: every criterion, and how far it is."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Exists, OuterRef, Q

from certification.standards.models import Area, Criterion, Standard

from .models import Application, Citation
from .reading import Progress, progress_of
from .states import State


@dataclass(frozen=True)
class Step:
    """One criterion on the way; `is_open` where it may be written now, `is_here` where one is."""

    criterion: Criterion
    progress: Progress
    is_open: bool
    is_here: bool


@dataclass(frozen=True)
class StandardSteps:
    standard: Standard
    steps: list[Step]

    @property
    def is_open(self) -> bool:
        return any(step.is_open for step in self.steps)


@dataclass(frozen=True)
class AreaSteps:
    area: Area
    standards: list[StandardSteps]

    @cached_property
    def steps(self) -> list[Step]:
        return [step for standard in self.standards for step in standard.steps]

    @property
    def is_here(self) -> bool:
        return any(step.is_here for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def done(self) -> int:
        return sum(step.progress == Progress.DONE for step in self.steps)


@dataclass(frozen=True)
class Way:
    """All steps in the catalogue's order, and what stands before and after one of them."""

    steps: list[Step]

    @property
    def open_codes(self) -> list[str]:
        return [step.criterion.code for step in self.steps if step.is_open]

    @property
    def areas(self) -> list[AreaSteps]:
        return [
            AreaSteps(area, _by_standard(list(steps)))
            for area, steps in groupby(self.steps, lambda step: step.criterion.standard.area)
        ]

    def around(self, code: str) -> tuple[str, str, tuple[int, int]]:
        """The codes before and after, among those that are open, and the place there."""
        codes = self.open_codes
        if code not in codes:
            return "", "", (0, len(codes))
        index, padded = codes.index(code), ["", *codes, ""]
        return padded[index], padded[index + 2], (index + 1, len(codes))


def way_through(application: Application, here: str = "") -> Way:
    """The way, with the criterion or the standard of the code `here` marked on it.

    One query for a draft, two for a completion; no text of an answer is read.
    """
    criteria = application.questions().criteria
    is_draft = application.state == State.DRAFT
    everything = [criterion.pk for criterion in criteria]
    unlocked = everything if is_draft else application.unlocked().values_list("pk", flat=True)
    pks, progress = set(unlocked), _progress(application)
    return Way(
        [
            Step(
                criterion,
                progress.get(criterion.pk, Progress.EMPTY),
                is_open=criterion.pk in pks,
                is_here=here in (criterion.code, criterion.standard.code),
            )
            for criterion in criteria
        ]
    )


def _by_standard(steps: list[Step]) -> list[StandardSteps]:
    return [
        StandardSteps(standard, list(own))
        for standard, own in groupby(steps, lambda step: step.criterion.standard)
    ]


def _progress(application: Application) -> dict[int, Progress]:
    """How far each answer is, by criterion, as `reading.Row` says it of answers that are read."""
    answers = application.answers.annotate(
        has_text=Q(text__regex=r"\S"),
        has_citation=Exists(Citation.objects.filter(answer=OuterRef("pk"))),
    )
    carried = ("version", "carried__version", "carried__confirmed_by")
    facts = answers.values_list("criterion", "has_text", "self_rating", "has_citation", *carried)
    return {
        criterion: progress_of(
            has_text,
            rating is not None,
            has_citation,
            is_to_confirm=version == taken_over and confirmed_by is None,
        )
        for criterion, has_text, rating, has_citation, version, taken_over, confirmed_by in facts
    }
