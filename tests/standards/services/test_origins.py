"""Splitting, merging and drawing lines by hand keep the mapping right."""

from typing import Any

import pytest

from certification.audit.models import Event
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.standards import services
from certification.standards.descent import Kind, trace, undecided
from certification.standards.models import Criterion, EvidenceType, StandardSet
from tests.factories import make_standard_set
from tests.standards.factories import codes, criterion, lines, make_draft

pytestmark = pytest.mark.django_db


def kind_of(draft: StandardSet, code: str) -> str:
    assert draft.follows is not None
    return trace(draft.follows, draft).kind_of(criterion(draft, code))


def split(draft: StandardSet, code: str, *, version: int = 1) -> tuple[Criterion, Criterion]:
    return services.split_criterion(
        criterion(draft, code),
        by=None,
        first=("Pierwsza część", "First part"),
        second=("Druga część", "Second part"),
        code="A1.3",
        expected_version=version,
    )


def merge(draft: StandardSet, kept: str, gone: str, **versions: int) -> Criterion:
    return services.merge_criteria(
        criterion(draft, kept),
        criterion(draft, gone),
        by=None,
        words=("Razem", "Together"),
        expected_version=versions.get("one", 1),
        expected_version_of_other=versions.get("other", 1),
    )


def test_both_parts_come_from_the_same() -> None:
    draft = make_draft()
    one, other = split(draft, "A1.1")
    assert codes(draft) == ["A1.1", "A1.3", "A1.2", "A2.1", "B1.1"]
    assert (one.text_pl, other.text_pl) == ("Pierwsza część", "Druga część")
    assert (kind_of(draft, "A1.1"), kind_of(draft, "A1.3")) == (Kind.SPLIT, Kind.SPLIT)
    assert list(other.evidence_types.all()) == list(one.evidence_types.all())
    assert other.word_limit == one.word_limit


def test_merged_criterion_comes_from_both() -> None:
    draft = make_draft()
    extra = EvidenceType.objects.create(code="mapa", name_pl="Mapa")
    criterion(draft, "A2.1").evidence_types.set([extra])
    merged = merge(draft, "A1.1", "A2.1")
    assert codes(draft) == ["A1.1", "A1.2", "B1.1"]
    assert (merged.text_pl, kind_of(draft, "A1.1")) == ("Razem", Kind.MERGED)
    assert {each.code for each in merged.evidence_types.all()} == {"statut", "mapa"}
    assert undecided(draft) == []


def test_parts_of_one_that_are_merged_again_are_one() -> None:
    draft = make_draft()
    split(draft, "A1.1")
    merge(draft, "A1.1", "A1.3", one=2)
    assert kind_of(draft, "A1.1") == Kind.CHANGED
    assert lines(draft) == {(code, code) for code in ("A1.1", "A1.2", "A2.1", "B1.1")}


def test_criterion_is_not_merged_with_itself() -> None:
    with pytest.raises(CannotDo, match="another criterion"):
        merge(make_draft(), "A1.1", "A1.1")


def test_origin_is_given_by_hand() -> None:
    draft = make_draft()
    assert draft.follows is not None
    services.remove_part(criterion(draft, "A2.1"), by=None)
    olds = [criterion(draft.follows, code) for code in ("A1.1", "A2.1")]
    services.derive(criterion(draft, "A1.1"), by=None, parents=olds, expected_version=1)
    assert lines(draft) == {
        ("A1.1", "A1.1"),
        ("A2.1", "A1.1"),
        ("A1.2", "A1.2"),
        ("B1.1", "B1.1"),
    }
    services.edit_part(
        criterion(draft, "A1.1"), by=None, values={"text_pl": "Inne"}, expected_version=2
    )
    services.derive(criterion(draft, "A1.1"), by=None, parents=[], expected_version=3)
    assert kind_of(draft, "A1.1") == Kind.NEW
    assert [old.code for old in undecided(draft)] == ["A1.1", "A2.1"]


def test_old_criterion_is_dropped_and_taken_back() -> None:
    draft = make_draft()
    assert draft.follows is not None
    services.remove_part(criterion(draft, "A2.1"), by=None)
    old = criterion(draft.follows, "A2.1")
    services.take_back(draft, old, by=None)
    assert undecided(draft) == [old]
    services.drop(draft, old, by=None)
    services.drop(draft, old, by=None)  # said twice, written once
    assert undecided(draft) == []
    assert ("A2.1", None) in lines(draft)


def test_old_criterion_with_an_heir_is_not_dropped() -> None:
    draft = make_draft()
    assert draft.follows is not None
    with pytest.raises(CannotDo, match=r"A1\.1"):
        services.drop(draft, criterion(draft.follows, "A1.1"), by=None)


STALE: list[Any] = [
    lambda draft: split(draft, "A1.1", version=0),
    lambda draft: merge(draft, "A1.1", "A1.2", one=0),
    lambda draft: merge(draft, "A1.1", "A1.2", other=0),
    lambda draft: services.derive(
        criterion(draft, "A1.1"), by=None, parents=[], expected_version=0
    ),
]


@pytest.mark.parametrize("verb", STALE)
def test_newer_version_is_not_overwritten(verb: Any) -> None:
    draft = make_draft()
    before = Event.objects.count(), lines(draft)
    with pytest.raises(Stale):
        verb(draft)
    assert (Event.objects.count(), lines(draft)) == before


@pytest.mark.parametrize(
    "verb",
    [
        lambda edition: split(edition, "A1.1"),
        lambda edition: merge(edition, "A1.1", "A1.2"),
        lambda edition: services.drop(edition, criterion(edition, "A1.1"), by=None),
        lambda edition: services.take_back(edition, criterion(edition, "A1.1"), by=None),
    ],
)
def test_published_edition_is_left_alone(verb: Any) -> None:
    with pytest.raises(TransitionNotAllowed):
        verb(make_standard_set())


def test_each_verb_leaves_one_event() -> None:
    draft = make_draft()
    split(draft, "A1.1")
    merge(draft, "A1.1", "A1.3", one=2)
    verbs = Event.objects.about(draft).order_by("seq").values_list("verb", "facts")
    assert list(verbs)[1:] == [
        ("standards.split", {"code": "A1.1", "second": "A1.3"}),
        ("standards.merge", {"code": "A1.1", "second": "A1.3"}),
    ]
