"""Importing and publishing: what is written, what is refused, what leaves an event."""

from copy import deepcopy
from typing import Any

import pytest

from certification.audit.models import Event
from certification.errors import CannotDo, TransitionNotAllowed
from certification.standards.models import (
    Area,
    Criterion,
    EvidenceType,
    InstitutionKind,
    Source,
    Standard,
    StandardSet,
)
from certification.standards.reading import OWN_CATALOGUE, BadCatalogue, load
from certification.standards.services import import_standards, publish
from certification.standards.states import State
from institutions.states import Role
from tests.factories import make_user
from tests.standards.test_reading import SMALL, changed

pytestmark = pytest.mark.django_db


def kind(code: str) -> InstitutionKind:
    return InstitutionKind.objects.get(code=code)


def test_import_writes_everything() -> None:
    standard_set = import_standards(load(OWN_CATALOGUE))

    assert standard_set.state == State.DRAFT
    assert (standard_set.code, standard_set.validity_years, standard_set.met_from) == (
        "cal-osl-1",
        5,
        2,
    )
    assert Area.objects.filter(standard_set=standard_set).count() == 5
    assert Standard.objects.count() == 23
    assert Criterion.objects.of_set(standard_set).count() == 54
    assert [str(level) for level in standard_set.levels.all()] == [
        "0 – not met",
        "1 – partly met",
        "2 – met",
        "3 – exemplary – good practice",
        "not applicable",
    ]
    criterion = Criterion.objects.get(code="A2.2")
    assert {each.code for each in criterion.evidence_types.all()} == {
        "regulamin_org",
        "zarzadzenie",
    }
    assert {each.code for each in criterion.sources.all()} == {"osl_czym", "targowek"}
    assert Source.objects.get(code="klucze_zadania").kind == Source.Kind.LAW


def test_import_says_what_each_kind_answers() -> None:
    standard_set = import_standards(load(OWN_CATALOGUE))

    criteria = Criterion.objects.of_set(standard_set)
    codes = {
        code: set(Standard.objects.for_kind(kind(code)).values_list("code", flat=True))
        for code in ("social_assistance", "cus", "library")
    }
    assert len(codes["social_assistance"]) == 23
    assert codes["social_assistance"] - codes["cus"] == {"A2", "E2"}
    assert codes["social_assistance"] - codes["library"] == {"A2", "B3", "E2"}
    assert criteria.for_kind(kind("library")).count() == 54 - 4 - 3 - 1


def test_import_again_replaces_the_draft() -> None:
    first = import_standards(SMALL)
    again = import_standards(
        changed("areas", 0, "standards", 0, "criteria", to=[{"id": "A1.9", "pl": "Nowe"}])
    )

    assert again.pk == first.pk
    assert [criterion.code for criterion in Criterion.objects.of_set(again)] == ["A1.9"]
    assert Source.objects.count() == 1


def test_import_again_rewords_what_only_drafts_use() -> None:
    import_standards(SMALL)
    import_standards(changed("kinds", "library", "pl", to="biblioteka publiczna"))
    assert kind("library").name_pl == "biblioteka publiczna"


def test_import_keeps_words_of_a_published_set() -> None:
    publish(import_standards(SMALL), by=None)
    data = changed("kinds", "library", "pl", to="czytelnia")
    data["set"]["code"] = "inny"
    data["evidence_types"]["statut"]["pl"] = "Papier"
    data["evidence_types"]["nowy"] = {"pl": "Nowy rodzaj"}
    import_standards(data)

    assert kind("library").name_pl == "biblioteka"
    assert EvidenceType.objects.get(code="statut").name_pl == "Statut"
    assert EvidenceType.objects.get(code="nowy").name_pl == "Nowy rodzaj"


def test_import_refuses_to_change_a_published_set() -> None:
    publish(import_standards(SMALL), by=None)
    with pytest.raises(CannotDo, match="maly"):
        import_standards(SMALL)


def test_import_refuses_values_that_do_not_fit() -> None:
    too_long = changed("areas", 0, "pl", to="x" * 201)
    with pytest.raises(BadCatalogue, match="area › A › name_pl"):
        import_standards(too_long)
    assert not StandardSet.objects.exists()


def test_import_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    data = load(OWN_CATALOGUE)
    with django_assert_max_num_queries(40):
        import_standards(data)


def test_import_leaves_one_event() -> None:
    by = make_user(Role.ADMINISTRATOR)
    standard_set = import_standards(SMALL, by=by)
    event = Event.objects.about(standard_set).get()
    assert (event.verb, event.by) == ("standards.import", by)
    assert event.facts == {"code": "maly", "criteria": 2}


def test_publish_freezes_and_leaves_one_event() -> None:
    by = make_user(Role.ADMINISTRATOR)
    published = publish(import_standards(SMALL), by=by)

    published.refresh_from_db()
    assert (published.state, published.published_by) == (State.PUBLISHED, by)
    assert StandardSet.objects.current() == published
    event = Event.objects.about(published).get(verb="standards.publish")
    assert event.facts == {"code": "maly", "edition": "1"}


def test_publish_twice_is_refused() -> None:
    standard_set = publish(import_standards(SMALL), by=None)
    with pytest.raises(TransitionNotAllowed):
        publish(standard_set, by=None)
    assert Event.objects.filter(verb="standards.publish").count() == 1


def test_publish_of_an_empty_set_is_refused() -> None:
    empty = deepcopy(SMALL) | {"areas": []}
    standard_set = import_standards(empty)
    with pytest.raises(CannotDo, match="without criteria"):
        publish(standard_set, by=None)


def test_current_is_the_one_published_last() -> None:
    publish(import_standards(SMALL), by=None)
    newer = import_standards(changed("set", "code", to="nowszy"))
    import_standards(changed("set", "code", to="szkic"))
    publish(newer, by=None)
    assert StandardSet.objects.current() == newer
