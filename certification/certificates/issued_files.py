"""The files of all certificates, for a browser that checks one by itself.

Nothing here is secret: what stands beside a fingerprint is in the register, and a fingerprint
tells nothing to who does not hold the file.
"""

from datetime import date
from typing import Any

from django.db.models import Max

from .models import Certificate, Withdrawal
from .states import Status

CHUNK = 500  # rows read at a time


def issued_files(day: date) -> dict[str, dict[str, Any]]:
    """By the SHA-256 of the PDF: the number and how the certificate stands on that day."""
    certificates = Certificate.objects.with_facts().select_related("document")
    return {
        each.document.sha256: _facts(each, day) for each in certificates.iterator(chunk_size=CHUNK)
    }


def state_of_files(day: date) -> str:
    """Another text whenever `issued_files` would say something else: an ETag (RFC 9110, 8.8.3)."""
    newest = Certificate.objects.aggregate(last=Max("pk"))["last"]
    withdrawn = Withdrawal.objects.aggregate(last=Max("pk"))["last"]
    return f'"{day.isoformat()}-{newest or 0}-{withdrawn or 0}"'


def _facts(certificate: Certificate, day: date) -> dict[str, Any]:
    status = certificate.status_on(day)
    facts = {
        "number": certificate.number,
        "status": status.value,
        "valid_from": certificate.valid_from.isoformat(),
        "valid_to": certificate.valid_to.isoformat(),
    }
    if status == Status.WITHDRAWN:
        facts["withdrawn_on"] = certificate.withdrawal.withdrawn_on.isoformat()
        facts["reason"] = certificate.withdrawal.reason
    if status == Status.SUPERSEDED:
        facts["replaced_by"] = certificate.replaced_by.number
    return facts
