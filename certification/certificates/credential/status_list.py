"""Which credentials no longer stand (W3C Bitstring Status List 1.0): one list a year of numbers.

A bit is set for a certificate that was withdrawn, and for one that a corrected one replaced. Why,
the register says.
"""

import base64
import gzip
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q

from certification.certificates.models import SERIES, Certificate, Withdrawal

from .building import list_address, place_in_list
from .contexts import CREDENTIALS
from .keys import IssuerKey, issuer_did
from .proof import signed

BITS = 131_072  # the least a list may have, so that nobody can tell by the size (section 6.1)


def certificates_of(year: int) -> Any:
    return Certificate.objects.filter(number__startswith=f"{SERIES}/", number__endswith=f"/{year}")


def status_list(year: int, key: IssuerKey) -> dict[str, Any]:
    """The list, signed. It is dated by its last change: unchanged, it is the same bytes."""
    charged = Withdrawal.objects.values("charges__certificate")
    fallen = certificates_of(year).filter(Q(pk__in=charged) | Q(replaced_by__isnull=False))
    rows = list(fallen.with_facts())
    changed = max(map(_changed, rows), default=datetime(year, 1, 1, tzinfo=UTC))
    address = list_address(year)
    document = {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_did(),
        "validFrom": changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(
                place_in_list(row)[1] for row in rows if row.withdrawal or row.is_replaced
            ),
        },
    }
    return signed(document, key, changed)


def encoded(bits: Any) -> str:
    """The list as the standard packs it; the leftmost bit is number 0."""
    content = bytearray(BITS // 8)
    for bit in bits:
        content[bit // 8] |= 0x80 >> bit % 8
    packed = gzip.compress(bytes(content), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _changed(certificate: Certificate) -> datetime:
    moments = []
    if certificate.withdrawal:
        moments.append(certificate.withdrawal.withdrawn_at)
    for annulled in certificate.annulled_withdrawals:
        moments.append(annulled.reinstatement.reinstated_at)
    if certificate.is_replaced:
        moments.append(certificate.replaced_by.issued_at)
    return max(moments)
