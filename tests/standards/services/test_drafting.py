"""A draft is begun, described and given up."""

from typing import Any

import pytest

from certification.audit.models import Event
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.standards import services
from certification.standards.descent import Kind, trace
from certification.standards.models import Criterion, RatingLevel, StandardSet
from certification.standards.reading import OWN_CATALOGUE, load
from certification.standards.states import State
from certification.standards.writing import to_data
from tests.factories import make_standard_set
from tests.standards.factories import codes, criterion, lines, make_draft, make_keeper, standard

pytestmark = pytest.mark.django_db


def test_copy_of_a_published_edition_comes_from_it_whole() -> None:
    own = services.publish(services.import_standards(load(OWN_CATALOGUE)), by=None)
    draft = services.start_edition(own, by=None, code="nowe", edition="2", name_pl="Nowe")

    assert (draft.state, draft.follows, draft.edition) == (State.DRAFT, own, "2")
    lineage = trace(own, draft)
    assert {lineage.kind_of(each) for each in lineage.new} == {Kind.SAME}
    assert draft.descents.count() == 54
    copied, original = to_data(draft), to_data(own)
    for data in (copied, original):
        for area in data["areas"]:
            for each in area["standards"]:
                for row in each["criteria"]:
                    row.pop("from", None)
    assert copied["areas"] == original["areas"]
    assert copied["sources"] == original["sources"]


def test_copy_of_a_draft_keeps_its_lines() -> None:
    draft = make_draft()
    services.remove_part(criterion(draft, "A2.1"), by=None)
    again = services.start_edition(draft, by=None, code="trzecie", edition="3", name_pl="Trzecie")
    assert again.follows == draft.follows
    assert lines(again) == lines(draft)
    assert ("A2.1", None) in lines(again)


def test_code_of_another_edition_is_refused() -> None:
    draft = make_draft()
    with pytest.raises(CannotDo, match="drugie"):
        services.start_edition(draft, by=None, code="drugie", edition="2", name_pl="x")


def test_beginning_leaves_one_event() -> None:
    by = make_keeper()
    draft = make_draft(by=by)
    event = Event.objects.about(draft).get()
    assert (event.verb, event.by, event.facts["code"]) == ("standards.draft", by, "drugie")


def test_head_is_saved_by_version() -> None:
    draft = make_draft()
    services.edit_head(
        draft, by=None, values={"name_pl": "Inaczej"}, expected_version=draft.version
    )
    with pytest.raises(Stale) as stale:
        services.edit_head(
            draft, by=None, values={"name_pl": "Po swojemu"}, expected_version=draft.version
        )
    assert stale.value.current.name_pl == "Inaczej"  # type: ignore[attr-defined]


def test_following_another_edition_draws_lines_anew() -> None:
    draft, other = make_draft(), make_standard_set()
    services.remove_part(criterion(draft, "A2.1"), by=None)
    head = services.edit_head(
        draft, by=None, values={"follows": other}, expected_version=draft.version
    )
    assert head.follows == other
    assert lines(draft) == {(code, code) for code in ("A1.1", "A1.2", "B1.1")}


def test_scale_is_replaced() -> None:
    draft = make_draft()
    levels = [
        {"value": 0, "name_pl": "nie", "name_en": ""},
        {"value": 1, "name_pl": "tak", "name_en": "yes"},
        {"value": None, "name_pl": "nie dotyczy", "name_en": ""},
    ]
    saved = services.edit_scale(
        draft, by=None, met_from=1, levels=levels, expected_version=draft.version
    )
    values = RatingLevel.objects.filter(standard_set=draft).values_list("value", flat=True)
    assert (list(values), saved.met_from) == ([0, 1, None], 1)


def test_scale_without_the_level_of_met_is_refused() -> None:
    draft = make_draft()
    with pytest.raises(CannotDo, match="not on the scale"):
        services.edit_scale(draft, by=None, met_from=2, levels=[], expected_version=draft.version)
    assert draft.levels.count() == 5


def test_sources_keep_what_points_at_them() -> None:
    draft = services.import_standards(load(OWN_CATALOGUE))
    services.edit_sources(
        draft,
        by=None,
        sources=[{"code": "osl_czym", "address": "https://example.org/", "kind": "law"}],
        expected_version=draft.version,
    )
    assert [source.address for source in criterion(draft, "A2.1").sources.all()] == [
        "https://example.org/"
    ]
    assert criterion(draft, "B1.2").sources.count() == 0
    assert draft.sources.count() == 1


def test_codes_follow_the_places() -> None:
    draft = make_draft()
    services.move_part(criterion(draft, "A1.2"), by=None, up=True)
    services.move_part(standard(draft, "A2"), by=None, up=True)
    services.renumber(draft, by=None)
    texts = {each.code: each.text_pl for each in Criterion.objects.of_set(draft)}
    assert codes(draft) == ["A1.1", "A2.1", "A2.2", "B1.1"]
    assert texts["A1.1"] == "Treść kryterium A2.1"
    assert texts["A2.1"] == "Treść kryterium A1.2"
    assert ("A2.1", "A1.1") in lines(draft)


def test_discarded_draft_is_gone_but_for_its_event() -> None:
    draft = make_draft()
    services.discard_draft(draft, by=None)
    assert not StandardSet.objects.filter(code="drugie").exists()
    assert Event.objects.filter(verb="standards.discard").get().facts["code"] == "drugie"


VERBS: list[Any] = [
    lambda edition: services.edit_head(edition, by=None, values={}, expected_version=1),
    lambda edition: services.edit_scale(
        edition, by=None, met_from=2, levels=[], expected_version=1
    ),
    lambda edition: services.edit_sources(edition, by=None, sources=[], expected_version=1),
    lambda edition: services.renumber(edition, by=None),
    lambda edition: services.discard_draft(edition, by=None),
]


@pytest.mark.parametrize("verb", VERBS)
def test_published_edition_is_left_alone(verb: Any) -> None:
    edition = make_standard_set()
    with pytest.raises(TransitionNotAllowed):
        verb(edition)
