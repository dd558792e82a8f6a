"""Evidence cited while an answer is being written, and a colleague asked by name."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from certification.applications.models import Application, Citation, Comment
from certification.applications.places import Place
from institutions.models import Upload
from institutions.states import MemberRole
from tests.factories import make_application, make_evidence, make_member
from tests.institutions.documents import pdf

from .hands import lead_on, unfold

Person = Callable[..., Page]
TYPED = "To zdanie nie jest jeszcze zapisane"


@pytest.fixture
def application() -> Application:
    application = make_application()
    for title in ("Regulamin wolontariatu", "Sprawozdanie z pikniku na Świętojańskiej"):
        make_evidence(application.institution, title=title)
    return application


def answer_page(person: Person, application: Application, **options: Any) -> Page:
    page = person(application.opened_by, **options)
    page.goto(f"/wnioski/{application.pk}/odpowiedzi/A1.1/")
    return page


def test_cite_by_keyboard_without_leaving_the_text(
    person: Person, application: Application
) -> None:
    page = answer_page(person, application)
    page.get_by_label("Odpowiedź", exact=True).fill(TYPED)
    search = page.get_by_label("Szukaj w Waszej bibliotece")
    search.fill("swietojanskiej")
    expect(page.get_by_text("Znaleziono 1 dowód")).to_be_visible()
    found = page.locator("#wyniki > *").first.element_handle()
    search.press("Enter")  # searches, and does not send the answer
    found.wait_for_element_state("hidden")  # exchanged for what was found now
    button = page.get_by_role("button", name=re.compile("Przywołaj.*Sprawozdanie z pikniku"))
    button.focus()
    button.press("Enter")
    place = page.get_by_label("Gdzie patrzeć – Sprawozdanie")
    expect(place).to_be_focused()
    page.keyboard.type("str 4 - 6")
    page.keyboard.press("Enter")

    expect(place).to_have_value("s. 4–6")
    expect(page.get_by_label("Odpowiedź", exact=True)).to_have_value(TYPED)
    assert Citation.objects.get().place == Place(page=4, page_to=6)
    page.get_by_role("button", name=re.compile("Usuń.*Sprawozdanie")).click()
    expect(page.get_by_text("Nie przywołano jeszcze żadnego dowodu")).to_be_visible()
    assert Citation.objects.count() == 0


def test_file_in_the_middle_of_an_answer(person: Person, application: Application) -> None:
    page = answer_page(person, application)
    page.get_by_label("Odpowiedź", exact=True).fill(TYPED)
    unfold(page, "Dodaj nowe pliki i przywołaj je")
    expect(page.get_by_text("Wybierz pliki", exact=True)).to_be_visible()
    content = pdf(["Plan pracy"])
    page.get_by_label("Wybierz pliki").set_input_files(
        {"name": "Plan_pracy-2024.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    expect(page.get_by_label("Tytuł")).to_have_value("Plan pracy 2024")
    page.get_by_role("button", name="Dodaj i przywołaj").click()

    expect(page.get_by_text("1 plik jest w bibliotece i został tu przywołany")).to_be_visible()
    expect(page.get_by_label("Odpowiedź", exact=True)).to_have_value(TYPED)
    assert Citation.objects.get().revision.evidence.title == "Plan pracy 2024"
    assert Upload.objects.count() == 0


def test_mention_by_keyboard(person: Person, application: Application) -> None:
    make_member(application.institution, MemberRole.EDITOR, full_name="Ewa Żółć")
    make_member(application.institution, MemberRole.READER, full_name="Jan Kos")
    page = answer_page(person, application)
    unfold(page, "Napisz komentarz")
    comment = page.get_by_label("Komentarz do kryterium")
    expect(comment).to_be_focused()
    page.keyboard.type("Ile osób, @zol")
    expect(page.get_by_role("button", name="@Ewa Żółć")).to_be_visible()
    expect(page.get_by_role("button", name="@Jan Kos")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(comment).to_have_value("Ile osób, @Ewa Żółć ")
    expect(page.get_by_label("Ewa Żółć").first).to_be_checked()
    page.keyboard.type("?")
    page.get_by_role("button", name="Dodaj komentarz").click()

    expect(page.get_by_text("Powiadomiono: Ewa Żółć")).to_be_visible()
    said = Comment.objects.get()
    assert [str(one) for one in said.told.all()] == ["Ewa Żółć"]


def test_without_script_all_of_it_works(person: Person, application: Application) -> None:
    page = answer_page(person, application, java_script_enabled=False)
    page.get_by_label("Odpowiedź", exact=True).fill(TYPED)
    page.get_by_label("Szukaj w Waszej bibliotece").fill("wolontariatu")
    lead_on(page.get_by_role("button", name="Szukaj"))
    lead_on(page.get_by_role("button", name=re.compile("Przywołaj.*Regulamin wolontariatu")))
    page.get_by_label("Gdzie patrzeć – Regulamin").fill("tabela 2")
    lead_on(page.get_by_role("button", name="Zapisz miejsce"))
    unfold(page, "Napisz komentarz")
    lead_on(page.get_by_role("button", name="Zapisz i napisz komentarz"))
    page.get_by_label("Komentarz do kryterium").fill("Sprawdźcie to.")
    lead_on(page.get_by_role("button", name="Dodaj komentarz"))

    expect(page.get_by_label("Odpowiedź", exact=True)).to_have_value(TYPED)
    assert Citation.objects.get().place == Place(spot="tabela 2")
    assert Comment.objects.get().text == "Sprawdźcie to."
