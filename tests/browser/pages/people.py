"""People and their roles, and what administrators keep."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.visit import Visit, at, press

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    office, administrator = house.office, house.administrator
    for name in ("person_list", "person_create"):
        yield Visit(office, at(name))
    yield Visit(administrator, at("panel"))
    yield Visit(administrator, at("journal"))
    yield Visit(administrator, at("issuer_edit"))
    yield Visit(administrator, at("issuer_edit"), _without_a_name)
    for name in ("person_detail", "person_edit", "appointment_create", "person_deactivate"):
        yield Visit(administrator, at(name, house.assessor.pk))
    role = house.assessor.appointments.get()
    yield Visit(administrator, at("appointment_end", house.assessor.pk, role.pk))


def _without_a_name(page: Page) -> None:
    page.get_by_role("textbox", name="Nazwa").first.fill("")
    press("Zapisz")(page)
