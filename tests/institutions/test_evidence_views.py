"""The screens of the evidence library: who sees what, and what a form answers."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certification.standards.models import EvidenceType
from institutions.models import Evidence, EvidenceRevision, Institution
from institutions.models.evidence import Form
from institutions.rules import libraries_kept_by
from institutions.services.evidence import add_evidence, revise_evidence
from institutions.services.library import description_version
from institutions.states import MemberRole
from tests.factories import make_evidence, make_institution, make_member

from .hostile_files import pdf, picture

pytestmark = pytest.mark.django_db

PDF = pdf()  # each call makes another one


@pytest.fixture
def editor(institution: Institution, signed_in: Any) -> Client:
    return signed_in(make_member(institution, MemberRole.EDITOR))


@pytest.fixture
def reader(institution: Institution, signed_in: Any) -> Client:
    return signed_in(make_member(institution, MemberRole.READER))


@pytest.fixture
def outsider(signed_in: Any) -> Client:
    return signed_in(make_member(make_institution()))


@pytest.fixture
def document(institution: Institution, statute: EvidenceType) -> EvidenceRevision:
    by = make_member(institution)
    upload = SimpleUploadedFile("Statut Ośrodka.pdf", PDF)
    return add_evidence(
        institution, by=by, title="Statut", type=statute, form=Form.FILE, file=upload
    ).latest


def typed(statute: EvidenceType, **given: Any) -> dict[str, Any]:
    return {"title": "Statut", "type": statute.pk, "description": "O czym jest"} | given


def upload(content: bytes | None = None, name: str = "Statut.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF if content is None else content)


# --- adding ---------------------------------------------------------------------------


def test_file_is_added(editor: Client, institution: Institution, statute: EvidenceType) -> None:
    response = editor.post(
        f"/dowody/dodaj/{institution.pk}/?forma=plik", typed(statute, file=upload())
    )
    evidence = Evidence.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/dowody/{evidence.pk}/")
    assert (evidence.institution, evidence.form) == (institution, Form.FILE)
    assert evidence.latest.filename == "Statut.pdf"


@pytest.mark.parametrize(
    ("forma", "content"),
    [("link", {"url": "https://www.example.org/"}), ("notatka", {"text": "Ustalono ławki."})],
)
def test_link_and_note_are_added(
    editor: Client,
    institution: Institution,
    statute: EvidenceType,
    forma: str,
    content: dict[str, str],
) -> None:
    editor.post(f"/dowody/dodaj/{institution.pk}/?forma={forma}", typed(statute, **content))
    revision = Evidence.objects.get().latest
    assert {name: getattr(revision, name) for name in content} == content


def test_adding_leads_back_to_the_answer(
    editor: Client, institution: Institution, statute: EvidenceType
) -> None:
    address = f"/dowody/dodaj/{institution.pk}/?forma=notatka&next=/wnioski/1/odpowiedzi/A1.1/"
    page = editor.get(address)
    assert page.context["next"] == "/wnioski/1/odpowiedzi/A1.1/"
    assert "next=%2Fwnioski" in page.content.decode()  # kept by the tabs
    response = editor.post(address, typed(statute, text="Treść"))
    assert response["Location"] == "/wnioski/1/odpowiedzi/A1.1/"


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_adding_leads_nowhere_else(
    editor: Client, institution: Institution, statute: EvidenceType, next_: str
) -> None:
    address = f"/dowody/dodaj/{institution.pk}/?forma=notatka"
    response = editor.post(address, typed(statute, text="Treść", next=next_))
    assert response["Location"] == f"/dowody/{Evidence.objects.get().pk}/"


@pytest.mark.parametrize(
    ("forma", "wrong", "field"),
    [
        ("plik", {}, "file"),
        ("plik", {"file": upload(b"MZ", "wirus.exe")}, "file"),
        ("plik", {"file": upload(b"<script>", "udaje.pdf")}, "file"),
        ("link", {"url": "javascript:alert(1)"}, "url"),
        ("link", {"url": "ftp://example.org/a"}, "url"),
        ("notatka", {"text": " "}, "text"),
        ("notatka", {"text": "x" * 20_001}, "text"),
        ("notatka", {"text": "Treść", "title": ""}, "title"),
        (
            "notatka",
            {"text": "Treść", "occurred_from": "2016-01-02", "occurred_to": "2016-01-01"},
            "__all__",
        ),
    ],
)
def test_wrong_form_comes_back_with_what_was_typed(
    editor: Client,
    institution: Institution,
    statute: EvidenceType,
    forma: str,
    wrong: dict[str, Any],
    field: str,
) -> None:
    response = editor.post(
        f"/dowody/dodaj/{institution.pk}/?forma={forma}", typed(statute, **wrong)
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "O czym jest" in response.content.decode()
    assert "error-summary" in response.content.decode()
    assert not Evidence.objects.exists()


def test_too_large_file_is_said_at_once_and_refused(
    editor: Client, institution: Institution, statute: EvidenceType, settings: Any
) -> None:
    settings.EVIDENCE_MAX_BYTES = 200
    address = f"/dowody/dodaj/{institution.pk}/"
    assert 'data-max-bytes="200"' in editor.get(address).content.decode()
    response = editor.post(address, typed(statute, file=upload()))
    assert response.status_code == 422


def test_extra_fields_change_nothing(
    editor: Client, institution: Institution, statute: EvidenceType
) -> None:
    other = make_institution()
    extra = {"institution": other.pk, "added_by": 1, "form": "file", "sha256": "x", "url": "x"}
    editor.post(
        f"/dowody/dodaj/{institution.pk}/?forma=notatka", typed(statute, text="Treść", **extra)
    )
    evidence = Evidence.objects.get()
    assert (evidence.institution, evidence.form, evidence.latest.url) == (institution, "note", "")


# --- one piece ------------------------------------------------------------------------


def test_detail_shows_the_document_and_its_hashes(
    editor: Client, document: EvidenceRevision, django_assert_num_queries: Any
) -> None:
    editor.get("/dowody/")
    with django_assert_num_queries(8):
        response = editor.get(f"/dowody/{document.evidence_id}/")
    page = response.content.decode()
    assert f'hx-get="/dowody/wersje/{document.pk}/?strona=1"' in page
    assert f'href="/dowody/wersje/{document.pk}/plik/"' in page
    assert document.sha256 in page


def test_detail_shows_an_older_version(editor: Client, institution: Institution) -> None:
    old = make_evidence(institution, text="Stara treść")
    revise_evidence(old.evidence, by=old.added_by, text="Nowa treść")
    newest = editor.get(f"/dowody/{old.evidence_id}/").content.decode()
    older = editor.get(f"/dowody/{old.evidence_id}/?wersja=1").content.decode()
    assert ("Nowa treść" in newest, "Stara treść" in newest) == (True, False)
    assert ("Nowa treść" in older, "Stara treść" in older) == (False, True)


def test_detail_of_an_unknown_version_shows_the_newest(
    editor: Client, institution: Institution
) -> None:
    revision = make_evidence(institution)
    response = editor.get(f"/dowody/{revision.evidence_id}/?wersja=9")
    assert response.context["shown"] == revision


def test_note_is_text_and_never_markup(editor: Client, institution: Institution) -> None:
    revision = make_evidence(institution, text="<script>alert(1)</script>")
    page = editor.get(f"/dowody/{revision.evidence_id}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_picture_has_its_text_alternative(
    editor: Client, institution: Institution, statute: EvidenceType
) -> None:
    by = make_member(institution)
    photo = upload(picture("JPEG"), "swietlica.jpg")
    evidence = add_evidence(
        institution, by=by, title="Świetlica", type=statute, form=Form.FILE, file=photo
    )
    page = editor.get(f"/dowody/{evidence.pk}/").content.decode()
    assert "<img " in page
    assert "Świetlica" in page[page.index("alt=", page.index("preview__picture")) :][:60]


def test_file_is_handed_out(editor: Client, document: EvidenceRevision) -> None:
    saved = editor.get(f"/dowody/wersje/{document.pk}/plik/")
    shown = editor.get(f"/dowody/wersje/{document.pk}/plik/?podglad=1")
    assert saved.getvalue() == shown.getvalue() == PDF
    saved.close()
    shown.close()
    assert saved["Content-Disposition"].startswith("attachment")
    assert shown["Content-Disposition"].startswith("inline")
    assert "sandbox" in saved["Content-Security-Policy"]
    assert "script-src" not in shown["Content-Security-Policy"]


def test_newer_version_is_added(editor: Client, document: EvidenceRevision) -> None:
    address = f"/dowody/{document.evidence_id}/wersja/"
    assert editor.get(address).status_code == 200
    response = editor.post(address, {"file": upload(PDF + b"\n", "Statut 2.pdf")})
    assert response["Location"] == f"/dowody/{document.evidence_id}/"
    assert document.evidence.latest.number == 2


def test_same_version_again_comes_back(editor: Client, document: EvidenceRevision) -> None:
    response = editor.post(f"/dowody/{document.evidence_id}/wersja/", {"file": upload()})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]


def test_note_is_mended_from_what_it_says(editor: Client, institution: Institution) -> None:
    revision = make_evidence(institution, text="Było 34 osób")
    address = f"/dowody/{revision.evidence_id}/wersja/"
    assert "Było 34 osób" in editor.get(address).content.decode()
    assert editor.post(address, {"text": ""}).status_code == 422


def test_description_is_changed(editor: Client, document: EvidenceRevision) -> None:
    evidence = document.evidence
    address = f"/dowody/{evidence.pk}/opis/"
    assert editor.get(address).context["seen"] == description_version(evidence)
    response = editor.post(address, typed(evidence.type, title="Nowy tytuł"))
    evidence.refresh_from_db()
    assert (response.status_code, evidence.title) == (302, "Nowy tytuł")
    assert editor.post(address, typed(evidence.type, title="")).status_code == 422


def test_description_changed_in_another_tab_comes_back(
    editor: Client, document: EvidenceRevision
) -> None:
    address = f"/dowody/{document.evidence_id}/opis/"
    seen = editor.get(address).context["seen"]
    kind = document.evidence.type
    editor.post(address, typed(kind, title="Pierwsza karta", seen=seen))
    response = editor.post(address, typed(kind, title="Druga karta", seen=seen))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Pierwsza karta" in page
    assert 'value="Druga karta"' in page
    again = response.context["seen"]
    assert editor.post(address, typed(kind, title="Druga karta", seen=again)).status_code == 302


# --- who may --------------------------------------------------------------------------

ADDRESSES = [
    ("get", "/dowody/{evidence}/"),
    ("get", "/dowody/{evidence}/wersja/"),
    ("post", "/dowody/{evidence}/wersja/"),
    ("get", "/dowody/{evidence}/opis/"),
    ("post", "/dowody/{evidence}/opis/"),
    ("get", "/dowody/wersje/{revision}/plik/"),
    ("get", "/dowody/dodaj/{institution}/"),
    ("post", "/dowody/dodaj/{institution}/"),
]
READ_ONLY = {"/dowody/{evidence}/", "/dowody/wersje/{revision}/plik/"}


def status(client: Client, method: str, address: str, document: EvidenceRevision) -> int:
    filled = address.format(
        evidence=document.evidence_id,
        revision=document.pk,
        institution=document.evidence.institution_id,
    )
    response = getattr(client, method)(filled)
    response.close()
    code: int = response.status_code
    return code


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_outsider_finds_nothing(
    outsider: Client, document: EvidenceRevision, method: str, address: str
) -> None:
    assert status(outsider, method, address, document) == 404


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_reader_only_reads(
    reader: Client, document: EvidenceRevision, method: str, address: str
) -> None:
    assert status(reader, method, address, document) == (200 if address in READ_ONLY else 403)


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_office_has_no_part_in_the_library(
    office: Client, document: EvidenceRevision, method: str, address: str
) -> None:
    expected = 403 if "dodaj" in address else 404
    assert status(office, method, address, document) == expected


def test_who_has_no_library_is_told_so(office: Client, reader: Client) -> None:
    assert "Nie należysz do żadnej instytucji" in office.get("/dowody/").content.decode()
    assert "Biblioteka jest jeszcze pusta" in reader.get("/dowody/").content.decode()


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_visitor_is_asked_to_sign_in(
    client: Client, document: EvidenceRevision, method: str, address: str
) -> None:
    assert status(client, method, address, document) in {302, 403}


@pytest.mark.parametrize("role", MemberRole)
def test_list_of_libraries_agrees_with_the_rule(institution: Institution, role: MemberRole) -> None:
    user = make_member(institution, role)
    make_institution()
    allowed = [
        one for one in Institution.objects.all() if user.has_perm("institutions.add_evidence", one)
    ]
    assert list(libraries_kept_by(user)) == allowed
    assert bool(allowed) == (role != MemberRole.READER)
