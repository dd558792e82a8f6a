"""A credential for a certificate that is being issued."""

import json
from typing import Any

from certification import clock
from certification.audit.services import record
from certification.certificates.models import Certificate, Credential, CredentialKey
from certification.certificates.states import Verb

from .building import credential_of, signed_at
from .keys import IssuerKey, issuer_key
from .proof import signed


def attest(certificate: Certificate, *, by: Any) -> Credential | None:
    """The credential of a certificate whose row is complete but not saved; None without a key.

    Belongs in the transaction of its verb, which saves it after the certificate. Raises Unavailable
    where a key is set and cannot be used.
    """
    key = issuer_key()
    if key is None:
        return None
    document = signed(credential_of(certificate), key, signed_at(certificate))
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return Credential(certificate=certificate, key=_row(key, by=by), text=text)


def _row(key: IssuerKey, *, by: Any) -> CredentialKey:
    """The key as it is published for good; its first use is journaled."""
    row, is_new = CredentialKey.objects.get_or_create(
        multibase=key.multibase, defaults={"first_used_at": clock.now()}
    )
    if is_new:
        record(Verb.USE_KEY, row, by=by, key=key.multibase)
    return row
