"""The table of origins; splitting, merging, dropping in the browser."""

import pytest
from django.test import Client

from certification.standards import services
from certification.standards.descent import undecided
from certification.standards.models import StandardSet
from tests.factories import make_standard_set
from tests.standards.factories import codes, criterion, lines

pytestmark = pytest.mark.django_db

DRAFT = "/standardy/drugie/redakcja/"


def old(draft: StandardSet, code: str) -> int:
    assert draft.follows is not None
    return criterion(draft.follows, code).pk


def test_table_shows_what_waits_and_what_is_left_out(keeper: Client, draft: StandardSet) -> None:
    services.remove_part(criterion(draft, "A2.1"), by=None)
    services.remove_part(criterion(draft, "A1.2"), by=None)
    keeper.post(f"{DRAFT}pochodzenie/{old(draft, 'A1.2')}/pominiecie/", {"cofnij": "1"})
    response = keeper.get(f"{DRAFT}pochodzenie/")
    assert [each.code for each in response.context["waiting"]] == ["A1.2"]
    assert [each.code for each in response.context["left_out"]] == ["A2.1"]
    keeper.post(f"{DRAFT}pochodzenie/{old(draft, 'A1.2')}/pominiecie/")
    assert undecided(draft) == []


def test_table_of_a_draft_that_follows_nothing(keeper: Client) -> None:
    make_standard_set(code="samo", published=False)
    page = keeper.get("/standardy/samo/redakcja/pochodzenie/").content.decode()
    assert "Szkic nie jest następcą żadnego wydania" in page


def test_foreign_criterion_is_not_dropped(keeper: Client, draft: StandardSet) -> None:
    own = criterion(draft, "A1.1").pk
    assert keeper.post(f"{DRAFT}pochodzenie/{own}/pominiecie/").status_code == 404


def test_origin_is_chosen(keeper: Client, draft: StandardSet) -> None:
    address = f"{DRAFT}kryterium/{criterion(draft, 'A1.1').pk}/pochodzenie/"
    form = keeper.get(address).context["form"]
    assert form["parents"].value() == [old(draft, "A1.1")]
    both = {"parents": [old(draft, "A1.1"), old(draft, "A1.2")], "version": 1}
    assert keeper.post(address, both).status_code == 302
    assert {("A1.1", "A1.1"), ("A1.2", "A1.1")} <= lines(draft)
    assert keeper.post(address, both).status_code == 409


def test_origin_is_of_the_edition_before(keeper: Client, draft: StandardSet) -> None:
    address = f"{DRAFT}kryterium/{criterion(draft, 'A1.1').pk}/pochodzenie/"
    own = criterion(draft, "A1.2").pk
    response = keeper.post(address, {"parents": [own], "version": 1})
    assert response.status_code == 422


SPLIT = {"first_pl": "Raz", "second_pl": "Dwa", "code": "A1.3", "version": 1}


def test_criterion_is_split(keeper: Client, draft: StandardSet) -> None:
    address = f"{DRAFT}kryterium/{criterion(draft, 'A1.1').pk}/podzial/"
    assert keeper.get(address).context["form"]["code"].value() == "A1.3"
    assert keeper.post(address, SPLIT).headers["Location"] == f"{DRAFT}#A1.1"
    assert codes(draft)[:3] == ["A1.1", "A1.3", "A1.2"]


@pytest.mark.parametrize("change", [{"code": "A1.2"}, {"second_pl": ""}])
def test_wrong_split_is_refused(keeper: Client, draft: StandardSet, change: dict[str, str]) -> None:
    address = f"{DRAFT}kryterium/{criterion(draft, 'A1.1').pk}/podzial/"
    response = keeper.post(address, SPLIT | change)
    assert (response.status_code, set(response.context["form"].errors)) == (422, set(change))


def test_split_of_a_newer_version_keeps_the_words(keeper: Client, draft: StandardSet) -> None:
    part = criterion(draft, "A1.1")
    services.edit_part(part, by=None, values={"text_pl": "Nowsze"}, expected_version=1)
    response = keeper.post(f"{DRAFT}kryterium/{part.pk}/podzial/", SPLIT)
    page = response.content.decode()
    assert (response.status_code, "Nowsze" in page, "Dwa" in page) == (409, True, True)
    assert response.context["form"]["version"].value() == "2"


def test_criteria_are_merged(keeper: Client, draft: StandardSet) -> None:
    one, other = criterion(draft, "A1.1"), criterion(draft, "A2.1")
    address = f"{DRAFT}kryterium/{one.pk}/polaczenie/"
    assert "Dalej: treść" in keeper.get(address).content.decode()
    chosen = f"{address}?z={other.pk}"
    form = keeper.get(chosen).context["form"]
    assert form["text_pl"].value() == "Treść kryterium A1.1 Treść kryterium A2.1"
    data = {"text_pl": "Razem", "version": 1, "version_of_other": 1}
    assert keeper.post(chosen, data | {"text_pl": ""}).status_code == 422
    assert keeper.post(chosen, data | {"version_of_other": 0}).status_code == 409
    assert keeper.post(chosen, data).status_code == 302
    assert codes(draft) == ["A1.1", "A1.2", "B1.1"]


def test_criterion_is_not_merged_with_itself_or_a_foreign_one(
    keeper: Client, draft: StandardSet
) -> None:
    one = criterion(draft, "A1.1").pk
    for other in (one, old(draft, "A2.1")):
        response = keeper.get(f"{DRAFT}kryterium/{one}/polaczenie/?z={other}")
        assert response.status_code == 422
