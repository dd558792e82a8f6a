"""What a certificate says, in the words of Open Badges 3.0: an institution, and no person."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from certification.certificates.models import Certificate
from certification.certificates.published import address

from .contexts import CREDENTIALS, OPEN_BADGES
from .keys import issuer_did

NAME = "Certyfikat Jakości"  # a certificate is a Polish document, whatever the screen's language


def credential_of(certificate: Certificate) -> dict[str, Any]:
    """Without its proof. Everything in it comes from the certificate's row and its edition."""
    resolution = certificate.resolution
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": settings.SITE_URL + address(certificate, "credential"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{NAME} {certificate.number}",
        "issuer": {
            "id": issuer_did(),
            "type": ["Profile"],
            "name": certificate.issuer_name,
            "url": settings.SITE_URL,
        },
        "awardedDate": _begins(certificate.issued_on),
        "validFrom": _begins(certificate.valid_from),
        "validUntil": _ends(certificate.valid_to),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "identityHash": certificate.holder_name,
                    "hashed": False,
                }
            ],
            "licenseNumber": certificate.number,
            "narrative": f"Uchwała Zarządu nr {resolution.number} "
            f"z dnia {resolution.adopted_on:%d.%m.%Y}. Okres: {certificate.label}.",
            "achievement": _achievement(certificate),
        },
        "credentialStatus": _status(certificate),
    }


def signed_at(certificate: Certificate) -> datetime:
    """Noon of the day of issue: a document bears a day and a proof a moment."""
    return datetime.combine(certificate.issued_on, time(12), tzinfo=UTC)


def place_in_list(certificate: Certificate) -> tuple[int, int]:
    """Which list says whether it stands, and at which bit: the year and the serial number."""
    serial, year = map(int, certificate.short_number.split("/"))
    return year, serial


def list_address(year: int) -> str:
    return settings.SITE_URL + reverse("credential_status", args=[year])


def _achievement(certificate: Certificate) -> dict[str, Any]:
    edition = certificate.application.standard_set
    standards = settings.SITE_URL + reverse("catalogue_set", args=[edition.code])
    return {
        "id": standards,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": NAME,
        "description": f"Certyfikat przyznano {certificate.reason}.",
        "criteria": {"id": standards, "narrative": edition.name_pl},
        "inLanguage": "pl",
    }


def _status(certificate: Certificate) -> dict[str, str]:
    year, bit = place_in_list(certificate)
    return {
        "id": f"{list_address(year)}#{bit}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(bit),
        "statusListCredential": list_address(year),
    }


def _begins(day: date) -> str:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone()).isoformat()


def _ends(day: date) -> str:
    """The last second of the day."""
    after = datetime.combine(
        day + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone()
    )
    return (after.astimezone(UTC) - timedelta(seconds=1)).astimezone(after.tzinfo).isoformat()
