"""The office assigns a batch: by keyboard alone, on a phone's screen."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from certification.assessments.models import Assignment
from institutions.states import Role
from tests.assessments.factories import make_case, make_profile
from tests.factories import make_institution, make_user

PHONE = {"width": 360, "height": 740}


def enter(target: Locator) -> None:
    """Reach it as one does without a mouse, and go where it leads."""
    reach(target)
    with target.page.expect_navigation():
        target.page.keyboard.press("Enter")


def reach(target: Locator) -> None:
    target.focus()
    expect(target).to_be_focused()


def test_a_batch_is_changed_computed_again_and_assigned(person: Callable[..., Page]) -> None:
    anna, bogdan, celina, dorota = (
        make_user(Role.ASSESSOR, full_name=name)
        for name in ("Anna Żak", "Bogdan Lis", "Celina Wilk", "Dorota Sowa")
    )
    make_profile(dorota, most_at_once=0)
    here, there = (
        make_case(institution=make_institution(name=name))
        for name in ("Dom Kultury w Borze", "Biblioteka w Lesie")
    )
    page = person(make_user(Role.OFFICE), viewport=PHONE)
    page.goto("/oceny/?widok=biuro")
    enter(page.get_by_role("link", name="Przydziel 2 czekające sprawy"))
    expect(page.get_by_text("Każda sprawa ma swoich oceniających")).to_be_visible()

    enter(page.get_by_role("button", name="Dom Kultury w Borze"))
    first = page.get_by_label("Oceniający 1")
    expect(first).to_be_focused()
    first.select_option(str(dorota.pk))
    page.get_by_label("Oceniający 2").select_option(str(anna.pk))
    enter(page.get_by_role("button", name="Dom Kultury w Borze"))
    expect(page.get_by_text("ponad limit spraw (0)")).to_be_visible()

    enter(page.get_by_role("button", name="Oblicz propozycję ponownie"))
    enter(page.get_by_role("button", name="Przydziel 2 sprawy"))
    expect(page.get_by_role("alert")).to_be_focused()
    assert not Assignment.objects.exists()

    reach(page.get_by_label("Widzę oznaczenia w 1 sprawie; tak ma być."))
    page.keyboard.press("Space")
    enter(page.get_by_role("button", name="Przydziel 2 sprawy"))
    expect(page.get_by_text("Przydzielono 2 sprawy.")).to_be_visible()
    given = {
        case: {each.assessor for each in Assignment.objects.filter(application=case)}
        for case in (here, there)
    }
    assert given == {here: {dorota, anna}, there: {bogdan, celina}}
