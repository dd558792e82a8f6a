"""Citing at places, moving to newer versions."""

import pytest
from django.db import IntegrityError, transaction

from certification.applications import services
from certification.applications.models import Citation
from certification.applications.places import NOWHERE, Place
from certification.applications.states import State
from certification.audit.models import Event
from certification.errors import CannotDo
from tests.applications.factories import add_version, in_state, make_file, make_ready_draft
from tests.factories import make_application, make_evidence

from .doing import criterion, verbs_of

pytestmark = pytest.mark.django_db


def cited(application, place=NOWHERE, code="A1.1"):
    revision = make_file(application.institution)
    return services.cite(
        application, criterion(application, code), revision, by=application.opened_by, place=place
    )


def test_cite_one_version_at_two_places():
    application = make_application()
    first = cited(application, Place(page=4))

    services.cite(
        application,
        criterion(application),
        first.revision,
        by=application.opened_by,
        place=Place(page=4, page_to=6),
    )

    assert [str(one.place) for one in application.answers.get().citations.all()] == [
        "s. 4",
        "s. 4–6",
    ]


@pytest.mark.parametrize("place", [NOWHERE, Place(page=4), Place(second=750), Place(spot="tabela")])
def test_cite_twice_at_the_same_place(place):
    application = make_application()
    first = cited(application, place)

    with pytest.raises(CannotDo):
        services.cite(
            application,
            criterion(application),
            first.revision,
            by=application.opened_by,
            place=place,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.create(
            answer=first.answer,
            revision=first.revision,
            added_by=application.opened_by,
            **place.columns,
        )


@pytest.mark.parametrize(
    "columns",
    [
        {"page_to": 4},
        {"page": 4, "page_to": 4},
        {"second": 9, "second_to": 3},
        {"page": 4, "second": 3},
        {"page": 4, "spot": "tabela"},
        {"second": 4, "spot": "tabela"},
    ],
)
def test_place_that_contradicts_itself(columns):
    application = make_application()
    answer = cited(application).answer
    revision = make_evidence(application.institution)

    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.create(
            answer=answer, revision=revision, added_by=application.opened_by, **columns
        )


def test_change_place():
    application = make_application()
    citation = cited(application)

    changed = services.change_place(citation, by=application.opened_by, place=Place(page=7))
    services.change_place(citation, by=application.opened_by, place=Place(page=7))

    assert changed.place == Place(page=7)
    assert verbs_of(application) == ["applications.cite", "applications.change_place"]


def test_change_place_to_one_that_is_cited():
    application = make_application()
    first = cited(application, Place(page=4))
    second = services.cite(
        application,
        criterion(application),
        first.revision,
        by=application.opened_by,
        place=Place(page=5),
    )

    with pytest.raises(CannotDo, match="s. 4"):
        services.change_place(second, by=application.opened_by, place=Place(page=4))


def test_change_place_of_a_citation_that_is_gone():
    application = make_application()
    citation = cited(application)
    again = Citation.objects.get(pk=citation.pk)
    services.uncite(citation, by=application.opened_by)

    with pytest.raises(CannotDo):
        services.change_place(again, by=application.opened_by, place=Place(page=4))


def test_cite_newest_keeps_the_place():
    application = make_application()
    citation = cited(application, Place(page=4))
    newest = add_version(citation.revision.evidence, b"%PDF nowa", by=application.opened_by)

    changed = services.cite_newest(citation, by=application.opened_by)
    services.cite_newest(citation, by=application.opened_by)

    assert (changed.revision, changed.place) == (newest, Place(page=4))
    assert verbs_of(application) == ["applications.cite", "applications.cite_newest"]


@pytest.mark.parametrize("verb", ["change_place", "cite_newest"])
def test_what_was_not_named_in_a_completion_stays(verb):
    application = make_ready_draft()
    citation = cited(application, code="A1.2")
    add_version(citation.revision.evidence, b"%PDF nowa", by=application.opened_by)
    type(application).objects.filter(pk=application.pk).update(
        state=State.COMPLETION,
        number="CAL/W/1/2026",
        submitted_by=application.opened_by,
        submitted_at=application.opened_at,
    )
    given = {"place": Place(page=1)} if verb == "change_place" else {}

    with pytest.raises(CannotDo):
        getattr(services, verb)(citation, by=application.opened_by, **given)

    assert Citation.objects.get().place == NOWHERE


def test_events_hold_no_words_of_the_place():
    application = in_state(State.DRAFT)

    cited(application, Place(spot="tabela pani Anny"))

    assert "Anny" not in str(Event.objects.of_case(application).latest("pk").facts)
