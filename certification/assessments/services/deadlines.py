"""The day by which an assessor is to submit, and more time for it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.assessments import emails
from certification.assessments.models import Assignment, MoreTime
from certification.assessments.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.models import User

from .returning import locked_assignment


@transaction.atomic
def ask_more_time(assignment: Assignment, *, by: User, until: date, wish: str) -> MoreTime:
    """Ask the office for a later day. Until it answers, the present one holds."""
    locked = _unfinished(assignment, Verb.ASK_TIME)
    if not wish.strip():
        raise CannotDo(_("Write why you need more time."))
    if until <= max(locked.due_on, clock.today()):
        raise CannotDo(_("Choose a day after the present deadline."))
    if locked.more_time.filter(decided_at=None).exists():
        raise CannotDo(_("You have asked for more time already. The office will answer."))
    asked = MoreTime.objects.create(
        assignment=locked,
        wish=wish.strip(),
        wanted_until=until,
        asked_by=by,
        asked_at=clock.now(),
        due_before=locked.due_on,
    )
    record(Verb.ASK_TIME, asked, by=by, case=locked.application, until=str(until))
    emails.more_time_asked(asked)
    return asked


@transaction.atomic
def give_more_time(assignment: Assignment, *, by: User, until: date, reason: str = "") -> MoreTime:
    """Set a later day; answers what the assessor asked for, or is given unasked."""
    locked = _unfinished(assignment, Verb.GIVE_TIME)
    if until <= max(locked.due_on, clock.today()):
        raise CannotDo(_("Choose a day after the present deadline."))
    given = _decided(locked, MoreTime.Outcome.GIVEN, by=by, reason=reason)
    given.due_after = until
    given.save()
    locked.due_on = until
    locked.save(update_fields=["due_on"])
    record(Verb.GIVE_TIME, given, by=by, case=locked.application, until=str(until))
    emails.more_time_given(given)
    return given


@transaction.atomic
def refuse_more_time(assignment: Assignment, *, by: User, reason: str) -> MoreTime:
    """Leave the day as it is; the assessor learns why."""
    locked = _unfinished(assignment, Verb.REFUSE_TIME)
    if not reason.strip():
        raise CannotDo(_("Write the reason: the assessor will read it."))
    if not locked.more_time.filter(decided_at=None).exists():
        raise CannotDo(_("Nobody waits for an answer about more time."))
    refused = _decided(locked, MoreTime.Outcome.REFUSED, by=by, reason=reason)
    refused.save()
    record(Verb.REFUSE_TIME, refused, by=by, case=locked.application)
    emails.more_time_refused(refused)
    return refused


def _unfinished(assignment: Assignment, verb: Verb) -> Assignment:
    """The assignment, locked, while there is something left to submit."""
    locked = locked_assignment(assignment, verb)
    if locked.is_submitted:
        raise TransitionNotAllowed(verb, locked.application.state)
    return locked


def _decided(
    assignment: Assignment, outcome: MoreTime.Outcome, *, by: User, reason: str
) -> MoreTime:
    """What the assessor asked for, or a new row, with the answer filled in, not saved."""
    asked = assignment.more_time.filter(decided_at=None).first()
    row = asked or MoreTime(assignment=assignment)
    row.assignment, row.due_before = assignment, assignment.due_on
    row.outcome, row.reason = outcome, reason.strip()
    row.decided_by, row.decided_at = by, clock.now()
    return row
