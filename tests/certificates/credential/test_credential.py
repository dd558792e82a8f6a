"""Credentials: what they say, who signed them, and what others make of them."""

import base64
import gzip
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pyld.jsonld import JsonLdError

from certification import clock
from certification.certificates.credential import contexts, keys
from certification.certificates.credential.keys import IssuerKey
from certification.certificates.credential.proof import signed
from certification.certificates.credential.status_list import encoded
from certification.certificates.models import Certificate, Credential, CredentialKey
from certification.certificates.printing import sheet_of
from certification.certificates.services import correct_certificate
from certification.documents.render import render_certificate
from certification.documents.services import open_verified
from certification.errors import Unavailable
from institutions.states import Role
from tests.certificates.factories import board_case, issue, withdraw_row
from tests.documents.sheets import reader
from tests.factories import make_user

from . import verifying

independent = pytest.mark.skipif(
    bool(verifying.missing()), reason=f"no independent verifier without: {verifying.missing()}"
)


@pytest.fixture(autouse=True)
def key_file(settings: Any, tmp_path: Path) -> Path:
    path = tmp_path / "credential.pem"
    call_command("make_credential_key", out=path)
    settings.CREDENTIAL_KEY = str(path)
    settings.SITE_URL = "https://certyfikat.example.org"
    return path


def credential_of(certificate: Certificate) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Credential.objects.get(certificate=certificate).text)
    return found


# --- signing ------------------------------------------------------------------------------------


def test_the_published_vector_comes_out_the_same() -> None:
    """W3C Data Integrity EdDSA 1.0, appendix B: Ed25519 gives one signature and no other."""
    published = json.loads((verifying.PUBLISHED / "signed-credential.json").read_text())
    pair = json.loads((verifying.PUBLISHED / "key-pair.json").read_text())
    examples = json.loads((verifying.PUBLISHED / "credentials-examples-v2.json").read_text())
    private = Ed25519PrivateKey.from_private_bytes(_plain(pair["privateKeyMultibase"])[2:])

    class Vector(IssuerKey):
        method = published["proof"]["verificationMethod"]

    def load(address: str, options: Any = None) -> dict[str, Any]:
        known = {"https://www.w3.org/ns/credentials/examples/v2": examples}
        found = {"document": known.get(address), "documentUrl": address, "contextUrl": None}
        return found if address in known else contexts.load(address)

    document = {name: value for name, value in published.items() if name != "proof"}
    created = datetime.fromisoformat(published["proof"]["created"])
    assert signed(document, Vector(private, ""), created, load=load) == published


def _plain(multibase: str) -> bytes:
    number = 0
    for digit in multibase.removeprefix("z"):
        number = number * 58 + keys.ALPHABET.index(digit)
    return number.to_bytes((number.bit_length() + 7) // 8)


@pytest.mark.parametrize("content", [b"\0\0\1", b"\xed\1" + bytes(32), b"\xff" * 34])
def test_base58_can_be_read_back(content: bytes) -> None:
    text = keys.base58(content)
    zeros = len(text[1:]) - len(text[1:].lstrip("1"))
    assert b"\0" * zeros + _plain(text).lstrip(b"\0") == content


def test_contexts_are_those_published() -> None:
    table = (contexts.FOLDER / "README.md").read_text()
    for name in contexts.FILES.values():
        assert hashlib.sha256((contexts.FOLDER / name).read_bytes()).hexdigest() in table


def test_nothing_is_fetched() -> None:
    document = {"@context": ["https://example.org/somewhere"], "id": "urn:x"}
    key = keys.issuer_key()
    assert key is not None
    with pytest.raises(JsonLdError):
        signed(document, key, datetime(2026, 1, 1, tzinfo=UTC))


# --- issuing ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_credential_says_what_the_certificate_says() -> None:
    certificate = issue()
    found = credential_of(certificate)
    subject = found["credentialSubject"]
    assert found["id"].startswith("https://certyfikat.example.org/poswiadczenia/1-")
    assert found["issuer"]["id"] == "did:web:certyfikat.example.org"
    assert subject["identifier"][0]["identityHash"] == certificate.holder_name
    assert subject["licenseNumber"] == certificate.number
    assert found["validFrom"][:10] == certificate.valid_from.isoformat()
    assert found["validUntil"][:19] == f"{certificate.valid_to.isoformat()}T23:59:59"
    assert found["proof"]["created"] == f"{certificate.issued_on.isoformat()}T12:00:00Z"


@pytest.mark.django_db
def test_credential_names_no_person_and_not_the_secret_code() -> None:
    certificate = issue()
    text = certificate.credential.text
    for person in (certificate.first_signatory, certificate.second_signatory, certificate.code):
        assert person not in text


@pytest.mark.django_db
def test_credential_fits_the_published_schema() -> None:
    assert verifying.faults(credential_of(issue())) == []


@pytest.mark.django_db
def test_the_schema_does_find_faults() -> None:
    found = credential_of(issue())
    del found["credentialSubject"]["achievement"]["criteria"]
    assert verifying.faults(found) != []


@pytest.mark.django_db
def test_pdf_carries_the_credential_and_is_the_same_when_printed_again() -> None:
    certificate = issue()
    content = open_verified(certificate.document)
    (attached,) = reader(content).attachments["poswiadczenie.json"]
    assert attached.decode() == certificate.credential.text
    again = Certificate.objects.get(pk=certificate.pk)
    assert render_certificate(sheet_of(again)) == content


@pytest.mark.django_db
def test_without_a_key_the_pdf_carries_plain_data(settings: Any) -> None:
    settings.CREDENTIAL_KEY = ""
    certificate = issue()
    assert list(reader(open_verified(certificate.document)).attachments) == ["certyfikat.json"]
    assert not certificate.has_credential


@pytest.mark.django_db
@pytest.mark.parametrize("content", [None, b"", b"not a key"])
def test_nothing_is_issued_with_a_key_that_cannot_be_read(
    settings: Any, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "broken.pem"
    if content is not None:
        path.write_bytes(content)
    settings.CREDENTIAL_KEY = str(path)
    with pytest.raises(Unavailable, match="poświadczenia"):
        issue(board_case())
    assert not Certificate.objects.exists()


def test_a_key_is_never_written_over(key_file: Path) -> None:
    made = key_file.read_bytes()
    call_command("make_credential_key", out=key_file, if_missing=True)
    with pytest.raises(CommandError, match="is there already"):
        call_command("make_credential_key", out=key_file)
    assert key_file.read_bytes() == made
    assert key_file.stat().st_mode & 0o077 == 0


# --- published ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_credential_is_there_for_programs_of_other_sites(client: Client) -> None:
    certificate = issue()
    serial, year = certificate.short_number.split("/")
    response = client.get(reverse("credential", args=[serial, year]))
    assert response.content.decode() == certificate.credential.text
    assert response["Content-Type"] == "application/vc"
    assert response["Access-Control-Allow-Origin"] == "*"
    again = client.get(
        reverse("credential", args=[serial, year]), HTTP_IF_NONE_MATCH=response["ETag"]
    )
    assert again.status_code == 304


@pytest.mark.django_db
def test_certificate_without_a_credential_has_no_address(settings: Any, client: Client) -> None:
    settings.CREDENTIAL_KEY = ""
    serial, year = issue().short_number.split("/")
    assert client.get(reverse("credential", args=[serial, year])).status_code == 404
    assert client.get(reverse("credential_status", args=[year])).status_code == 404
    assert client.get(reverse("did_document")).status_code == 404


def bits(client: Client, year: int) -> list[int]:
    response = client.get(reverse("credential_status", args=[year]))
    assert response["Content-Type"] == "application/vc"
    packed = json.loads(response.content)["credentialSubject"]["encodedList"]
    assert packed[0] == "u"
    plain = gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4)))
    assert len(plain) * 8 == 131_072
    return [8 * at + bit for at, byte in enumerate(plain) for bit in range(8) if byte & 0x80 >> bit]


