"""The holder's appeal to the Board against a withdrawal, and what the Board makes of it.

The certificate is locked first, as by the other verbs of this package.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.certificates.locking import locked_charges
from certification.certificates.models import (
    Appeal,
    AppealRefusal,
    Charges,
    Reinstatement,
    Withdrawal,
)
from certification.certificates.states import ChargesState, Verb
from certification.documents.typography import day_in_words
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.models import User

from . import emails
from .papers import print_answer


@transaction.atomic
def appeal_withdrawal(charges: Charges, *, by: User, text: str) -> Appeal:
    """The holder appeals (regulation, point 11).

    Raises CannotDo after the last day, TransitionNotAllowed where nothing is withdrawn or an
    appeal was made already.
    """
    withdrawal = _locked_withdrawal(charges, Verb.APPEAL)
    if clock.today() > withdrawal.appeal_until:
        raise CannotDo(
            _("The time for the appeal ended on %(day)s. Write to the office instead.")
            % {"day": day_in_words(withdrawal.appeal_until, get_language())}
        )
    return _keep(withdrawal, Verb.APPEAL, by=by, text=text, appealed_on=clock.today())


@transaction.atomic
def note_appeal(charges: Charges, *, by: User, text: str, appealed_on: date) -> Appeal:
    """An appeal that came on paper, typed by the office. A late one is noted too, and marked."""
    withdrawal = _locked_withdrawal(charges, Verb.NOTE_APPEAL)
    if not withdrawal.withdrawn_on <= appealed_on <= clock.today():
        raise CannotDo(
            _("The appeal comes after the withdrawal and not in the future. Check the day.")
        )
    return _keep(withdrawal, Verb.NOTE_APPEAL, by=by, text=text, appealed_on=appealed_on)


@transaction.atomic
def reinstate_certificate(
    charges: Charges, *, by: User, resolution_number: str, adopted_on: date, reason: str
) -> Reinstatement:
    """Annul the withdrawal by the Board's resolution on the holder's appeal. `reason` is published.

    Raises CannotDo for a day that cannot be right and for whoever recorded the withdrawal,
    TransitionNotAllowed where no appeal waits.
    """
    appeal = _locked_appeal(charges, Verb.REINSTATE)
    _check_resolution(appeal, by=by, number=resolution_number, adopted_on=adopted_on, reason=reason)
    reinstatement = Reinstatement(
        appeal=appeal,
        resolution_number=resolution_number.strip(),
        adopted_on=adopted_on,
        reason=reason.strip(),
        reinstated_by=by,
        reinstated_at=clock.now(),
    )
    print_answer(reinstatement, by=by)
    reinstatement.save(force_insert=True)
    _record(Verb.REINSTATE, appeal.withdrawal, by=by, on=adopted_on.isoformat())
    emails.reinstated(appeal.withdrawal.charges)
    return reinstatement


@transaction.atomic
def refuse_appeal(
    charges: Charges, *, by: User, resolution_number: str, adopted_on: date, reason: str
) -> AppealRefusal:
    """Refuse the appeal by the Board's resolution: the withdrawal stands. The holder reads why.

    Raises as `reinstate_certificate` does.
    """
    appeal = _locked_appeal(charges, Verb.REFUSE_APPEAL)
    _check_resolution(appeal, by=by, number=resolution_number, adopted_on=adopted_on, reason=reason)
    refusal = AppealRefusal(
        appeal=appeal,
        resolution_number=resolution_number.strip(),
        adopted_on=adopted_on,
        reason=reason.strip(),
        refused_by=by,
        refused_at=clock.now(),
    )
    print_answer(refusal, by=by)
    refusal.save(force_insert=True)
    _record(Verb.REFUSE_APPEAL, appeal.withdrawal, by=by, on=adopted_on.isoformat())
    emails.appeal_refused(appeal.withdrawal.charges)
    return refusal


def _locked_withdrawal(charges: Charges, verb: Verb) -> Withdrawal:
    """One that no appeal was made against."""
    locked = locked_charges(charges)
    if locked.state != ChargesState.UPHELD or locked.appeal:
        raise TransitionNotAllowed(verb, locked.state)
    return locked.withdrawal


def _locked_appeal(charges: Charges, verb: Verb) -> Appeal:
    """One that the Board has not decided."""
    locked = locked_charges(charges)
    appeal = locked.appeal
    if appeal is None or appeal.is_decided:
        raise TransitionNotAllowed(verb, locked.state)
    return appeal


def _keep(withdrawal: Withdrawal, verb: Verb, *, by: User, text: str, appealed_on: date) -> Appeal:
    if not text.strip():
        raise CannotDo(_("Write the appeal."))
    appeal = Appeal.objects.create(
        withdrawal=withdrawal,
        text=text.strip(),
        appealed_on=appealed_on,
        on_paper=verb == Verb.NOTE_APPEAL,
        made_by=by,
        made_at=clock.now(),
    )
    _record(verb, withdrawal, by=by)
    emails.appealed(withdrawal.charges)
    return appeal


def _check_resolution(
    appeal: Appeal, *, by: User, number: str, adopted_on: date, reason: str
) -> None:
    if appeal.withdrawal.withdrawn_by == by:
        raise CannotDo(_("You recorded the withdrawal. Somebody else records the appeal."))
    if not appeal.appealed_on <= adopted_on <= clock.today():
        raise CannotDo(
            _("The Board resolves after the appeal and not in the future. Check the day.")
        )
    if not (reason.strip() and number.strip()):
        raise CannotDo(_("Write down the resolution and the reason."))


def _record(verb: Verb, withdrawal: Withdrawal, *, by: User, **facts: str) -> None:
    certificate = withdrawal.charges.certificate
    record(verb, certificate, by=by, case=certificate.application, **facts)
