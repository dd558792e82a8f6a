"""Charges against a holder, its reply, and what the Committee makes of them.

Every verb locks the certificate first: what is stated, replied and decided at once happens one
after the other.
"""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.certificates.locking import locked_charges, locked_standing
from certification.certificates.models import (
    Certificate,
    Charges,
    ChargesDropping,
    ChargesReply,
    Withdrawal,
)
from certification.certificates.states import Verb
from certification.documents.typography import day_in_words
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.models import User

from . import emails
from .deadlines import last_day
from .papers import print_charges, print_withdrawal


@transaction.atomic
def state_charges(certificate: Certificate, *, by: User, text: str, days: int) -> Charges:
    """State the Committee's charges in writing (regulation, point 10): a numbered paper, and
    `days` for the holder's reply.

    Raises CannotDo for a certificate that has expired or that is dated ahead,
    TransitionNotAllowed where one is withdrawn, replaced or charged already.
    """
    standing = locked_standing(certificate, Verb.STATE_CHARGES)
    if standing.has_open_charges:
        raise TransitionNotAllowed(Verb.STATE_CHARGES, standing.status_on(clock.today()))
    today = clock.today()
    if standing.valid_to < today:
        raise CannotDo(_("The certificate has expired, so there is nothing to withdraw."))
    if standing.issued_on > today:
        raise CannotDo(_("The certificate is dated ahead. State charges once it is issued."))
    if not text.strip():
        raise CannotDo(_("Write down the charges."))
    charges = Charges(
        certificate=standing,
        text=text.strip(),
        stated_on=today,
        reply_until=last_day(today, days),
        stated_by=by,
        stated_at=clock.now(),
    )
    print_charges(charges)
    charges.save(force_insert=True)
    _record(Verb.STATE_CHARGES, charges, by=by, number=charges.number)
    emails.charges_stated(charges)
    return charges


@transaction.atomic
def reply_to_charges(charges: Charges, *, by: User, text: str) -> ChargesReply:
    """The holder's reply, kept word for word. After the last day it is taken as well, and marked
    as late, as long as the Committee has not decided.

    The very same reply once more (a second click) is kept once.
    """
    return _keep_reply(charges, Verb.REPLY_TO_CHARGES, by=by, text=text, received_on=clock.today())


@transaction.atomic
def note_reply(charges: Charges, *, by: User, text: str, received_on: date) -> ChargesReply:
    """A reply that came on paper, typed by the office. Raises CannotDo for an impossible day."""
    if not charges.stated_on <= received_on <= clock.today():
        raise CannotDo(_("The reply comes after the charges and not in the future. Check the day."))
    return _keep_reply(charges, Verb.NOTE_REPLY, by=by, text=text, received_on=received_on)


@transaction.atomic
def drop_charges(charges: Charges, *, by: User, reason: str) -> ChargesDropping:
    """Drop the charges; the holder is told why, and nothing is published. The Committee need not
    have heard the holder for it: what was stated by mistake is dropped at once.

    Raises TransitionNotAllowed once they are decided.
    """
    locked = _locked_open(charges, Verb.DROP_CHARGES)
    if not reason.strip():
        raise CannotDo(_("Write down why the charges are dropped."))
    dropping = ChargesDropping.objects.create(
        charges=locked, reason=reason.strip(), dropped_by=by, dropped_at=clock.now()
    )
    _record(Verb.DROP_CHARGES, locked, by=by)
    emails.charges_dropped(locked)
    return dropping


@transaction.atomic
def withdraw_certificate(
    charges: Charges, *, by: User, withdrawn_on: date, reason: str
) -> Withdrawal:
    """Withdraw the certificate on these charges (regulation, point 10), on a numbered paper.
    `reason` is published.

    Raises CannotDo before the reply or the last day for it, for a day in the future and for a
    certificate that had expired, TransitionNotAllowed once the charges are decided.
    """
    locked = _locked_open(charges, Verb.WITHDRAW)
    certificate = locked.certificate
    if withdrawn_on > clock.today():
        raise CannotDo(_("The day of the decision is in the future. Enter the day it was taken."))
    _check_heard(locked, withdrawn_on)
    if certificate.valid_to < withdrawn_on:
        raise CannotDo(
            _("The certificate expired before that day, so there is nothing to withdraw.")
        )
    if not reason.strip():
        raise CannotDo(_("Write down the reason to be published."))
    withdrawal = Withdrawal(
        charges=locked,
        withdrawn_on=withdrawn_on,
        reason=reason.strip(),
        appeal_until=last_day(clock.today(), settings.APPEAL_DAYS),
        withdrawn_by=by,
        withdrawn_at=clock.now(),
    )
    print_withdrawal(withdrawal)
    withdrawal.save(force_insert=True)
    record(
        Verb.WITHDRAW,
        certificate,
        by=by,
        case=certificate.application,
        on=withdrawn_on.isoformat(),
    )
    emails.withdrawn(locked)
    return withdrawal


def _keep_reply(
    charges: Charges, verb: Verb, *, by: User, text: str, received_on: date
) -> ChargesReply:
    if not text.strip():
        raise CannotDo(_("Write the reply."))
    locked = _locked_open(charges, verb)
    last = locked.replies.last()
    if last is not None and (last.text, last.received_on) == (text.strip(), received_on):
        return last
    reply = ChargesReply.objects.create(
        charges=locked,
        text=text.strip(),
        received_on=received_on,
        on_paper=verb == Verb.NOTE_REPLY,
        made_by=by,
        made_at=clock.now(),
    )
    _record(verb, locked, by=by)
    emails.charges_replied(locked)
    return reply


def _locked_open(charges: Charges, verb: Verb) -> Charges:
    """Refuse what the Committee has decided."""
    locked = locked_charges(charges)
    if not locked.is_open:
        raise TransitionNotAllowed(verb, locked.state)
    return locked


def _check_heard(charges: Charges, day: date) -> None:
    """The holder has replied, or had its time to."""
    if day < charges.decidable_from:
        raise CannotDo(
            _(
                "The Committee decides after the holder's reply, or else after the last day for "
                "it: from %(day)s."
            )
            % {"day": day_in_words(charges.decidable_from, get_language())}
        )


def _record(verb: Verb, charges: Charges, *, by: User, **facts: str | None) -> None:
    """In the history of the certificate, and of its case."""
    certificate = charges.certificate
    record(verb, certificate, by=by, case=certificate.application, **facts)
