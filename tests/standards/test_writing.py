"""An edition written as a file imports again as it was."""

from copy import deepcopy
from typing import Any

import pytest
import yaml

from certification.standards.descent import predecessors
from certification.standards.models import Criterion, Descent, StandardSet
from certification.standards.reading import OWN_CATALOGUE, BadCatalogue, load
from certification.standards.services import import_standards, publish
from certification.standards.writing import to_data, to_yaml

from .test_reading import SMALL

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> StandardSet:
    return publish(import_standards(SMALL), by=None)


def following(*criteria: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A file of a second edition with these criteria."""
    data = deepcopy(SMALL) | more
    data["set"] |= {"code": "drugi", "edition": "2", "follows": "maly"}
    data["areas"][0]["standards"][0]["criteria"] = list(criteria)
    return data


def parents(standard_set: StandardSet) -> dict[str, list[str]]:
    assert standard_set.follows is not None
    found = predecessors(standard_set.follows, standard_set)
    new = Criterion.objects.in_bulk(found)
    return {new[pk].code: [old.code for old in olds] for pk, olds in found.items()}


def test_own_catalogue_comes_back_as_it_was() -> None:
    text = to_yaml(import_standards(load(OWN_CATALOGUE)))
    again = import_standards(yaml.safe_load(text))
    assert to_yaml(again) == text
    assert to_data(again)["areas"][0]["standards"][1]["criteria"][0]["word_limit"] == 300


def test_file_holds_what_was_read() -> None:
    own, written = load(OWN_CATALOGUE), to_data(import_standards(load(OWN_CATALOGUE)))
    for key in ("kinds", "rating_scale", "sources", "areas"):
        assert sorted_lists(written[key]) == sorted_lists(own[key])
    assert written["set"]["code"] == "cal-osl-1"


def sorted_lists(value: Any) -> Any:
    """Codes stand in the order of the catalogue, which may differ from the file's."""
    if isinstance(value, dict):
        return {
            key: each is True if key == "sourced" else sorted_lists(each)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return (
            sorted(value) if all(isinstance(v, str) for v in value) else [*map(sorted_lists, value)]
        )
    return value


def test_lines_are_read(first: StandardSet) -> None:
    second = import_standards(
        following(
            {"id": "A1.1", "pl": "Oba razem", "from": ["A1.2", "A1.1"]},
            {"id": "A1.2", "pl": "Świeże", "from": []},
        )
    )
    assert second.follows == first
    assert parents(second) == {"A1.1": ["A1.1", "A1.2"], "A1.2": []}


def test_what_stayed_is_drawn_and_survives_rewording(first: StandardSet) -> None:
    second = import_standards(following({"id": "A1.1", "pl": "Jedno"}, dropped=["A1.2"]))
    Criterion.objects.of_set(second).update(text_pl="Całkiem inaczej")
    assert parents(second) == {"A1.1": ["A1.1"]}
    assert Descent.objects.filter(standard_set=second, new=None).get().old.code == "A1.2"


def test_lines_come_back_as_they_were(first: StandardSet) -> None:
    second = import_standards(
        following(
            {"id": "A1.1", "pl": "Jedno"},
            {"id": "A1.3", "pl": "Nowe", "from": [], "guidance": {"pl": "- raz\n- dwa\n"}},
            dropped=["A1.2"],
        )
    )
    text = to_yaml(second)
    assert to_yaml(import_standards(yaml.safe_load(text))) == text
    assert Descent.objects.count() == 2


@pytest.mark.parametrize(
    ("criterion", "more", "problem"),
    [
        ({"from": ["Z9"]}, {}, "A1.1: the edition before has no criterion “Z9”"),
        ({}, {"dropped": ["Z9"]}, "dropped: the edition before has no criterion “Z9”"),
        ({"from": ["A1.1"]}, {"dropped": ["A1.1"]}, "“A1.1” is dropped and kept at once"),
        ({"word_limit": "dużo"}, {}, "word_limit: a whole number is needed"),
        ({"word_limit": 3}, {}, "word_limit: Ensure this value is greater"),
        ({"guidance": "tekst"}, {}, "guidance: names with values are needed here"),
    ],
)
def test_wrong_lines_are_refused(
    first: StandardSet, criterion: dict[str, Any], more: dict[str, Any], problem: str
) -> None:
    with pytest.raises(BadCatalogue) as refused:
        import_standards(following({"id": "A1.1", "pl": "Jedno", **criterion}, **more))
    assert any(problem in line for line in refused.value.problems), refused.value.problems
    assert StandardSet.objects.count() == 1


@pytest.mark.parametrize("code", ["nie-ma", "drugi"])
def test_edition_before_must_be_published(code: str) -> None:
    data = following({"id": "A1.1", "pl": "Jedno"})
    data["set"]["follows"] = code
    with pytest.raises(BadCatalogue, match=f"no published edition “{code}”"):
        import_standards(data)
