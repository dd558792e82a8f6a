"""Certificates under the electronic seal: issued with it or not at all, and told of to anybody."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from certification.applications.states import State
from certification.certificates.models import Certificate
from certification.certificates.printing import sheet_of
from certification.documents.models import SealCertificate
from certification.documents.render import render_certificate
from certification.documents.services import open_verified, strays
from certification.errors import Unavailable
from certification.numbering.models import Counter
from institutions.states import Role
from tests.documents.sealing import key, set_seal
from tests.factories import make_user

from .factories import board_case, issue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> Path:
    set_seal(settings, tmp_path / "keys")
    return tmp_path / "keys"


def test_certificate_is_printed_and_then_sealed() -> None:
    certificate = issue()
    assert certificate.document.seal.subject == "CAL – pieczęć próbna"
    printed = render_certificate(sheet_of(Certificate.objects.get(pk=certificate.pk)))
    assert open_verified(certificate.document).startswith(printed)


def test_nothing_is_issued_where_the_seal_cannot_be_set(settings: Any, signed_in: Any) -> None:
    settings.SEAL_PASSPHRASE = "inne hasło"
    application = board_case()
    with pytest.raises(Unavailable):
        issue(application)
    application.refresh_from_db()
    assert application.state == State.BOARD
    assert not Certificate.objects.exists()
    assert not Counter.objects.filter(series="CAL/OSL").exists()
    assert not SealCertificate.objects.exists()
    assert strays() == []


def test_member_of_the_board_reads_why_nothing_was_issued(settings: Any, signed_in: Any) -> None:
    from .test_issue_views import filled

    settings.SEAL_PKCS12 += ".gone"
    application = board_case()
    client = signed_in(make_user(Role.BOARD_MEMBER))
    response = client.post(reverse("certificate_issue", args=[application.pk]), filled())
    assert response.status_code == 422
    assert "Nie można otworzyć klucza pieczęci elektronicznej" in response.content.decode()


def test_page_of_verification_says_whose_seal_it_is(client: Client) -> None:
    certificate = issue()
    page = client.get(reverse("verification_code", args=[certificate.code])).content.decode()
    assert "pieczęć elektroniczną „CAL – pieczęć próbna”" in page
    assert certificate.document.seal.fingerprint in page


def test_page_of_verification_says_that_there_is_no_seal(settings: Any, client: Client) -> None:
    settings.SEAL_PKCS12 = ""
    certificate = issue()
    page = client.get(reverse("verification_code", args=[certificate.code])).content.decode()
    assert "Plik nie ma pieczęci elektronicznej." in page


def test_certificates_of_all_seals_are_public(settings: Any, keys: Path, client: Client) -> None:
    issue()
    set_seal(settings, keys, key("CAL – nowa pieczęć"))
    issue()
    response = client.get(reverse("seal_certificates"))
    assert response["Content-Type"] == "application/x-pem-file"
    found = response.content.decode()
    assert found.index(key("CAL – nowa pieczęć").pem.decode()[30:200].strip()) < found.index(
        key().pem.decode()[30:200].strip()
    )


def test_the_command_says_what_the_seal_says(tmp_path: Path) -> None:
    certificate = issue()
    file = tmp_path / "certyfikat.pdf"
    with default_storage.open(certificate.document.file.name) as stored:
        file.write_bytes(stored.read())
    out = StringIO()
    call_command("verify_file", str(file), stdout=out)
    assert "Ten certyfikat jest ważny" in out.getvalue()
    assert "Ma naszą pieczęć elektroniczną" in out.getvalue()
    assert "CAL – pieczęć próbna" in out.getvalue()
