"""From a certificate's row to the sheet that is printed. Nothing comes from live settings."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from certification.applications.models import Application
from certification.decisions.models import Resolution
from certification.documents.marks import read_mark
from certification.documents.models import Issuer
from certification.documents.sheets import CertificateSheet, Letterhead, Signatory
from institutions.grammar import Case, Variant
from institutions.models.name_form import Names

from .codes import grouped
from .models import Certificate

PREVIEW_NUMBER = "PODGLĄD"  # a certificate is a Polish document, whatever the screen's language


def sheet_of(certificate: Certificate, *, preview: bool = False) -> CertificateSheet:
    """All that this certificate prints: the same row gives the same sheet for ever."""
    replaced = certificate.replaces
    resolution = certificate.resolution
    return CertificateSheet(
        number=certificate.number,
        holder=certificate.holder_name,
        reason=certificate.reason,
        validity_label=certificate.label,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
        resolution_number=resolution.number,
        resolution_date=resolution.adopted_on,
        place=certificate.place,
        issued_on=certificate.issued_on,
        signatories=(
            Signatory(certificate.first_signatory, certificate.first_function),
            Signatory(certificate.second_signatory, certificate.second_function),
        ),
        verification_url="" if preview else certificate.verification_url,
        verification_code="" if preview else grouped(certificate.code),
        issuer=Letterhead(name=certificate.issuer_name, mark=read_mark(certificate.issuer_mark)),
        preview=preview,
        replaces=replaced.number if replaced else "",
        design=certificate.design,
        orientation=certificate.orientation,
        credential=certificate.credential.text if certificate.has_credential else "",
    )


def take_names(certificate: Certificate) -> None:
    """Copy the holder's confirmed name and the issuer of today into the row.

    Raises MissingNameForms while nobody has confirmed the name.
    """
    certificate.holder_name = Names(certificate.institution)(Variant.FULL, Case.NOM)
    issuer = Issuer.load()
    certificate.issuer_name, certificate.issuer_mark = issuer.name, issuer.mark.name


def preview_of(
    application: Application, *, resolution_number: str, adopted_on: date, **wording: Any
) -> CertificateSheet:
    """The sheet of a certificate that does not exist yet; nothing is stored and no number taken."""
    certificate = Certificate(
        application=application,
        institution=application.institution,
        resolution=Resolution(number=resolution_number, adopted_on=adopted_on),
        number=PREVIEW_NUMBER,
        **wording,
    )
    take_names(certificate)
    return sheet_of(certificate, preview=True)


def verification_url(code: str) -> str:
    """Where whoever holds the paper can check it; printed, so it must hold for decades."""
    return settings.SITE_URL + reverse("verification_code", args=[code])
