"""A third assessor, for criteria that the others cannot agree on."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.assessments import emails
from certification.assessments.models import Assignment, ConsolidatedCard, ThirdOpinion
from certification.assessments.states import Ending, Part, Verb
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from certification.standards.models import Criterion
from institutions.models import User

from .assigning import assign, end
from .signing import changed, locked_card


@transaction.atomic
def ask_third(
    card: ConsolidatedCard, *, by: User, criteria: Iterable[Criterion], reason: str
) -> ThirdOpinion:
    """Ask the office for a third assessor of these criteria, all of them in dispute."""
    locked = locked_card(card, Verb.ASK_THIRD)
    chosen = _in_dispute(locked, criteria)
    if not reason.strip():
        raise CannotDo(_("Write why a third opinion is needed."))
    _check_none_awaited(locked)
    if ThirdOpinion.objects.waiting().filter(application=locked.application).exists():
        raise CannotDo(_("A third assessor has been asked for already."))
    asked = ThirdOpinion.objects.create(
        application=locked.application, reason=reason.strip(), asked_by=by
    )
    asked.criteria.set(chosen)
    record(Verb.ASK_THIRD, asked, by=by, case=locked.application, criteria=len(chosen))
    emails.third_asked(locked)
    return asked


@transaction.atomic
def assign_third(
    card: ConsolidatedCard,
    *,
    by: User,
    assessor: User,
    criteria: Iterable[Criterion],
    due_on: date,
) -> Assignment:
    """Give criteria in dispute to a third assessor, asked for or not. The card waits for them.

    Raises CannotDo as `assign` does, and while another third assessor is at work.
    """
    locked = locked_card(card, Verb.ASSIGN)
    chosen = _in_dispute(locked, criteria)
    _check_none_awaited(locked)
    assignment = assign(
        locked.application,
        by=by,
        assessor=assessor,
        due_on=due_on,
        criteria=chosen,
        part=Part.THIRD,
    )
    ThirdOpinion.objects.waiting().filter(application=locked.application).update(
        assignment=assignment
    )
    return assignment


@transaction.atomic
def withdraw_third(card: ConsolidatedCard, *, by: User, reason: str) -> ThirdOpinion:
    """Ask no more for a third assessor; whoever was chosen and has not begun is told so.

    Raises CannotDo without a reason, and once the third assessor has begun: that assignment is
    the office's to end.
    """
    locked = locked_card(card, Verb.WITHDRAW_THIRD)
    if not reason.strip():
        raise CannotDo(_("Write why the request is withdrawn."))
    asked = _to_withdraw(locked)
    asked.withdrawn_by, asked.withdrawn_at = by, clock.now()
    asked.withdrawal_reason = reason.strip()
    asked.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    record(Verb.WITHDRAW_THIRD, asked, by=by, case=locked.application)
    if asked.assignment is not None:
        end(
            asked.assignment,
            Verb.END_ASSIGNMENT,
            by=by,
            ending=Ending.WITHDRAWN,
            reason=asked.withdrawal_reason,
        )
        emails.assignment_ended(asked.assignment)
    emails.third_withdrawn(locked, by=by)
    return asked


def _to_withdraw(card: ConsolidatedCard) -> ThirdOpinion:
    asked = ThirdOpinion.objects.select_for_update().filter(application=card.application).last()
    if asked is None or asked.is_withdrawn:
        raise TransitionNotAllowed(Verb.WITHDRAW_THIRD, card.application.state)
    if asked.assignment is None:
        return asked
    if not asked.assignment.is_active:
        raise TransitionNotAllowed(Verb.WITHDRAW_THIRD, card.application.state)
    if asked.assignment.is_declared:
        raise CannotDo(
            _(
                "The third assessor has begun. If the opinion is not needed any more, the office "
                "can end that assignment."
            )
        )
    return asked


def take_in_third(application: Application, *, by: User) -> None:
    """A third assessor has submitted: the open card is not what it was."""
    card = ConsolidatedCard.objects.select_for_update().filter(
        application=application, closed_at=None
    )
    for each in card:
        changed(each, by=by)
        emails.third_opinion(each)


def _in_dispute(card: ConsolidatedCard, criteria: Iterable[Criterion]) -> list[Criterion]:
    chosen = list(criteria)
    if not chosen:
        raise CannotDo(_("Choose at least one criterion."))
    known = set(card.ratings.filter(differed=True).values_list("criterion_id", flat=True))
    if others := [each.code for each in chosen if each.pk not in known]:
        raise CannotDo(
            _("These criteria are not in dispute: %(codes)s.") % {"codes": ", ".join(others)}
        )
    return chosen


def _check_none_awaited(card: ConsolidatedCard) -> None:
    thirds = Assignment.objects.still_judging().third()
    if thirds.filter(application=card.application).exists():
        raise CannotDo(_("A third assessor is at work already. Wait for the opinion."))
