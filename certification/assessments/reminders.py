"""Reminders to assessors: declare, submit before the day, submit after it.

That a case lies because of them, the office hears from `followup` alone.
The key of each notice names the deadline, so that it goes once, and anew when the deadline moves.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from certification import clock
from certification.applications.services import note_found_conflict
from certification.applications.states import ENDED, State
from certification.working_days import working_days_between

from . import emails
from .conflicts import Conflicts
from .models import Assignment, MoreTime

DAYS_TO_DECLARE = 3  # working days after the assignment
DAYS_BEFORE = 3  # working days before the deadline
AGAIN_EVERY = 5  # working days, while it is late


def remind_of_assessments(now: datetime) -> str:
    """Remind of every assignment that waits and is due for it; a chore, safe to do twice.

    Nobody is reminded while the institution completes its application, or while the office has
    not answered a wish for more time.
    """
    asked = MoreTime.objects.filter(assignment=OuterRef("pk"), decided_at=None)
    waiting = (
        Assignment.objects.active()
        .filter(~Exists(asked), application__state=State.ASSESSMENT)
        .exclude(assessment__submitted_at__isnull=False)
        .select_related("application__institution", "assessor")
        .order_by("pk")
    )
    reminded = sum(_remind(assignment, clock.today()) for assignment in waiting)
    if not reminded:
        return ""
    text = ngettext("%(n)s assignment looked after", "%(n)s assignments looked after", reminded)
    return text % {"n": reminded}


def note_conflicts(now: datetime) -> str:
    """Record the conflicts that came to be after an assignment, which closed the case to the
    person at that very moment; a chore, safe to do twice.
    """
    active = Assignment.objects.active().exclude(application__state__in=ENDED)
    rows = list(active.select_related("application__institution", "assessor").order_by("pk"))
    conflicts = Conflicts({each.application for each in rows}, {each.assessor for each in rows})
    noted = 0
    for each in rows:
        if found := conflicts.found(each.assessor, each.application):
            noted += bool(
                note_found_conflict(
                    each.application, user=each.assessor, ground=found.ground, note=found.note
                )
            )
    if not noted:
        return ""
    return ngettext("%(n)s conflict recorded", "%(n)s conflicts recorded", noted) % {"n": noted}


@transaction.atomic
def _remind(assignment: Assignment, today: date) -> bool:
    late = -working_days_between(today, assignment.due_on)
    if today > assignment.due_on:
        emails.assessment_late(assignment, time=late // AGAIN_EVERY)
        return True
    if not assignment.is_declared:
        return _remind_to_declare(assignment, today)
    if working_days_between(today, assignment.due_on) <= DAYS_BEFORE:
        emails.assessment_due(assignment)
        return True
    return False


def _remind_to_declare(assignment: Assignment, today: date) -> bool:
    waited = working_days_between(localdate(assignment.assigned_at), today)
    if waited < DAYS_TO_DECLARE:
        return False
    emails.declaration_due(assignment)
    return True
