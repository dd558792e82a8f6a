"""Areas, standards and criteria of a draft."""

from typing import Any

import pytest

from certification.audit.models import Event
from certification.errors import Stale, TransitionNotAllowed
from certification.standards import services
from certification.standards.models import Area, Criterion, EvidenceType, Standard
from tests.factories import make_standard_set
from tests.standards.factories import codes, criterion, lines, make_draft, make_keeper, standard

pytestmark = pytest.mark.django_db


def test_criterion_is_added_last() -> None:
    draft, by = make_draft(), make_keeper()
    evidence = EvidenceType.objects.all()
    values = {
        "code": "A1.3",
        "text_pl": "Nowe",
        "guidance_pl": "Napiszcie.",
        "word_limit": 300,
        "sourced": False,
        "evidence_types": evidence,
    }
    added = services.add_part(Criterion, within=standard(draft, "A1"), by=by, values=values)
    assert codes(draft)[:3] == ["A1.1", "A1.2", "A1.3"]
    assert list(criterion(draft, "A1.3").evidence_types.all()) == list(evidence)
    event = Event.objects.about(draft).get(verb="standards.add")
    assert (event.by, event.facts) == (by, {"what": "criterion", "code": "A1.3"})
    assert added.code == "A1.3"


def test_area_and_standard_are_added_last() -> None:
    draft = make_draft()
    area = services.add_part(Area, within=draft, by=None, values={"code": "C", "name_pl": "Nowy"})
    values = {"code": "C1", "name_pl": "Standard", "sourced": False}
    services.add_part(Standard, within=area, by=None, values=values)  # type: ignore[arg-type]
    assert [each.code for each in draft.areas.all()] == ["A", "B", "C"]
    assert standard(draft, "C1").area == area


def test_part_is_saved_by_version() -> None:
    part = criterion(make_draft(), "A1.1")
    services.edit_part(part, by=None, values={"text_pl": "Pierwsze"}, expected_version=1)
    with pytest.raises(Stale) as stale:
        services.edit_part(part, by=None, values={"text_pl": "Drugie"}, expected_version=1)
    assert stale.value.current.text_pl == "Pierwsze"  # type: ignore[attr-defined]
    part.refresh_from_db()
    assert (part.text_pl, part.version) == ("Pierwsze", 2)


def test_criterion_moves_to_the_end_of_another_standard() -> None:
    draft = make_draft()
    values = {"standard": standard(draft, "B1"), "code": "B1.2"}
    services.edit_part(criterion(draft, "A1.1"), by=None, values=values, expected_version=1)
    assert codes(draft) == ["A1.2", "A2.1", "B1.1", "B1.2"]
    assert ("A1.1", "B1.2") in lines(draft)


@pytest.mark.parametrize(
    ("code", "up", "after"),
    [
        ("A1.1", False, ["A1.2", "A1.1"]),
        ("A1.2", True, ["A1.2", "A1.1"]),
        ("A1.1", True, ["A1.1", "A1.2"]),
        ("A1.2", False, ["A1.1", "A1.2"]),
    ],
)
def test_criterion_moves_by_one_place(code: str, up: bool, after: list[str]) -> None:
    draft = make_draft()
    services.move_part(criterion(draft, code), by=None, up=up)
    assert codes(draft)[:2] == after


def test_removed_criterion_is_dropped_knowingly() -> None:
    draft = make_draft()
    services.remove_part(criterion(draft, "A1.1"), by=None)
    assert codes(draft) == ["A1.2", "A2.1", "B1.1"]
    assert ("A1.1", None) in lines(draft)


def test_removed_half_of_a_split_criterion_drops_nothing() -> None:
    draft = make_draft()
    one = criterion(draft, "A1.1")
    _one, other = services.split_criterion(
        one, by=None, first=("a", ""), second=("b", ""), code="A1.3", expected_version=1
    )
    services.remove_part(other, by=None)
    assert lines(draft) == {(code, code) for code in ("A1.1", "A1.2", "A2.1", "B1.1")}


def test_removed_area_takes_everything_along() -> None:
    draft = make_draft()
    services.remove_part(draft.areas.get(code="A"), by=None)
    assert codes(draft) == ["B1.1"]
    assert lines(draft) == {("A1.1", None), ("A1.2", None), ("A2.1", None), ("B1.1", "B1.1")}


@pytest.mark.parametrize(
    "verb",
    [
        lambda part: services.edit_part(part, by=None, values={}, expected_version=1),
        lambda part: services.move_part(part, by=None, up=True),
        lambda part: services.remove_part(part, by=None),
        lambda part: services.add_part(Criterion, within=part.standard, by=None, values={}),
    ],
)
def test_parts_of_a_published_edition_are_left_alone(verb: Any) -> None:
    part = criterion(make_standard_set(), "A1.1")
    with pytest.raises(TransitionNotAllowed):
        verb(part)


@pytest.mark.parametrize(
    "verb",
    [
        lambda part: services.edit_part(part, by=None, values={}, expected_version=1),
        lambda part: services.move_part(part, by=None, up=True),
        lambda part: services.remove_part(part, by=None),
    ],
)
def test_part_that_somebody_removed_meanwhile(verb: Any) -> None:
    part = criterion(make_draft(), "A1.1")
    services.remove_part(criterion(part.standard_set, "A1.1"), by=None)
    events = Event.objects.count()
    with pytest.raises(TransitionNotAllowed):
        verb(part)
    assert Event.objects.count() == events
