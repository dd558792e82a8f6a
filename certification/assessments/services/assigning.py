"""A case is given to assessors, and taken from them."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments import emails
from certification.assessments.conflicts import conflict_between
from certification.assessments.coverage import coverage_of
from certification.assessments.models import Assessment, Assignment, ConsolidatedCard, ReturnedPart
from certification.assessments.states import Ending, Part, Verb
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from certification.standards.models import Criterion
from institutions.models import User
from institutions.states import Role

from .consolidating import discard_open_card
from .signing import changed

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
def assign(
    application: Application,
    *,
    by: User,
    assessor: User,
    due_on: date,
    criteria: Iterable[Criterion] = (),
    part: Part = Part.REGULAR,
) -> Assignment:
    """Give a case to one assessor: the criteria named, by default all that want somebody.

    Each criterion takes two regular assessors; a third one may be given any. Raises CannotDo for
    somebody who is no assessor today, has a conflict of interest or has the case already, for
    criteria that have their assessors, and for a day that has passed.
    """
    case = locked_case(application, Verb.ASSIGN, State.ASSESSMENT)
    _check_assessor(case, assessor)
    if due_on < clock.today():
        raise CannotDo(_("The deadline has passed already. Choose a later day."))
    given = _given(case, list(criteria), part)
    assignment = Assignment.objects.create(
        application=case, assessor=assessor, due_on=due_on, assigned_by=by, part=part
    )
    assignment.criteria.set(given)
    record(
        Verb.ASSIGN,
        assignment,
        by=by,
        case=case,
        assessor=assessor.pk,
        due_on=str(due_on),
        part=str(part),
        criteria=len(given) or None,
    )
    emails.assigned(assignment)
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


def _given(case: Application, chosen: list[Criterion], part: Part) -> list[Criterion]:
    """What the new assignment names: nothing where it is the whole case."""
    coverage = coverage_of(case)
    open_to_them = list(coverage.criteria) if part == Part.THIRD else coverage.wanted
    if not open_to_them:
        raise CannotDo(_("This case has two assessors. End one assignment to make room."))
    if taken := [each.code for each in chosen if each not in open_to_them]:
        raise CannotDo(
            _("These criteria have their assessors or are not asked here: %(codes)s.")
            % {"codes": ", ".join(taken)}
        )
    given = chosen or open_to_them
    return [] if len(given) == len(coverage.criteria) else given


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
    ended = end(
        assignment, Verb.END_ASSIGNMENT, by=by, ending=Ending.REPLACED, reason=reason.strip()
    )
    _leave_card(ended, case, by=by)
    emails.assignment_ended(ended)
    return ended


def end(
    assignment: Assignment, verb: Verb, *, by: User | None, ending: Ending, reason: str
) -> Assignment:
    """Mark an active assignment as ended, and journal it by that verb."""
    case = assignment.application
    active = Assignment.objects.active().filter(pk=assignment.pk)
    if not active.update(ended_by=by, ended_at=clock.now(), ending=ending, end_reason=reason):
        raise TransitionNotAllowed(verb, case.state)
    assignment.refresh_from_db(fields=["ended_by", "ended_at", "ending", "end_reason"])
    record(verb, assignment, by=by, case=case, assessor=assignment.assessor_id, ending=str(ending))
    return assignment


def _leave_card(assignment: Assignment, case: Application, *, by: User | None) -> None:
    """What becomes of an open card: without one of those whose card it is, it is dropped; without
    a third assessor it goes on, and whoever signed it reads it again.
    """
    if assignment.part == Part.REGULAR:
        discard_open_card(case, by=by)
        return
    for card in ConsolidatedCard.objects.filter(application=case, closed_at=None):
        changed(card, by=by)


def leave_case(application: Application, *, user: User, by: User | None) -> None:
    """End what a person with a conflict of interest was assessing, wherever the case stands.

    Runs in the transaction that recorded the conflict (see `applications.access`).
    """
    for assignment in Assignment.objects.active().filter(application=application, assessor=user):
        reason = _("conflict of interest")
        end(assignment, Verb.END_ASSIGNMENT, by=by, ending=Ending.CONFLICT, reason=reason)
        _leave_card(assignment, application, by=by)
        if assignment.is_declared:
            emails.assessor_in_conflict(assignment)


@transaction.atomic
def declare_impartial(
    assignment: Assignment, *, by: User, criteria: Iterable[Criterion] = (), reason: str = ""
) -> Assessment:
    """The assessor declares that there is no conflict of interest; the case opens to them.

    They may take only these criteria of those they were given, and say why.
    """
    case = locked_case(assignment.application, Verb.DECLARE, *UNDER_WAY)
    waiting = Assignment.objects.active().filter(pk=assignment.pk, declared_at=None)
    if not waiting.update(declared_at=clock.now()):
        raise TransitionNotAllowed(Verb.DECLARE, case.state)
    assignment.refresh_from_db()
    taken, given = set(criteria), assignment.asked()
    if not taken <= set(given):
        raise CannotDo(_("This criterion is not among those you rate in this case."))
    assessment = Assessment.objects.create(assignment=assignment)
    record(Verb.DECLARE, assignment, by=by, case=case)
    if 0 < len(taken) < len(given):
        return_part(assignment, kept=taken, by=by, reason=reason.strip())
    return assessment


def return_part(
    assignment: Assignment, *, kept: Collection[Criterion], by: User, reason: str
) -> None:
    """Leave the assessor these criteria; the office looks for somebody else for the others."""
    returned = [each for each in assignment.asked() if each not in kept]
    part = ReturnedPart.objects.create(assignment=assignment, reason=reason, returned_by=by)
    part.criteria.set(returned)
    assignment.criteria.set(kept)
    case = assignment.application
    record(Verb.HAND_BACK_PART, part, by=by, case=case, criteria=len(returned))
    emails.part_handed_back(part)
