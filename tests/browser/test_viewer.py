"""Documents read in a real browser: by keyboard, by mouse, and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from certification.applications.models import Application, Citation
from institutions.models import Institution
from institutions.states import MemberRole, Role
from tests.assessments.factories import make_assignment, make_case
from tests.factories import make_institution, make_member, make_user
from tests.institutions.documents import docx, paragraph, pdf
from tests.institutions.hostile_files import mp3
from tests.institutions.kept import keep

from .hands import lead_on

PAGES = [f"strona numer {number}" for number in range(1, 31)]


@pytest.fixture
def library() -> Institution:
    return make_institution()


def drawn(page: Page) -> int:
    """How many points wide the page that is shown really is."""
    picture = page.locator(".viewer__sheet img")
    expect(picture).to_have_js_property("complete", True)
    return int(picture.evaluate("picture => picture.naturalWidth"))


def label(page: Page, text: str) -> None:
    expect(page.locator("[data-viewer-label]")).to_have_text(text)


def test_pages_are_turned_by_keyboard(library: Institution, person: Any) -> None:
    revision = keep(library, "pdf", pdf(*PAGES))
    page = person(make_member(library, MemberRole.READER))
    page.goto(f"/dowody/wersje/{revision.pk}/?strona=29")
    label(page, "Strona 29 z 30")
    assert drawn(page) >= 800

    page.locator(".viewer__sheet").focus()
    page.keyboard.press("ArrowRight")
    label(page, "Strona 30 z 30")
    expect(page.locator(".viewer__sheet")).to_be_focused()
    expect(page.locator("[data-viewer-status]")).to_have_text("Strona 30 z 30")
    expect(page).to_have_url(
        f"{page.url.split('/dowody')[0]}/dowody/wersje/{revision.pk}/?strona=30"
    )

    page.keyboard.press("ArrowRight")  # there is no further one
    page.keyboard.press("ArrowLeft")
    label(page, "Strona 29 z 30")

    page.get_by_role("link", name="Następna").focus()
    page.keyboard.press("Enter")
    label(page, "Strona 30 z 30")
    expect(page.get_by_role("link", name="Następna")).to_be_focused()  # though it leads nowhere

    page.get_by_label("Przejdź do").fill("7")
    page.keyboard.press("Enter")
    label(page, "Strona 7 z 30")
    page.reload()
    label(page, "Strona 7 z 30")
    # no page of the document stays in the browser after the session
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "<" not in kept
    assert "strona numer" not in kept


def test_search_leads_to_a_page_and_stays(library: Institution, person: Any) -> None:
    revision = keep(library, "pdf", pdf(*PAGES))
    page = person(make_member(library))
    page.goto(f"/dowody/wersje/{revision.pk}/")

    page.get_by_label("Szukaj w dokumencie").fill("numer 2")
    page.keyboard.press("Enter")
    hits = page.locator("[data-viewer-hits]")
    expect(hits).to_contain_text("znaleziono w 12 miejscach")
    expect(hits).to_be_focused()
    label(page, "Strona 2 z 30")

    hits.get_by_role("link", name="Strona 25").click()
    label(page, "Strona 25 z 30")
    expect(hits).to_be_visible()
    expect(page.locator(".viewer__text mark")).to_have_text("numer 2")
    expect(page.get_by_label("Szukaj w dokumencie")).to_have_value("numer 2")

    page.get_by_role("link", name="Powiększ").click()
    smaller = page.get_by_role("link", name="Dopasuj do szerokości")
    expect(smaller).to_be_visible()
    hits.get_by_role("link", name="Strona 29").click()
    label(page, "Strona 29 z 30")
    expect(smaller).to_be_visible()

    page.get_by_role("link", name="Wyczyść").click()
    expect(hits).to_have_count(0)
    label(page, "Strona 29 z 30")
    expect(smaller).to_be_visible()


def test_page_can_be_enlarged(library: Institution, person: Any) -> None:
    revision = keep(library, "pdf", pdf(*PAGES))
    page = person(make_member(library))
    page.goto(f"/dowody/wersje/{revision.pk}/?strona=3")
    drawn(page)
    before = page.locator(".viewer__sheet img").bounding_box()["width"]
    page.get_by_role("link", name="Powiększ").click()
    expect(page.get_by_role("link", name="Dopasuj do szerokości")).to_be_focused()
    drawn(page)
    assert page.locator(".viewer__sheet img").bounding_box()["width"] > before * 1.5
    page.get_by_role("link", name="Następna").click()
    label(page, "Strona 4 z 30")
    expect(page.get_by_role("link", name="Dopasuj do szerokości")).to_be_visible()


def test_everything_works_without_javascript(library: Institution, person: Any) -> None:
    revision = keep(library, "pdf", pdf(*PAGES))
    page = person(make_member(library), java_script_enabled=False)
    page.goto(f"/dowody/{revision.evidence_id}/")
    lead_on(page.get_by_role("link", name="Pokaż dokument"))
    label(page, "Strona 1 z 30")
    lead_on(page.get_by_role("link", name="Następna"))
    label(page, "Strona 2 z 30")
    page.get_by_label("Szukaj w dokumencie").fill("numer 30")
    lead_on(page.get_by_role("button", name="Szukaj"))
    label(page, "Strona 30 z 30")


def test_markup_in_a_document_runs_nothing(library: Institution, person: Any) -> None:
    attack = "&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(2)&lt;/script&gt;"
    hx = "&lt;a hx-get=/ hx-trigger=load&gt;"
    body = paragraph(attack, style="Nagwek1") + paragraph(hx + attack)
    revision = keep(library, "docx", docx(body), title="<script>alert(3)</script>")
    page = person(make_member(library))
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(f"/dowody/{revision.evidence_id}/")
    expect(page.locator(".reading p")).to_contain_text("hx-trigger=load")
    page.get_by_label("Szukaj w dokumencie").fill("<script>alert(2)")
    page.keyboard.press("Enter")
    expect(page.locator(".reading mark").first).to_have_text("<script>alert(2)")
    assert dialogs == []


def test_recording_can_be_moved_through(library: Institution, person: Any) -> None:
    revision = keep(library, "mp3", mp3(6000), title="Rozmowa")
    page = person(make_member(library))
    page.goto(f"/dowody/wersje/{revision.pk}/")
    player = page.get_by_label("Nagranie: Rozmowa")
    with page.expect_response(lambda answer: answer.status == 206):
        player.evaluate("player => { player.preload = 'auto'; player.load(); }")
    player.evaluate(
        "player => new Promise(done => { player.onseeked = done; player.currentTime = 100; })"
    )
    assert player.evaluate("player => player.currentTime") == 100


def test_evidence_opens_at_the_cited_page_on_the_bench(person: Any) -> None:
    case: Application = make_case()
    assessor = make_user(Role.ASSESSOR)
    bench = make_assignment(case, assessor).assessment
    revision = keep(case.institution, "pdf", pdf(*PAGES))
    answer = case.answers.order_by("criterion__position")[0]
    Citation.objects.create(answer=answer, revision=revision, page=12, added_by=revision.added_by)
    page = person(assessor)
    page.goto(f"/oceny/{bench.pk}/?kryterium={answer.criterion.code}")
    page.locator(".viewer").scroll_into_view_if_needed()
    label(page, "Strona 12 z 30")
    address = page.url
    page.get_by_role("link", name="Następna").click()
    label(page, "Strona 13 z 30")
    assert page.url == address
    assert f"/wnioski/{case.pk}/dowody/{revision.pk}/strona/13/" in str(
        page.locator(".viewer__sheet img").get_attribute("src")
    )
