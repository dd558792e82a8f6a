"""An assessor declines a case, hands it back, or keeps only a part of it.

What they wrote stays on file with their assignment. Nothing here is possible after the ratings
were submitted: those stand, and only a conflict of interest or the office ends such an assignment.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments import emails
from certification.assessments.models import Assignment
from certification.assessments.states import Ending, Verb
from certification.errors import CannotDo, TransitionNotAllowed
from certification.standards.models import Criterion
from institutions.models import User

from .assigning import UNDER_WAY, end, locked_case, return_part


@transaction.atomic
def decline(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """Not take a case that one was given, before having declared anything; with a reason."""
    _check_reason(reason)
    locked = locked_assignment(assignment, Verb.DECLINE)
    if locked.is_declared:
        raise TransitionNotAllowed(Verb.DECLINE, locked.application.state)
    end(locked, Verb.DECLINE, by=by, ending=Ending.DECLINED, reason=reason.strip())
    emails.assignment_declined(locked)
    return locked


@transaction.atomic
def hand_back(
    assignment: Assignment, *, by: User, reason: str, criteria: Iterable[Criterion] = ()
) -> Assignment:
    """Give back the criteria named, or the whole case; with a reason.

    Of a part that is kept, the assessor goes on rating. What they had written of the rest stays
    on file, is read by nobody, and does not count.
    """
    _check_reason(reason)
    locked = locked_assignment(assignment, Verb.HAND_BACK)
    if not locked.is_declared:
        raise TransitionNotAllowed(Verb.HAND_BACK, locked.application.state)
    if locked.assessment.is_submitted:
        raise CannotDo(
            _(
                "You have submitted your ratings; they stand. If you cannot go on, write to the "
                "office."
            )
        )
    kept = _kept(locked, set(criteria))
    if kept:
        return_part(locked, kept=kept, by=by, reason=reason.strip())
    else:
        end(locked, Verb.HAND_BACK, by=by, ending=Ending.HANDED_BACK, reason=reason.strip())
        emails.assignment_handed_back(locked)
    return locked


def _kept(assignment: Assignment, returned: set[Criterion]) -> list[Criterion]:
    """What is left to rate; nothing where nothing was named, for that is all of it."""
    asked = assignment.asked()
    if not returned <= set(asked):
        raise CannotDo(_("This criterion is not among those you rate in this case."))
    return [each for each in asked if each not in returned] if returned else []


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise CannotDo(_("Write why: the office will look for somebody else."))


def locked_assignment(assignment: Assignment, verb: Verb) -> Assignment:
    """The active assignment as it stands now, its case locked before it."""
    case = locked_case(assignment.application, verb, *UNDER_WAY)
    active = Assignment.objects.active().select_for_update(of=("self",))
    found = active.select_related("assessor").filter(pk=assignment.pk).first()
    if found is None:
        raise TransitionNotAllowed(verb, case.state)
    found.application = case
    return found
