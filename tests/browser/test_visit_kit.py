"""The visit kit on a phone without a connection: nothing is lost, nothing is doubled."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from certification.assessments.models import Assessment
from certification.visits.models import SiteVisit, VisitNote, VisitPhoto
from certification.visits.states import State
from tests.assessments.factories import make_assignment, make_case, rate_all
from tests.visits.factories import make_visit, picture

from .conftest import PATIENCE, sign_in
from .hands import lead_on
from .killable import Server

PHONE = {"width": 360, "height": 740}
SENT = re.compile("^Zapisano")
HERE = re.compile("^Na tym urządzeniu")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    """Its death is the truest loss of a connection: the page's program sees it, too."""
    monkeypatch.setenv("MEDIA_ROOT", str(tmp_path / "files"))
    server = Server()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def visit() -> SiteVisit:
    assignment = make_assignment(make_case())
    rate_all(assignment.assessment)
    assignment.assessment.ratings.filter(criterion__code="A1.1").update(question="Ile osób działa?")
    return make_visit(assignment.application, State.AGREED, team=[assignment.assessor])


@pytest.fixture
def phone(
    browser: Browser, server: Server, signed_in: Any, visit: SiteVisit
) -> Iterator[Callable[[], Page]]:
    """Devices of the visitor, each with a store of its own."""
    contexts = []

    def page_of() -> Page:
        context = browser.new_context(base_url=server.url, locale="pl-PL", viewport=PHONE)
        context.set_default_timeout(2 * PATIENCE)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, visit.team.get(), signed_in, server.url)
        return page

    yield page_of
    for context in contexts:
        context.close()


def kit(page: Page, visit: SiteVisit) -> Page:
    page.goto(f"/wizytacje/{visit.pk}/zestaw/")
    expect(page.locator("[data-kit][data-kept=true]")).to_be_attached(timeout=2 * PATIENCE)
    return page


def slip(page: Page, question: str) -> Any:
    return page.locator(".slip").filter(has_text=question)


def add_photo(page: Page, path: Path, caption: str) -> None:
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_label("Co przedstawia").fill(caption)
    page.get_by_label("Nikogo nie można rozpoznać").check()
    page.get_by_role("button", name="Dodaj to zdjęcie").click()


def test_a_day_without_a_connection(
    phone: Callable[[], Page], server: Server, visit: SiteVisit, tmp_path: Path
) -> None:
    """Written, photographed, closed and opened again while offline; then sent, once."""
    path = tmp_path / "sala.jpg"
    path.write_bytes(picture().read())
    page = kit(phone(), visit)
    server.kill()
    asked = slip(page, "Ile osób działa?")
    asked.get_by_role("textbox").fill("Dwanaście osób.")
    asked.get_by_label("Trafi do protokołu").check()
    expect(asked.locator("[data-state]")).to_have_text(HERE)
    expect(page.locator("[data-kit-state=offline]")).to_be_visible()
    page.get_by_role("button", name="Jeszcze jedna notatka").click()
    page.locator("[data-slips] .slip").last.get_by_role("textbox").fill("Tablica w holu.")
    expect(page.locator("[data-slips] .slip").last.locator("[data-state]")).to_have_text(HERE)
    add_photo(page, path, "Sala spotkań")
    expect(page.locator(".kit-photo [data-state]")).to_have_text(HERE)
    page.goto("about:blank")

    page.goto(f"/wizytacje/{visit.pk}/zestaw/")  # still no server: the phone has kept the page
    expect(slip(page, "Ile osób działa?").get_by_role("textbox")).to_have_value("Dwanaście osób.")
    expect(page.locator("[data-slips] .slip").last.get_by_role("textbox")).to_have_value(
        "Tablica w holu."
    )
    expect(page.get_by_text("Sala spotkań")).to_be_visible()
    assert not VisitNote.objects.exists()

    server.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(slip(page, "Ile osób działa?").locator("[data-state]")).to_have_text(SENT)
    expect(page.locator(".kit-photo [data-state]")).to_have_text(SENT)
    kit(page, visit)
    found = dict(VisitNote.objects.values_list("question", "text"))
    assert found == {"Ile osób działa?": "Dwanaście osób.", "": "Tablica w holu."}
    assert VisitNote.objects.get(question="Ile osób działa?").for_protocol
    assert VisitPhoto.objects.get().caption == "Sala spotkań"


def test_an_answer_that_never_came_doubles_nothing(
    phone: Callable[[], Page], visit: SiteVisit, tmp_path: Path
) -> None:
    """The program has it, the phone does not know: it sends it again, with more."""
    path = tmp_path / "sala.jpg"
    path.write_bytes(picture().read())
    page = kit(phone(), visit)
    lost = []

    def lose(route: Any) -> None:
        if len(lost) < 3:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route(re.compile(r"/zestaw/(notatka|zdjecie)/$"), lose)
    answer = slip(page, "Ile osób działa?").get_by_role("textbox")
    answer.fill("Dwanaście")
    add_photo(page, path, "Sala spotkań")
    expect(page.locator("[data-kit-state=offline]")).to_be_visible()
    answer.fill("Dwanaście osób.")
    for _attempt in range(60):  # one that comes while another is under way does nothing
        if len(lost) == 3:
            break
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(300)
    expect(page.locator(".kit-photo [data-state]")).to_have_text(SENT)
    expect(slip(page, "Ile osób działa?").locator("[data-state]")).to_have_text(SENT)
    assert lost == [200] * 3
    assert VisitNote.objects.get().text == "Dwanaście osób."
    assert VisitPhoto.objects.count() == 1


def test_two_devices_of_one_person_choose(phone: Callable[[], Page], visit: SiteVisit) -> None:
    first, second = kit(phone(), visit), kit(phone(), visit)
    slip(first, "Ile osób działa?").get_by_role("textbox").fill("Dwanaście.")
    expect(slip(first, "Ile osób działa?").locator("[data-state]")).to_have_text(SENT)
    asked = slip(second, "Ile osób działa?")
    asked.get_by_role("textbox").fill("Dziesięć.")
    expect(asked.get_by_text("Zapisano na drugim urządzeniu:")).to_be_visible()
    expect(asked.locator("blockquote")).to_have_text("Dwanaście.")
    asked.get_by_role("button", name="Zostaw mój").click()
    expect(asked.locator("[data-state]")).to_have_text(SENT)
    assert VisitNote.objects.get().text == "Dziesięć."


def test_signing_out_takes_the_kit_off_the_phone(
    phone: Callable[[], Page], server: Server, visit: SiteVisit
) -> None:
    page = kit(phone(), visit)
    page.locator(".menu").first.locator("summary").click()
    lead_on(page.get_by_role("button", name="Wyloguj się"))
    assert page.evaluate("caches.keys()") == []
    assert Assessment.objects.exists()
