"""The Committee grants or refuses; the Board adopts its resolution."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.applications.services import move
from certification.applications.services.moving import locked_for
from certification.applications.states import Verb as ApplicationVerb
from certification.assessments.models import ConsolidatedCard
from certification.assessments.outcomes import unmet_criteria
from certification.audit.services import record
from certification.errors import CannotDo
from certification.standards.models import Criterion
from institutions.models import User

from .models import Decision, Reason, Resolution
from .states import Outcome, Verb


@transaction.atomic
def grant(
    application: Application, *, by: User, session_on: date, justification: str = ""
) -> Decision:
    """Write down that the Committee grants the certificate; the case goes to the Board.

    Raises CannotDo for an impossible day, TransitionNotAllowed when it was decided already.
    """
    locked = locked_for(application, ApplicationVerb.GRANT)
    _closed_card(locked)
    _check_session(locked, session_on)
    decision = Decision.objects.create(
        application=locked,
        outcome=Outcome.GRANTED,
        session_on=session_on,
        justification=justification.strip(),
        decided_by=by,
        decided_at=clock.now(),
    )
    move(application, ApplicationVerb.GRANT, by=by, session_on=session_on.isoformat())
    return decision


@transaction.atomic
def refuse(
    application: Application,
    *,
    by: User,
    session_on: date,
    justification: str,
    reasons: Mapping[Criterion, str],
) -> Decision:
    """Write down that the Committee refuses, with its reasons (regulation, point 8).

    `reasons` holds a text for each criterion that the closed card calls unmet, and for no
    other. Raises CannotDo that names what is missing.
    """
    locked = locked_for(application, ApplicationVerb.REFUSE)
    unmet = [rating.criterion for rating in unmet_criteria(_closed_card(locked))]
    _check_session(locked, session_on)
    _check_reasons(justification, unmet, reasons)
    decision = Decision.objects.create(
        application=locked,
        outcome=Outcome.REFUSED,
        session_on=session_on,
        justification=justification.strip(),
        decided_by=by,
        decided_at=clock.now(),
    )
    Reason.objects.bulk_create(
        Reason(decision=decision, criterion=criterion, text=reasons[criterion].strip())
        for criterion in unmet
    )
    move(
        application,
        ApplicationVerb.REFUSE,
        by=by,
        session_on=session_on.isoformat(),
        reasons=len(unmet),
    )
    return decision


@transaction.atomic
def adopt_resolution(decision: Decision, *, by: User, number: str, adopted_on: date) -> Resolution:
    """Record the Board's resolution that the certificate is issued (regulation, point 4).

    Raises TransitionNotAllowed when the case does not wait for the Board, CannotDo for a
    number that another resolution has or a day that cannot be right.
    """
    application = locked_for(decision.application, ApplicationVerb.CERTIFY)
    if not decision.session_on <= adopted_on <= clock.today():
        raise CannotDo(
            _("The Board's resolution follows the Committee's session and is not in the future.")
        )
    if Resolution.objects.filter(number=number).exists():
        raise CannotDo(
            _("There is a resolution %(number)s already. Check the number.") % {"number": number}
        )
    resolution = Resolution.objects.create(
        decision=decision,
        number=number,
        adopted_on=adopted_on,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    record(Verb.ADOPT, resolution, by=by, case=application, number=number)
    return resolution


def _closed_card(application: Application) -> ConsolidatedCard:
    card = ConsolidatedCard.objects.filter(application=application).first()
    if card is None or not card.is_closed:
        raise CannotDo(
            _("The assessors have not closed their consolidated card yet. Wait until they do.")
        )
    return card


def _check_session(application: Application, session_on: date) -> None:
    if session_on > clock.today():
        raise CannotDo(_("The day of the session is in the future. Enter the day it was held."))
    submitted = application.submitted_at
    if submitted is not None and session_on < timezone.localdate(submitted):
        raise CannotDo(_("The session cannot have been held before the application was submitted."))


def _check_reasons(
    justification: str, unmet: list[Criterion], reasons: Mapping[Criterion, str]
) -> None:
    if not justification.strip():
        raise CannotDo(_("A refusal needs a justification in writing."))
    missing = [each.code for each in unmet if not reasons.get(each, "").strip()]
    if missing:
        raise CannotDo(
            _("Give the reason for each criterion that is not met. Still missing: %(codes)s.")
            % {"codes": ", ".join(missing)}
        )
    beside = sorted(each.code for each in reasons.keys() - set(unmet))
    if beside:
        raise CannotDo(
            _("The card does not call these criteria unmet; give no reason for them: %(codes)s.")
            % {"codes": ", ".join(beside)}
        )
