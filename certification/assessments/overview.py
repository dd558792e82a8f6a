"""What waits for an assessor, and how the cases under assessment are doing for the office."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.applications.models import Application
from certification.applications.states import ENDED, State
from certification.standards.models import Criterion, Standard
from institutions.models import User

from .conflicts import Conflicts
from .coverage import Coverage
from .models import Assignment, CardSignature, ConsolidatedRating, Rating
from .services.assigning import UNDER_WAY
from .states import ASSESSORS, Part


class Step(models.TextChoices):
    """Where an assessor stands with one case."""

    DECLARE = "declare", _("Declaration awaited")
    RATE = "rate", _("Being rated")
    SUBMIT = "submit", _("Rated, to be submitted")
    WAIT = "wait", _("Submitted, the other assessor is still working")
    SETTLE = "settle", _("Differences to be settled")
    CLOSE = "close", _("All settled, the card can be signed")
    SIGNED = "signed", _("Signed, another signature is awaited")
    GIVEN = "given", _("Your opinion is on the consolidated card")
    PAUSED = "paused", _("The institution is completing its application")
    FINISHED = "finished", pgettext_lazy("assessments", "Finished")


TONES = {
    Step.DECLARE: "warning",
    Step.RATE: "progress",
    Step.SUBMIT: "warning",
    Step.SETTLE: "warning",
    Step.CLOSE: "warning",
    Step.FINISHED: "success",
}
WAITING_FOR_ME = frozenset({Step.DECLARE, Step.RATE, Step.SUBMIT, Step.SETTLE, Step.CLOSE})


class Stage(models.TextChoices):
    """Where a case under assessment stands, for the office."""

    WANTED = "wanted", _("Assessors wanted")
    RATED = "rated", _("Assessors are rating")
    SETTLED = "settled", _("Card being agreed")
    PAUSED = "paused", _("Being completed")


STAGE_TONES = {Stage.WANTED: "warning", Stage.RATED: "progress", Stage.SETTLED: "info"}


@dataclass(frozen=True)
class AssignmentView:
    """An assignment with what it takes to say where it stands."""

    assignment: Assignment
    done: int
    total: int
    unsettled: int
    has_signed: bool = False
    obstacle: str = ""

    @property
    def application(self) -> Application:
        return self.assignment.application

    @property
    def is_submitted(self) -> bool:
        return self.assignment.is_declared and self.assignment.assessment.is_submitted

    @property
    def step(self) -> Step:
        state = self.application.state
        if state not in UNDER_WAY:
            return Step.FINISHED
        if not self.assignment.is_declared:
            return Step.DECLARE
        if state == State.COMPLETION:
            return Step.PAUSED
        if not self.is_submitted:
            return Step.RATE if self.done < self.total else Step.SUBMIT
        if self.assignment.part == Part.THIRD:
            return Step.GIVEN
        if not hasattr(self.application, "card"):
            return Step.WAIT
        if self.unsettled:
            return Step.SETTLE
        return Step.SIGNED if self.has_signed else Step.CLOSE

    @property
    def tone(self) -> str:
        return TONES.get(self.step, "neutral")

    @property
    def waits_for_me(self) -> bool:
        return self.step in WAITING_FOR_ME


@dataclass(frozen=True)
class CaseView:
    """A case under assessment, as the office follows it: how far, never which levels.

    `places` is how many people are wanted at least. `assignments` is empty and `is_hidden` true
    for a person of the office who is still judging the case themselves.
    """

    application: Application
    assignments: list[AssignmentView]
    is_hidden: bool
    places: int

    @property
    def stage(self) -> Stage:
        if self.application.state == State.COMPLETION:
            return Stage.PAUSED
        if self.places:
            return Stage.WANTED
        return Stage.SETTLED if hasattr(self.application, "card") else Stage.RATED

    @property
    def tone(self) -> str:
        return STAGE_TONES.get(self.stage, "neutral")


def my_assignments(user: User) -> list[AssignmentView]:
    """The assessor's active assignments of cases under way, the most urgent first. Two queries."""
    mine = Assignment.objects.held_by(user).exclude(application__state__in=ENDED)
    found = list(_followed(mine).order_by("due_on", "pk"))
    return _views(found, [each.application for each in found])


def finished_assignments(user: User) -> "QuerySet[Assignment]":
    """The assessor's cases that have ended, the newest first; a page of it goes to `finished`."""
    mine = Assignment.objects.held_by(user).filter(application__state__in=ENDED)
    mine = mine.select_related("application__institution", "application__decision", "assessment")
    return mine.order_by("-pk")


def cases_under_assessment(user: User) -> "QuerySet[Application]":
    """Cases the office follows here, those waiting longest first."""
    assigned = Exists(Assignment.objects.active().filter(application=OuterRef("pk")))
    return (
        Application.objects.open_to_staff(user)
        .filter(Q(state=State.ASSESSMENT) | Q(assigned, state=State.COMPLETION))
        .select_related("institution", "kind", "standard_set", "card")
        .order_by("state_since", "pk")
    )


