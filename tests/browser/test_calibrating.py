"""A sample case is rated at the same bench as a real one: by itself, and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from certification.assessments.models import CalibrationCard
from tests.assessments.calibration.factories import make_sample_card, open_row

from .hands import saved

Person = Callable[..., Page]


@pytest.fixture
def card() -> CalibrationCard:
    return make_sample_card(open_row())


def bench(person: Person, card: CalibrationCard) -> Page:
    page = person(card.assessor)
    page.goto(f"{card.get_absolute_url()}?kryterium=A1.1")
    expect(page.get_by_role("button", name="Skróty klawiaturowe")).to_be_visible()  # scripts run
    return page


def test_a_sample_is_rated_by_keyboard_and_saves_itself(
    card: CalibrationCard, person: Person
) -> None:
    page = bench(person, card)
    page.evaluate("window.isTheSamePage = true")
    keys = page.keyboard
    keys.press("2")
    keys.press("e")
    keys.type("Spotkania co wtorek, j i k.")
    saved(page.locator("[data-save-state]"))
    keys.press("Control+Enter")
    expect(page.locator("[data-here]")).to_have_attribute("data-here", "A1.2")
    keys.press("n")
    keys.press("d")
    expect(page.locator("#dowody")).to_be_focused()
    keys.press("k")
    expect(page.locator("[data-here]")).to_have_attribute("data-here", "A1.1")
    keys.press("?")
    expect(page.get_by_role("dialog", name="Skróty klawiaturowe")).to_be_visible()
    assert page.evaluate("window.isTheSamePage")
    expect(page.locator('[data-code="A1.1"]')).to_have_attribute("data-mark", "done")
    expect(page.locator('[data-code="A1.2"]')).to_have_attribute("data-mark", "part")
    expect(page.locator(".bench-head__progress strong")).to_have_text("1 z 4")
    kept = card.ratings.order_by("criterion__code").values_list("level__value", "strengths")
    assert list(kept) == [(2, "Spotkania co wtorek, j i k."), (None, "")]

    page.goto(card.get_absolute_url())  # another day: where one stopped
    expect(page.locator("[data-here]")).to_have_attribute("data-here", "A1.2")


def test_what_was_typed_offline_is_sent_later(card: CalibrationCard, person: Person) -> None:
    page = bench(person, card)
    page.context.set_offline(True)
    page.get_by_role("textbox", name="Mocne strony").fill("Pisane w pociągu.")
    expect(page.locator("[data-save-state]")).to_contain_text("Bez połączenia")
    page.context.set_offline(False)
    saved(page.locator("[data-save-state]"))
    assert card.ratings.get().strengths == "Pisane w pociągu."
