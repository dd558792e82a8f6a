"""Adding and revising by form: a file is never asked for twice, and never written beyond limits."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certification.errors import CannotDo
from certification.standards.models import EvidenceType
from institutions.models import Evidence, Institution, Upload, User
from institutions.models.evidence import Form
from institutions.services import content
from institutions.services.deleting import delete_evidence
from institutions.services.evidence import add_evidence
from institutions.services.uploads import start_upload
from institutions.states import MemberRole
from institutions.uploads import checking
from institutions.views.several import title_from
from tests.factories import make_member, make_upload

from .hostile_files import pdf

pytestmark = pytest.mark.django_db

PDF = pdf()


@pytest.fixture
def by(institution: Institution) -> User:
    return make_member(institution, MemberRole.EDITOR)


@pytest.fixture
def editor(by: User, signed_in: Any) -> Client:
    return signed_in(by)


@pytest.fixture
def adding(institution: Institution) -> str:
    return f"/dowody/dodaj/{institution.pk}/"


@pytest.fixture
def with_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    original = checking.inspect

    def inspect(*args: Any, **kwargs: Any) -> Any:
        checked = original(*args, **kwargs)
        object.__setattr__(checked, "personal_numbers", 2)
        return checked

    monkeypatch.setattr(content, "inspect", inspect)


@pytest.fixture
def scanner_is_down(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(content, "inspect", out_of_reach)
    return monkeypatch


def out_of_reach(*_args: Any, **_kwargs: Any) -> Any:
    raise CannotDo("Skaner nie odpowiada. Plik jest zachowany.")


def file(content: bytes = PDF, name: str = "Statut.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def staged() -> list[Path]:
    root = Path(settings.UPLOADS_ROOT)
    return sorted(root.iterdir()) if root.exists() else []


# --- one file ------------------------------------------------------------------------------


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


# --- several files ----------------------------------------------------------------------------


def test_several_files_are_described_on_the_next_page(
    editor: Client, adding: str, statute: EvidenceType
) -> None:
    given = {"type": statute.pk, "file": [file(), file(PDF + b"\n", "Plan_pracy-2024.pdf")]}
    response = editor.post(f"{adding}?next=/wnioski/1/", given)
    assert (
        response["Location"] == f"{adding}pliki/?type_for_all={statute.pk}&next=%2Fwnioski%2F1%2F"
    )
    page = editor.get(response["Location"])
    rows = page.context["sending"]["rows"]
    assert [row.form["title"].value() for row in rows] == ["Statut", "Plan pracy 2024"]
    assert page.context["sending"]["shared"]["type_for_all"].value() == str(statute.pk)


def row(upload: Upload, key: str, **given: Any) -> dict[str, Any]:
    fields = {"upload": upload.pk, "title": upload.filename} | given
    return {f"{key}-{name}": value for name, value in fields.items()}


def test_all_are_added_at_once(
    editor: Client, adding: str, institution: Institution, by: User, statute: EvidenceType
) -> None:
    first, second = make_upload(institution, by, PDF), make_upload(institution, by, PDF + b"\n")
    given = {"row": ["r1", "r2"], "type_for_all": statute.pk}
    given |= row(first, "r1", title="Pierwszy", tags="rada, plan") | row(second, "r2")
    response = editor.post(f"{adding}pliki/", given)
    assert response["Location"] == "/dowody/"
    assert {one.title for one in Evidence.objects.all()} == {"Pierwszy", "Statut.pdf"}
    assert not Upload.objects.exists()


def test_refused_one_stays_with_its_reason_and_the_others_are_done(
    editor: Client, adding: str, institution: Institution, by: User, statute: EvidenceType
) -> None:
    good = make_upload(institution, by, PDF)
    bad = make_upload(institution, by, b"<script>", "udaje.pdf")
    untitled = make_upload(institution, by, PDF + b"\n", "trzeci.pdf")
    given = {"row": ["r1", "r2", "r3"], "type_for_all": statute.pk}
    given |= row(good, "r1") | row(bad, "r2") | row(untitled, "r3", title="")
    response = editor.post(f"{adding}pliki/", given)
    rows = response.context["sending"]["rows"]
    assert response.status_code == 422
    assert [one.filename for one in rows] == ["udaje.pdf", "trzeci.pdf"]
    assert (bool(rows[0].refused), list(rows[1].form.errors)) == (True, ["title"])
    assert [one.title for one in Evidence.objects.all()] == ["Statut.pdf"]
    assert list(Upload.objects.all()) == [untitled]

    again = {"row": "r3", "type_for_all": statute.pk} | row(untitled, "r3")
    assert editor.post(f"{adding}pliki/", again).status_code == 302


def test_each_needs_a_kind(
    editor: Client, adding: str, institution: Institution, by: User, statute: EvidenceType
) -> None:
    upload = make_upload(institution, by, PDF)
    response = editor.post(f"{adding}pliki/", {"row": "r1"} | row(upload, "r1"))
    assert list(response.context["sending"]["rows"][0].form.errors) == ["type"]


@pytest.mark.usefixtures("with_numbers")
def test_one_of_several_with_personal_numbers_is_asked_about(
    editor: Client, adding: str, institution: Institution, by: User, statute: EvidenceType
) -> None:
    upload = make_upload(institution, by, PDF)
    given = {"row": "r1"} | row(upload, "r1", type=statute.pk)
    response = editor.post(f"{adding}pliki/", given)
    assert f'name="agreed" value="{upload.pk}"' in response.content.decode()
    assert editor.post(f"{adding}pliki/", given | {"agreed": upload.pk}).status_code == 302


@pytest.mark.parametrize("key", ["r1", "<script>", "r1\r\n", "x" * 500, ""])
def test_row_that_names_no_upload_of_mine_adds_nothing(
    editor: Client, adding: str, institution: Institution, statute: EvidenceType, key: str
) -> None:
    theirs = make_upload(institution, make_member(institution), PDF)
    given = {"row": key} | row(theirs, key, type=statute.pk)
    response = editor.post(f"{adding}pliki/", given)
    assert response.status_code == 422
    assert "<script>" not in response.content.decode()
    assert not Evidence.objects.exists()
    assert Upload.objects.get() == theirs


def test_page_shows_whole_files_only(
    editor: Client, adding: str, institution: Institution, by: User
) -> None:
    whole = make_upload(institution, by, PDF)
    part = make_upload(institution, by, PDF, "część.pdf")
    part.path.write_bytes(PDF[:10])
    rows = editor.get(f"{adding}pliki/").context["sending"]["rows"]
    assert [one.upload for one in rows] == [whole]


def test_library_shows_what_waits_to_its_sender(
    editor: Client, institution: Institution, by: User, signed_in: Any
) -> None:
    make_upload(institution, by, PDF, "Cały.pdf")
    part = make_upload(institution, by, PDF, "Część.pdf")
    part.path.write_bytes(PDF[:10])
    page = editor.get("/dowody/").content.decode()
    assert "Cały.pdf" in page
    assert "przesłano 10" in page
    other = signed_in(make_member(institution)).get("/dowody/").content.decode()
    assert "Cały.pdf" not in other


def test_little_room_is_said(editor: Client, adding: str, institution: Institution) -> None:
    short = "Zostało mało miejsca"
    assert short not in editor.get("/dowody/").content.decode()
    institution.evidence_quota = settings.EVIDENCE_MAX_BYTES - 1
    institution.save()
    assert short in editor.get("/dowody/").content.decode()
    assert short in editor.get(adding).content.decode()


@pytest.mark.parametrize(
    ("filename", "title"),
    [
        ("Plan_pracy-2024.pdf", "Plan pracy 2024"),
        ("statut.pdf", "Statut"),
        ("sprawozdanie 2024-05-01.docx", "Sprawozdanie 2024-05-01"),
        ("bez kropki", "Bez kropki"),
        ("x" * 300 + ".pdf", "X" + "x" * 199),
    ],
)
def test_title_is_suggested(filename: str, title: str) -> None:
    assert title_from(filename) == title


# --- a newer version --------------------------------------------------------------------------


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