def lacking_assessors(user: User) -> "QuerySet[Application]":
    """Of these, the cases with a criterion that has too few assessors.

    As none has too many, it is enough to count: each assessor takes the whole case, or so many
    criteria of it.
    """
    regular = Assignment.objects.active().regular().filter(application=OuterRef("pk")).order_by()
    whole, in_part = regular.filter(criteria=None), regular.exclude(criteria=None)
    return (
        cases_under_assessment(user)
        .filter(state=State.ASSESSMENT)
        .annotate(
            whole=Coalesce(_count(whole.values("application")), 0),
            in_part=Coalesce(_count(in_part.values("application"), "criteria"), 0),
            asked=_count(_asked().values("standard__area__standard_set")),
        )
        .filter(in_part__lt=(ASSESSORS - F("whole")) * F("asked"))
    )


def follow(cases: Iterable[Application], user: User) -> list[CaseView]:
    """A page of cases with their assessors; eight queries, however many there are."""
    active = _followed(Assignment.objects.active().select_related("assessor"))
    active = active.prefetch_related("criteria")
    page = list(cases)
    models.prefetch_related_objects(page, Prefetch("assignments", active, to_attr="in_hand"))
    found = [assignment for case in page for assignment in case.in_hand]  # type: ignore[attr-defined]
    conflicts = Conflicts(page, [assignment.assessor for assignment in found])
    by_case: dict[int, list[AssignmentView]] = defaultdict(list)
    for view in _views(found, page, conflicts):
        by_case[view.application.pk].append(view)
    return [_case_view(case, by_case[case.pk], user) for case in page]


def _case_view(case: Application, views: list[AssignmentView], user: User) -> CaseView:
    judging = any(one.assignment.assessor_id == user.pk and not one.is_submitted for one in views)
    is_told = case.state == State.ASSESSMENT and not judging
    places = Coverage(case, [one.assignment for one in views]).places if is_told else 0
    return CaseView(case, [] if judging else views, is_hidden=judging, places=places)


def _followed(assignments: "QuerySet[Assignment]") -> "QuerySet[Assignment]":
    """Add `chosen`, `rated` and `unsettled` counts, `signed`, and what the views read."""
    chosen = Assignment.criteria.through.objects.filter(assignment=OuterRef("pk"))
    complete = Rating.objects.asked().complete().filter(assessment=OuterRef("assessment"))
    unsettled = ConsolidatedRating.objects.unsettled().filter(
        card__application=OuterRef("application")
    )
    return assignments.select_related(
        "application__institution", "application__card", "assessment"
    ).annotate(
        chosen=_count(chosen.order_by().values("assignment")),
        rated=_count(complete.values("assessment")),
        unsettled=_count(unsettled.values("card")),
        signed=Exists(
            CardSignature.objects.standing().filter(
                card__application=OuterRef("application"), signed_by=OuterRef("assessor")
            )
        ),
    )


def _count(grouped: "QuerySet[Any, Any]", what: str = "pk") -> Subquery:
    return Subquery(grouped.annotate(n=Count(what)).values("n"))


def _asked() -> "QuerySet[Criterion]":
    """What the case of the outer query is asked: `Application.criteria()` as a subquery."""
    own_kind = Standard.applies_to.through.objects.filter(
        standard=OuterRef("standard"), institutionkind=OuterRef(OuterRef("kind"))
    )
    of_set = Criterion.objects.filter(standard__area__standard_set=OuterRef("standard_set"))
    return of_set.filter(Q(standard__applies_to_all=True) | Exists(own_kind)).order_by()


def _views(
    assignments: list[Assignment],
    applications: list[Application],
    conflicts: Conflicts | None = None,
) -> list[AssignmentView]:
    totals = criteria_totals(applications)
    return [
        AssignmentView(
            each,
            done=each.rated or 0,  # type: ignore[attr-defined]
            total=each.chosen or totals[each.application_id],  # type: ignore[attr-defined]
            unsettled=each.unsettled or 0,  # type: ignore[attr-defined]
            has_signed=each.signed,  # type: ignore[attr-defined]
            obstacle=conflicts.between(each.assessor, each.application) if conflicts else "",
        )
        for each in assignments
    ]


def criteria_totals(applications: list[Application]) -> dict[int, int]:
    """How many criteria each case answers, by its pk: `Application.criteria()` counted, in one
    query for all of them.
    """
    sets = {case.standard_set_id for case in applications}
    by_kind = (
        Criterion.objects.filter(standard__area__standard_set__in=sets)
        .order_by()
        .annotate(kind=Case(When(standard__applies_to_all=False, then=F("standard__applies_to"))))
        .values_list("standard__area__standard_set", "kind")  # kind None: asked of everybody
        .annotate(asked=Count("pk", distinct=True))
    )
    asked = {(standard_set, kind): number for standard_set, kind, number in by_kind}
    return {
        case.pk: asked.get((case.standard_set_id, None), 0)
        + asked.get((case.standard_set_id, case.kind_id), 0)
        for case in applications
    }
