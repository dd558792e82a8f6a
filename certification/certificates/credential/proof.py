"""Signing JSON-LD: the cryptosuite eddsa-rdfc-2022 (W3C Data Integrity EdDSA 1.0, section 3.2)."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from pyld import jsonld

from . import contexts
from .keys import IssuerKey, base58


def signed(
    document: dict[str, Any],
    key: IssuerKey,
    created: datetime,
    *,
    load: Callable[..., dict[str, Any]] = contexts.load,
) -> dict[str, Any]:
    """The document with its proof. The same document, key and moment give the same proof.

    Raises an error of PyLD where a word of the document has no meaning in its contexts: it would
    not be covered by the signature.
    """
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": key.method,
        "proofPurpose": "assertionMethod",
    }
    about = _hash({"@context": document["@context"], **options}, load)
    signature = key.private.sign(about + _hash(document, load))
    return {**document, "proof": {**options, "proofValue": base58(signature)}}


def _hash(document: dict[str, Any], load: Callable[..., dict[str, Any]]) -> bytes:
    canonical = jsonld.normalize(
        document,
        {
            "algorithm": "URDNA2015",  # which RDFC-1.0 is, but for the name
            "format": "application/n-quads",
            "documentLoader": load,
        },
    )
    return sha256(canonical.encode()).digest()
