"""An application while it is written."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from certification.applications.services import comment, settle_comment
from institutions.states import MemberRole
from tests.browser.hands import hears_nothing, unfold
from tests.browser.visit import Act, Visit, at, press
from tests.factories import make_application, make_institution, make_member, make_user

from .evidence import choose_files
from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    custodian, draft = house.custodian, house.draft.pk
    yield Visit(custodian, at("panel"))
    yield Visit(make_user(), at("panel"))
    yield Visit(custodian, at("application_list"))
    yield Visit(make_member(make_institution()), at("application_list"))
    for name in ("case", "application_answers", "application_submit", "application_withdraw"):
        yield Visit(custodian, at(name, draft))
    yield Visit(custodian, at("application_answers", draft, query="?widok=calosc"))
    yield Visit(custodian, at("application_submit", draft), press("Złóż wniosek"))
    answer = at("answer_edit", draft, "A1.1")
    yield Visit(custodian, answer)
    yield Visit(custodian, answer, _explains_nothing)
    yield Visit(custodian, answer, _places_what_it_finds)
    yield Visit(custodian, answer, _opens_files)
    yield Visit(custodian, f"{answer}?dodaj=tekst", _writes_half_a_note)
    yield from _of_colleagues(house, draft)
    yield Visit(custodian, answer, _chooses_between_texts)
    yield Visit(custodian, answer, _writes_without_connection)
    yield Visit(custodian, at("standard_edit", draft, "A1"))
    for code in ("A1.1", "A2.1"):
        yield Visit(custodian, at("answer_versions", draft, code))
    yield Visit(custodian, answer, _without_session("Zapisz"))
    empty = make_application(standard_set=house.full_set)
    for name in ("application_answers", "application_submit"):
        yield Visit(empty.opened_by, at(name, empty.pk))


def _writes_half_a_note(page: Page) -> None:
    page.get_by_label("Tytuł").fill("Narada")
    press("Dodaj i przywołaj")(page)


def _opens_files(page: Page) -> None:
    """In the middle of an answer."""
    unfold(page, "Dodaj nowe pliki i przywołaj je")
    expect(page.get_by_text("Wybierz pliki", exact=True)).to_be_visible()
    choose_files(page)


def _without_session(button: str) -> Act:
    def act(page: Page) -> None:
        page.context.clear_cookies(name="sessionid")
        press(button)(page)

    return act


def _chooses_between_texts(page: Page) -> None:
    """A second tab saved first; this one saves itself, and asks."""
    hears_nothing(page)
    other = page.context.new_page()
    other.goto(page.url)
    for tab, words in ((other, "Tekst drugiej karty"), (page, "Moje słowa")):
        tab.get_by_role("textbox", name="Odpowiedź").fill(words)
        expect(tab.locator("[data-save-state]")).to_have_attribute(
            "data-state", "saved" if tab is other else "conflict"
        )
    other.close()
    expect(page.get_by_role("button", name="Połącz oba")).to_be_visible()


def _writes_without_connection(page: Page) -> None:
    page.locator(".writing-preview summary").click()
    page.context.set_offline(True)
    page.get_by_role("textbox", name="Odpowiedź").fill("słowo " * 601)
    expect(page.locator("[data-save-state]")).to_contain_text("Bez połączenia")


def _of_colleagues(house: Ground, draft: int) -> Iterator[Visit]:
    """A thread that waits, one that is settled, and a form that was sent empty."""
    editor = make_member(house.institution, MemberRole.EDITOR, full_name="Ewa Redaktorska")
    first = house.draft.criteria().get(code="A1.1")
    by = {"by": house.custodian}
    asked = comment(house.draft, first, text="Ile osób?", told=[editor], **by)
    settle_comment(comment(house.draft, first, text="Mamy zgodę.", **by), **by)
    for name, args in (
        ("comment_list", [draft, "A1.1"]),
        ("application_comments", [draft]),
        ("application_readiness", [draft]),
        ("panel", []),
    ):
        yield Visit(editor, at(name, *args))
    yield Visit(editor, at("comment_list", draft, "A1.2"), press("Dodaj komentarz"))
    yield Visit(house.custodian, at("comment_edit", asked.pk))
    yield Visit(house.custodian, at("answer_edit", draft, "A1.1"))


def _places_what_it_finds(page: Page) -> None:
    """Something is found and cited in place, and its place cannot be read."""
    page.get_by_label("Szukaj w Waszej bibliotece").fill("statut")
    field = page.get_by_label("Gdzie patrzeć – Statut").first
    field.fill("12:30")
    field.press("Enter")
    expect(page.get_by_text("Dokument ma strony, a nie czas")).to_be_visible()


def _explains_nothing(page: Page) -> None:
    page.get_by_role("radio", name="nie dotyczy").check()
    page.get_by_role("textbox", name="Odpowiedź").fill("")
    press("Zapisz i")(page)
