"""Credentials for programs, readable from anywhere: each of them, the lists, and the keys."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from certification.certificates.models import NUMBER, Credential, CredentialKey
from certification.open_data import open_to_all

from .keys import issuer_did, issuer_key, method_of
from .status_list import certificates_of, status_list

CREDENTIAL = "application/vc"  # W3C VC Data Model 2.0, section 6.2
DID = "application/did+json"


@open_to_all()
def credential(request: HttpRequest, serial: int, year: int) -> HttpResponse:
    """The credential as it was issued, and as it lies in the PDF."""
    number = NUMBER.format(number=serial, year=year)
    found = get_object_or_404(Credential, certificate__number=number)
    response = HttpResponse(found.text, content_type=CREDENTIAL)
    name = f"poswiadczenie-{serial}-{year}.json"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@open_to_all()
def credential_status(request: HttpRequest, year: int) -> HttpResponse:
    """Which credentials of that year no longer stand."""
    key = issuer_key()
    if key is None or not certificates_of(year).exists():
        raise Http404
    return _json(status_list(year, key), CREDENTIAL)


@open_to_all()
def did_document(request: HttpRequest) -> HttpResponse:
    """Every key that credentials were ever signed with: old ones are checked with old keys."""
    used = list(CredentialKey.objects.values_list("multibase", flat=True))
    current = issuer_key()
    keys = list(dict.fromkeys([*([current.multibase] if current else []), *used]))
    if not keys:
        raise Http404
    did = issuer_did()
    methods = [
        {"id": method_of(key), "type": "Multikey", "controller": did, "publicKeyMultibase": key}
        for key in keys
    ]
    document = {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
    return _json(document, DID)


def _json(document: dict[str, Any], content_type: str) -> HttpResponse:
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type=content_type)
