"""The whole story through the screens, as people would click it."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.audit.services import faults as faults_of_journal
from certification.certificates.models import Certificate
from institutions.models import EvidenceRevision, User
from tests.factories import PASSWORD

from .hands import lead_on, unfold
from .house import House, answer_the_rest, paper, rate_the_rest, text_of

Person = Callable[..., Page]
ANSWER = "Co miesiąc spotykamy się z mieszkańcami osiedla Młodynie i razem planujemy działania."
RESOLUTION = "12/2026"
REASON = "Po rozmowie: dowody pokazują pracę wzorcową, znaną w całym mieście."


def test_from_the_application_to_the_printed_certificate(
    new_page: Callable[..., Page], person: Person, live_server: LiveServer
) -> None:
    house = House()
    office = person(house.office)
    confirm_the_name(office, house)
    custodian = new_page()
    sign_in_through_the_form(custodian, house.custodian)
    application = apply(custodian, house)
    accept_and_assign(office, application, house)
    first, second = person(house.assessor), person(house.second)
    rate(first, application, house)
    rate_independently(second, application, house)
    settle_and_sign(first, application)
    read_and_sign(second)
    decide(person(house.chair), application)
    issue(person(house.board), application)
    certificate = Certificate.objects.get(application=application)
    write_the_letter(office, person(house.board), application)
    address = read_the_certificate(office, certificate)
    assert address.startswith(live_server.url)
    check_in_public(new_page(), certificate, address)
    assert list(faults_of_journal()) == []


def press(page: Page, button: str) -> None:
    """Send a form, and see the page that comes back."""
    lead_on(button_of(page, button))


def button_of(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def follow(page: Page, link: str | re.Pattern[str]) -> None:
    lead_on(page.get_by_role("link", name=link))


def choose(page: Page, level: str) -> None:
    page.get_by_role("radio", name=re.compile(f"{level}$")).check()


def said(page: Page, message: str) -> None:
    expect(page.get_by_role("status").filter(has_text=message)).to_be_visible()


def fetch(page: Page, link: str | re.Pattern[str]) -> bytes:
    """What the link leads to, with the person's own cookies."""
    address = page.get_by_role("link", name=link).get_attribute("href") or ""
    return page.context.request.get(address).body()


# --- the institution -------------------------------------------------------------------------


def confirm_the_name(page: Page, house: House) -> None:
    page.goto("/instytucje/")
    follow(page, house.institution.name)
    follow(page, "Zobacz formy")
    town = page.get_by_role("table", name="Odmiana nazwy miejscowości")
    expect(town.get_by_label("Dopełniacz")).to_have_value("Stalowej Woli")  # as suggested
    expect(town.get_by_label("Miejscownik")).to_have_value("Stalowej Woli")
    genitive = page.get_by_label("Dopełniacz").first
    expect(genitive).to_have_value("Miejskiego Ośrodka Pomocy Społecznej w Stalowej Woli")
    press(page, "Zatwierdź formy")
    said(page, "atwierdz")


def sign_in_through_the_form(page: Page, user: User) -> None:
    page.goto("/")
    follow(page, "Zaloguj się")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Hasło").fill(PASSWORD)
    press(page, "Zaloguj się")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Dzień dobry, {user.full_name}")


def apply(page: Page, house: House) -> Application:
    follow(page, re.compile("Złóż wniosek|Rozpocznij wniosek|Otwórz wniosek"))
    press(page, "Rozpocznij wniosek o certyfikat")
    application = Application.objects.get()
    follow(page, "Napisz odpowiedź")
    answer_with_evidence(page, house)
    statute = EvidenceRevision.objects.get(evidence__title="Statut")
    see_what_is_missing(page, application)
    answer_the_rest(application, by=house.custodian, citing=statute)
    submit(page, application)
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    return application


