"""A published set stands still in the database itself; a draft is free."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import translation

from certification import clock
from certification.standards.models import (
    Area,
    Criterion,
    Descent,
    EvidenceType,
    InstitutionKind,
    RatingLevel,
    Retirement,
    Source,
    Standard,
    StandardSet,
)
from certification.standards.reading import OWN_CATALOGUE, load
from certification.standards.services import import_standards, publish
from certification.standards.states import Standing

from .test_reading import changed

pytestmark = pytest.mark.django_db

GUARDED: list[tuple[type[Model], str]] = [
    (Source, "address"),
    (RatingLevel, "name_pl"),
    (RatingLevel, "descriptor_pl"),
    (Area, "name_pl"),
    (Standard, "name_pl"),
    (Criterion, "text_pl"),
]
LINKED = [
    (Standard.applies_to.through, "standard_id", "institutionkind_id"),
    (Standard.appears_in.through, "standard_id", "source_id"),
    (Criterion.sources.through, "criterion_id", "source_id"),
    (Criterion.evidence_types.through, "criterion_id", "evidencetype_id"),
]


@pytest.fixture
def published() -> StandardSet:
    return publish(import_standards(load(OWN_CATALOGUE)), by=None)


@pytest.fixture
def draft() -> StandardSet:
    data = load(OWN_CATALOGUE)
    data["set"]["code"] = "szkic"
    return import_standards(data)


def refused(statement: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            statement()
    except IntegrityError:
        return True
    return False


def copy_of(row: Any) -> Callable[[], Any]:
    """Insert the row once more under another code, the way an addition would come."""
    row.pk = None
    if isinstance(row, RatingLevel):
        row.value = 9
    else:
        row.code = "nowy"
    return lambda: row.save(force_insert=True)


@pytest.mark.parametrize(("model", "field"), GUARDED)
def test_rows_of_a_published_set_stand_still(
    published: StandardSet, model: Any, field: str
) -> None:
    row = model.objects.first()
    assert refused(lambda: model.objects.filter(pk=row.pk).update(**{field: "zmiana"}))
    assert refused(lambda: model.objects.filter(pk=row.pk)._raw_delete("default"))
    assert refused(copy_of(row))


@pytest.mark.parametrize(("model", "field"), GUARDED)
def test_rows_of_a_draft_are_free(draft: StandardSet, model: Any, field: str) -> None:
    row = model.objects.first()
    model.objects.filter(pk=row.pk).update(**{field: "zmiana"})
    assert not refused(copy_of(row))


@pytest.mark.parametrize(("through", "source", "target"), LINKED)
def test_links_of_a_published_set_stand_still(
    published: StandardSet, through: Any, source: str, target: str
) -> None:
    link = through.objects.first()
    taken = through.objects.filter(**{source: getattr(link, source)}).values(target)
    other_target = through._meta.get_field(target.removesuffix("_id")).related_model
    free = other_target.objects.exclude(pk__in=taken).first()
    assert refused(lambda: through.objects.filter(pk=link.pk).update(**{target: free.pk}))
    assert refused(lambda: through.objects.filter(pk=link.pk)._raw_delete("default"))
    addition = {source: getattr(link, source), target: free.pk}
    assert refused(lambda: through.objects.create(**addition))


@pytest.mark.parametrize(("through", "source", "target"), LINKED)
def test_links_of_a_draft_are_free(
    draft: StandardSet, through: Any, source: str, target: str
) -> None:
    link = through.objects.first()
    assert not refused(lambda: through.objects.filter(pk=link.pk)._raw_delete("default"))


def test_published_set_stands_still(published: StandardSet) -> None:
    row = StandardSet.objects.filter(pk=published.pk)
    assert refused(lambda: row.update(name_pl="zmiana"))
    assert refused(lambda: row.update(state="draft", published_at=None))
    assert refused(lambda: row._raw_delete("default"))
    assert refused(lambda: published.delete())


def test_descents_of_a_published_set_stand_still(published: StandardSet) -> None:
    one, two = Criterion.objects.of_set(published).in_order()[:2]
    newer = import_standards(changed("set", "code", to="nowszy"))
    heir = Criterion.objects.of_set(newer).in_order()[0]
    line = Descent.objects.create(standard_set=newer, old=one, new=heir)
    publish(newer, by=None)
    assert refused(lambda: Descent.objects.filter(pk=line.pk).update(new=None))
    assert refused(lambda: Descent.objects.filter(pk=line.pk)._raw_delete("default"))
    assert refused(lambda: Descent.objects.create(standard_set=newer, old=two, new=heir))


def test_descent_stands_once(published: StandardSet, draft: StandardSet) -> None:
    old = Criterion.objects.of_set(published)[0]
    Descent.objects.create(standard_set=draft, old=old, new=None)
    assert refused(lambda: Descent.objects.create(standard_set=draft, old=old, new=None))
    heir = Criterion.objects.of_set(draft)[0]
    Descent.objects.create(standard_set=draft, old=old, new=heir)
    assert refused(lambda: Descent.objects.create(standard_set=draft, old=old, new=heir))


def test_retirement_is_a_row_beside_the_set(published: StandardSet) -> None:
    assert (published.is_retired, published.standing) == (False, Standing.PUBLISHED)
    Retirement.objects.create(standard_set=published, retired_at=clock.now())
    again = StandardSet.objects.get(pk=published.pk)
    assert (again.is_retired, again.standing) == (True, Standing.RETIRED)
    assert StandardSet.objects.current() is None
    assert list(StandardSet.objects.published()) == [published]


def test_published_set_has_a_time() -> None:
    with pytest.raises(IntegrityError):
        StandardSet.objects.create(code="x", name_pl="x", edition="1", state="published")


@pytest.mark.parametrize("value", [1, None])
def test_level_stands_once(draft: StandardSet, value: int | None) -> None:
    with pytest.raises(IntegrityError):
        RatingLevel.objects.create(standard_set=draft, value=value, name_pl="jeszcze raz")


@pytest.mark.parametrize("model", [Source, Area, Standard, Criterion])
def test_code_stands_once(draft: StandardSet, model: Any) -> None:
    row = model.objects.first()
    row.pk = None
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


@pytest.mark.parametrize("model", [InstitutionKind, EvidenceType, StandardSet])
def test_word_stands_once(draft: StandardSet, model: Any) -> None:
    row = model.objects.first()
    row.pk = None
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


def test_text_is_given_in_the_readers_language(draft: StandardSet) -> None:
    criterion = Criterion.objects.get(code="A2.1")
    with translation.override("pl"):
        assert criterion.text == "Statut zawiera zapis o organizowaniu społeczności lokalnej."
    with translation.override("en"):
        assert criterion.text == "Statute mentions OSL."


def test_polish_stands_in_for_missing_english() -> None:
    with translation.override("en"):
        assert Area(name_pl="Obszar").name == "Obszar"


@pytest.mark.parametrize(
    ("address", "site"),
    [("http://www.osl.org.pl/certyfikat-cal/", "osl.org.pl"), ("List gratulacyjny CAL", "")],
)
def test_site_of_a_source(address: str, site: str) -> None:
    assert Source(address=address).site == site
