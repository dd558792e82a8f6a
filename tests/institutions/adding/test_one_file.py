"""Adding a file by form: it is never asked for twice, and never written beyond limits."""

from typing import Any

import pytest
from django.test import Client

from certification.standards.models import EvidenceType
from institutions.models import Evidence, Institution, Upload, User
from institutions.models.evidence import Form
from institutions.services.evidence import add_evidence
from institutions.states import MemberRole
from tests.factories import make_member, make_upload

from .files import PDF, file, staged

pytestmark = pytest.mark.django_db


def test_file_of_a_form_that_comes_back_is_kept(
    editor: Client, adding: str, statute: EvidenceType, by: User
) -> None:
    response = editor.post(adding, {"title": "", "type": statute.pk, "file": file()})
    upload = Upload.objects.get()
    page = response.content.decode()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["title"]
    assert f'name="upload" value="{upload.pk}"' in page
    assert "Statut.pdf" in page
    assert (upload.started_by, upload.path.read_bytes()) == (by, PDF)

    again = editor.post(adding, {"title": "Statut", "type": statute.pk, "upload": upload.pk})
    assert again.status_code == 302
    assert Evidence.objects.get().latest.size == len(PDF)
    assert not Upload.objects.exists()


def test_another_file_takes_the_place_of_the_kept_one(
    editor: Client, adding: str, institution: Institution, by: User, statute: EvidenceType
) -> None:
    kept = make_upload(institution, by, PDF)
    given = {"title": "", "type": statute.pk, "upload": kept.pk, "file": file(PDF + b"\n", "b.pdf")}
    editor.post(adding, given)
    assert Upload.objects.get().filename == "b.pdf"


def test_file_of_somebody_else_is_not_taken(
    editor: Client, adding: str, institution: Institution, statute: EvidenceType
) -> None:
    theirs = make_upload(institution, make_member(institution), PDF)
    given = {"title": "Statut", "type": statute.pk, "upload": theirs.pk}
    assert editor.post(adding, given).status_code == 422
    assert not Evidence.objects.exists()
    assert Upload.objects.get() == theirs


@pytest.mark.parametrize(
    "upload", ["", "x", "../../etc/passwd", "00000000-0000-0000-0000-00000000"]
)
def test_unreadable_upload_is_none(editor: Client, adding: str, upload: str) -> None:
    assert editor.post(adding, {"title": "Statut", "upload": upload}).status_code == 422


def test_file_that_never_gets_in_is_not_kept(
    editor: Client, adding: str, statute: EvidenceType
) -> None:
    given = {"title": "Statut", "type": statute.pk, "file": file(b"<script>", "udaje.pdf")}
    response = editor.post(adding, given)
    assert response.status_code == 422
    assert 'name="upload"' not in response.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.usefixtures("with_numbers")
def test_personal_numbers_are_added_knowingly(
    editor: Client, adding: str, statute: EvidenceType
) -> None:
    described = {"title": "Lista", "type": statute.pk}
    response = editor.post(adding, described | {"file": file()})
    upload = Upload.objects.get()
    assert response.status_code == 422
    assert f'name="agreed" value="{upload.pk}"' in response.content.decode()

    other = {"upload": upload.pk, "agreed": "00000000-0000-0000-0000-000000000000"}
    assert editor.post(adding, described | other).status_code == 422
    agreed = {"upload": upload.pk, "agreed": upload.pk}
    assert editor.post(adding, described | agreed).status_code == 302
    assert Evidence.objects.get().latest.personal_numbers == 2


def test_file_waits_for_a_scanner_that_is_down(
    editor: Client, adding: str, statute: EvidenceType, scanner_is_down: pytest.MonkeyPatch
) -> None:
    described = {"title": "Statut", "type": statute.pk}
    response = editor.post(adding, described | {"file": file()})
    assert response.status_code == 422
    assert "Skaner nie odpowiada" in response.content.decode()
    upload = Upload.objects.get()
    scanner_is_down.undo()
    assert editor.post(adding, described | {"upload": upload.pk}).status_code == 302


def test_too_large_file_is_not_written(
    editor: Client, adding: str, statute: EvidenceType, settings: Any
) -> None:
    settings.EVIDENCE_MAX_BYTES = 100
    given = {"title": "Statut", "type": statute.pk, "file": file(b"x" * 500)}
    response = editor.post(adding, given)
    assert response.status_code == 422
    assert "500" in str(response.context["form"].errors["file"])
    assert staged() == []


def test_file_without_room_is_not_written(
    editor: Client, adding: str, institution: Institution, statute: EvidenceType
) -> None:
    institution.evidence_quota = 100
    institution.save()
    given = {"title": "Statut", "type": statute.pk, "file": file(b"x" * 500)}
    response = editor.post(adding, given)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])
    assert staged() == []


def test_visitors_file_is_not_written(
    client: Client, adding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = client.post(
        adding,
        {"title": "Moja praca", "file": file()},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    page = response.content.decode()
    assert response.status_code == 403
    assert "Statut.pdf" in page
    assert "Moja praca" in page
    assert staged() == []


def test_readers_file_is_refused_unread(
    institution: Institution, adding: str, signed_in: Any
) -> None:
    reader = signed_in(make_member(institution, MemberRole.READER))
    assert reader.post(adding, {"title": "x", "file": file()}).status_code == 403
    assert staged() == []


def test_forged_form_is_refused(by: User, adding: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(adding, {"title": "x", "file": file()}).status_code == 403
    assert not Upload.objects.exists()
    assert staged() == []


def test_form_that_comes_empty_asks_for_a_file(
    editor: Client, adding: str, institution: Institution, by: User, statute: EvidenceType
) -> None:
    """As a script sends it, with the token in a header and nothing else."""
    upload = make_upload(institution, by, PDF)
    kept = add_evidence(
        institution, by=by, title="Statut", type=statute, form=Form.FILE, upload=upload
    )
    for address in (adding, f"/dowody/{kept.pk}/wersja/"):
        response = editor.post(address)
        assert response.status_code == 422
        assert "file" in response.context["form"].errors


@pytest.mark.parametrize("next_", ["x", "evidence_list", "a.pl", "http:/x", "//a.pl/", "/\\a.pl"])
def test_next_that_is_no_path_of_ours_leads_to_what_was_added(
    editor: Client, adding: str, statute: EvidenceType, next_: str
) -> None:
    note = {"title": "Notatka", "type": statute.pk, "text": "Było dobrze."}
    response = editor.post(f"{adding}?forma=notatka", {**note, "next": next_})
    assert response["Location"] == Evidence.objects.get().get_absolute_url()
