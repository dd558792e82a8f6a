"""Which cases lie for longer than they may, what they wait for, and in whose hands they are.

A case may wait for several things at once (one assessor has not declared, another is late): the
one that is furthest past its limit counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from certification import clock
from certification.applications.models import Application, CompletionRequest, Extension
from certification.applications.states import State
from certification.assessments.coverage import Coverage
from certification.assessments.models import Assignment, CardSignature, MoreTime
from certification.assessments.rules import cases_still_judged
from certification.assessments.states import Part
from institutions.models import User
from institutions.states import Role

from .models import Reminder, limits
from .states import WAITS, Hands, Stage

WAITING = (
    State.SUBMITTED,
    State.FORMAL_CHECK,
    State.COMPLETION,
    State.ASSESSMENT,
    State.COMMITTEE,
    State.BOARD,
)


@dataclass(frozen=True)
class Stuck:
    """A case that lies. `limit` and `again` are days; `people` are the assessors it waits for."""

    application: Application
    stage: Stage
    since: date
    today: date
    limit: int
    again: int
    people: tuple[User, ...] = ()
    is_for_office: bool = True

    @property
    def days(self) -> int:
        return (self.today - self.since).days

    @property
    def over(self) -> int:
        """Days past the limit; not stuck while it is not positive."""
        return self.days - self.limit

    @property
    def turn(self) -> int:
        """The how-manieth reminder is due by now."""
        return 1 + (self.over - 1) // self.again

    @property
    def hands(self) -> Hands:
        return WAITS[self.stage].hands

    @property
    def url(self) -> str:
        """Where the office makes the next move; the page of the case for who only oversees it."""
        if not self.is_for_office:
            return self.application.get_absolute_url()
        return reverse(WAITS[self.stage].address, args=[self.application.pk])

    @property
    def reminders(self) -> list[Reminder]:
        """Those of this waiting, the newest last; wants `reminders_of_lying` loaded."""
        return [
            each
            for each in self.application.reminders_of_lying.all()
            if (each.stage, each.since) == (self.stage, self.since)
        ]


def stuck_cases(
    cases: "QuerySet[Application] | None" = None, *, most: int | None = None
) -> list[Stuck]:
    """Those of `cases` (of all) that lie too long today, the one furthest past its limit first.

    Nine queries and one more for open cards, however many cases there are. Every case is read as
    a whole: a page that shows but a few looks at the `most` that stand longest where they stand.
    """
    today, allowed = clock.today(), limits()
    shortest = min(days for days, _again in allowed.values())
    moved = clock.now() - timedelta(days=shortest)
    source = Application.objects.all() if cases is None else cases
    found = source.filter(state__in=WAITING, state_since__lt=moved)
    loaded = _loaded(found).order_by("state_since", "pk")[:most]
    lying = filter(None, (_worst(case, today, allowed) for case in loaded))
    return sorted(lying, key=lambda one: (-one.over, one.application.pk))


def stuck_for(user: User, *, most: int | None = None) -> list[Stuck]:
    """The same of the cases that this person follows for the certification body.

    What a case waits for tells how its assessors are doing: who still judges it learns nothing.
    """
    open_ones = Application.objects.open_to_staff(user)
    found = stuck_cases(open_ones.exclude(cases_still_judged(user)), most=most)
    is_office = user.has_role(Role.OFFICE)
    return [replace(each, is_for_office=is_office) for each in found]


def _loaded(cases: "QuerySet[Application]") -> "QuerySet[Application]":
    assignments = Assignment.objects.select_related("assessor", "assessment").order_by("pk")
    asked = Prefetch("more_time", MoreTime.objects.filter(decided_at=None))
    assignments = assignments.prefetch_related("criteria", asked)
    wishes = Prefetch("extensions", Extension.objects.filter(decided_at=None))
    completions = CompletionRequest.objects.filter(answered_at=None)
    found = cases.select_related("institution", "kind", "standard_set", "card")
    return found.prefetch_related(
        Prefetch("assignments", assignments),
        Prefetch("completion_requests", completions.prefetch_related(wishes)),
        Prefetch("card__signatures", CardSignature.objects.standing()),
        "reminders_of_lying",
    )


def _worst(case: Application, today: date, allowed: dict[Stage, tuple[int, int]]) -> Stuck | None:
    waits = (
        Stuck(case, stage, since, today, *allowed[stage], tuple(people))
        for stage, since, *people in _waits(case)
    )
    worst = max(waits, key=lambda one: one.over, default=None)
    return worst if worst and worst.over > 0 else None


_Found = Iterator[tuple[Stage, date, *tuple[User, ...]]]


def _waits(case: Application) -> _Found:
    """Everything that the case waits for now, since which day, and for which assessors."""
    since = _day(case.state_since)
    match case.state:
        case State.SUBMITTED:
            yield Stage.SUBMITTED, since
        case State.FORMAL_CHECK:
            yield Stage.FORMAL_CHECK, since
        case State.COMPLETION:
            yield from _in_completion(case)
        case State.ASSESSMENT:
            yield from _in_assessment(case, since)
        case State.COMMITTEE:
            yield Stage.COMMITTEE, since
        case State.BOARD:
            yield Stage.BOARD, since


def _in_completion(case: Application) -> _Found:
    """Whether the office answers a wish, or sees what became of the completion: never both."""
    for request in case.completion_requests.all():
        wishes = [_day(each.asked_at) for each in request.extensions.all() if each.asked_at]
        yield from ((Stage.TIME_ASKED, day) for day in wishes)
        if not wishes:
            yield Stage.OVERDUE, request.grace_until


def _in_assessment(case: Application, since: date) -> _Found:
    assignments = list(case.assignments.all())
    active = [each for each in assignments if each.is_active]
    is_covered = not Coverage(case, active).wanted
    if not is_covered:
        left = [_day(each.ended_at) for each in assignments if each.ended_at is not None]
        yield Stage.UNASSIGNED, max([since, *left])
    for each in active:
        yield from _in_hands_of(each, since)
    if hasattr(case, "card"):
        yield Stage.UNSETTLED, max(since, _day(case.card.opened_at)), *_awaited(case, active)
    elif is_covered and all(map(_is_submitted, active)):
        submitted = [each.assessment.submitted_at for each in active]
        yield Stage.UNOPENED, max([since, *map(_day, filter(None, submitted))])


def _in_hands_of(assignment: Assignment, since: date) -> _Found:
    """What waits because of one assessor; while they wait for more time, for the office alone."""
    person = assignment.assessor
    wishes = [_day(each.asked_at) for each in assignment.more_time.all() if each.asked_at]
    yield from ((Stage.MORE_TIME, day, person) for day in wishes)
    if wishes:
        return
    if not assignment.is_declared:
        yield Stage.UNDECLARED, max(since, _day(assignment.assigned_at)), person
    elif not assignment.assessment.is_submitted:
        yield Stage.UNRATED, max(since, assignment.due_on), person


def _awaited(case: Application, active: list[Assignment]) -> list[User]:
    """Whose card it is and who has not signed it: `Signatures.awaited`, from what is loaded."""
    signed = {each.signed_by_id for each in case.card.signatures.all()}
    regular = [each for each in active if each.part == Part.REGULAR and _is_submitted(each)]
    return [each.assessor for each in regular if each.assessor_id not in signed]


def _is_submitted(assignment: Assignment) -> bool:
    return assignment.is_declared and assignment.assessment.is_submitted


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
