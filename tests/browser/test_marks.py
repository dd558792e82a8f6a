"""Places in the evidence cited on the bench: with a mouse, by keys, and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from certification.applications.models import Application, Citation
from certification.assessments.models import Assessment, EvidenceMark
from institutions.models import EvidenceRevision
from institutions.states import Role
from tests.assessments.factories import make_assignment, make_case
from tests.factories import make_user
from tests.institutions.documents import pdf
from tests.institutions.hostile_files import mp3, picture
from tests.institutions.kept import keep

from .hands import lead_on

PAGES = [f"zdanie numer {number}" for number in range(1, 6)]


@pytest.fixture
def case() -> Application:
    return make_case()


@pytest.fixture
def bench(case: Application) -> Assessment:
    return make_assignment(case, make_user(Role.ASSESSOR)).assessment


def cited(case: Application, kind: str, data: bytes, **place: int) -> EvidenceRevision:
    revision = keep(case.institution, kind, data, title=f"Dowód {kind}")
    answer = case.answers.get(criterion__code="A1.1")
    Citation.objects.create(answer=answer, revision=revision, added_by=revision.added_by, **place)
    return revision


def at(bench: Assessment) -> str:
    return f"/oceny/{bench.pk}/?kryterium=A1.1"


def shown(page: Page, number: int) -> None:
    expect(page.locator("[data-viewer-label]")).to_have_text(f"Strona {number} z 5")
    expect(page.locator(".viewer__sheet img")).to_have_js_property("complete", True)


def text(page: Page) -> Any:
    return page.get_by_label("Mocne strony")


def select(page: Page, within: str) -> None:
    """Select all the words of an element, as a hand would drag over them."""
    page.locator(within).first.evaluate("element => getSelection().selectAllChildren(element)")


def test_selected_words_are_cited_and_opened_again(
    case: Application, bench: Assessment, person: Any
) -> None:
    cited(case, "pdf", pdf(*PAGES), page=4)
    page = person(bench.assignment.assessor)
    page.goto(at(bench))
    page.locator(".viewer").scroll_into_view_if_needed()
    shown(page, 4)
    text(page).fill("Rada działa, zob. .")
    page.keyboard.press("ArrowLeft")

    page.get_by_role("button", name="Przywołaj zaznaczone słowa").click()
    expect(page.locator("[data-cite-status]")).to_have_text("Najpierw zaznacz słowa w dowodzie.")
    select(page, ".paper__layer text")
    page.get_by_role("button", name="Przywołaj zaznaczone słowa").click()
    expect(text(page)).to_have_value("Rada działa, zob. [1].")
    expect(text(page)).to_be_focused()
    expect(page.locator("#miejsca")).to_contain_text("Dowód pdf, s. 4")
    assert EvidenceMark.objects.get().quote == "zdanie numer 4"

    page.get_by_role("link", name="Następna").click()
    shown(page, 5)
    page.locator("#miejsca").get_by_role("link", name="[1]").click()
    shown(page, 4)
    expect(page.locator(".paper__spot")).to_be_in_viewport()
    expect(page.locator(".viewer__sheet")).to_be_focused()
    assert page.url.endswith("kryterium=A1.1")


def test_the_cited_page_is_drawn_once_and_early(
    case: Application, bench: Assessment, person: Any
) -> None:
    cited(case, "pdf", pdf(*PAGES), page=4)
    page = person(bench.assignment.assessor)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(at(bench))
    page.locator(".viewer").scroll_into_view_if_needed()
    shown(page, 4)
    page.wait_for_load_state("networkidle")
    drawn = [number for number, url in enumerate(asked) if "/strona/4/" in url]
    read = next(number for number, url in enumerate(asked) if "strona=4" in url)
    assert len(drawn) == 1
    assert drawn[0] < read


def test_text_layer_lies_on_the_words_of_the_page(
    case: Application, bench: Assessment, person: Any
) -> None:
    cited(case, "pdf", pdf(*PAGES))
    page = person(bench.assignment.assessor)
    page.goto(at(bench))
    page.locator(".viewer").scroll_into_view_if_needed()
    shown(page, 1)
    line = page.locator(".paper__layer text")
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    paper = page.locator(".paper img").bounding_box()
    # dragging over the drawn words selects them
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 1, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, middle)
    page.mouse.up()
    assert "zdanie numer" in page.evaluate("getSelection().toString()")
    assert paper["x"] < box["x"]
    assert box["x"] + box["width"] < paper["x"] + paper["width"]


def test_part_of_a_page_is_drawn_with_a_mouse(
    case: Application, bench: Assessment, person: Any
) -> None:
    cited(case, "pdf", pdf(*PAGES))
    page = person(bench.assignment.assessor)
    page.goto(at(bench))
    page.locator(".viewer").scroll_into_view_if_needed()
    shown(page, 1)
    page.get_by_role("button", name="Zaznacz część").click()
    veil = page.locator(".paper__veil")
    veil.scroll_into_view_if_needed()
    veil.evaluate("veil => veil.scrollIntoView({block: 'start'})")
    box = veil.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 120)
    page.mouse.up()
    page.get_by_role("button", name="Przywołaj zaznaczoną część").click()
    expect(text(page)).to_have_value("[1]")
    expect(page.locator(".paper__veil")).to_have_count(0)
    mark = EvidenceMark.objects.get()
    assert (mark.page, round(mark.left, 1), round(mark.width, 1)) == (1, 0.1, 0.5)
    page.locator("#miejsca").get_by_role("link", name="[1]").click()
    expect(page.locator(".paper__spot")).to_be_in_viewport()


def test_part_of_a_picture_is_marked_by_keys_alone(
    case: Application, bench: Assessment, person: Any
) -> None:
    cited(case, "png", picture("PNG", (400, 200)))
    page = person(bench.assignment.assessor)
    page.goto(at(bench))
    page.get_by_role("button", name="Zaznacz część").focus()
    page.keyboard.press("Enter")
    frame = page.get_by_role("group", name="Część strony do przywołania")
    expect(frame).to_be_focused()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowLeft", "Shift+ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(text(page)).to_have_value("[1]")
    mark = EvidenceMark.objects.get()
    assert [round(side, 2) for side in (mark.left, mark.top, mark.width, mark.height)] == [
        *(0.22, 0.22, 0.58, 0.22)
    ]
    page.get_by_role("button", name="Zaznacz część").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(frame).to_have_count(0)
    expect(page.get_by_role("button", name="Zaznacz część")).to_be_focused()
    assert len(page.context.pages) == 1  # the picture is a link, and was not followed


def test_time_of_a_recording_is_cited(case: Application, bench: Assessment, person: Any) -> None:
    cited(case, "mp3", mp3(6000))
    page = person(bench.assignment.assessor)
    page.goto(at(bench))
    player = page.locator("audio")
    seek = """(player, second) => new Promise((done) => {
      player.preload = "auto"; player.onseeked = done; player.currentTime = second; })"""
    player.evaluate(seek, 65)
    page.get_by_role("button", name="Od tego miejsca").click()
    player.evaluate(seek, 90)
    page.get_by_role("button", name="Przywołaj tę chwilę").click()
    expect(text(page)).to_have_value("[1]")
    expect(page.locator("#miejsca")).to_contain_text("1:05–1:30")
    page.locator("#miejsca").get_by_role("link", name="[1]").click()
    expect(page.locator("audio")).to_have_attribute("src", f"{player_source(case)}#t=65,90")


def player_source(case: Application) -> str:
    revision = Citation.objects.get(answer__application=case).revision
    return f"/wnioski/{case.pk}/dowody/{revision.pk}/?podglad=1"


def test_place_is_removed_when_no_text_points_at_it(
    case: Application, bench: Assessment, person: Any
) -> None:
    cited(case, "pdf", pdf(*PAGES), page=2)
    page = person(bench.assignment.assessor)
    page.goto(at(bench))
    page.locator(".viewer").scroll_into_view_if_needed()
    shown(page, 2)
    page.get_by_role("button", name="Przywołaj tę stronę").click()
    expect(text(page)).to_have_value("[1]")
    page.locator("#miejsca").get_by_role("button", name="Wstaw do tekstu").click()
    expect(text(page)).to_have_value("[1] [1]")
    # no text may point at it any more, the saved one either
    with page.expect_response(lambda answer: "Dobrze." in (answer.request.post_data or "")):
        text(page).fill("Dobrze.")
    page.locator("#miejsca").get_by_role("button", name="Usuń").click()
    expect(page.locator("[data-marks-status]")).to_have_text("Usunięto miejsce [1].")
    assert not EvidenceMark.objects.exists()


def test_everything_works_without_javascript(
    case: Application, bench: Assessment, person: Any
) -> None:
    cited(case, "pdf", pdf(*PAGES))
    page = person(bench.assignment.assessor, java_script_enabled=False)
    page.goto(at(bench))
    lead_on(page.get_by_role("link", name="Wpisz miejsce"))
    lead_on(page.get_by_role("link", name="Następna"))
    expect(page.get_by_role("spinbutton", name="Strona")).to_have_value("2")
    page.get_by_label("Fragment").fill("numer 2")
    lead_on(page.get_by_role("button", name="Przywołaj", exact=True))
    expect(page.get_by_text("Napisz [1] w swoim tekście")).to_be_visible()
    lead_on(page.locator("#miejsca").get_by_role("link", name="[1]"))
    shown(page, 2)
    expect(page.locator(".paper__spot")).to_have_count(1)
    lead_on(page.get_by_role("link", name="Karta oceny"))
    expect(text(page)).to_be_visible()
