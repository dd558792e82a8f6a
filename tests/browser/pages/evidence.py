"""The library of evidence: sent, described, read and deleted."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from institutions.models import EvidenceRevision, Upload
from tests.browser.visit import Visit, at, press
from tests.factories import make_evidence, make_institution, make_member, make_upload
from tests.institutions import documents, hostile_files
from tests.institutions.kept import keep

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    institution, custodian = house.institution.pk, house.custodian
    yield Visit(custodian, at("evidence_list"))
    yield Visit(make_member(make_institution()), at("evidence_list"))
    for form in ("plik", "link", "notatka"):
        yield Visit(custodian, at("evidence_add", institution, query=f"?forma={form}"))
    note = at("evidence_add", institution, query="?forma=notatka")
    yield Visit(custodian, note, press("Dodaj dowód"))
    yield from _of_sending(house)
    for name in ("evidence_detail", "evidence_revise", "evidence_change", "evidence_delete"):
        yield Visit(custodian, at(name, house.evidence.pk))
    yield from _of_the_library(house)
    yield from _of_documents(house)


def choose_files(page: Page) -> None:
    """One that is sent, and one that is refused at once."""
    files = [
        {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-"}
        for name in ("Statut.pdf", "program.exe")
    ]
    page.get_by_label("Wybierz pliki").set_input_files(files)
    expect(page.get_by_text("Przesłano w całości").first).to_be_visible()


def _of_sending(house: Ground) -> Iterator[Visit]:
    """Files that are chosen, refused, wait to be described, or break off."""
    custodian, institution = house.custodian, house.institution
    yield Visit(custodian, at("evidence_add", institution.pk), choose_files)
    yield Visit(custodian, at("uploads_add", institution.pk))
    for name in ("Statut.pdf", "Regulamin_organizacyjny_placówki_wsparcia_dziennego.pdf"):
        make_upload(institution, custodian, b"%PDF-", name)
    part = make_upload(institution, custodian, b"%PDF-", "Część.pdf")
    part.path.write_bytes(b"%")
    yield Visit(custodian, at("evidence_list"))
    yield Visit(custodian, at("uploads_add", institution.pk))
    describing = at("uploads_add", institution.pk)
    yield Visit(custodian, describing, press("Dodaj do biblioteki"))
    Upload.objects.all().delete()


def _of_the_library(house: Ground) -> Iterator[Visit]:
    """Evidence with tags and versions, one of which seems to hold personal numbers."""
    custodian = house.custodian
    note = make_evidence(
        house.institution,
        title="Nieprzerywalnedługiesłowobezodstępówwtytuledowodu " * 3,
        tags=["rada osiedla", "nieprzerywalna" * 3, "2016"],
    ).evidence
    EvidenceRevision.objects.create(
        evidence=note, number=2, text="x", sha256="0" * 64, personal_numbers=3, added_by=custodian
    )
    for query in ("?od=2015&do=2014&uzycie=tak", "?kolejnosc=tytul&etykieta=2016"):
        yield Visit(custodian, at("evidence_list", query=query))
    several = make_member(make_institution(), user=make_member(house.institution))
    yield Visit(several, at("evidence_list"))
    yield Visit(several, at("evidence_detail", note.pk, query="?wersja=1"))
    yield Visit(custodian, at("evidence_detail", note.pk))
    yield Visit(custodian, at("evidence_delete", note.pk))
    for number in (1, 2):
        yield Visit(custodian, at("version_delete", note.pk, number))
    only = make_evidence(house.institution).evidence
    yield Visit(custodian, at("version_delete", only.pk, 1))


def _of_documents(house: Ground) -> Iterator[Visit]:
    """Evidence read in the page: every kind, with hits, without, and unreadable."""
    body = documents.paragraph("Cele", style="Nagwek1") + documents.paragraph("mapa", level=1)
    wide = documents.word_table(["nieprzerywalne" * 9] * 9)
    rows = "".join(f'<row r="{n}">{"<c><v>7</v></c>" * 30}</row>' for n in range(1, 402))
    show = documents.pptx(documents.slide("Park", "ławki"), documents.slide("Staw"))
    kinds = (
        ("pdf", documents.pdf("park", "", "park i staw"), "?szukaj=park"),
        ("pdf", documents.pdf("", ""), "?szukaj=park&strona=2&widok=duzy"),
        ("pdf", b"nic", ""),
        ("docx", documents.docx(body + wide), "?szukaj=kosmos"),
        ("xlsx", documents.xlsx(rows, rows), "?strona=2&szukaj=7"),
        ("pptx", show, ""),
        ("txt", "Zażółć gęślą jaźń\n\n".encode() * 900, ""),
        ("mp4", hostile_files.mp4(), ""),
        ("mp3", hostile_files.mp3(), ""),
        ("png", hostile_files.picture("PNG"), ""),
    )
    for kind, data, query in kinds:
        revision = keep(house.institution, kind, data, title="Papier")
        yield Visit(house.custodian, at("revision_view", revision.pk, query=query))
