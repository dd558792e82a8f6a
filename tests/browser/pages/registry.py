"""Institutions as the office keeps them: names, units, employees, a file of many."""

from collections.abc import Iterator
from datetime import date

from playwright.sync_api import Page

from institutions.models import Institution
from institutions.services.renaming import rename_institution
from institutions.services.units import change_parent
from tests.browser.visit import Act, Visit, at, press
from tests.factories import confirm_names, make_employee_list, make_import_draft, make_institution

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    office = house.office
    for name in ("institution_list", "institution_create"):
        yield Visit(office, at(name))
    yield Visit(office, at("institution_create"), press("Dodaj"))
    yield from _of_an_import(house)
    yield Visit(office, at("institution_detail", house.institution.pk))
    yield Visit(office, at("institution_edit", house.institution.pk))
    confirm_names(house.institution)
    yield Visit(office, at("name_forms", house.institution.pk))
    yield from _of_names_and_units(house)


def _of_names_and_units(house: Ground) -> Iterator[Visit]:
    """A name that becomes a former one; a unit that is looked up, and is one already."""
    renamed = make_institution(name="Dom Kultury w Żorach", town="Żory", town_genitive="")
    rename, parent = at("institution_rename", renamed.pk), at("institution_parent", renamed.pk)
    yield Visit(house.office, rename)
    yield Visit(house.office, rename, press("Zmień nazwę"))
    new_name = "Centrum Kultury w Żorach"
    rename_institution(renamed, name=new_name, by=house.office, since=date(2020, 1, 1))
    for address in (rename, at("institution_detail", renamed.pk), at("name_forms", renamed.pk)):
        yield Visit(house.office, address)
    for query in ("", "?q=nic-takiego", f"?q={house.institution.town}"):
        yield Visit(house.office, parent + query)
    change_parent(renamed, parent=house.institution, by=house.office)
    yield Visit(house.office, parent)
    yield Visit(house.office, at("institution_parent", house.institution.pk))
    listed = at("employee_lists", house.institution.pk)
    yield Visit(house.office, listed)
    yield Visit(house.office, listed, press("Wprowadź listę"))
    kept = make_employee_list(house.institution, "jan@urzad.test", by=house.office)
    yield Visit(house.office, listed)
    yield Visit(house.office, at("employee_list_remove", house.institution.pk, kept.pk))


def _of_an_import(house: Ground) -> Iterator[Visit]:
    """Rows of every kind; then with nothing left but what is wrong; then overtaken."""
    name, town = house.institution.name, house.institution.town
    draft = make_import_draft(
        {"name": "GOPS w Żarach", "kind": "GOPS", "town": "Żary", "voivodeship": "lubuskie"},
        {"name": name, "town": town, "street": "Nowa 2", "regon": "331501"},
        {"name": "Sklep", "kind": "sklep", "town": "Żary", "nip": "1"},
        by=house.office,
    )
    page = at("institution_import_preview", draft.pk)
    yield Visit(house.office, at("institution_import"))
    yield Visit(house.office, at("institution_import"), press("Pokaż"))
    yield Visit(house.office, page)
    yield Visit(house.office, page, _after_a_change(house))
    yield Visit(house.office, page, press("Zapisz"))


def _after_a_change(house: Ground) -> Act:
    def act(page: Page) -> None:
        Institution.objects.filter(pk=house.institution.pk).update(street="Stara 1")
        press("Zapisz")(page)

    return act
