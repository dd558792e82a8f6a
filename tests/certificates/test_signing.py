"""The Board signs a certificate outside the program; kept is our document with signatures added."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certification import clock
from certification.audit.models import Event
from certification.certificates.models import Certificate, SignedCopy
from certification.certificates.services import correct_certificate
from certification.certificates.signing.services import add_signed_copy
from certification.certificates.states import Verb
from certification.certificates.verification import check_file
from certification.documents.models import StoredDocument
from certification.documents.seal.checking import Found, check_seal
from certification.documents.services import open_verified
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.models import User
from institutions.states import Role
from institutions.uploads import Refused
from tests.documents.sealing import set_seal
from tests.documents.signing import person, sign
from tests.documents.test_signatures import rewritten
from tests.factories import make_user

from .factories import issue

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["sealed", "unsealed"])
def certificate(request: Any, settings: Any, tmp_path: Path) -> Certificate:
    """Signatures follow a seal, which they must not break, or the printed bytes alone."""
    if request.param == "sealed":
        set_seal(settings, tmp_path / "keys")
    return issue()


@pytest.fixture
def member() -> User:
    return make_user(Role.BOARD_MEMBER)


def sent(content: bytes, name: str = "podpisany.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def newest(certificate: Certificate) -> bytes:
    return open_verified(certificate.newest_document)


def signers(copy: SignedCopy) -> list[str]:
    return [each["signer"] for each in copy.findings["signatures"]]


def test_signed_document_is_kept_and_downloaded(
    certificate: Certificate, member: User, signed_in: Any
) -> None:
    signed = sign(newest(certificate))
    copy = add_signed_copy(certificate, by=member, file=sent(signed))
    assert signers(copy) == ["Anna Próbna"]
    assert (copy.document.kind, copy.added_by) == (StoredDocument.Kind.SIGNED, member)
    response = signed_in(member).get(reverse("certificate_pdf", args=[certificate.pk]))
    assert response.content == signed
    event = Event.objects.get(verb=Verb.ADD_SIGNED)
    assert event.facts["sha256"] == copy.document.sha256


def test_two_people_sign_one_after_the_other(certificate: Certificate, member: User) -> None:
    add_signed_copy(certificate, by=member, file=sent(sign(newest(certificate))))
    twice = sign(newest(certificate), person("Jan Drugi"), field="Podpis2")
    copy = add_signed_copy(certificate, by=member, file=sent(twice))
    assert signers(copy) == ["Jan Drugi"]
    assert newest(certificate) == twice


def test_both_files_are_known_to_verification(
    certificate: Certificate, member: User, client: Client
) -> None:
    copy = add_signed_copy(certificate, by=member, file=sent(sign(newest(certificate))))
    today = clock.today()
    for document in (certificate.document, copy.document):
        assert check_file(document.sha256, today).number == certificate.number
    listed = client.get(reverse("issued_files_json")).json()["files"]
    assert listed[copy.document.sha256] == listed[certificate.document.sha256]
    page = client.get(reverse("verification_code", args=[certificate.code])).content.decode()
    assert copy.document.sha256 in page


def test_the_list_of_files_changes_with_a_signature(
    certificate: Certificate, member: User, client: Client
) -> None:
    before = client.get(reverse("issued_files_json"))["ETag"]
    add_signed_copy(certificate, by=member, file=sent(sign(newest(certificate))))
    assert client.get(reverse("issued_files_json"))["ETag"] != before


def test_the_seal_holds_under_signatures(settings: Any, tmp_path: Path, member: User) -> None:
    set_seal(settings, tmp_path / "keys")
    certificate = issue()
    add_signed_copy(certificate, by=member, file=sent(sign(newest(certificate))))
    found = check_seal(io.BytesIO(newest(certificate)), clock.now())
    assert (found.found, found.signed_after) == (Found.OURS, True)


# --- what is not kept ---------------------------------------------------------------------------


def saved_anew(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out)
    return out.getvalue()


def flipped(content: bytes) -> bytes:
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda ours: ours, "nikt go jeszcze nie podpisał"),
        (lambda ours: sign(saved_anew(ours)), "zapisano go na nowo"),
        (lambda ours: flipped(ours) + sign(ours)[len(ours) :], "zapisano go na nowo"),
        (lambda ours: sign(rewritten(ours)), "coś innego niż podpis"),
        (lambda ours: rewritten(sign(ours)), "coś innego niż podpis"),
        (lambda ours: rewritten(ours), "podpis"),
    ],
    ids=["unsigned", "saved anew", "changed byte", "changed before", "changed after", "no name"],
)
def test_anything_but_signatures_is_refused(
    certificate: Certificate, member: User, make: Any, why: str
) -> None:
    with pytest.raises(CannotDo, match=why):
        add_signed_copy(certificate, by=member, file=sent(make(newest(certificate))))
    assert not SignedCopy.objects.exists()
    assert StoredDocument.objects.count() == 1


def test_the_document_of_another_certificate_is_refused(
    certificate: Certificate, member: User
) -> None:
    other = issue()
    with pytest.raises(CannotDo, match="inny dokument"):
        add_signed_copy(certificate, by=member, file=sent(sign(newest(other))))


def test_who_signed_what_stood_before_is_asked_to_sign_the_newest(
    certificate: Certificate, member: User
) -> None:
    first = newest(certificate)
    add_signed_copy(certificate, by=member, file=sent(sign(first)))
    with pytest.raises(CannotDo, match="w międzyczasie dodał podpis"):
        add_signed_copy(certificate, by=member, file=sent(sign(first, person("Jan Drugi"))))
    assert SignedCopy.objects.count() == 1


@pytest.mark.parametrize("content", [b"no pdf", b"%PDF-1.7\nnothing"])
def test_a_file_that_is_no_document_is_refused(member: User, content: bytes) -> None:
    with pytest.raises((Refused, CannotDo)):
        add_signed_copy(issue(), by=member, file=sent(content))


def test_replaced_certificate_is_not_signed(certificate: Certificate, member: User) -> None:
    signed = sign(newest(certificate))
    correct_certificate(certificate, by=member, correction_reason="Literówka.")
    with pytest.raises(TransitionNotAllowed):
        add_signed_copy(certificate, by=member, file=sent(signed))


# --- pages --------------------------------------------------------------------------------------


def test_page_takes_the_file_and_tells_of_the_signature(member: User, signed_in: Any) -> None:
    certificate = issue()
    client = signed_in(member)
    address = reverse("certificate_sign", args=[certificate.pk])
    response = client.post(address, {"file": sent(sign(newest(certificate)))}, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(certificate.get_absolute_url(), 302)]
    assert "Anna Próbna" in page
    assert certificate.newest_document.sha256 in page
    assert "44051401458" not in page


def test_page_says_what_is_wrong_with_a_file(member: User, signed_in: Any) -> None:
    certificate = issue()
    address = reverse("certificate_sign", args=[certificate.pk])
    client = signed_in(member)
    response = client.post(address, {"file": sent(newest(certificate))})
    assert response.status_code == 422
    assert "nikt go jeszcze nie podpisał" in response.content.decode()
    assert client.post(address).status_code == 422
