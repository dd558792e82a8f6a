"""A newer version by form, from a file that may wait already."""

import pytest
from django.test import Client

from certification.standards.models import EvidenceType
from institutions.models import Evidence, Institution, Upload, User
from institutions.models.evidence import Form
from institutions.services import content
from institutions.services.deleting import delete_evidence
from institutions.services.evidence import add_evidence
from institutions.services.uploads import start_upload
from tests.factories import make_upload

from .files import PDF, file, out_of_reach

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(institution: Institution, by: User, statute: EvidenceType) -> Evidence:
    return add_evidence(
        institution, by=by, title="Statut", type=statute, form=Form.FILE, file=file()
    )


def test_version_comes_from_a_kept_file(
    editor: Client, document: Evidence, institution: Institution, by: User
) -> None:
    upload = make_upload(institution, by, PDF + b"\n", revises=document)
    address = f"/dowody/{document.pk}/wersja/"
    assert f'value="{upload.pk}"' in editor.get(address).content.decode()
    response = editor.post(address, {"upload": upload.pk})
    assert (response.status_code, response["Location"]) == (302, f"/dowody/{document.pk}/")
    assert document.latest.number == 2
    assert not Upload.objects.exists()


def test_version_sent_twice_is_added_once(
    editor: Client, document: Evidence, institution: Institution, by: User
) -> None:
    upload = make_upload(institution, by, PDF + b"\n", revises=document)
    address = f"/dowody/{document.pk}/wersja/"
    editor.post(address, {"upload": upload.pk})
    again = editor.post(address, {"upload": upload.pk})
    assert again.status_code == 422
    assert "został już dodany albo usunięty" in again.content.decode()
    assert document.latest.number == 2


def test_upload_goes_only_where_it_was_meant_for(
    editor: Client, adding: str, document: Evidence, institution: Institution, by: User
) -> None:
    new = make_upload(institution, by, PDF + b"1")
    version = make_upload(institution, by, PDF + b"2", revises=document)
    described = {"title": "Statut", "type": document.type_id, "upload": version.pk}
    assert editor.post(adding, described).status_code == 422
    assert editor.post(f"/dowody/{document.pk}/wersja/", {"upload": new.pk}).status_code == 422
    rows = editor.get(f"{adding}pliki/").context["sending"]["rows"]
    assert [row.upload for row in rows] == [new]
    assert Upload.objects.count() == 2


def test_half_a_version_is_not_offered_yet(
    editor: Client, document: Evidence, institution: Institution, by: User
) -> None:
    begun = {"filename": "Statut.pdf", "size": len(PDF)}
    upload = start_upload(institution, by=by, revises=document, **begun)
    address = f"/dowody/{document.pk}/wersja/"
    assert editor.get(address).context["sending"]["rows"] == []
    assert editor.post(address, {"upload": upload.pk}).status_code == 422
    assert document.latest.number == 1
    assert f'href="{address}"' in editor.get("/dowody/").content.decode()


def test_version_of_what_was_deleted_may_become_evidence(
    editor: Client, adding: str, document: Evidence, institution: Institution, by: User
) -> None:
    upload = make_upload(institution, by, PDF + b"\n", revises=document)
    delete_evidence(document, by=by)
    assert editor.post(f"/dowody/{document.pk}/wersja/").status_code == 404
    rows = editor.get(f"{adding}pliki/").context["sending"]["rows"]
    assert [row.upload for row in rows] == [upload]


def test_personal_numbers_of_a_version_are_asked_about(
    editor: Client, document: Evidence, institution: Institution, by: User, with_numbers: None
) -> None:
    upload = make_upload(institution, by, PDF + b"\n", revises=document)
    address = f"/dowody/{document.pk}/wersja/"
    response = editor.post(address, {"upload": upload.pk})
    assert response.status_code == 422
    assert f'name="agreed" value="{upload.pk}"' in response.content.decode()
    agreed = {"upload": upload.pk, "agreed": upload.pk}
    assert editor.post(address, agreed).status_code == 302
    assert document.latest.personal_numbers == 2


def test_refused_version_leaves_a_place_for_another(
    editor: Client, document: Evidence, institution: Institution, by: User
) -> None:
    upload = make_upload(institution, by, b"<script>", "udaje.pdf", revises=document)
    response = editor.post(f"/dowody/{document.pk}/wersja/", {"upload": upload.pk})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]
    assert response.context["sending"]["rows"] == []
    assert not Upload.objects.exists()


def test_file_of_a_version_is_kept(
    editor: Client, document: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "inspect", out_of_reach)
    response = editor.post(f"/dowody/{document.pk}/wersja/", {"file": file(PDF + b"\n")})
    upload = Upload.objects.get()
    assert response.status_code == 422
    assert f'name="upload" value="{upload.pk}"' in response.content.decode()


def test_same_file_again_is_not_kept(editor: Client, document: Evidence) -> None:
    response = editor.post(f"/dowody/{document.pk}/wersja/", {"file": file()})
    assert response.status_code == 422
    assert not Upload.objects.exists()
