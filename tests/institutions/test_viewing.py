"""Evidence looked at in the page: by whom, which part of it, and never as markup."""

import io
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from PIL import Image

from certification import sandbox
from certification.storage import StorageAway
from institutions.models import EvidenceRevision
from institutions.states import MemberRole, Role
from tests.factories import make_evidence, make_institution, make_member, make_user
from tests.institutions.documents import docx, paragraph, pdf, pptx, slide, word_table, xlsx
from tests.institutions.hostile_files import mp3, mp4, picture
from tests.institutions.kept import keep

pytestmark = pytest.mark.django_db

XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>"
IN_XML = XSS.replace("<", "&lt;")


class Library:
    """An institution, a reader of its own, and files put straight into its store."""

    def __init__(self, signed_in: Any) -> None:
        self.institution = make_institution()
        self.reader = make_member(self.institution, MemberRole.READER)
        self.client = signed_in(self.reader)

    def keep(self, kind: str, data: bytes, **evidence: Any) -> EvidenceRevision:
        return keep(self.institution, kind, data, **evidence)

    def look(self, revision: EvidenceRevision, **query: Any) -> str:
        response = self.client.get(reverse("revision_view", args=[revision.pk]), query)
        assert response.status_code == 200
        return str(response.content.decode())

    def part(self, revision: EvidenceRevision, page: str = "/dowody/1/", **query: Any) -> Any:
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
        return self.client.get(reverse("revision_view", args=[revision.pk]), query, headers=headers)

    def draw(self, revision: EvidenceRevision, number: int = 1, **options: Any) -> Any:
        return self.client.get(reverse("revision_page", args=[revision.pk, number]), **options)


@pytest.fixture
def library(signed_in: Any) -> Library:
    return Library(signed_in)


# --- who ------------------------------------------------------------------------------


def test_only_the_institutions_own_people_look(library: Library, signed_in: Any) -> None:
    revision = library.keep("pdf", pdf("strona"))
    addresses = [
        reverse("revision_view", args=[revision.pk]),
        reverse("revision_page", args=[revision.pk, 1]),
        reverse("revision_file", args=[revision.pk]),
    ]
    others = [make_member(make_institution()), make_user(Role.OFFICE), make_user(Role.ASSESSOR)]
    for person in others:
        client = signed_in(person)
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    for address in addresses:
        response = library.client.get(address)
        assert response.status_code == 200
        assert response.streaming == address.endswith("/plik/")
        assert b"".join(response)
        assert library.client.post(address).status_code == 405


def test_looking_asks_few_questions(library: Library, django_assert_num_queries: Any) -> None:
    revision = library.keep("pdf", pdf("strona", "druga"))
    library.look(revision)
    with django_assert_num_queries(5):
        library.look(revision, szukaj="druga")
    with django_assert_num_queries(5):
        library.part(revision, strona=2)
    with django_assert_num_queries(5):
        library.draw(revision)


# --- which part -----------------------------------------------------------------------


def test_pdf_opens_at_the_asked_page_and_leads_on(library: Library) -> None:
    revision = library.keep("pdf", pdf("pierwsza", "druga strona", "trzecia"))
    address = reverse("revision_view", args=[revision.pk])
    page = library.look(revision, strona=2)
    assert "Strona 2 z 3" in page
    assert f'href="{address}?strona=1"' in page
    assert f'href="{address}?strona=3"' in page
    assert f'src="{reverse("revision_page", args=[revision.pk, 2])}?szer=1200"' in page
    assert "druga strona" in page
    assert "pierwsza" not in page


@pytest.mark.parametrize("asked", ["0", "-1", "99", "abc", "9" * 30, "٣"])
def test_nonsense_leads_to_a_page_that_is_there(library: Library, asked: str) -> None:
    revision = library.keep("pdf", pdf("pierwsza", "druga"))
    page = library.look(revision, strona=asked, widok="x", poziom="h1><b", czesc="?")
    assert "z 2" in page


def test_search_leads_to_the_page_and_keeps_the_words(library: Library) -> None:
    revision = library.keep("pdf", pdf("nic", "park w Lodzi", "nic", "park"))
    address = reverse("revision_view", args=[revision.pk])
    page = library.look(revision, szukaj="PARK łódzi")
    assert "znaleziono w 1 miejscu" in page
    assert "Strona 2 z 4" in page
    assert "<mark>park</mark> w <mark>Lodzi</mark>" in page
    assert f'href="{address}?strona=2&amp;szukaj=PARK+%C5%82%C3%B3dzi"' in page
    assert f'href="{address}?strona=3&amp;szukaj=PARK+%C5%82%C3%B3dzi"' in page


