"""A case is given to assessors, and taken from them."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.conflicts import conflict_between
from certification.assessments.models import Assessment, Assignment
from certification.assessments.states import ASSESSORS, Verb
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.models import User
from institutions.states import Role

from .consolidating import discard_open_card

UNDER_WAY = frozenset({State.ASSESSMENT, State.COMPLETION})


def locked_case(application: Application, verb: Verb, *states: str) -> Application:
    """The case as it stands now, kept so until the transaction ends.

    Raises TransitionNotAllowed when it is in none of these states.
    """
    case = Application.objects.select_for_update().get(pk=application.pk)
    if case.state not in states:
        raise TransitionNotAllowed(verb, case.state)
    return case


@transaction.atomic
def assign(application: Application, *, by: User, assessor: User, due_on: date) -> Assignment:
    """Give a case to one assessor; a case takes two.

    Raises CannotDo for somebody who is no assessor today, has a conflict of interest or has
    the case already, for a third assessor, and for a day that has passed.
    """
    case = locked_case(application, Verb.ASSIGN, State.ASSESSMENT)
    _check_assessor(case, assessor)
    if due_on < clock.today():
        raise CannotDo(_("The deadline has passed already. Choose a later day."))
    assignment = Assignment.objects.create(
        application=case, assessor=assessor, due_on=due_on, assigned_by=by
    )
    record(Verb.ASSIGN, assignment, by=by, case=case, assessor=assessor.pk, due_on=str(due_on))
    return assignment


def _check_assessor(case: Application, assessor: User) -> None:
    active = Assignment.objects.active().filter(application=case)
    if not assessor.has_role(Role.ASSESSOR):
        raise CannotDo(_("%(person)s is not an assessor today.") % {"person": assessor})
    if conflict := conflict_between(assessor, case):
        raise CannotDo(
            _("%(person)s cannot assess this case: %(conflict)s. Choose somebody else.")
            % {"person": assessor, "conflict": conflict}
        )
    if active.filter(assessor=assessor).exists():
        raise CannotDo(_("%(person)s has this case already.") % {"person": assessor})
    if active.count() >= ASSESSORS:
        raise CannotDo(_("This case has two assessors. End one assignment to make room."))


@transaction.atomic
def assign_all(
    application: Application, *, by: User, assessors: Iterable[User], due_on: date
) -> list[Assignment]:
    """Give a case to several assessors at once, or to none of them."""
    return [assign(application, by=by, assessor=one, due_on=due_on) for one in assessors]


@transaction.atomic
def end_assignment(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """Take a case from an assessor. What they wrote stays, but counts no more.

    A consolidated card that was open is dropped, since it held their ratings; the next one
    is made when the substitute has submitted. Raises CannotDo without a reason.
    """
    if not reason.strip():
        raise CannotDo(_("Write why this assignment ends."))
    case = locked_case(assignment.application, Verb.END_ASSIGNMENT, *UNDER_WAY)
    ended = _end(assignment, case, by=by, reason=reason.strip())
    discard_open_card(case, by=by)
    return ended


def _end(assignment: Assignment, case: Application, *, by: User, reason: str) -> Assignment:
    active = Assignment.objects.active().filter(pk=assignment.pk)
    if not active.update(ended_by=by, ended_at=clock.now(), end_reason=reason):
        raise TransitionNotAllowed(Verb.END_ASSIGNMENT, case.state)
    assignment.refresh_from_db()
    record(Verb.END_ASSIGNMENT, assignment, by=by, case=case, assessor=assignment.assessor_id)
    return assignment


def leave_case(application: Application, *, user: User, by: User) -> None:
    """End what a person with a conflict of interest was assessing, wherever the case stands.

    Runs in the transaction that recorded the conflict (see `applications.access`).
    """
    for assignment in Assignment.objects.active().filter(application=application, assessor=user):
        _end(assignment, application, by=by, reason=_("conflict of interest"))
        discard_open_card(application, by=by)


@transaction.atomic
def declare_impartial(assignment: Assignment, *, by: User) -> Assessment:
    """The assessor declares that there is no conflict of interest; the case opens to them."""
    case = locked_case(assignment.application, Verb.DECLARE, *UNDER_WAY)
    waiting = Assignment.objects.active().filter(pk=assignment.pk, declared_at=None)
    if not waiting.update(declared_at=clock.now()):
        raise TransitionNotAllowed(Verb.DECLARE, case.state)
    assignment.refresh_from_db()
    assessment = Assessment.objects.create(assignment=assignment)
    record(Verb.DECLARE, assignment, by=by, case=case)
    return assessment
