"""A letter is checked like a certificate: by its code, its number and its file."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from certification.audit.append_only import unguarded
from certification.certificates.codes import ALPHABET, LENGTH, grouped
from certification.certificates.states import Status
from certification.certificates.verification import blank_verdicts, check, check_file
from certification.documents.services import open_verified
from certification.letters.models import CommendationLetter
from certification.letters.services import approve_letter, draft_letter, import_paragraphs
from institutions.states import Role
from tests.certificates.factories import withdraw_row
from tests.documents.sheets import text_of
from tests.factories import confirm_names, make_kind, make_user
from tests.letters.factories import make_certificate
from tests.letters.test_services import BANK

pytestmark = pytest.mark.django_db

TODAY = date(2018, 5, 4)


@pytest.fixture(autouse=True)
def _standing_still() -> Any:
    with time_machine.travel(TODAY.isoformat() + "T10:00:00+02:00", tick=False):
        yield


@pytest.fixture
def letter() -> CommendationLetter:
    make_kind("library")
    import_paragraphs(BANK)
    certificate = make_certificate({"C1": 2})
    confirm_names(certificate.institution)
    office = make_user(Role.OFFICE)
    draft = draft_letter(certificate.application, by=office, on=date(2016, 5, 12))
    return approve_letter(draft, by=make_user(Role.OFFICE))


def test_its_code_cannot_be_guessed(letter: CommendationLetter) -> None:
    assert letter.code is not None
    assert len(letter.code) == LENGTH
    assert len(ALPHABET) ** LENGTH >= 2**128


def test_the_paper_carries_the_code_and_where_to_check_it(letter: CommendationLetter) -> None:
    assert letter.document is not None
    text = text_of(open_verified(letter.document))
    assert grouped(letter.code or "") in text
    assert letter.verification_url.partition("://")[2] in text


def test_a_draft_has_no_code() -> None:
    make_kind("library")
    import_paragraphs(BANK)
    certificate = make_certificate({"C1": 2})
    confirm_names(certificate.institution)
    draft = draft_letter(certificate.application, by=make_user(Role.OFFICE))
    assert (draft.code, draft.verification_url) == (None, "")


def test_code_number_and_file_say_the_same(letter: CommendationLetter) -> None:
    assert letter.document is not None
    verdict = check(letter.code or "", TODAY)
    assert verdict.document == letter
    assert verdict == check("cal lg 1 2016", TODAY) == check_file(letter.document.sha256, TODAY)


def test_what_is_said_of_it(client: Client, letter: CommendationLetter) -> None:
    page = client.get(reverse("verification_code", args=[letter.code])).content.decode()
    text = " ".join(page.split())
    assert "Ten list pochodzi od nas" in text
    assert "Nosi datę 12 maja 2016." in text
    assert f"Towarzyszy certyfikatowi nr {letter.certificate.number}, który jest ważny." in text
    assert letter.addressee.splitlines()[0] in text


def test_a_withdrawn_certificate_is_told_of(letter: CommendationLetter) -> None:
    withdraw_row(letter.certificate, date(2018, 1, 15))
    assert "który został odebrany" in check(letter.code or "", TODAY).text


def test_a_letter_from_before_the_codes_is_known_by_number(letter: CommendationLetter) -> None:
    with unguarded(connection):
        CommendationLetter.objects.filter(pk=letter.pk).update(code=None, verification_url="")
    assert check("CAL/LG/1/2016", TODAY).document == letter


def test_a_bare_number_is_the_certificates(letter: CommendationLetter) -> None:
    assert check("1/2016", TODAY).document == letter.certificate


def test_a_number_never_given(letter: CommendationLetter) -> None:
    verdict = check("CAL/LG/7/2016", TODAY)
    assert verdict.document is None
    assert verdict.headline == "Nie wydaliśmy takiego dokumentu"


def test_the_list_of_files_knows_it_without_names(
    client: Client, letter: CommendationLetter
) -> None:
    files = client.get(reverse("issued_files_json")).json()["files"]
    assert letter.document is not None
    assert files[letter.document.sha256] == {
        "number": "CAL/LG/1/2016",
        "status": "letter_valid",
        "issued_on": "2016-05-12",
        "certificate": letter.certificate.number,
    }


def test_the_list_is_fetched_anew_after_an_approval(client: Client) -> None:
    make_kind("library")
    import_paragraphs(BANK)
    certificate = make_certificate({"C1": 2})
    confirm_names(certificate.institution)
    office = make_user(Role.OFFICE)
    draft = draft_letter(certificate.application, by=office)
    tag = client.get(reverse("issued_files_json")).headers["ETag"]
    approve_letter(draft, by=make_user(Role.BOARD_MEMBER))
    again = client.get(reverse("issued_files_json"), headers={"If-None-Match": tag})
    assert again.status_code == 200


def test_the_page_can_say_whatever_the_list_says() -> None:
    with_certificate = {f"letter_{status}" for status in Status}
    others = {"letter_corrected", "letter_alone"}
    assert with_certificate | others <= set(blank_verdicts())


def test_the_command_knows_letters(tmp_path: Path, letter: CommendationLetter) -> None:
    assert letter.document is not None
    file = tmp_path / "list.pdf"
    file.write_bytes(open_verified(letter.document))
    out = StringIO()
    call_command("verify_file", str(file), stdout=out)
    assert out.getvalue().startswith(f"{file}: CAL/LG/1/2016. Ten list pochodzi od nas.")