def test_search_says_when_there_is_nothing(library: Library) -> None:
    text, scan = library.keep("pdf", pdf("park")), library.keep("pdf", pdf(""))
    assert "Nie znaleziono „kosmos”" in library.look(text, szukaj="kosmos")
    assert "To skan bez warstwy tekstowej" in library.look(scan, szukaj="kosmos")
    assert "Ta strona jest obrazem" in library.look(scan)


def test_htmx_exchanges_only_what_changes(library: Library) -> None:
    revision = library.keep("pdf", pdf("pierwsza", "druga"))
    address = reverse("revision_view", args=[revision.pk])
    whole = library.part(revision, poziom=4)
    page = library.part(revision, page=address, strona=2, czesc="strona")
    assert b"<html" not in whole.content
    assert b'name="szukaj"' in whole.content
    assert b'name="szukaj"' not in page.content
    # the address follows on the page of the document alone
    assert page["HX-Replace-Url"] == f"{address}?strona=2"
    assert "HX-Replace-Url" not in whole


def test_headings_of_a_document_stand_below_those_of_the_page(library: Library) -> None:
    revision = library.keep("docx", docx(paragraph("Cele", style="Nagwek1")))
    assert '<h3 class="reading__heading" dir="auto">Cele</h3>' in library.look(revision)
    inside = library.part(revision, poziom="4").content.decode()
    assert '<h4 class="reading__heading" dir="auto">Cele</h4>' in inside


def test_sheet_has_its_letters_and_numbers(library: Library) -> None:
    third = '<row r="3"><c r="A3"><v>1</v></c><c r="C3"><v>2</v></c></row>'
    rows = f'{third}<row r="4"><c><v>5</v></c></row>'
    page = library.look(library.keep("xlsx", xlsx(rows, "<row><c><v>7</v></c></row>")))
    assert '<th scope="col">C</th>' in page
    assert (
        '<th scope="row">3</th><td dir="auto">1</td><td dir="auto"></td><td dir="auto">2</td>'
        in page
    )
    assert page.count("<td") == 1 + 6
    assert '<option value="1" selected>Arkusz1</option><option value="2">Arkusz2</option>' in page


def test_slides_are_counted_as_slides(library: Library) -> None:
    show = library.keep("pptx", pptx(slide("Park"), slide("Ławki")))
    assert "Slajd 2 z 2" in library.look(show, strona=2)


def test_cut_document_says_so(library: Library) -> None:
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(300))
    revision = library.keep("xlsx", xlsx(f"<row>{cells}</row>"))
    assert "Pokazujemy jego początek" in library.look(revision)


# --- films, sounds, pictures ----------------------------------------------------------


def test_film_and_sound_have_names_and_words(library: Library) -> None:
    film = library.keep("mp4", mp4(), title="Święto ulicy", description="Tańce i <b>śpiew</b>")
    sound = library.keep("mp3", mp3(), title="Rozmowa")
    page = library.look(film)
    assert 'preload="metadata"' in page
    assert 'aria-label="Film: Święto ulicy"' in page
    assert "Tańce i &lt;b&gt;śpiew&lt;/b&gt;" in page
    page = library.look(sound)
    assert 'aria-label="Nagranie: Rozmowa"' in page
    assert "Brakuje opisu" in page


def test_picture_has_its_alternative(library: Library) -> None:
    page = library.look(library.keep("png", picture("PNG"), title="Park", description="Wiosna"))
    assert 'alt="Zdjęcie: Park"' in page
    assert "<figcaption>Wiosna</figcaption>" in page


def test_note_and_unknown_file_are_pages_too(library: Library) -> None:
    note = make_evidence(library.institution, text="Rozmowa z sołtysem")
    assert "Rozmowa z sołtysem" in library.look(note)
    assert "nie można tu pokazać" in library.look(library.keep("bin", b"x"))


# --- what goes wrong ------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "pptx"])
def test_damaged_file_is_a_kind_sentence_and_a_way_out(library: Library, kind: str) -> None:
    revision = library.keep(kind, b"nic z tego")
    page = library.look(revision, szukaj="x")
    assert "Tego dokumentu nie da się tu pokazać" in page
    assert reverse("revision_file", args=[revision.pk]) in page
    assert library.draw(revision).status_code == 404


