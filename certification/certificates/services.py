"""Issuing, correcting and withdrawing certificates, each in one transaction.

What one of these verbs prints and stores is never changed afterwards.
"""

from datetime import date, timedelta
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.applications.services import move
from certification.applications.services.moving import locked_for
from certification.applications.states import Verb as ApplicationVerb
from certification.audit.services import record
from certification.decisions.services import adopt_resolution
from certification.documents.models import StoredDocument
from certification.documents.render import render_certificate
from certification.documents.services import store
from certification.errors import CannotDo, TransitionNotAllowed
from certification.finding import search_text
from certification.numbering.services import next_number
from institutions.models import Institution, User

from . import emails
from .credential.issuing import attest
from .models import NUMBER, REASON, SERIES, Certificate, EarlierAward, Reinstatement, Withdrawal
from .printing import sheet_of, take_names, verification_url
from .states import STANDING, Verb

__all__ = [
    "correct_certificate",
    "issue_certificate",
    "record_earlier_award",
    "reinstate_certificate",
    "sheet_of",
    "withdraw_certificate",
]

DATED_AHEAD = timedelta(days=183)  # printed before the ceremony; more than this is a slip


class Wording(TypedDict, total=False):
    """What a person settles about a certificate, and it prints."""

    reason: str
    valid_from: date
    valid_to: date
    label: str
    place: str
    issued_on: date
    first_signatory: str
    first_function: str
    second_signatory: str
    second_function: str
    design: str
    orientation: str


@transaction.atomic
def issue_certificate(
    application: Application,
    *,
    by: User,
    resolution_number: str,
    adopted_on: date,
    **wording: Unpack[Wording],
) -> Certificate:
    """Adopt the Board's resolution and issue the certificate: number, PDF, row and the case's
    move happen together or not at all.

    Raises MissingNameForms for an unconfirmed name, CannotDo for days that cannot be right
    or a text that cannot be printed, TransitionNotAllowed when it was issued already.
    """
    locked = locked_for(application, ApplicationVerb.CERTIFY)
    resolution = adopt_resolution(
        locked.decision, by=by, number=resolution_number, adopted_on=adopted_on
    )
    wording.setdefault("reason", REASON)
    certificate = Certificate(
        application=locked, institution=locked.institution, resolution=resolution, **wording
    )
    _print_and_keep(certificate, by=by)
    record(Verb.ISSUE, certificate, by=by, case=locked, number=certificate.number)
    move(application, ApplicationVerb.CERTIFY, by=by, number=certificate.number)
    return certificate


@transaction.atomic
def correct_certificate(
    certificate: Certificate, *, by: User, correction_reason: str, **changed: Unpack[Wording]
) -> Certificate:
    """Issue a certificate that replaces this one, under its own number, with what `changed`.

    The holder's name is taken anew from the confirmed forms. Raises TransitionNotAllowed for
    one that is withdrawn or replaced already.
    """
    old = _locked_standing(certificate, Verb.CORRECT)
    kept = {name: getattr(old, name) for name in Wording.__annotations__}
    new = Certificate(
        application=old.application,
        institution=old.institution,
        resolution=old.resolution,
        replaces=old,
        correction_reason=correction_reason.strip(),
        **{**kept, "issued_on": clock.today(), **changed},
    )
    if not new.correction_reason:
        raise CannotDo(_("Say why the certificate is corrected."))
    _print_and_keep(new, by=by)
    record(Verb.CORRECT, new, by=by, case=old.application, number=new.number, replaces=old.number)
    emails.corrected(new)
    return new


@transaction.atomic
def withdraw_certificate(
    certificate: Certificate,
    *,
    by: User,
    charges: str,
    charges_stated_on: date,
    withdrawn_on: date,
    reason: str,
) -> Withdrawal:
    """Withdraw a certificate after charges were stated in writing (regulation, point 10).

    `reason` is published. Raises CannotDo for days in the wrong order or an expired one,
    TransitionNotAllowed for one that is withdrawn or replaced already.
    """
    standing = _locked_standing(certificate, Verb.WITHDRAW)
    if hasattr(standing, "withdrawal"):
        raise CannotDo(
            _(
                "This certificate was withdrawn once and the Board annulled that. The program "
                "records one withdrawal of a certificate: tell the administrator."
            )
        )
    if standing.valid_to < withdrawn_on:
        raise CannotDo(
            _("The certificate expired before that day, so there is nothing to withdraw.")
        )
    if not standing.issued_on <= charges_stated_on < withdrawn_on <= clock.today():
        raise CannotDo(
            _(
                "First the certificate is issued, then the charges are stated, and on a later day "
                "it is withdrawn; none of it in the future. Check the days."
            )
        )
    if not (charges.strip() and reason.strip()):
        raise CannotDo(_("Write down the charges and the reason to be published."))
    withdrawal = Withdrawal.objects.create(
        certificate=standing,
        charges=charges.strip(),
        charges_stated_on=charges_stated_on,
        withdrawn_on=withdrawn_on,
        reason=reason.strip(),
        withdrawn_by=by,
        withdrawn_at=clock.now(),
    )
    record(Verb.WITHDRAW, standing, by=by, case=standing.application, on=withdrawn_on.isoformat())
    emails.withdrawn(standing)
    return withdrawal


