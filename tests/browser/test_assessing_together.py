"""One case, three people at it at the same time, and no mouse: two assessors, one of them on a
phone, and the office that follows them."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.models import Assessment, Assignment, ConsolidatedCard
from institutions.models import User
from institutions.states import Role
from tests.assessments.factories import make_assignment, make_case
from tests.factories import make_user

from .hands import Hands

Person = Callable[..., Page]
PHONE = {"width": 360, "height": 740}


class Assessor(Hands):
    """One who rates; every word they write carries their sign."""

    def __init__(self, page: Page, assignment: Assignment, sign: str, other: str) -> None:
        super().__init__(page)
        self.assignment, self.sign, self.other = assignment, sign, other

    @property
    def me(self) -> User:
        return self.assignment.assessor

    @property
    def assessment(self) -> Assessment:
        return self.assignment.assessment

    def words(self, code: str) -> str:
        return f"{self.sign} przy {code}"

    def rate(self, code: str, key: str) -> None:
        """A level and the reason for it; whether it is saved is seen later."""
        self.press(key, "e")
        expect(self.page.get_by_role("textbox", name="Mocne strony")).to_be_focused()
        self.types(self.words(code))

    def sits_down(self, link: str) -> None:
        """Open the bench from the list of cases, and wait until its keys work."""
        self.comes("/oceny/")
        self.judges_alone()
        self.follow(re.compile(f"^{link}"))
        expect(self.page.get_by_role("button", name="Skróty klawiaturowe")).to_be_visible()

    def is_at(self, code: str) -> None:
        expect(self.page.locator("[data-here]")).to_have_attribute("data-here", code)
        self.judges_alone()

    def judges_alone(self) -> None:
        self.has_nothing_of(self.other)
        self.fits()

    def hands_in(self) -> None:
        self.push("Złóż kartę oceny")
        expect(self.page.get_by_role("status").filter(has_text="złożona")).to_be_visible()

    def levels(self) -> dict[str, int | None]:
        ratings = self.assessment.ratings.select_related("criterion", "level")
        return {each.criterion.code: each.level.value for each in ratings if each.level}


class Office(Hands):
    """The office, which learns how far each of them is and nothing of what they found."""

    def __init__(self, page: Page, secret: list[str]) -> None:
        super().__init__(page)
        self.secret = secret

    def looks_on(self, *done: str) -> None:
        self.comes("/oceny/")
        self.sees(*done)
        self.has_nothing_of(*self.secret)


@pytest.fixture
def case() -> Application:
    return make_case()


@pytest.fixture
def first(case: Application, person: Person) -> Assessor:
    assignment = make_assignment(case, make_user(Role.ASSESSOR, full_name="Olga Oceńska"))
    return Assessor(person(assignment.assessor), assignment, "Jaskółka", "Borsuk")


@pytest.fixture
def second(case: Application, person: Person) -> Assessor:
    assignment = make_assignment(case, make_user(Role.ASSESSOR, full_name="Edward Ekspercki"))
    return Assessor(person(assignment.assessor, viewport=PHONE), assignment, "Borsuk", "Jaskółka")


@pytest.fixture
def office(case: Application, first: Assessor, second: Assessor, person: Person) -> Office:
    levels = [str(each) for each in case.standard_set.levels.all()]
    page = person(make_user(Role.OFFICE, full_name="Barbara Biurowska"))
    return Office(page, [first.sign, second.sign, *levels])


def test_two_assessors_and_the_office_work_at_the_same_time_by_keyboard(
    case: Application, first: Assessor, second: Assessor, office: Office
) -> None:
    both_begin(first, second)
    both_rate_two(first, second)
    office.looks_on("ocenione 2 z 4")
    more_time(first, office)
    both_rate_the_rest(first, second)
    one_after_the_other_hands_in(case, first, second, office)
    settle(first, second)
    first_signs(first, second)
    second_signs(second)
    case.refresh_from_db()
    assert case.state == State.COMMITTEE


def both_begin(first: Assessor, second: Assessor) -> None:
    for one in (first, second):
        one.sits_down("Zacznij oceniać")
        one.is_at("A1.1")


def both_rate_two(first: Assessor, second: Assessor) -> None:
    """Each key of one is followed by one of the other's, and so are their saves."""
    first.rate("A1.1", "2")
    second.rate("A1.1", "3")
    first.press("Control+Enter")
    second.press("Control+Enter")
    first.is_at("A1.2")
    second.is_at("A1.2")
    first.press("j")
    second.rate("A1.2", "n")
    first.is_at("A2.1")
    first.press("k")
    second.push("Zapisz i dalej")
    first.is_at("A1.2")
    first.rate("A1.2", "n")
    second.is_at("A2.1")
    first.fill("Notatka prywatna", f"{first.sign} prywatnie")
    first.press("Control+Enter")
    first.is_at("A2.1")