def test_lost_file_is_said_to_be_lost(library: Library) -> None:
    revision = library.keep("pdf", pdf("x"))
    Path(revision.file.path).unlink()
    assert "nie możemy znaleźć tego pliku" in library.look(revision)
    assert library.draw(revision).status_code == 404


def test_storage_that_does_not_answer_is_said_to_be_away(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = library.keep("pdf", pdf("x"))

    def away(*_given: object) -> None:
        raise StorageAway

    monkeypatch.setattr(FileSystemStorage, "_open", away)
    assert "nie możemy znaleźć tego pliku" in library.look(revision)
    assert library.draw(revision).status_code == 503


def test_many_readers_at_once_are_asked_to_wait(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = library.keep("pdf", pdf("strona"))
    monkeypatch.setattr(sandbox, "_places", BoundedSemaphore(1))
    monkeypatch.setattr(sandbox, "PATIENCE", 0)
    with sandbox._places:
        assert "Spróbuj za chwilę" in library.look(revision)
        assert library.draw(revision).status_code == 503
    assert library.draw(revision).status_code == 200


def test_file_of_another_storage_is_read_as_well(library: Library, settings: Any) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": memory}
    revision = library.keep("pdf", pdf("w pamieci"))
    assert "w pamieci" in library.look(revision)
    assert library.draw(revision).status_code == 200


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (
            "docx",
            docx(paragraph(IN_XML) + paragraph(IN_XML, style="Nagwek1") + word_table([IN_XML])),
        ),
        (
            "docx",
            docx(f'<w:p><w:r><wp:docPr descr="{IN_XML}"/></w:r></w:p>' + paragraph("a", level=1)),
        ),
        ("xlsx", xlsx(f'<row><c t="inlineStr"><is><t>{IN_XML}</t></is></c></row>')),
        ("pptx", pptx(slide(IN_XML, IN_XML))),
        ("txt", XSS.encode()),
        ("csv", f'{XSS};"{XSS}"\n'.encode()),
        ("pdf", pdf(XSS.replace("(", r"\(").replace(")", r"\)"))),
    ],
)
@pytest.mark.parametrize("words", ["", "alert", "<script>", XSS])
def test_markup_in_a_document_is_text(library: Library, kind: str, data: bytes, words: str) -> None:
    revision = library.keep(kind, data, title=XSS, description=XSS)
    page = library.look(revision, szukaj=words)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "onerror=alert(2)&gt;" in page


def test_name_of_a_sheet_is_text(library: Library) -> None:
    row = "<row><c><v>1</v></c></row>"
    revision = library.keep("xlsx", xlsx(row, row, name=IN_XML.replace('"', "")))
    page = library.look(revision, szukaj="1")
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") == 5  # title, two choices, two hits


# --- pages drawn ----------------------------------------------------------------------


def test_page_is_drawn_at_listed_widths_only(library: Library) -> None:
    revision = library.keep("pdf", pdf("x"))
    for asked, width in (("800", 800), ("1800", 1800), ("", 1200), ("99999", 1200), ("x", 1200)):
        response = library.draw(revision, query_params={"szer": asked})
        drawn = Image.open(io.BytesIO(response.content))
        assert (drawn.width, drawn.height * 3 // 4) == (width, width)
        assert response["Content-Type"] == "image/webp"


def test_drawn_page_may_be_kept_but_not_shown_without_asking(library: Library) -> None:
    revision = library.keep("pdf", pdf("x"))
    first = library.draw(revision)
    again = library.draw(revision, headers={"If-None-Match": first["ETag"]})
    words = library.draw(revision, query_params={"szukaj": "x"})
    assert (again.status_code, again.content) == (304, b"")
    assert words["ETag"] != first["ETag"]
    for response in (first, again):
        assert response["Cache-Control"] == "private, no-cache"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
    library.reader.memberships.all().delete()
    gone = library.draw(revision, headers={"If-None-Match": first["ETag"]})
    assert gone.status_code == 404


@pytest.mark.parametrize("number", [0, 2, 10**9, 2**32 + 1])
def test_page_that_is_not_there_is_not_drawn(library: Library, number: int) -> None:
    assert library.draw(library.keep("pdf", pdf("x")), number).status_code == 404


def test_only_pdfs_are_drawn(library: Library) -> None:
    assert library.draw(library.keep("txt", b"abc")).status_code == 404
