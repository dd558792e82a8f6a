"""Who was given a case, one after another, and what each of them left behind."""

from collections import defaultdict
from dataclasses import dataclass, field

from certification.applications.models import Application
from certification.applications.states import State
from certification.standards.models import Criterion

from .comparison import Opinion
from .coverage import coverage_of
from .effective import Counted, counted
from .marks.texts import marks_of
from .models import Assignment, MoreTime, Rating, ReturnedPart


@dataclass
class Held:
    """One assignment as the office reads it. `opinions` are what somebody had submitted who is
    no longer an assessor here; `written` counts what they had begun and not submitted, which
    nobody reads.
    """

    assignment: Assignment
    opinions: list[Opinion] = field(default_factory=list)
    written: int = 0

    @property
    def parts(self) -> list[ReturnedPart]:
        return list(self.assignment.returned.all())

    @property
    def times(self) -> list[MoreTime]:
        return list(self.assignment.more_time.all())

    @property
    def areas(self) -> list[str]:
        """The areas of a part, nothing for the whole case."""
        if not self.assignment.is_partial:
            return []
        found = (str(each.standard.area) for each in self.assignment.asked())
        return list(dict.fromkeys(found))


def assignments_of(application: Application) -> list[Held]:
    """All of them, the present ones first. Seven queries."""
    found = (
        application.assignments.select_related("assessor", "assessment", "assigned_by", "ended_by")
        .prefetch_related("criteria", "returned__criteria", "more_time__decided_by")
        .order_by("-ended_at", "pk")
    )
    held = [Held(each) for each in found]
    for each in held:
        each.assignment.application = application
    _left_behind(held, application)
    return sorted(held, key=lambda each: not each.assignment.is_active)


def _left_behind(held: list[Held], application: Application) -> None:
    left = {
        each.assignment.assessment.pk: each
        for each in held
        if not each.assignment.is_active and each.assignment.is_declared
    }
    order = {each.pk: place for place, each in enumerate(application.questions().criteria)}
    empty = {"level": None, "strengths": "", "weaknesses": "", "question": ""}
    ratings = Rating.objects.filter(assessment__in=left).exclude(**empty).without_private_notes()
    by_assessment: dict[int, list[Counted]] = defaultdict(list)
    for rating in counted(ratings.select_related("level", "criterion")):
        by_assessment[rating.original.assessment_id].append(rating)
    marks = marks_of([each.assignment.assessment for each in left.values()])
    for pk, each in left.items():
        each.written = len(by_assessment[pk])
        if each.assignment.is_submitted:
            ordered = sorted(by_assessment[pk], key=lambda one: order[one.original.criterion_id])
            assessment = each.assignment.assessment
            each.opinions = [
                Opinion(assessment, one, marks.get((pk, one.original.criterion_id), {}))
                for one in ordered
            ]


def wanted_in(application: Application) -> list[Criterion]:
    """The criteria for which the office still has to find somebody."""
    return coverage_of(application).wanted if application.state == State.ASSESSMENT else []