def more_time(first: Assessor, office: Office) -> None:
    """One of them asks for more time between two criteria, and the office gives it."""
    until = date(clock.today().year + 1, 12, 12)
    first.comes("/oceny/")
    first.follow(re.compile("^Więcej czasu"))
    first.page.wait_for_url("**/wiecej-czasu/")
    first.tab_to(first.page.get_by_label("Do kiedy"))
    first.types(f"{until:%d%m%Y}")  # the same whether days or months come first
    first.fill("Dlaczego potrzeba więcej czasu", "Wyjeżdżam na tydzień.")
    first.push("Poproś o więcej czasu")
    expect(first.page).to_have_url(re.compile("/oceny/$"))
    office.looks_on("ocenione 2 z 4")
    office.follow(re.compile(f"^Zmień termin.*{first.me.full_name}"))
    office.sees("Wyjeżdżam na tydzień.")
    office.has_nothing_of(*office.secret)
    office.push("Zapisz odpowiedź")
    office.has_nothing_of(*office.secret)
    expect(office.page.get_by_role("status").filter(has_text="więcej czasu")).to_be_visible()
    first.assignment.refresh_from_db()
    assert first.assignment.due_on == until


def both_rate_the_rest(first: Assessor, second: Assessor) -> None:
    """One comes back to where they stopped; both end at the page that hands the card in."""
    first.sits_down("Oceniaj dalej")
    first.is_at("A2.1")
    second.rate("A2.1", "1")
    first.rate("A2.1", "1")
    second.press("Control+Enter")
    first.press("Control+Enter")
    second.is_at("B1.1")
    first.is_at("B1.1")
    first.rate("B1.1", "2")
    second.rate("B1.1", "2")
    first.press("Control+Enter")
    second.press("Control+Enter")
    for one in (first, second):
        one.page.wait_for_url("**/zloz/")
        one.judges_alone()
    assert first.levels() == {"A1.1": 2, "A1.2": None, "A2.1": 1, "B1.1": 2}
    assert second.levels() == {"A1.1": 3, "A1.2": None, "A2.1": 1, "B1.1": 2}


def one_after_the_other_hands_in(
    case: Application, first: Assessor, second: Assessor, office: Office
) -> None:
    first.hands_in()
    for one in (first, second):
        one.comes("/oceny/")
        one.judges_alone()
        one.comes(f"/wnioski/{case.pk}/")
        one.judges_alone()
    office.looks_on("złożona", "ocenione 4 z 4")
    assert not ConsolidatedCard.objects.exists()
    second.comes("/oceny/")
    second.follow(re.compile("^Złóż kartę"))
    second.judges_alone()
    second.hands_in()
    assert ConsolidatedCard.objects.get().opened_at


def settle(first: Assessor, second: Assessor) -> None:
    """Each reads what the other found, all but the private note; one settles what differs."""
    for one in (first, second):
        one.comes("/oceny/")
        one.follow(re.compile("^Uzgodnij"))
        one.sees(first.words("A1.1"), second.words("A1.1"))
        one.has_nothing_of(f"{first.sign} prywatnie")
        one.fits()
    first.follow(re.compile(r"^A1\.1"))
    first.choose("3")
    first.fill("Powód", "Borsuk widział więcej.")
    first.push("Uzgodnij")


def first_signs(first: Assessor, second: Assessor) -> None:
    first.follow("Przeczytaj i podpisz kartę")
    first.push("Podpisz kartę")
    first.sees("czeka na podpis")


def second_signs(second: Assessor) -> None:
    second.comes("/oceny/")
    second.follow(re.compile("^Podpisz kartę"))
    second.sees("Borsuk widział więcej.")
    second.fits()
    second.follow("Przeczytaj i podpisz kartę")
    second.fits()
    second.push("Podpisz kartę")
    second.sees("sprawa trafiła do Komisji")
