"""Editions of the catalogue, and their parts."""

from collections.abc import Iterator

from playwright.sync_api import Page

from certification.demo.second_edition import change_everything
from certification.standards.models import Criterion, EvidenceType, StandardSet
from certification.standards.services import start_edition
from certification.standards.writing import to_yaml
from tests.browser.visit import Act, Visit, as_another_tab_did, at, press

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    """A draft with one of every change, and with something in the way of publishing it."""
    keeper = house.administrator
    draft = start_edition(house.full_set, by=keeper, code="nowe", edition="2", name_pl="Nowe")
    change_everything(draft, by=keeper)
    for name in ("edition_list", "edition_create", "edition_import"):
        yield Visit(keeper, at(name))
    yield Visit(keeper, at("evidence_type_list"))
    yield Visit(keeper, at("evidence_type_edit", EvidenceType.objects.earliest("pk").pk))
    yield Visit(keeper, at("edition_create"), press("Utwórz szkic"))
    for text in ("areas: [", to_yaml(draft)):
        yield Visit(keeper, at("edition_import"), _pastes(text))
    for name in ("edit", "head", "scale", "rule", "sources", "origins", "publish", "discard"):
        yield Visit(keeper, at(f"edition_{name}", draft.code))
    yield Visit(keeper, at("edition_head", draft.code), press("Zapisz"))
    yield Visit(keeper, at("edition_retire", house.full_set.code))
    for query in ("", "?zakres=calosc"):
        yield Visit(keeper, at("edition_changes", draft.code, query=query))
    yield Visit(keeper, at("catalogue_set", draft.code))
    yield from _of_parts(house, draft)


def _of_parts(house: Ground, draft: StandardSet) -> Iterator[Visit]:
    keeper = house.administrator
    one, other = Criterion.objects.of_set(draft).in_order()[:2]
    standard, area = one.standard, one.standard.area
    for word, part in (("kryterium", one), ("standard", standard), ("obszar", area)):
        yield Visit(keeper, at("part_edit", draft.code, word, part.pk))
        yield Visit(keeper, at("part_remove", draft.code, word, part.pk))
    yield Visit(keeper, at("part_add", draft.code, "obszar"))
    new_one = at("part_add_within", draft.code, "kryterium", standard.pk)
    yield Visit(keeper, new_one, press("Zapisz"))
    stale = as_another_tab_did("Treść po polsku", "Moje słowa", "Zapisz")
    yield Visit(keeper, at("part_edit", draft.code, "kryterium", other.pk), stale)
    for name in ("split", "merge", "origin"):
        yield Visit(keeper, at(f"criterion_{name}", draft.code, one.pk))
    yield Visit(keeper, at("criterion_merge", draft.code, one.pk, query=f"?z={other.pk}"))


def _pastes(text: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_label("Treść pliku").fill(text)
        press("Sprawdź plik")(page)

    return act
