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
from certification.errors import CannotDo
from certification.finding import search_text
from certification.numbering.services import next_number
from institutions.models import Institution, User

from . import emails
from .credential.issuing import attest
from .locking import locked_standing
from .models import NUMBER, REASON, SERIES, Certificate, EarlierAward
from .printing import sheet_of, take_names, verification_url
from .states import Verb

__all__ = [
    "correct_certificate",
    "issue_certificate",
    "record_earlier_award",
    "sheet_of",
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
    one that is withdrawn or replaced already, CannotDo while charges wait to be decided.
    """
    old = locked_standing(certificate, Verb.CORRECT)
    if old.has_open_charges:
        raise CannotDo(_("Charges wait for the Committee's decision. Correct it after that."))
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