@transaction.atomic
def reinstate_certificate(
    certificate: Certificate,
    *,
    by: User,
    appealed_on: date,
    resolution_number: str,
    adopted_on: date,
    reason: str,
) -> Reinstatement:
    """Annul a withdrawal by the Board's resolution on the holder's appeal (regulation, point 11).

    Raises CannotDo for days in the wrong order and for whoever recorded the withdrawal,
    TransitionNotAllowed for a certificate that is not withdrawn.
    """
    locked = Certificate.objects.select_for_update(of=("self",)).with_facts().get(pk=certificate.pk)
    if not locked.is_withdrawn:
        raise TransitionNotAllowed(Verb.REINSTATE, locked.status_on(clock.today()))
    withdrawal = locked.withdrawal
    if withdrawal.withdrawn_by == by:
        raise CannotDo(_("You recorded the withdrawal. Somebody else records the appeal."))
    if not withdrawal.withdrawn_on <= appealed_on <= adopted_on <= clock.today():
        raise CannotDo(
            _(
                "First the certificate is withdrawn, then the holder appeals, then the Board "
                "resolves; none of it in the future. Check the days."
            )
        )
    if not (reason.strip() and resolution_number.strip()):
        raise CannotDo(_("Write down the resolution and the reason to be published."))
    reinstatement = Reinstatement.objects.create(
        withdrawal=withdrawal,
        appealed_on=appealed_on,
        resolution_number=resolution_number.strip(),
        adopted_on=adopted_on,
        reason=reason.strip(),
        reinstated_by=by,
        reinstated_at=clock.now(),
    )
    record(Verb.REINSTATE, locked, by=by, case=locked.application, on=adopted_on.isoformat())
    emails.reinstated(locked)
    return reinstatement


@transaction.atomic
def record_earlier_award(
    institution: Institution, *, by: User | None, presented: str, label: str, source: str
) -> EarlierAward:
    """List an award from before this register; the same one a second time is left as it is."""
    award, created = EarlierAward.objects.get_or_create(
        institution=institution,
        presented=presented,
        label=label,
        defaults={
            "source": source,
            "recorded_by": by,
            "recorded_at": clock.now(),
            "search_text": search_text(institution.name, institution.town, presented, label),
        },
    )
    if created:
        record(Verb.RECORD_EARLIER, award, by=by, institution=institution.pk)
    return award


def _print_and_keep(certificate: Certificate, *, by: User) -> None:
    """Complete the row with what the office does not choose, print it, and store both."""
    take_names(certificate)
    _check_days(certificate)
    year = certificate.issued_on.year
    certificate.number = NUMBER.format(number=next_number(SERIES, year), year=year)
    certificate.verification_url = verification_url(certificate.code)
    certificate.search_text = search_text(
        certificate.holder_name, certificate.institution.town, certificate.number
    )
    certificate.issued_by, certificate.issued_at = by, clock.now()
    credential = attest(certificate, by=by)
    certificate.document = store(
        StoredDocument.Kind.CERTIFICATE,
        f"Certyfikat {certificate.number}",
        render_certificate(sheet_of(certificate)),
        by=by,
    )
    certificate.save(force_insert=True)
    if credential:
        credential.save(force_insert=True)


def _check_days(certificate: Certificate) -> None:
    if certificate.valid_to <= certificate.valid_from:
        raise CannotDo(_("The last day of validity comes after the first."))
    if certificate.issued_on < certificate.resolution.adopted_on:
        raise CannotDo(_("The certificate is dated the day of the resolution, or later."))
    if certificate.issued_on > clock.today() + DATED_AHEAD:
        raise CannotDo(_("The day of issue is more than half a year ahead. Check the year."))


def _locked_standing(certificate: Certificate, verb: Verb) -> Certificate:
    """Lock the row; refuse when it is withdrawn or replaced already."""
    locked = Certificate.objects.select_for_update(of=("self",)).with_facts().get(pk=certificate.pk)
    status = locked.status_on(clock.today())
    if status not in STANDING:
        raise TransitionNotAllowed(verb, status)
    return locked
