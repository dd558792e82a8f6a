"""An assessor's evening at the bench: by keyboard, on a phone, offline, in two tabs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from certification.applications.models import Citation
from certification.assessments.models import Assessment, Rating
from tests.assessments.factories import make_assessment, rate_all
from tests.factories import make_evidence

from .conftest import Faults
from .hands import SAID, hears_nothing, saved

Person = Callable[..., Page]
OFFLINE = re.compile("^Bez połączenia")
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def assessment() -> Assessment:
    return make_assessment()


def bench(page: Page, assessment: Assessment, code: str = "A1.1") -> Page:
    page.goto(f"/oceny/{assessment.pk}/?kryterium={code}")
    return with_keys(page)


def with_keys(page: Page) -> Page:
    """Its scripts run, so its keys work and it saves itself."""
    expect(page.get_by_role("button", name="Skróty klawiaturowe")).to_be_visible()
    return page


def is_at(page: Page, code: str) -> None:
    expect(page.locator("[data-here]")).to_have_attribute("data-here", code)
    expect(page).to_have_url(re.compile(f"kryterium={code}$"))


def strengths(page: Page) -> Any:
    return page.get_by_role("textbox", name="Mocne strony")


def state(page: Page) -> Any:
    return page.locator("[data-save-state]")


def rating(assessment: Assessment, code: str = "A1.1") -> Rating:
    return Rating.objects.get(assessment=assessment, criterion__code=code)


def test_a_card_is_rated_by_keyboard_alone(assessment: Assessment, person: Person) -> None:
    page = bench(person(assessment.assignment.assessor), assessment)
    keys = page.keyboard
    keys.press("2")
    keys.press("e")
    keys.type("Spotkania co wtorek; 3 grupy, j i k.")  # no shortcut while one types
    keys.press("Control+Enter")
    is_at(page, "A1.2")
    expect(page.locator("#kryterium")).to_be_focused()
    one = rating(assessment)
    assert (one.level.value, one.strengths) == (2, "Spotkania co wtorek; 3 grupy, j i k.")

    keys.press("n")
    keys.press("e")
    keys.type("Nie dotyczy tej placówki.")
    expect(state(page)).to_have_text(SAID)  # by itself
    keys.press("Escape")
    keys.press("j")
    is_at(page, "A2.1")
    keys.press("k")
    is_at(page, "A1.2")
    expect(strengths(page)).to_have_value("Nie dotyczy tej placówki.")
    index = page.get_by_role("navigation", name="Kryteria")
    expect(index.locator('[data-code="A1.2"]')).to_have_attribute("data-mark", "done")
    expect(index.locator('[aria-current="page"]')).to_have_attribute("data-code", "A1.2")
    expect(page.locator(".bench-head__progress strong")).to_have_text("2 z 4")


def test_the_keys_are_listed_and_can_be_switched_off(
    assessment: Assessment, person: Person
) -> None:
    page = bench(person(assessment.assignment.assessor), assessment)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Skróty klawiaturowe")
    expect(dialog).to_contain_text("następne kryterium")
    dialog.get_by_label("Skróty jednoliterowe są włączone").uncheck()
    dialog.get_by_role("button", name="Zamknij").click()
    page.keyboard.press("j")
    page.keyboard.press("3")
    page.reload()
    with_keys(page).keyboard.press("j")
    is_at(page, "A1.1")
    assert not Rating.objects.exists()


def test_going_on_while_a_save_is_under_way_takes_everything_along(
    assessment: Assessment, person: Person
) -> None:
    page = bench(person(assessment.assignment.assessor), assessment)
    strengths(page).fill("Pierwsze pole.")
    page.get_by_role("textbox", name="Notatka prywatna").fill("Drugie pole.")  # saves the first
    page.get_by_role("button", name="Zapisz i dalej").click()
    is_at(page, "A1.2")
    one = rating(assessment)
    assert (one.strengths, one.private_note) == ("Pierwsze pole.", "Drugie pole.")


def test_offline_nothing_is_lost(assessment: Assessment, person: Person, faults: Faults) -> None:
    faults.expected.append("htmx:")  # says on its console that it could not ask
    page = bench(person(assessment.assignment.assessor), assessment)
    page.context.set_offline(True)
    strengths(page).fill("Pisane w pociągu.")
    expect(state(page)).to_have_text(OFFLINE)
    page.keyboard.press("Escape")
    page.keyboard.press("j")  # told the first time
    page.keyboard.press("j")  # and cannot be shown the second
    expect(state(page)).to_contain_text("następnego kryterium")
    expect(strengths(page)).to_have_value("Pisane w pociągu.")
    page.context.set_offline(False)
    saved(state(page))
    assert rating(assessment).strengths == "Pisane w pociągu."


def test_what_a_closed_page_left_comes_back(assessment: Assessment, person: Person) -> None:
    page = bench(person(assessment.assignment.assessor), assessment)
    spare = page.context.new_page()
    page.context.set_offline(True)
    strengths(page).fill("Zamknięte za wcześnie.")
    expect(state(page)).to_have_text(OFFLINE)
    page.close()
    spare.context.set_offline(False)
    with spare.expect_response("**/A1.1/zapis/"):
        bench(spare, assessment, "B1.1")  # any page of the bench sends it
    bench(spare, assessment)
    expect(strengths(spare)).to_have_value("Zamknięte za wcześnie.")
    assert rating(assessment).strengths == "Zamknięte za wcześnie."


@pytest.mark.parametrize(
    ("button", "stands"),
    [("Zostaw mój tekst", "Z pierwszej."), ("Weź tekst zapisany", "Z drugiej.")],
)
def test_two_tabs_choose(button: str, stands: str, assessment: Assessment, person: Person) -> None:
    page = bench(person(assessment.assignment.assessor), assessment)
    hears_nothing(page)
    other = bench(page.context.new_page(), assessment)
    strengths(other).fill("Z drugiej.")
    saved(state(other))
    strengths(page).fill("Z pierwszej.")
    expect(page.get_by_role("alert")).to_contain_text("Z drugiej.")
    assert rating(assessment).strengths == "Z drugiej."
    page.get_by_role("button", name=button).click()
    expect(strengths(page)).to_have_value(stands)
    saved(state(page))
    assert rating(assessment).strengths == stands


def test_a_tab_that_looks_on_takes_over_what_the_other_saved(
    assessment: Assessment, person: Person
) -> None:
    page = bench(person(assessment.assignment.assessor), assessment)
    other = bench(page.context.new_page(), assessment)
    strengths(other).fill("Z drugiej.")
    other.get_by_role("radio", name="1 –").check()
    saved(state(other))
    strengths(page).focus()
    expect(strengths(page)).to_have_value("Z drugiej.")
    expect(page.get_by_role("radio", name="1 –")).to_be_checked()


def test_the_evidence_of_the_next_criterion_opens_in_place(
    assessment: Assessment, person: Person
) -> None:
    case = assessment.application
    note = make_evidence(case.institution, title="Notatka z festynu", text="Przyszło 200 osób.")
    answer = case.answers.get(criterion__code="A1.2")
    Citation.objects.create(answer=answer, revision=note, added_by=case.opened_by)
    page = bench(person(assessment.assignment.assessor), assessment)
    page.evaluate("window.isTheSamePage = true")
    page.get_by_role("navigation", name="Sąsiednie kryteria").get_by_role("link").click()
    expect(page.get_by_text("Przyszło 200 osób.")).to_be_visible()
    assert page.evaluate("window.isTheSamePage")
    page.go_back()
    is_at(page, "A1.1")


def test_on_a_phone_it_is_one_column_and_nothing_is_missing(
    assessment: Assessment, person: Person
) -> None:
    rate_all(assessment)
    page = bench(person(assessment.assignment.assessor, viewport=PHONE), assessment)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    tops = [
        page.locator(part).bounding_box()["y"]
        for part in (".bench__case", ".bench__rating", ".bench__index")
    ]
    assert tops == sorted(tops)
    for name in ("Mocne strony", "Czego brakuje", "Pytanie do instytucji", "Notatka prywatna"):
        expect(page.get_by_role("textbox", name=name)).to_be_visible()
    page.get_by_role("button", name="Zapisz i dalej").click()
    is_at(page, "A1.2")
    expect(page.locator("#kryterium")).to_be_in_viewport()
