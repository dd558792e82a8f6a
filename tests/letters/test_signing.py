"""A letter is signed outside the program, as a certificate is."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certification import clock
from certification.audit.models import Event
from certification.certificates.verification import check_file
from certification.documents.models import StoredDocument
from certification.documents.services import open_verified
from certification.errors import CannotDo, TransitionNotAllowed
from certification.letters.bank import BankFile, Paragraph
from certification.letters.models import CommendationLetter, SignedLetter
from certification.letters.services import (
    add_signed_letter,
    approve_letter,
    draft_letter,
    import_paragraphs,
    replace_letter,
)
from certification.letters.states import Verb
from institutions.models import User
from institutions.states import Role
from tests.documents.signing import person, sign
from tests.factories import confirm_names, make_member, make_user
from tests.letters.factories import make_certificate

pytestmark = pytest.mark.django_db
BANK = BankFile("commendation", "pl", "1", [Paragraph("always", "Znamy {full_name:acc}.")])


@pytest.fixture
def member() -> User:
    return make_user(Role.BOARD_MEMBER)


@pytest.fixture
def draft() -> CommendationLetter:
    import_paragraphs(BANK)
    certificate = make_certificate({"C1": 2})
    confirm_names(certificate.institution)
    return draft_letter(certificate.application, by=make_user(Role.OFFICE))


@pytest.fixture
def letter(draft: CommendationLetter, member: User) -> CommendationLetter:
    return approve_letter(draft, by=member)


def newest(letter: CommendationLetter) -> bytes:
    assert letter.newest_document is not None
    return open_verified(letter.newest_document)


def sent(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("podpisany.pdf", content, "application/pdf")


def test_signed_letter_is_kept_and_downloaded_by_the_institution_too(
    letter: CommendationLetter, member: User, signed_in: Any
) -> None:
    signed = sign(newest(letter))
    copy = add_signed_letter(letter, by=member, file=sent(signed))
    assert [each["signer"] for each in copy.findings["signatures"]] == ["Anna Próbna"]
    assert (copy.document.kind, copy.added_by) == (StoredDocument.Kind.SIGNED, member)
    reader = make_member(letter.application.institution)
    response = signed_in(reader).get(reverse("letter_pdf", args=[letter.pk]))
    assert response.content == signed
    event = Event.objects.get(verb=Verb.ADD_SIGNED)
    assert (event.facts["sha256"], event.facts["signatures"]) == (copy.document.sha256, 1)


def test_two_people_sign_one_after_the_other(letter: CommendationLetter, member: User) -> None:
    first = newest(letter)
    add_signed_letter(letter, by=member, file=sent(sign(first)))
    with pytest.raises(CannotDo, match="w międzyczasie dodał podpis"):
        add_signed_letter(letter, by=member, file=sent(sign(first, person("Jan Drugi"))))
    twice = sign(newest(letter), person("Jan Drugi"), field="Podpis2")
    add_signed_letter(letter, by=member, file=sent(twice))
    assert newest(letter) == twice


def test_both_files_are_known_to_verification(
    letter: CommendationLetter, member: User, client: Client
) -> None:
    before = client.get(reverse("issued_files_json"))["ETag"]
    copy = add_signed_letter(letter, by=member, file=sent(sign(newest(letter))))
    assert letter.document is not None
    for document in (letter.document, copy.document):
        assert check_file(document.sha256, clock.today()).number == letter.number
    response = client.get(reverse("issued_files_json"))
    listed = response.json()["files"]
    assert response["ETag"] != before
    assert listed[copy.document.sha256] == listed[letter.document.sha256]
    page = client.get(reverse("verification_code", args=[letter.code])).content.decode()
    assert copy.document.sha256 in page


def test_anything_but_our_letter_with_signatures_is_refused(
    letter: CommendationLetter, member: User
) -> None:
    with pytest.raises(CannotDo, match="nikt go jeszcze nie podpisał"):
        add_signed_letter(letter, by=member, file=sent(newest(letter)))
    assert not SignedLetter.objects.exists()


def test_draft_is_not_signed(draft: CommendationLetter, member: User) -> None:
    with pytest.raises(TransitionNotAllowed):
        add_signed_letter(draft, by=member, file=sent(b"%PDF-"))


def test_replaced_letter_is_not_signed(letter: CommendationLetter, member: User) -> None:
    signed = sign(newest(letter))
    approve_letter(replace_letter(letter, by=make_user(Role.OFFICE)), by=member)
    with pytest.raises(TransitionNotAllowed):
        add_signed_letter(letter, by=member, file=sent(signed))


def test_page_takes_the_file_and_tells_of_the_signature(
    letter: CommendationLetter, member: User, signed_in: Any
) -> None:
    client, address = signed_in(member), reverse("letter_sign", args=[letter.pk])
    assert address in client.get(letter.get_absolute_url()).content.decode()
    refused = client.post(address, {"file": sent(newest(letter))})
    assert refused.status_code == 422
    response = client.post(address, {"file": sent(sign(newest(letter)))}, follow=True)
    assert response.redirect_chain == [(letter.get_absolute_url(), 302)]
    assert "Anna Próbna" in response.content.decode()


def test_institution_does_not_add_signatures(letter: CommendationLetter, signed_in: Any) -> None:
    client = signed_in(make_member(letter.application.institution))
    assert client.get(reverse("letter_sign", args=[letter.pk])).status_code == 403
