"""A catalogue file is checked whole, and each fault is named with its place."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from certification.errors import CannotDo
from certification.standards.reading import OWN_CATALOGUE, BadCatalogue, load, read

SMALL: dict[str, Any] = {
    "set": {"code": "maly", "edition": "1", "pl": "Mały zestaw", "en": "A small set"},
    "kinds": {"library": {"pl": "biblioteka"}},
    "rating_scale": {
        "levels": [{"value": 0, "pl": "nie"}, {"value": 2, "pl": "tak"}],
        "extra": [{"value": None, "pl": "nie dotyczy"}],
    },
    "sources": {"strona": "https://www.example.org/a"},
    "source_class": {"cal_own": ["strona"]},
    "evidence_types": {"statut": {"pl": "Statut", "sourced": True, "sources": ["strona"]}},
    "areas": [
        {
            "id": "A",
            "pl": "Obszar",
            "standards": [
                {
                    "id": "A1",
                    "pl": "Standard",
                    "applies_to": ["library"],
                    "sourced": True,
                    "appears_in": ["strona"],
                    "criteria": [
                        {"id": "A1.1", "pl": "Jedno", "evidence": ["statut"], "sourced": True},
                        {"id": "A1.2", "pl": "Drugie", "sources": [], "sourced": "inferred"},
                    ],
                }
            ],
        }
    ],
}


def changed(*path: Any, to: Any) -> dict[str, Any]:
    """The small catalogue with one value replaced; None as the last step of `to` removes it."""
    data = deepcopy(SMALL)
    inner: Any = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return data


STANDARD = ("areas", 0, "standards", 0)
CRITERION = (*STANDARD, "criteria", 0)


def test_own_catalogue_is_whole() -> None:
    catalogue = read(load(OWN_CATALOGUE))

    standards = [standard for area in catalogue.areas for standard in area.inside]
    criteria = [criterion for standard in standards for criterion in standard.inside]
    assert (len(catalogue.areas), len(standards), len(criteria)) == (5, 23, 54)
    assert sum(criterion.sourced for criterion in criteria) == 41
    assert [level.value for level in catalogue.levels] == [0, 1, 2, 3, None]
    assert len(catalogue.kinds) == 7
    assert set(catalogue.sources) == set(catalogue.source_kinds)
    assert all(each.pl and each.en for each in (*standards, *criteria, *catalogue.evidence_types))
    assert all(each.guidance_pl and each.guidance_en for each in criteria)
    assert all(each.descriptor_pl and each.descriptor_en for each in catalogue.levels)


def test_inferred_is_not_sourced() -> None:
    (area,) = read(SMALL).areas
    first, second = area.inside[0].inside
    assert (first.sourced, second.sourced) == (True, False)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ([], "names with values are needed here"),
        (changed("areas", to=None), "areas: a list is needed here."),
        (changed(*CRITERION, "id", to=""), "areas › A › A1: “id” is missing."),
        (changed(*CRITERION, "pl", to=None), "areas › A › A1 › A1.1: “pl” is missing."),
        (
            changed(*CRITERION, "evidence", to=["fax"]),
            "A › A1 › A1.1: unknown kind of evidence “fax”.",
        ),
        (changed(*CRITERION, "sources", to=["nikt"]), "A › A1 › A1.1: unknown source “nikt”."),
        (changed(*STANDARD, "appears_in", to=["nikt"]), "A › A1: unknown source “nikt”."),
        (
            changed(*STANDARD, "applies_to", to=["kino"]),
            "A › A1: unknown kind of institution “kino”.",
        ),
        (changed(*CRITERION, "id", to="A1.2"), "A1.2: this id stands twice."),
        (changed("source_class", to={"cal_own": ["x"]}), "source_class: unknown source “x”."),
        (changed("source_class", to={"plotka": []}), "source_class: unknown class “plotka”."),
        (
            changed("rating_scale", "levels", 0, "value", to="zero"),
            "rating_scale: “zero” is not a level.",
        ),
        (
            changed("rating_scale", "levels", 0, "descriptor", to="Nie ma."),
            "rating_scale › nie: names with values are needed here.",
        ),
        (changed("rating_scale", "levels", 0, "value", to=2), "2: this id stands twice."),
        (changed("set", "met_from", to=7), "set › met_from: the scale has no such level."),
        (
            changed("set", "validity_years", to="pięć"),
            "set › validity_years: a whole number is needed.",
        ),
    ],
)
def test_fault_names_its_place(data: Any, problem: str) -> None:
    with pytest.raises(BadCatalogue) as refused:
        read(data)
    assert any(problem in line for line in refused.value.problems), refused.value.problems


def test_all_faults_are_told_at_once() -> None:
    data = changed(*CRITERION, "evidence", to=["fax", "teleks"])
    data["areas"][0]["standards"][0]["applies_to"] = ["kino"]
    with pytest.raises(BadCatalogue) as refused:
        read(data)
    assert len(refused.value.problems) == 3


def test_set_without_a_name_is_called_after_its_version() -> None:
    data = deepcopy(SMALL) | {"meta": {"version": "0.1-draft"}}
    del data["set"]
    catalogue = read(data)
    assert (catalogue.head.code, catalogue.edition) == ("standards-0-1-draft", "0.1-draft")
    assert (catalogue.validity_years, catalogue.met_from) == (5, 2)


def test_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="cannot be read"):
        load(tmp_path / "nie-ma.yaml")


def test_file_that_is_no_yaml(tmp_path: Path) -> None:
    broken = tmp_path / "zly.yaml"
    broken.write_text("areas: [", encoding="utf-8")
    with pytest.raises(CannotDo, match="not correct YAML"):
        load(broken)
