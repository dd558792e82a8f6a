"""Kinds of evidence, shared by all editions."""

import re
from typing import Any

import pytest
from django.test import Client

from certification.audit.models import Event
from certification.standards.models import Criterion, EvidenceType
from tests.factories import make_standard_set
from tests.standards.factories import make_draft

pytestmark = pytest.mark.django_db

ADDRESS = "/standardy/edycje/dowody/"


def test_kind_is_added_last(keeper: Client) -> None:
    make_draft()
    data = {"code": "film", "name_pl": "Film", "name_en": ""}
    assert keeper.post(ADDRESS, data).headers["Location"] == ADDRESS
    assert [each.code for each in EvidenceType.objects.all()] == ["statut", "film"]
    event = Event.objects.get(verb="standards.add")
    assert event.facts == {"what": "evidence_type", "code": "film"}


@pytest.mark.parametrize("code", ["statut", "z polską literą", ""])
def test_kind_with_a_wrong_code(keeper: Client, code: str) -> None:
    make_draft()
    response = keeper.post(ADDRESS, {"code": code, "name_pl": "Film"})
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"code"})
    assert EvidenceType.objects.count() == 1


# --- other names --------------------------------------------------------------------------------


def named(name: str, version: int = 1) -> dict[str, Any]:
    return {"name_pl": name, "name_en": "Charter", "version": version}


@pytest.fixture
def film() -> EvidenceType:
    """A kind that a draft alone names."""
    kind = EvidenceType.objects.create(code="film", name_pl="Film")
    Criterion.objects.of_set(make_draft())[0].evidence_types.add(kind)
    return kind


def test_a_kind_of_drafts_is_renamed(keeper: Client, film: EvidenceType) -> None:
    address = f"{ADDRESS}{film.pk}/"
    assert address in keeper.get(ADDRESS).content.decode()
    assert keeper.post(address, named("Regulamin")).headers["Location"] == ADDRESS
    film.refresh_from_db()
    assert (film.code, film.name_pl, film.name_en) == ("film", "Regulamin", "Charter")
    event = Event.objects.get(verb="standards.edit")
    assert event.facts == {"what": "evidence_type", "code": "film"}


def test_a_kind_of_a_published_edition_keeps_its_words(
    keeper: Client,
) -> None:
    make_standard_set()
    statute = EvidenceType.objects.get(code="statut")
    address = f"{ADDRESS}{statute.pk}/"
    assert address not in keeper.get(ADDRESS).content.decode()
    response = keeper.post(address, named("Regulamin"))
    assert response.status_code == 422
    assert "Regulamin" in response.content.decode()
    statute.refresh_from_db()
    assert statute.name_pl == "Statut"


def test_who_renames_second_sees_both(keeper: Client, film: EvidenceType) -> None:
    address = f"{ADDRESS}{film.pk}/"
    keeper.post(address, named("Regulamin"))
    response = keeper.post(address, named("Karta"))
    assert response.status_code == 409
    assert {"Regulamin", "Karta"} <= set(re.findall(r"Regulamin|Karta", response.content.decode()))
    assert keeper.post(address, named("Karta", version=2)).status_code == 302


def test_a_kind_without_a_name_is_refused(keeper: Client, film: EvidenceType) -> None:
    assert keeper.post(f"{ADDRESS}{film.pk}/", named("")).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_queries_for_three_as_for_one(
    keeper: Client, film: EvidenceType, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        EvidenceType.objects.create(code=f"rodzaj-{number}", name_pl=f"Rodzaj {number}")
    keeper.get(ADDRESS)
    with django_assert_num_queries(4):
        keeper.get(ADDRESS)
