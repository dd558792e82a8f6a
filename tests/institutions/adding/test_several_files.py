"""Several files at once: described on the next page, each kept until it is added."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from certification.standards.models import EvidenceType
from institutions.models import Evidence, Institution, Upload, User
from institutions.views.several import title_from
from tests.factories import make_member, make_upload

from .files import PDF, file

pytestmark = pytest.mark.django_db


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
