"""Which criterion of a new edition comes from which of an earlier one."""

from typing import Any

import pytest

from certification.standards.descent import Kind, dropped, predecessors, trace
from certification.standards.models import Criterion, Descent, Standard, StandardSet
from tests.factories import make_standard_set

pytestmark = pytest.mark.django_db

CODES = ["A1.1", "A1.2", "A2.1", "B1.1"]


def of(standard_set: StandardSet, code: str) -> Criterion:
    return Criterion.objects.of_set(standard_set).get(code=code)


def draft_after(old: StandardSet) -> StandardSet:
    return make_standard_set(published=False, follows=old)


def draw(newer: StandardSet, old: Criterion, new: Criterion | None) -> None:
    Descent.objects.create(standard_set=newer, old=old, new=new)


def codes(found: dict[int, list[Criterion]]) -> dict[str, list[str]]:
    new = Criterion.objects.in_bulk(found)
    return {new[pk].code: [old.code for old in parents] for pk, parents in found.items()}


def kinds(old: StandardSet, new: StandardSet) -> dict[str, str]:
    lineage = trace(old, new)
    return {each.code: lineage.kind_of(each) for each in [*lineage.new, *lineage.dropped]}


def test_same_edition_is_its_own_past() -> None:
    own = make_standard_set()
    assert codes(predecessors(own, own)) == {code: [code] for code in CODES}
    assert dropped(own, own) == []
    assert set(kinds(own, own).values()) == {Kind.SAME}


def test_equal_code_and_text_stand_in_for_a_line() -> None:
    old, new = make_standard_set(), make_standard_set()
    draft = draft_after(old)
    Criterion.objects.filter(pk=of(draft, "A1.1").pk).update(text_pl="Zupełnie co innego")
    assert codes(predecessors(old, new)) == {code: [code] for code in CODES}
    assert codes(predecessors(old, draft))["A1.1"] == []
    assert [each.code for each in dropped(old, draft)] == ["A1.1"]


def test_lines_win_over_equal_texts() -> None:
    old = make_standard_set()
    new = draft_after(old)
    draw(new, of(old, "A1.1"), None)
    draw(new, of(old, "A1.2"), of(new, "A2.1"))
    draw(new, of(old, "A2.1"), of(new, "A2.1"))
    assert codes(predecessors(old, new)) == {
        "A1.1": [],
        "A1.2": [],
        "A2.1": ["A1.2", "A2.1"],
        "B1.1": ["B1.1"],
    }
    assert [each.code for each in dropped(old, new)] == ["A1.1"]


def test_kinds() -> None:
    old = make_standard_set()
    new = draft_after(old)
    Criterion.objects.of_set(new).filter(code="A1.1").update(text_pl="Nowe brzmienie")
    extra = Criterion.objects.create(
        standard=Standard.objects.get(area__standard_set=new, code="B1"),
        code="B1.2",
        text_pl="Dodane",
        position=9,
        sourced=False,
    )
    draw(new, of(old, "A1.1"), of(new, "A1.1"))
    draw(new, of(old, "A2.1"), None)
    draw(new, of(old, "B1.1"), of(new, "B1.1"))
    draw(new, of(old, "B1.1"), extra)
    assert kinds(old, new) | {"A2.1": ""} == {
        "A1.1": Kind.CHANGED,
        "A1.2": Kind.SAME,
        "A2.1": "",
        "B1.1": Kind.SPLIT,
        "B1.2": Kind.SPLIT,
    }
    lineage = trace(old, new)
    assert lineage.kind_of(of(old, "A2.1")) == Kind.DROPPED
    assert lineage.kind_of(of(new, "A2.1")) == Kind.NEW


def test_merged() -> None:
    old = make_standard_set()
    new = draft_after(old)
    for code in ("A1.2", "A1.1"):
        draw(new, of(old, code), of(new, "A1.1"))
    lineage = trace(old, new)
    heir = of(new, "A1.1")
    assert lineage.kind_of(heir) == Kind.MERGED
    assert [each.code for each in lineage.parents[heir.pk]] == ["A1.1", "A1.2"]  # in order
    assert lineage.children[of(old, "A1.2").pk] == [heir]


def test_lines_are_followed_over_several_editions() -> None:
    old = make_standard_set()
    middle = draft_after(old)
    draw(middle, of(old, "A1.1"), of(middle, "A1.2"))
    draw(middle, of(old, "A1.2"), of(middle, "A1.2"))
    new = draft_after(middle)
    draw(new, of(middle, "A1.2"), of(new, "B1.1"))
    draw(new, of(middle, "B1.1"), None)
    assert codes(predecessors(old, new))["B1.1"] == ["A1.1", "A1.2"]
    assert codes(predecessors(old, new))["A2.1"] == ["A2.1"]
    assert [each.code for each in dropped(old, new)] == ["B1.1"]


@pytest.mark.parametrize("editions", [1, 2, 3])
def test_takes_few_queries(django_assert_num_queries: Any, editions: int) -> None:
    chain = [make_standard_set()]
    for _ in range(editions - 1):
        chain.append(draft_after(chain[-1]))
    newest = StandardSet.objects.select_related("follows__follows").get(pk=chain[-1].pk)
    with django_assert_num_queries(2 * editions - 1):
        predecessors(chain[0], newest)
