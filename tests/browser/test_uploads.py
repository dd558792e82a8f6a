"""Sending files: dropped, broken off, taken up again after closing the browser, by plain form."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Locator, Page, Route, expect

from certification.applications.models import Citation
from certification.standards.models import EvidenceType
from institutions.models import Evidence, Institution, Upload, User
from institutions.models.evidence import Form
from institutions.services.evidence import add_evidence
from tests.factories import answer_all, make_application, make_institution, make_member
from tests.institutions.hostile_files import pdf

from .conftest import Faults, sign_in
from .hands import lead_on

Person = Callable[..., Page]
MEGABYTE = 1024 * 1024
PIECES = "**/dowody/przesylanie/*/"
FIRST = str(4 * MEGABYTE)  # how long the first piece is; the next ones follow the speed


def film() -> bytes:
    """What is checked of an MP4, and enough beside it for several pieces."""

    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", 8 + len(content)) + name + content

    head = box(b"ftyp", b"isom\0\0\0\0isommp42") + box(b"moov", box(b"mvhd", bytes(100)))
    return head + box(b"mdat", bytes(18 * MEGABYTE))


@pytest.fixture
def institution() -> Institution:
    EvidenceType.objects.create(code="film", name_pl="Film")
    return make_institution()


@pytest.fixture
def by(institution: Institution) -> User:
    return make_member(institution)


@pytest.fixture
def broken(faults: Faults) -> Any:
    """Connections and sessions are meant to break here; Chromium complains of each."""
    yield
    meant = ("net::ERR_", "403 http", "404 http")
    faults.seen = [one for one in faults.seen if not any(word in one for word in meant)]


@pytest.fixture
def on_disk(tmp_path: Path) -> Path:
    path = tmp_path / "Zebranie_mieszkańców.mp4"
    path.write_bytes(film())
    return path


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=name)


def drop(page: Page, **files: bytes) -> None:
    """Let files fall on the page, as from the desktop."""
    carried = page.evaluate_handle(
        """(files) => {
            const carried = new DataTransfer();
            for (const [name, bytes] of files)
                carried.items.add(new File([new Uint8Array(bytes)], name));
            return carried;
        }""",
        [[name.replace("_pdf", ".pdf"), list(content)] for name, content in files.items()],
    )
    page.dispatch_event("[data-drop]", "dragover", {"dataTransfer": carried})
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": carried})


@pytest.mark.usefixtures("broken")
def test_files_are_dropped_broken_off_and_added(
    person: Person, institution: Institution, by: User, on_disk: Path
) -> None:
    page = person(by)
    page.goto(f"/dowody/dodaj/{institution.pk}/")
    pieces: list[str] = []

    def break_the_second(route: Route) -> None:
        if route.request.method != "PATCH":
            return route.continue_()
        pieces.append(route.request.headers["upload-offset"])
        is_broken = pieces[-1] == FIRST
        return route.abort("connectionreset") if is_broken else route.continue_()

    page.get_by_label("Wybierz pliki").set_input_files(on_disk)
    film_row = row(page, on_disk.name)
    expect(film_row.get_by_text("Przesłano w całości")).to_be_visible()
    page.route(PIECES, break_the_second)
    drop(page, Statut_pdf=pdf())
    film_row.get_by_role("button", name="Usuń").click()
    page.get_by_label("Wybierz pliki").set_input_files(on_disk)
    expect(page.get_by_role("status")).to_contain_text("Brak połączenia – czekamy")
    page.unroute(PIECES)
    expect(film_row.get_by_text("Przesłano w całości")).to_be_visible()
    assert pieces.count("0") == 2, "the film and the statute, each begun once"
    assert set(pieces) == {"0", FIRST}, "the piece that broke, and no other, came again"

    page.get_by_label("Wspólny rodzaj dowodu").select_option(label="Film")
    expect(film_row.get_by_label("Tytuł")).to_have_value("Zebranie mieszkańców")
    lead_on(page.get_by_role("button", name="Dodaj do biblioteki"))
    expect(page.get_by_role("status").first).to_contain_text("Dodano 2 dowody")
    assert {one.title for one in Evidence.objects.all()} == {"Statut", "Zebranie mieszkańców"}
    newest = Evidence.objects.get(title="Zebranie mieszkańców").latest
    with newest.file.open() as stored:
        assert stored.read() == film()


@pytest.mark.usefixtures("broken")
def test_closed_browser_sends_only_the_rest(
    person: Person, institution: Institution, by: User, on_disk: Path
) -> None:
    page = person(by)
    page.goto(f"/dowody/dodaj/{institution.pk}/")

    def after_the_first(route: Route) -> None:
        late = route.request.headers.get("upload-offset", "0") != "0"
        return route.abort("internetdisconnected") if late else route.continue_()

    page.route(PIECES, after_the_first)
    page.get_by_label("Wybierz pliki").set_input_files(on_disk)
    bar = row(page, on_disk.name).get_by_role("progressbar", name=on_disk.name)
    expect(page.get_by_text("Brak połączenia – czekamy").last).to_be_visible()
    assert 20 < bar.evaluate("bar => bar.value") < 25

    page.unroute(PIECES)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/dowody/")
    waiting = page.get_by_role("region", name="Niedokończone przesyłanie")
    expect(waiting).to_contain_text("przesłano 4,0")
    offsets: list[str] = []
    page.on(
        "request",
        lambda sent: sent.method == "PATCH" and offsets.append(sent.headers["upload-offset"]),
    )
    lead_on(waiting.get_by_role("link", name="Kontynuuj"))
    page.get_by_label("Wybierz pliki").set_input_files(on_disk)
    expect(row(page, on_disk.name).get_by_text("Przesłano w całości")).to_be_visible()
    assert offsets[0] == FIRST
    assert Upload.objects.get().path.read_bytes() == film()


@pytest.fixture
def document(institution: Institution, by: User) -> Evidence:
    """Version 1, which an answer cites."""
    case = make_application(institution=institution, by=by)
    answer_all(case, by=by)
    answer = case.answers.order_by("pk")[0]
    described = {"title": "Zebranie", "type": EvidenceType.objects.get(code="film")}
    first = ContentFile(film() + bytes(8), name="Zebranie.mp4")
    evidence = add_evidence(institution, by=by, form=Form.FILE, file=first, **described)
    Citation.objects.create(answer=answer, revision=evidence.latest, added_by=by)
    return evidence


@pytest.mark.usefixtures("broken")
def test_version_is_paused_broken_off_and_added(
    person: Person, document: Evidence, by: User, on_disk: Path
) -> None:
    page = person(by)
    page.goto(f"/dowody/{document.pk}/")
    lead_on(page.get_by_role("link", name="Dodaj nowszą wersję"))
    expect(page.get_by_label("Wybierz plik")).to_be_visible()

    def after_the_first(route: Route) -> None:
        late = route.request.headers.get("upload-offset", "0") != "0"
        return route.abort("internetdisconnected") if late else route.continue_()

    page.route(PIECES, after_the_first)
    page.get_by_label("Wybierz plik").set_input_files(on_disk)
    film_row = row(page, on_disk.name)
    expect(film_row.get_by_text("Brak połączenia – czekamy")).to_be_visible()
    expect(page.get_by_label("Wybierz plik")).to_be_hidden()
    film_row.get_by_role("button", name="Wstrzymaj").click()
    expect(film_row.get_by_text("Wstrzymano")).to_be_visible()
    assert Upload.objects.get().received == int(FIRST)

    page.unroute(PIECES)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/dowody/")
    waiting = page.get_by_role("region", name="Niedokończone przesyłanie")
    expect(waiting).to_contain_text("Nowsza wersja dowodu „Zebranie”")
    lead_on(waiting.get_by_role("link", name="Kontynuuj"))
    page.get_by_label("Wybierz plik").set_input_files(on_disk)
    expect(film_row.get_by_text("Przesłano w całości")).to_be_visible()
    lead_on(page.get_by_role("button", name="Dodaj tę wersję"))
    expect(page.get_by_role("status").first).to_contain_text("Dodano wersję 2")

    old, new = document.revisions.all()
    assert [one.size - len(film()) for one in (old, new)] == [8, 0]
    assert old.file.size == old.size
    assert Citation.objects.get().revision == old
    assert not Upload.objects.exists()


def test_version_is_one_file(person: Person, document: Evidence, by: User) -> None:
    page = person(by)
    page.goto(f"/dowody/{document.pk}/wersja/")
    drop(page, Statut_pdf=pdf(), Regulamin_pdf=pdf())
    expect(row(page, "Statut.pdf").get_by_text("Przesłano w całości")).to_be_visible()
    expect(row(page, "Regulamin.pdf")).to_contain_text("Nowsza wersja to jeden plik")
    row(page, "Regulamin.pdf").get_by_role("button", name="Usuń").click()

    page.reload()
    with page.expect_response(lambda response: response.request.method == "DELETE"):
        row(page, "Statut.pdf").get_by_role("button", name="Usuń").click()
    expect(page.get_by_label("Wybierz plik")).to_be_focused()
    assert not Upload.objects.exists()


def test_refused_version_leads_back_to_the_choice(
    person: Person, document: Evidence, by: User, on_disk: Path
) -> None:
    page = person(by)
    page.goto(f"/dowody/{document.pk}/wersja/")
    on_disk.write_bytes(film() + bytes(8))
    page.get_by_label("Wybierz plik").set_input_files(on_disk)
    lead_on(page.get_by_role("button", name="Dodaj tę wersję"))
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("to samo co wersja 1")
    summary.get_by_role("link").click()
    expect(page.get_by_label("Wybierz plik")).to_be_focused()


def test_without_javascript_a_version_is_added(
    person: Person, document: Evidence, by: User
) -> None:
    page = person(by, java_script_enabled=False)
    page.goto(f"/dowody/{document.pk}/wersja/")
    file = {"name": "Statut.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.locator("#id_file").set_input_files(file)
    lead_on(page.get_by_role("button", name="Dodaj tę wersję"))
    expect(page.get_by_role("status").first).to_contain_text("Dodano wersję 2")


def test_pressed_early_it_adds_when_all_have_come(
    person: Person, institution: Institution, by: User, on_disk: Path
) -> None:
    page = person(by)
    page.goto(f"/dowody/dodaj/{institution.pk}/")
    page.route(PIECES, lambda _route: None)  # nothing gets through, or all might before the pause
    page.get_by_label("Wybierz pliki").set_input_files(on_disk)
    film_row = row(page, on_disk.name)
    film_row.get_by_role("button", name="Wstrzymaj").click()
    expect(film_row.get_by_text("Wstrzymano")).to_be_visible()
    page.unroute(PIECES)
    film_row.get_by_label("Rodzaj dowodu").select_option(label="Film")
    lead_on(page.get_by_role("button", name="Dodaj do biblioteki"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Zebranie mieszkańców")
    assert Evidence.objects.get().latest.size == len(film())


def test_refusals_are_told_before_anything_is_sent(
    person: Person, institution: Institution, by: User, settings: Any
) -> None:
    settings.EVIDENCE_MAX_BYTES = 1000
    page = person(by)
    page.goto(f"/dowody/dodaj/{institution.pk}/")
    sent: list[str] = []
    page.on("request", lambda request: request.method != "GET" and sent.append(request.url))
    for name, content, reason in (
        ("wirus.exe", b"MZ", "Nie przyjmujemy plików tego rodzaju"),
        ("pusty.pdf", b"", "jest pusty"),
        ("wielki.pdf", bytes(1001), "jest za duży"),
    ):
        file = {"name": name, "mimeType": "application/pdf", "buffer": content}
        page.get_by_label("Wybierz pliki").set_input_files(file)
        expect(row(page, name)).to_contain_text(reason)
        expect(page.get_by_role("status")).to_contain_text(name)
    expect(page.get_by_role("button", name="Dodaj do biblioteki")).to_be_hidden()
    row(page, "wirus.exe").get_by_role("button", name="Usuń").click()
    expect(row(page, "wirus.exe")).to_have_count(0)
    assert sent == []


def test_what_was_typed_of_a_refused_file_is_kept_for_the_mended_one(
    person: Person, institution: Institution, by: User
) -> None:
    page = person(by)
    page.goto(f"/dowody/dodaj/{institution.pk}/")
    bad = {"name": "Statut.docx", "mimeType": "application/x", "buffer": b"<script>"}
    page.get_by_label("Wybierz pliki").set_input_files(bad)
    statute = row(page, "Statut.")
    statute.get_by_label("Tytuł").fill("Statut ośrodka")
    statute.get_by_label("Rodzaj dowodu").select_option(label="Film")
    page.get_by_role("button", name="Dodaj do biblioteki").click()
    expect(statute.get_by_text("Opis tego pliku jest zachowany")).to_be_visible()
    mended = {"name": "Statut.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.get_by_label("Wybierz pliki").set_input_files(mended)
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(statute.get_by_label("Tytuł")).to_have_value("Statut ośrodka")
    page.get_by_role("button", name="Dodaj do biblioteki").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Statut ośrodka")


@pytest.mark.usefixtures("broken")
def test_session_that_ended_is_waited_for(
    person: Person, institution: Institution, by: User, signed_in: Any, live_server: Any
) -> None:
    page = person(by)
    page.goto(f"/dowody/dodaj/{institution.pk}/")
    page.context.clear_cookies()
    file = {"name": "Statut.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.get_by_label("Wybierz pliki").set_input_files(file)
    expect(page.get_by_role("status")).to_contain_text("Twoja sesja wygasła")
    sign_in(page, by, signed_in, live_server.url)
    expect(row(page, "Statut.pdf").get_by_text("Przesłano w całości")).to_be_visible()
    assert Upload.objects.get().is_complete


def test_without_javascript_one_file_is_kept_and_added(
    person: Person, institution: Institution, by: User
) -> None:
    page = person(by, java_script_enabled=False)
    page.goto(f"/dowody/dodaj/{institution.pk}/")
    file = {"name": "Statut.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.locator("#id_file").set_input_files(file)
    page.locator("#id_title").fill("Statut")
    lead_on(page.get_by_role("button", name="Dodaj dowód"))
    expect(page.get_by_text("Plik dotarł i jest zachowany")).to_be_visible()
    page.get_by_label("Rodzaj dowodu").select_option(label="Film")
    lead_on(page.get_by_role("button", name="Dodaj dowód"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Statut")


def test_without_javascript_several_files_are_added(
    person: Person, institution: Institution, by: User
) -> None:
    page = person(by, java_script_enabled=False)
    page.goto(f"/dowody/dodaj/{institution.pk}/")
    files = [
        {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": pdf()}
        for name in ("Statut", "Regulamin")
    ]
    page.locator("#id_file").set_input_files(files)
    lead_on(page.get_by_role("button", name="Dodaj dowód"))
    page.get_by_label("Wspólny rodzaj dowodu").select_option(label="Film")
    lead_on(page.get_by_role("button", name="Dodaj do biblioteki"))
    expect(page.get_by_role("status").first).to_contain_text("Dodano 2 dowody")
    assert Evidence.objects.count() == 2