@pytest.mark.django_db
def test_list_says_which_no_longer_stand(client: Client) -> None:
    year = clock.today().year
    one, two, _three = issue(), issue(), issue()
    assert bits(client, year) == []
    withdraw_row(one, clock.today())
    correct_certificate(two, by=make_user(Role.BOARD_MEMBER), correction_reason="Literówka.")
    assert bits(client, year) == [1, 2]
    assert client.get(reverse("credential_status", args=[year - 1])).status_code == 404


@pytest.mark.django_db
def test_list_is_the_same_while_nothing_changes(client: Client) -> None:
    year = clock.today().year
    one = issue()
    addresses = [reverse("credential_status", args=[year])] * 2
    first, second = (client.get(address) for address in addresses)
    assert first.content == second.content
    withdraw_row(one, clock.today())
    assert client.get(addresses[0])["ETag"] != first["ETag"]


def test_first_bit_is_the_leftmost() -> None:
    packed = encoded([0, 9])
    plain = gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4)))
    assert plain[:2] == b"\x80\x40"


@pytest.mark.django_db
def test_old_keys_stay_published(settings: Any, tmp_path: Path, client: Client) -> None:
    issue()
    settings.CREDENTIAL_KEY = str(tmp_path / "new.pem")
    call_command("make_credential_key", out=Path(settings.CREDENTIAL_KEY))
    issue()
    response = client.get(reverse("did_document"))
    document = json.loads(response.content)
    assert response["Content-Type"] == "application/did+json"
    assert document["id"] == "did:web:certyfikat.example.org"
    assert [method["publicKeyMultibase"] for method in document["verificationMethod"]] == list(
        CredentialKey.objects.values_list("multibase", flat=True)
    )
    assert len(document["assertionMethod"]) == 2


# --- by others ----------------------------------------------------------------------------------


@independent
@pytest.mark.django_db
def test_independent_library_finds_the_credential_good(
    settings: Any, tmp_path: Path, client: Client
) -> None:
    certificate = issue()
    found = credential_of(certificate)
    settings.CREDENTIAL_KEY = str(tmp_path / "new.pem")  # and after a new key, too
    call_command("make_credential_key", out=Path(settings.CREDENTIAL_KEY))
    issue()
    known = verifying.documents(client, found["credentialStatus"]["statusListCredential"])
    good = {"verified": True, "revoked": [False], "errors": []}
    assert verifying.verify(found, known, tmp_path) == good


@independent
@pytest.mark.django_db
def test_independent_library_finds_a_changed_word(tmp_path: Path, client: Client) -> None:
    found = credential_of(issue())
    known = verifying.documents(client, found["credentialStatus"]["statusListCredential"])
    found["credentialSubject"]["identifier"][0]["identityHash"] = "Inna Instytucja"
    answer = verifying.verify(found, known, tmp_path)
    assert answer["verified"] is False
    assert "Invalid signature." in answer["errors"]


@independent
@pytest.mark.django_db
def test_independent_library_finds_a_withdrawn_one(tmp_path: Path, client: Client) -> None:
    certificate = issue()
    withdraw_row(certificate, clock.today())
    found = credential_of(certificate)
    known = verifying.documents(client, found["credentialStatus"]["statusListCredential"])
    answer = verifying.verify(found, known, tmp_path)
    assert (answer["verified"], answer["revoked"]) == (True, [True])
