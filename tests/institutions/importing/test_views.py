"""Pages of the import: send, look, confirm; who may, and what a wrong file answers."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from certification import clock
from certification.audit.models import Event
from institutions.import_files import Reading
from institutions.models import ImportDraft, Institution
from institutions.services.importing import preview
from institutions.states import Role
from tests.factories import make_import_draft, make_institution, make_member, make_user

from .files import csv, xlsx

pytestmark = pytest.mark.usefixtures("kinds")


@pytest.fixture
def clerk() -> Any:
    return make_user(Role.OFFICE)


@pytest.fixture
def client(clerk, signed_in) -> Client:
    return signed_in(clerk)


def send(client: Client, content: bytes, name: str = "lista.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("institution_import"), {"file": file})


def seen_in(draft: ImportDraft) -> str:
    return preview(Reading.unpacked(draft.content).rows).version


def confirm(client: Client, draft: ImportDraft, seen: str | None = None) -> Any:
    url = reverse("institution_import_confirm", args=[draft.pk])
    return client.post(url, {"seen": seen_in(draft) if seen is None else seen})


@pytest.mark.parametrize(
    ("content", "name"), [(csv(), "lista.csv"), (xlsx(), "Wykaz żłobków.xlsx")]
)
def test_file_is_sent_looked_at_and_confirmed(client, content, name):
    answer = send(client, content, name)
    draft = ImportDraft.objects.get()
    page = reverse("institution_import_preview", args=[draft.pk])
    assert answer.status_code == 302
    assert answer.url == page
    shown = client.get(page)
    assert shown.context["counts"] == {"new": 2, "changed": 0, "unchanged": 0, "refused": 0}
    assert name in shown.text
    assert not Institution.objects.exists()
    done = confirm(client, draft)
    assert (done.status_code, done.url) == (302, page)
    assert Institution.objects.count() == Event.objects.count() == 2
    after = client.get(page)
    assert after.context["counts"] == {"new": 0, "changed": 0, "unchanged": 2, "refused": 0}
    assert "Dodano 2 instytucje." in after.text
    assert "Wszystko z pliku jest już na liście" in after.text


def test_looking_writes_nothing(client, django_assert_num_queries):
    draft = ImportDraft.objects.get(pk=send(client, csv()).url.split("/")[-2])
    for _each in range(2):
        client.get(reverse("institution_import_preview", args=[draft.pk]))
    assert not Institution.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"Ala;ma\n1;2\n", "koty.csv", "koty.csv: W pliku nie ma wiersza z nagłówkami"),
        (b"PK\x03\x04", "zepsuty.xlsx", "zepsuty.xlsx: "),
        (csv(), "lista.pdf", "lista.pdf: Można wczytać tylko pliki XLSX i CSV"),
    ],
)
def test_wrong_file_is_refused_by_its_name_with_what_to_do(client, content, name, told):
    answer = send(client, content, name)
    assert answer.status_code == 422
    assert told in answer.context["form"].errors["file"][0]
    assert not ImportDraft.objects.exists()


def test_no_file_at_all(client):
    assert client.post(reverse("institution_import")).status_code == 422


def test_what_changed_since_it_was_shown_is_shown_anew(client, clerk):
    institution = make_institution(name="GOPS w Przykładowie", town="Przykładowo", voivodeship="14")
    draft = make_import_draft(
        {"name": institution.name, "town": "Przykładowo", "street": "A 1"}, by=clerk
    )
    seen = seen_in(draft)
    Institution.objects.update(street="B 2")
    answer = confirm(client, draft, seen)
    assert answer.status_code == 409
    assert "Od otwarcia tej strony ktoś zmienił dane instytucji" in answer.text
    assert "B 2" in answer.text
    assert Institution.objects.get().street == "B 2"
    assert confirm(client, draft).status_code == 302
    assert Institution.objects.get().street == "A 1"


def test_refused_rows_are_left_out_and_explained(client, clerk):
    good = {"name": "OPS", "town": "Żary", "kind": "OPS", "voivodeship": "lubuskie"}
    draft = make_import_draft(good, {"name": "Sklep", "kind": "sklep"}, by=clerk)
    page = reverse("institution_import_preview", args=[draft.pk])
    refused = client.get(page, {"pokaz": "odrzucone"})
    assert [row.number for row in refused.context["page"]] == [3]
    assert "Nie ma rodzaju instytucji „sklep”" in refused.text
    told = client.get(confirm(client, draft).url).text
    assert "Dodano 1 instytucję. Pominięto 1 wiersz." in told
    assert [one.name for one in Institution.objects.all()] == ["OPS"]


def test_formula_and_markup_are_shown_as_text(client, clerk):
    wicked = '=1+1<script>alert("x")</script>'
    draft = make_import_draft({"name": wicked, "kind": "OPS", "town": "Żary"}, by=clerk)
    page = client.get(reverse("institution_import_preview", args=[draft.pk])).text
    assert "=1+1&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_draft_is_its_senders_own(client):
    draft = make_import_draft(by=make_user(Role.OFFICE))
    assert client.get(reverse("institution_import_preview", args=[draft.pk])).status_code == 404
    assert confirm(client, draft).status_code == 404
    assert not Institution.objects.exists()


def test_sender_who_left_the_office_may_not_go_on(signed_in):
    person = make_user()
    draft = make_import_draft(by=person)
    assert confirm(signed_in(person), draft).status_code == 403
    assert not Institution.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOARD_MEMBER, Role.ASSESSOR])
def test_others_than_the_office_may_not_send(signed_in, role):
    client = signed_in(make_user(role))
    assert client.get(reverse("institution_import")).status_code == 403
    assert send(client, csv()).status_code == 403
    assert "Importuj z pliku" not in client.get(reverse("institution_list")).text


def test_member_does_not_see_the_way_there_and_the_office_does(client, signed_in):
    member = signed_in(make_member(make_institution()))
    address = reverse("institution_import")
    assert address not in member.get(reverse("institution_list")).text
    assert address in client.get(reverse("institution_list")).text


@pytest.mark.parametrize("count", [1, 3, 120])
def test_preview_costs_the_same_whatever_its_length(
    client, clerk, count, django_assert_num_queries
):
    rows = [{"name": f"OPS {n}", "kind": "OPS", "town": "Żary"} for n in range(count)]
    draft = make_import_draft(*rows, by=clerk)
    url = reverse("institution_import_preview", args=[draft.pk])
    client.get(url)
    with django_assert_num_queries(7):
        page = client.get(url)
    assert len(page.context["page"]) == min(count, 50)


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_list_to_fill_in_is_handed_out(client, extension):
    answer = client.get(reverse("institution_import_specimen", args=[extension]))
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="instytucje-wzor.{extension}"'
    )
    assert send(client, answer.content, f"wzor.{extension}").status_code == 422  # only an example


def test_list_of_another_kind_is_not_there(client):
    assert client.get(reverse("institution_import_specimen", args=["ods"])).status_code == 404


def test_drafts_older_than_a_day_go(client, clerk):
    old = make_import_draft(by=clerk)
    late = clock.now() - timedelta(days=1, minutes=1)
    ImportDraft.objects.filter(pk=old.pk).update(sent_at=late)
    fresh = make_import_draft(by=clerk)
    out = StringIO()
    call_command("clean_uploads", dry_run=True, stdout=out)
    assert "would remove: 1 lists of institutions" in out.getvalue()
    assert ImportDraft.objects.count() == 2
    call_command("clean_uploads", stdout=StringIO())
    assert [draft.pk for draft in ImportDraft.objects.all()] == [fresh.pk]
    ImportDraft.objects.update(sent_at=late)
    send(client, csv())
    assert ImportDraft.objects.count() == 1
