"""What goes wrong at a desk: impatience, a lost session, two tabs, no JavaScript."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from playwright.sync_api import Locator, Page, expect

from certification.applications.models import Answer, Application
from certification.applications.states import Verb
from certification.assessments.models import Rating
from certification.audit.models import Event
from institutions.models import User
from institutions.states import Role
from tests.assessments.factories import make_assessment
from tests.factories import PASSWORD, make_application, make_user

from .hands import hears_nothing, lead_on, saved

Person = Callable[..., Page]
MINE = "Spotkania odbywają się co miesiąc, a ich przebieg zapisujemy i sprawdzamy."
THEIRS = "Prowadzimy kronikę osiedla, którą piszą sami mieszkańcy."


def answering(page: Page, application: Application) -> Page:
    page.goto(f"/wnioski/{application.pk}/odpowiedzi/A1.1/")
    return page


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Odpowiedź").fill(text)
    lead_on(save_button(page))


def save_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Zapisz", exact=True).last


def events(verb: str) -> int:
    return Event.objects.filter(verb=verb).count()


def test_impatient_clicks_are_sent_once(person: Person) -> None:
    application = make_application("submitted")
    page = person(make_user(Role.OFFICE))
    page.goto(f"/wnioski/{application.pk}/")
    sent: list[str] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.get_by_role("button", name="Rozpocznij weryfikację formalną").focus()
    with transaction.atomic():  # while this holds the case, the server cannot answer
        Application.objects.select_for_update().get(pk=application.pk)
        with page.expect_request(lambda request: request.method == "POST"):
            page.keyboard.press("Enter")  # a click would wait for the answer
        page.keyboard.press("Enter")
    page.wait_for_url("**/weryfikacja-formalna/")
    assert events(Verb.TAKE_UP) == len(sent) == 1


def test_text_survives_a_lost_session(person: Person) -> None:
    application = make_application()
    page = answering(person(application.opened_by), application)
    page.locator("#wyniki").scroll_into_view_if_needed()
    expect(page.locator("#wyniki [data-without-script]")).to_have_count(0)  # suggestions have come
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write(page, MINE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Twoja sesja wygasła")
    expect(page.get_by_text(MINE)).to_be_visible()
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Zaloguj się ponownie w nowej karcie").click()
    enter(popup.value, application.opened_by)
    popup.value.close()
    lead_on(page.get_by_role("button", name="Wyślij ponownie"))
    expect(page.get_by_role("textbox", name="Odpowiedź")).to_have_value(MINE)
    assert Answer.objects.get().text == MINE


def enter(page: Page, user: User) -> None:
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Hasło").fill(PASSWORD)
    lead_on(page.get_by_role("main").get_by_role("button", name="Zaloguj się"))
    expect(page.get_by_role("button", name="Zaloguj się")).to_have_count(0)


def test_stale_tab_shows_both_texts(person: Person) -> None:
    application = make_application()
    page = answering(person(application.opened_by), application)
    hears_nothing(page)
    other = answering(page.context.new_page(), application)
    write(other, THEIRS)
    expect(other.locator(".messages")).to_contain_text("A1.1")
    page.get_by_role("textbox", name="Odpowiedź").fill(MINE)
    save_button(page).click()  # held back, since there is something to choose
    expect(page.get_by_role("alert")).to_contain_text(THEIRS)
    expect(page.get_by_role("textbox", name="Odpowiedź")).to_have_value(MINE)
    assert Answer.objects.get().text == THEIRS

    page.get_by_role("button", name="Zostaw mój tekst").click()
    saved(page.locator("[data-save-state]"))
    assert Answer.objects.get().text == MINE


def test_without_javascript_one_signs_in_and_answers(new_page: Any) -> None:
    application = make_application()
    page = new_page(java_script_enabled=False)
    page.goto(f"/wnioski/{application.pk}/odpowiedzi/A1.1/")
    enter(page, application.opened_by)
    page.get_by_role("radio", name="2 – spełnione").check()
    write(page, MINE)
    expect(page.locator(".messages")).to_contain_text("A1.1")
    assert Answer.objects.get().text == MINE


def test_without_javascript_one_rates(person: Person) -> None:
    assessment = make_assessment()
    page = person(assessment.assignment.assessor, java_script_enabled=False)
    page.goto(f"/oceny/{assessment.pk}/")
    page.get_by_role("radio", name="2 – spełnione").check()
    page.get_by_label("Mocne strony").fill(MINE)
    lead_on(page.get_by_role("button", name="Zapisz i dalej"))
    expect(page.get_by_role("status")).to_contain_text("A1.1")
    assert Rating.objects.get().strengths == MINE
