"""The draft as one page; its head, scale, sources, areas, standards and criteria."""

from typing import Any

import pytest
from django.test import Client

from certification.standards import services
from certification.standards.models import Criterion, StandardSet
from tests.standards.factories import codes, criterion, standard

pytestmark = pytest.mark.django_db

DRAFT = "/standardy/drugie/redakcja/"


def criterion_data(draft: StandardSet, which: str, **changes: Any) -> dict[str, Any]:
    """What the page of a criterion posts."""
    row = criterion(draft, which)
    return {
        "standard": row.standard_id,
        "code": row.code,
        "text_pl": row.text_pl,
        "text_en": row.text_en,
        "guidance_pl": row.guidance_pl,
        "guidance_en": row.guidance_en,
        "word_limit": row.word_limit,
        "weight": row.weight,
        "sourced": "on",
        "version": row.version,
    } | changes


def head_data(draft: StandardSet, **changes: Any) -> dict[str, Any]:
    return {
        "code": draft.code,
        "edition": draft.edition,
        "name_pl": draft.name_pl,
        "validity_years": 5,
        "follows": draft.follows_id,
        "version": draft.version,
    } | changes


def test_everything_in_the_draft_has_a_way_to_change_it(keeper: Client, draft: StandardSet) -> None:
    services.remove_part(criterion(draft, "A2.1"), by=None)
    page = keeper.get(DRAFT).content.decode()
    for code in ("A1.1", "A1.2", "B1.1"):
        assert f'href="{DRAFT}kryterium/{criterion(draft, code).pk}/"' in page
    assert "Standard A2 nie ma żadnego kryterium." in page


@pytest.mark.parametrize("more", [0, 20])
def test_page_takes_as_many_queries_for_many_criteria(
    keeper: Client, draft: StandardSet, django_assert_num_queries: Any, more: int
) -> None:
    for number in range(more):
        values = {"code": f"A1.{number + 3}", "text_pl": "Nowe", "sourced": False}
        services.add_part(Criterion, within=standard(draft, "A1"), by=None, values=values)
    with django_assert_num_queries(33):
        keeper.get(DRAFT)


def test_criterion_is_saved(keeper: Client, draft: StandardSet) -> None:
    part = criterion(draft, "A1.1")
    data = criterion_data(draft, "A1.1", guidance_pl="Piszcie.\r\n\r\n- raz", word_limit=250)
    response = keeper.post(f"{DRAFT}kryterium/{part.pk}/", data)
    assert response.headers["Location"] == f"{DRAFT}#A1.1"
    part.refresh_from_db()
    assert (part.guidance_pl, part.word_limit) == ("Piszcie.\n\n- raz", 250)
    assert part.evidence_types.count() == 0  # none was ticked


