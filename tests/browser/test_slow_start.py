"""A page is there before its scripts: what somebody quick does meanwhile is not lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from certification.applications.models import Answer, Application
from tests.factories import make_application

from .hands import saved

Person = Callable[..., Page]
# each state that somebody could see, in `said`
LISTEN = """() => {
  window.said = [];
  const place = document.querySelector("[data-save-state]");
  const see = () => said.push(place.dataset.state);
  new MutationObserver(see).observe(place, { attributes: true });
}"""


@pytest.fixture
def draft() -> Application:
    return make_application()


@contextmanager
def before(script: str, page: Page, application: Application) -> Iterator[None]:
    """On the page of an answer, while this script is still on its way."""
    held: list[Route] = []
    page.route(f"**/{script}", lambda route: held.append(route))
    page.goto(f"/wnioski/{application.pk}/odpowiedzi/A1.1/", wait_until="commit")
    with page.expect_event("domcontentloaded"):
        yield
        for route in held:
            route.continue_()


def test_what_is_typed_before_the_scripts_are_there_is_saved(
    draft: Application, person: Person
) -> None:
    page = person(draft.opened_by)
    with before("answers.js", page, draft):
        page.get_by_role("textbox", name="Odpowiedź").fill("Szybko napisane.")
        page.get_by_role("radio", name="2 – spełnione").check()
    saved(page.locator("[data-save-state]"))
    answer = Answer.objects.get()
    assert (answer.text, answer.self_rating.value) == ("Szybko napisane.", 2)


def test_a_fold_opened_before_the_scripts_are_there_is_filled(
    draft: Application, person: Person
) -> None:
    page = person(draft.opened_by)
    with before("htmx.min.js", page, draft):
        page.get_by_text("Napisz komentarz", exact=True).click()
        page.wait_for_timeout(100)  # its own event, which nobody hears yet, has passed
    expect(page.get_by_label("Komentarz do kryterium")).to_be_focused()


def test_what_is_typed_while_saving_is_not_said_to_be_saved(
    draft: Application, person: Person
) -> None:
    page = person(draft.opened_by)
    page.goto(f"/wnioski/{draft.pk}/odpowiedzi/A1.1/")
    held: list[Route] = []
    page.route("**/zapis/", lambda route: held.append(route))
    field, state = page.get_by_role("textbox", name="Odpowiedź"), page.locator("[data-save-state]")
    page.evaluate(LISTEN)
    with page.expect_request(is_a_save):
        field.fill("Pierwsze zdanie.")
    field.fill("Pierwsze zdanie. Drugie.")
    with page.expect_request(is_a_save):  # the second one, held too
        [first] = [route for route in held if is_a_save(route.request)]
        first.continue_()
    assert "saved" not in page.evaluate("said")
    held[-1].continue_()
    saved(state)
    assert Answer.objects.get().text == "Pierwsze zdanie. Drugie."


def is_a_save(request: object) -> bool:
    return getattr(request, "method", "") == "POST"
