"""What is in the way of publishing, freezing, and the end of an edition's use."""

import pytest

from certification.audit.models import Event
from certification.errors import CannotDo, TransitionNotAllowed
from certification.standards import services
from certification.standards.checks import findings
from certification.standards.models import Area, Criterion, Standard, StandardSet
from certification.standards.states import Standing
from tests.factories import make_standard_set
from tests.standards.factories import criterion, lines, make_draft, make_keeper, standard

pytestmark = pytest.mark.django_db


def blocking(edition: StandardSet) -> list[str]:
    return [finding.text for finding in findings(edition) if finding.blocks]


def advice(edition: StandardSet) -> list[str]:
    return [finding.text for finding in findings(edition) if not finding.blocks]


def test_copy_can_be_published_at_once() -> None:
    draft = make_draft()
    assert blocking(draft) == []
    published = services.publish(draft, by=None)
    assert StandardSet.objects.current() == published
    with pytest.raises(TransitionNotAllowed):
        services.remove_part(criterion(published, "A1.1"), by=None)


def test_everything_in_the_way_is_told_at_once() -> None:
    draft = make_draft()
    assert draft.follows is not None
    services.remove_part(criterion(draft, "B1.1"), by=None)
    services.take_back(draft, criterion(draft.follows, "B1.1"), by=None)
    services.remove_part(standard(draft, "A2"), by=None)
    Area.objects.create(standard_set=draft, code="C", name_pl="Pusty", position=9)
    Criterion.objects.filter(pk=criterion(draft, "A1.1").pk).update(text_pl="")
    Standard.objects.filter(pk=standard(draft, "A1").pk).update(applies_to_all=False)
    draft.met_from = 9
    draft.save()
    found = [
        "Area C has no standard.",
        "Standard B1 has no criterion.",
        "Standard A1 applies to no kind of institution.",
        "The level that counts as met is not on the scale.",
        "Nothing is said of B1.1 of the edition before: what comes from it?",
        "A1.1 has no Polish text.",
    ]
    assert blocking(draft) == found
    with pytest.raises(CannotDo) as refused:
        services.publish(draft, by=None)
    assert str(refused.value) == "\n".join(found)
    assert not Event.objects.filter(verb="standards.publish").exists()


def test_code_that_stands_twice_is_in_the_way() -> None:
    draft = make_draft()
    Criterion.objects.filter(pk=criterion(draft, "B1.1").pk).update(code="A1.1")
    assert "The code A1.1 appears twice." in blocking(draft)


def test_advice_does_not_block() -> None:
    draft = make_draft()
    Criterion.objects.filter(pk=criterion(draft, "A1.1").pk).update(guidance_pl="Napiszcie.")
    Criterion.objects.filter(pk=criterion(draft, "B1.1").pk).update(text_en="")
    assert advice(draft) == [
        "A1.2 has no guidance in Polish.",
        "A2.1 has no guidance in Polish.",
        "B1.1 has no guidance in Polish.",
        "B1.1 has no English text; the Polish one will be shown.",
    ]


def test_levels_without_a_descriptor_are_advised() -> None:
    draft = make_draft()
    draft.levels.exclude(value=2).update(descriptor_pl="")
    bare = "0 – level 0, 1 – level 1, 3 – level 3, nie dotyczy"
    assert advice(draft)[0] == f"These levels have no descriptor in Polish: {bare}."
    assert blocking(draft) == []


def test_draft_that_follows_nothing_is_advised() -> None:
    make_standard_set()
    draft = make_standard_set(published=False)
    text = "The draft follows no edition, so answers will not be carried over to it."
    assert advice(draft)[0] == text


def test_lines_are_frozen_with_the_edition() -> None:
    draft = make_draft()
    services.remove_part(criterion(draft, "A1.2"), by=None)
    drawn = lines(draft)
    published = services.publish(draft, by=None)
    with pytest.raises(TransitionNotAllowed):
        services.derive(criterion(published, "A1.1"), by=None, parents=[], expected_version=1)
    assert lines(published) == drawn


def test_retired_edition_takes_no_new_applications() -> None:
    by = make_keeper()
    old = make_standard_set()
    new = make_standard_set()
    retirement = services.retire(new, by=by)
    assert StandardSet.objects.current() == old
    assert StandardSet.objects.get(pk=new.pk).standing == Standing.RETIRED
    assert (retirement.retired_by, retirement.retired_at is not None) == (by, True)
    event = Event.objects.about(new).get()
    assert (event.verb, event.by) == ("standards.retire", by)


@pytest.mark.parametrize("published", [True, False])
def test_retiring_twice_or_a_draft_is_refused(published: bool) -> None:
    edition = make_standard_set(published=published)
    if published:
        services.retire(edition, by=None)
    with pytest.raises(TransitionNotAllowed):
        services.retire(edition, by=None)
