"""Two editions side by side."""

from typing import Any

import pytest

from certification.standards import services
from certification.standards.comparing import Comparison, Row, compare
from certification.standards.descent import Kind
from certification.standards.models import Criterion, EvidenceType, StandardSet
from certification.standards.reading import OWN_CATALOGUE, load
from tests.standards.factories import criterion, make_draft, standard

pytestmark = pytest.mark.django_db


def edit(draft: StandardSet, which: str, **values: Any) -> None:
    row = criterion(draft, which)
    services.edit_part(row, by=None, values=values, expected_version=row.version)


def since_before(draft: StandardSet) -> Comparison:
    assert draft.follows is not None
    return compare(draft.follows, draft)


def row_of(comparison: Comparison, code: str) -> Row:
    rows = [row for group in comparison.groups for row in group.rows]
    return next(row for row in rows if row.new and row.new.code == code)


def test_copy_differs_in_nothing_but_its_name() -> None:
    comparison = since_before(make_draft())
    assert comparison.changed == []
    assert comparison.dropped == []
    assert comparison.counts == [(Kind.SAME, 4)]
    assert [label for label, _was, _now in comparison.rules] == ["Name"]


def test_a_new_descriptor_of_a_level_is_told() -> None:
    draft = make_draft()
    draft.levels.filter(value=3).update(descriptor_pl="Inaczej.", descriptor_en="Otherwise.")
    draft.levels.exclude(value=3).update(descriptor_pl="")
    rules = {label: (was, now) for label, was, now in since_before(draft).rules}
    assert rules["What the levels mean"] == (
        "0 – level 0: Po czym poznać 0. 1 – level 1: Po czym poznać 1. "
        "2 – level 2: Po czym poznać 2. 3 – level 3: Po czym poznać 3. "
        "nie dotyczy: Nie te zadania.",
        "3 – level 3: Otherwise.",
    )


def test_changed_words_stand_on_their_side() -> None:
    draft = make_draft()
    edit(draft, "A1.1", text_pl="Treść zupełnie inna A1.1", text_en="Text of criteria A1.1")
    row = row_of(since_before(draft), "A1.1")
    assert (row.kind, row.is_changed) == (Kind.CHANGED, True)
    assert [(each.change, each.text) for each in row.before if each.change != "same"] == [
        ("removed", "criterion")
    ]
    assert [(each.change, each.text) for each in row.after if each.change != "same"] == [
        ("added", "criteria")
    ]


def test_what_changed_beside_the_text_is_told() -> None:
    draft = make_draft()
    other = EvidenceType.objects.create(code="mapa", name_pl="Mapa", name_en="Map")
    edit(draft, "A1.1", code="A1.9", guidance_pl="Piszcie.", word_limit=99, evidence_types=[other])
    row = row_of(since_before(draft), "A1.9")
    assert (row.kind, row.is_changed) == (Kind.SAME, True)
    assert row.also == [
        "code A1.1 → A1.9",
        "guidance",
        "longest answer 600 → 99 words",
        "evidence added: Map",
        "evidence removed: Statute",
    ]


def test_only_what_changed() -> None:
    draft = make_draft()
    services.remove_part(criterion(draft, "A2.1"), by=None)
    values = {"code": "B1.2", "text_pl": "Nowe", "sourced": False}
    services.add_part(Criterion, within=standard(draft, "B1"), by=None, values=values)
    comparison = since_before(draft)
    assert [(g.standard.code, [r.kind for r in g.rows]) for g in comparison.changed] == [
        ("B1", [Kind.NEW])
    ]
    assert [row.old[0].code for row in comparison.dropped] == ["A2.1"]
    assert comparison.counts == [(Kind.SAME, 3), (Kind.NEW, 1), (Kind.DROPPED, 1)]


def test_renamed_standard_is_a_change() -> None:
    draft = make_draft()
    services.edit_part(
        standard(draft, "B1"),
        by=None,
        values={"name_en": "Standard of B1"},
        expected_version=1,
    )
    (group,) = since_before(draft).changed
    assert (group.old_name, group.rows) == ("Standard B1", [])


def test_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    own = services.publish(services.import_standards(load(OWN_CATALOGUE)), by=None)
    draft = services.start_edition(own, by=None, code="nowe", edition="2", name_pl="Nowe")
    with django_assert_max_num_queries(12):
        comparison = compare(own, draft)
        assert len(comparison.groups) == 23