@pytest.mark.parametrize(
    "change", [{"code": "A1.2"}, {"text_pl": ""}, {"word_limit": 3}, {"standard": 999_999}]
)
def test_wrong_criterion_is_refused(
    keeper: Client, draft: StandardSet, change: dict[str, Any]
) -> None:
    part = criterion(draft, "A1.1")
    data = criterion_data(draft, "A1.1", **change)
    response = keeper.post(f"{DRAFT}kryterium/{part.pk}/", data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(change)


def test_two_people_in_one_criterion(keeper: Client, draft: StandardSet) -> None:
    part = criterion(draft, "A1.1")
    mine = criterion_data(draft, "A1.1", text_pl="Moje brzmienie")
    services.edit_part(part, by=None, values={"text_pl": "Ich brzmienie"}, expected_version=1)
    response = keeper.post(f"{DRAFT}kryterium/{part.pk}/", mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Moje brzmienie" in page
    assert "Ich brzmienie" in page
    again = keeper.post(f"{DRAFT}kryterium/{part.pk}/", mine | {"version": 2})
    assert again.status_code == 302
    assert criterion(draft, "A1.1").text_pl == "Moje brzmienie"


def test_extra_fields_change_nothing(keeper: Client, draft: StandardSet) -> None:
    part = criterion(draft, "A1.1")
    keeper.post(f"{DRAFT}kryterium/{part.pk}/", criterion_data(draft, "A1.1", position=99))
    assert criterion(draft, "A1.1").position == part.position


def test_part_of_another_edition_is_not_there(keeper: Client, draft: StandardSet) -> None:
    assert draft.follows is not None
    foreign = criterion(draft.follows, "A1.1").pk
    for address in (f"kryterium/{foreign}/", f"kryterium/{foreign}/podzial/", "czesc/1/"):
        assert keeper.get(f"{DRAFT}{address}").status_code == 404
    assert keeper.post(f"{DRAFT}kryterium/{foreign}/miejsce/").status_code == 404


@pytest.mark.parametrize("word", ["kryterium", "standard"])
def test_new_part_has_a_free_code(keeper: Client, draft: StandardSet, word: str) -> None:
    within = {
        "kryterium": standard(draft, "A1").pk,
        "standard": draft.areas.get(code="A").pk,
    }[word]
    response = keeper.get(f"{DRAFT}{word}/nowy/{within}/")
    assert response.context["form"]["code"].value() == {"kryterium": "A1.3", "standard": "A3"}[word]


def test_criterion_is_added(keeper: Client, draft: StandardSet) -> None:
    within = standard(draft, "B1").pk
    data = {"code": "B1.2", "text_pl": "Nowe", "word_limit": 600, "weight": 1}
    response = keeper.post(f"{DRAFT}kryterium/nowy/{within}/", data)
    assert response.headers["Location"] == f"{DRAFT}#B1.2"
    assert codes(draft)[-1] == "B1.2"


def test_area_is_added(keeper: Client, draft: StandardSet) -> None:
    assert keeper.get(f"{DRAFT}obszar/nowy/").context["form"]["code"].value() == "C"
    keeper.post(f"{DRAFT}obszar/nowy/", {"code": "C", "name_pl": "Nowy"})
    assert [area.code for area in draft.areas.all()] == ["A", "B", "C"]
    assert keeper.get(f"{DRAFT}obszar/nowy/1/").status_code == 404


def test_standard_says_whom_it_is_for(keeper: Client, draft: StandardSet) -> None:
    part = standard(draft, "A1")
    data = {"area": part.area_id, "code": "A1", "name_pl": "S", "version": part.version}
    response = keeper.post(f"{DRAFT}standard/{part.pk}/", data)
    assert set(response.context["form"].errors) == {"applies_to"}
    kind = standard(draft, "A2").applies_to.get()
    keeper.post(f"{DRAFT}standard/{part.pk}/", data | {"applies_to": [kind.pk]})
    assert list(standard(draft, "A1").applies_to.all()) == [kind]
    keeper.post(
        f"{DRAFT}standard/{part.pk}/",
        data | {"version": 2, "applies_to": [kind.pk], "applies_to_all": "on"},
    )
    assert standard(draft, "A1").applies_to.count() == 0


def test_part_is_moved(keeper: Client, draft: StandardSet) -> None:
    part = criterion(draft, "A1.1")
    response = keeper.post(f"{DRAFT}kryterium/{part.pk}/miejsce/", {"kierunek": "dol"})
    assert response.headers["Location"] == f"{DRAFT}#A1.1"
    assert codes(draft)[:2] == ["A1.2", "A1.1"]


def test_removal_says_what_goes_along(keeper: Client, draft: StandardSet) -> None:
    part = standard(draft, "A1")
    response = keeper.get(f"{DRAFT}standard/{part.pk}/usuniecie/")
    assert response.context["consequences"] == [
        "Znikną też jego kryteria: A1.1, A1.2.",
        "Te kryteria poprzedniego wydania zostaną pominięte: A1.1, A1.2.",
    ]
    keeper.post(f"{DRAFT}standard/{part.pk}/usuniecie/")
    assert codes(draft) == ["A2.1", "B1.1"]


def test_head_is_saved(keeper: Client, draft: StandardSet) -> None:
    response = keeper.post(f"{DRAFT}opis/", head_data(draft, code="dwa", note_pl="Uwaga"))
    assert response.headers["Location"] == "/standardy/dwa/redakcja/"


@pytest.mark.parametrize("change", [{"validity_years": 0}, {"code": "edycje"}, {"name_pl": ""}])
def test_wrong_head_is_refused(keeper: Client, draft: StandardSet, change: dict[str, Any]) -> None:
    response = keeper.post(f"{DRAFT}opis/", head_data(draft, **change))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(change)


def test_two_people_in_one_head(keeper: Client, draft: StandardSet) -> None:
    data = head_data(draft, name_pl="Moja nazwa")
    services.edit_head(
        draft, by=None, values={"name_pl": "Ich nazwa"}, expected_version=draft.version
    )
    response = keeper.post(f"{DRAFT}opis/", data)
    assert response.status_code == 409
    assert ("Nazwa po polsku", "Ich nazwa") in response.context["newer"]


def rows(prefix: str, *given: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(given),
        f"{prefix}-INITIAL_FORMS": 0,
    }
    for number, row in enumerate(given):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def test_scale_is_saved(keeper: Client, draft: StandardSet) -> None:
    levels = rows(
        "l",
        {"value": 0, "name_pl": "nie", "descriptor_pl": "Nic tego nie potwierdza."},
        {"value": 1, "name_pl": "tak"},
        {"value": 2, "name_pl": "zbędny", "DELETE": "on"},
        {"value": "", "name_pl": "nie dotyczy"},
        {"value": "", "name_pl": ""},
    )
    keeper.post(f"{DRAFT}skala/", levels | {"met_from": 1, "version": draft.version})
    saved = [(level.value, level.descriptor_pl) for level in draft.levels.all()]
    assert saved == [(0, "Nic tego nie potwierdza."), (1, ""), (None, "")]
    assert "Nic tego nie potwierdza." in keeper.get(f"{DRAFT}skala/").content.decode()


@pytest.mark.parametrize(
    ("levels", "met_from"),
    [
        ([{"value": 0, "name_pl": "nie"}], 2),
        ([{"value": 2, "name_pl": "raz"}, {"value": 2, "name_pl": "dwa"}], 2),
        ([{"value": 2, "name_pl": ""}], 2),
    ],
)
def test_wrong_scale_is_refused(
    keeper: Client, draft: StandardSet, levels: list[dict[str, Any]], met_from: int
) -> None:
    data = rows("l", *levels) | {"met_from": met_from, "version": draft.version}
    assert keeper.post(f"{DRAFT}skala/", data).status_code == 422
    assert draft.levels.count() == 5


def test_sources_are_saved(keeper: Client, draft: StandardSet) -> None:
    sources = rows("s", {"code": "strona", "address": "https://example.org/"}, {"code": ""})
    keeper.post(f"{DRAFT}zrodla/", sources | {"version": draft.version})
    assert [source.code for source in draft.sources.all()] == ["strona"]
    stale = keeper.post(f"{DRAFT}zrodla/", sources | {"version": draft.version})
    assert stale.status_code == 409


def test_everything_is_numbered_anew(keeper: Client, draft: StandardSet) -> None:
    services.remove_part(criterion(draft, "A1.1"), by=None)
    assert keeper.post(f"{DRAFT}numeracja/").status_code == 302
    assert codes(draft) == ["A1.1", "A2.1", "B1.1"]