def answer_with_evidence(page: Page, house: House) -> None:
    """Two criteria: one with a PDF, a note and a link, the other with words alone."""
    choose(page, "wzorcowo – dobra praktyka")
    page.get_by_label("Odpowiedź").fill(ANSWER)
    content = paper(house.institution, "Statut", "§ 4. Organizujemy społeczność lokalną.")
    unfold(page, "Dodaj nowe pliki i przywołaj je")
    expect(page.get_by_text("Wybierz pliki", exact=True)).to_be_visible()
    page.get_by_label("Wybierz pliki").set_input_files(
        {"name": "statut.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    describe(page.get_by_role("listitem").filter(has_text="statut.pdf"), "Statut")
    add_and_cite(page, "Statut")
    expect(page.get_by_label("Odpowiedź")).to_have_value(ANSWER)
    add_another(page, "Treść notatki", "Notatka ze spotkania", "Przyszły 34 osoby.")
    add_another(page, "Adres strony", "Strona osiedla", "https://example.org/osiedle")
    page.get_by_label("Gdzie patrzeć – Statut").fill("1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("otwiera się na stronie 1")).to_be_visible()
    press(page, "Zapisz i przejdź do następnego")
    choose(page, "2 – spełnione")
    page.get_by_label("Odpowiedź").fill("Opisujemy to w rocznym sprawozdaniu.")
    press(page, "Zapisz")
    said(page, "Zapisano: A1.2")


def describe(page: Page | Locator, title: str) -> None:
    page.get_by_label("Tytuł").fill(title)
    page.get_by_label("Rodzaj dowodu").select_option(index=1)


def add_another(page: Page, field: str, title: str, content: str) -> None:
    unfold(page, "Dodaj link albo notatkę i przywołaj")
    page.get_by_role("textbox", name=field).fill(content)
    describe(page.locator("#nowy-dowod"), title)
    add_and_cite(page, title)


def add_and_cite(page: Page, title: str) -> None:
    """Sent, and only the page that came back has the button that takes it away."""
    press(page, "Dodaj i przywołaj")
    expect(page.get_by_role("button", name=re.compile(f"Usuń.*{title}"))).to_be_visible()


def see_what_is_missing(page: Page, application: Application) -> None:
    page.goto(f"/wnioski/{application.pk}/")
    follow(page, re.compile("Sprawdź, czego brakuje"))
    lacking = application.criteria().count() - 2
    expect(page.get_by_role("heading", name=re.compile(str(lacking)))).to_be_visible()
    expect(page.get_by_role("button", name="Złóż wniosek")).to_have_count(0)


def submit(page: Page, application: Application) -> None:
    page.reload()
    press(page, "Złóż wniosek")
    expect(page.get_by_role("alert")).to_contain_text("Coś wymaga poprawy")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Złóż wniosek")
    said(page, "CAL/W/1/")
    follow(page, re.compile(r"^Akta nr 1"))
    dossier = application.dossiers.get()
    expect(page.get_by_text(dossier.sha256)).to_be_visible()
    expect(page.get_by_text("Zgodne", exact=True)).to_be_visible()


# --- the office and the assessors ------------------------------------------------------------


def accept_and_assign(page: Page, application: Application, house: House) -> None:
    page.goto("/panel/")
    follow(page, re.compile("Rozpocznij weryfikację formalną"))
    press(page, "Rozpocznij weryfikację formalną")
    check_the_form(page)
    press(page, "Wniosek jest kompletny – przekaż do oceny")
    follow(page, "Przydziel lub zmień oceniających")
    page.get_by_label("Pierwszy oceniający").select_option(value=str(house.assessor.pk))
    page.get_by_label("Drugi oceniający").select_option(value=str(house.second.pk))
    in_a_month = clock.today() + timedelta(days=30)
    page.get_by_label("Termin oceny").fill(in_a_month.isoformat())
    press(page, "Przydziel sprawę")
    assert application.assignments.count() == 2


def check_the_form(page: Page) -> None:
    """Save each point as suggested; where nothing is, or a document is missing, it was shown."""
    for title in page.locator(".point h2").all_inner_texts():
        point = page.locator(".point").filter(has=page.get_by_role("heading", name=title))
        point.get_by_role("radio", name="spełniony", exact=True).check()
        lead_on(point.get_by_role("button", name="Zapisz punkt"))
        expect(page.get_by_role("status").filter(has_text="Zapisano.")).to_be_visible()


def rate(page: Page, application: Application, house: House) -> None:
    """The first assessor: reads the PDF in the page, rates, and submits."""
    declare(page)
    drawn = page.get_by_role("img", name=re.compile("Strona 1"))
    expect(drawn).to_have_js_property("complete", True)
    assert text_of(fetch(page, re.compile("Zapisz plik.*statut.pdf"))).count("Organizujemy") == 1
    expect(page.get_by_text(ANSWER)).to_be_visible()
    choose(page, "2 – spełnione")
    page.get_by_label("Mocne strony").fill("Spotkania są regularne.")
    page.get_by_label("Notatka prywatna").fill("Dopytać o zimę.")
    press(page, "Zapisz i dalej")
    expect(page).to_have_url(re.compile("kryterium="))
    assessment = application.assignments.get(assessor=house.assessor).assessment
    rate_the_rest(assessment, by=house.assessor)
    hand_in(page)


def declare(page: Page) -> None:
    page.goto("/panel/")
    follow(page, re.compile("Złóż oświadczenie o bezstronności"))
    press(page, "Oświadczam, że nie zachodzi konflikt")
    expect(button_of(page, "Skróty klawiaturowe")).to_be_visible()  # the bench's scripts run


def hand_in(page: Page) -> None:
    follow(page, "Złóż kartę")
    page.reload()
    press(page, "Złóż kartę oceny")
    said(page, "złożona")


def rate_independently(page: Page, application: Application, house: House) -> None:
    """The second assessor: sees nothing of the first one's, and differs on one criterion."""
    declare(page)
    expect(page.locator("body")).not_to_contain_text("Spotkania są regularne.")
    first = application.assignments.get(assessor=house.assessor).assessment
    for address in (f"/oceny/{first.pk}/", f"/wnioski/{application.pk}/karta-zbiorcza/"):
        response = page.context.request.get(address)
        assert response.status in {403, 404}
    choose(page, "wzorcowo – dobra praktyka")
    page.get_by_label("Mocne strony").fill("Praca znana w całym mieście.")
    button_of(page, "Zapisz").click()
    expect(page.locator("[data-save-state]")).to_have_text("Wszystko jest zapisane")
    mine = application.assignments.get(assessor=house.second).assessment
    rate_the_rest(mine, by=house.second)
    hand_in(page)


def settle_and_sign(page: Page, application: Application) -> None:
    page.goto("/panel/")
    follow(page, re.compile("Uzgodnij rozbieżności"))
    expect(page.get_by_text("Praca znana w całym mieście.").first).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Dopytać o zimę.")
    follow(page, re.compile(rf"^{application.criteria()[0].code} "))
    page.get_by_label("Twoja wypowiedź").fill("Byłam na trzech spotkaniach.")
    press(page, "Dodaj wypowiedź")
    choose(page, "wzorcowo – dobra praktyka")
    page.get_by_label("Powód").fill(REASON)
    press(page, "Uzgodnij")
    sign(page)
    expect(page.get_by_text("czeka na podpis")).to_be_visible()


def sign(page: Page) -> None:
    follow(page, "Przeczytaj i podpisz kartę")
    press(page, "Podpisz kartę")


def read_and_sign(page: Page) -> None:
    """The other assessor reads the card as it was settled; their signature closes it."""
    page.goto("/panel/")
    follow(page, re.compile("Uzgodnij rozbieżności"))
    expect(page.get_by_text(REASON)).to_be_visible()
    sign(page)
    expect(page.get_by_text("sprawa trafiła do Komisji")).to_be_visible()


# --- the Committee and the Board -------------------------------------------------------------


def decide(page: Page, application: Application) -> None:
    page.goto("/panel/")
    follow(page, re.compile("rozstrzygnięcie"))
    page.get_by_role("radio", name="Certyfikat został przyznany").check()
    page.get_by_label("Data posiedzenia").fill(clock.today().isoformat())
    page.get_by_role("checkbox", name=re.compile("Potwierdzam")).check()
    press(page, "Zapisz rozstrzygnięcie")
    expect(page.get_by_text("przyznano").first).to_be_visible()


def issue(page: Page, application: Application) -> None:
    page.goto("/panel/")
    follow(page, re.compile("uchwałę"))
    page.get_by_label("Numer uchwały").fill(RESOLUTION)
    page.get_by_label("Data uchwały").fill(clock.today().isoformat())
    with page.expect_popup() as popup:
        button_of(page, "Podgląd (PDF, nowa karta)").click()
    popup.value.close()
    assert not Certificate.objects.exists()
    press(page, "Zapisz uchwałę i wydaj")
    expect(page.get_by_role("heading", level=1)).to_contain_text("CAL/OSL/1/")


# --- what is printed, and who can check it ---------------------------------------------------


def write_the_letter(page: Page, board: Page, application: Application) -> None:
    page.goto("/panel/")
    follow(page, re.compile("Przygotuj listy"))
    press(page, "Przygotuj wszystkie gotowe")
    follow(page, application.institution.name)
    own = "Szczególnie cieszy nas ogród społeczny na osiedlu Młodynie."
    page.get_by_label("Treść akapitu").last.fill(own)
    page.get_by_role("checkbox", name="Zostaw w liście").last.check()
    press(page, "Zapisz list")
    preview = text_of(fetch(page, "Podgląd zapisanego listu (PDF, nowa karta)"))
    assert own in preview
    expect(button_of(page, "Zatwierdź zapisany list")).to_have_count(0)
    board.goto(page.url)
    press(board, "Zatwierdź zapisany list")
    letter = text_of(fetch(board, "Otwórz PDF do druku"))
    assert own in letter
    assert "Miejskiego Ośrodka Pomocy Społecznej" in letter


def read_the_certificate(page: Page, certificate: Certificate) -> str:
    """What the paper says; gives the address printed beside its QR code."""
    page.goto(certificate.get_absolute_url())
    text = text_of(fetch(page, "Otwórz PDF do druku"))
    for words in (
        "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli",
        certificate.number,
        "za wdrażanie Modelu Organizowania Społeczności Lokalnej",
        certificate.label,
        f"uchwała Zarządu nr {RESOLUTION}",
        "Zofia Zarządzka",
    ):
        assert words in text
    printed = re.search(r"\S+/weryfikacja/\s?\w+/", text)  # in two lines where it is long
    assert printed is not None
    return f"http://{''.join(printed[0].split())}"


def check_in_public(page: Page, certificate: Certificate, address: str) -> None:
    """A visitor: the register, the address on the paper, and the number from it."""
    page.goto("/rejestr/")
    page.get_by_label("Nazwa, miejscowość lub numer").fill("stalowa wola")
    press(page, "Filtruj")
    expect(page.get_by_role("row", name=certificate.number)).to_contain_text("ważny")
    page.goto(address)
    expect(page.get_by_role("heading", name="Ten certyfikat jest ważny")).to_be_visible()
    page.get_by_label("Kod lub numer z dokumentu").fill(certificate.number.lower())
    press(page, "Sprawdź")
    expect(page.get_by_role("heading", name="Ten certyfikat jest ważny")).to_be_visible()
