"""Answers and citations."""

import pytest

from certification.applications import services
from certification.applications.models import Answer
from certification.applications.places import Place
from certification.applications.states import State
from certification.errors import CannotDo, Stale
from institutions.states import MemberRole
from tests.applications.factories import add_version, in_state, make_file
from tests.factories import (
    make_application,
    make_evidence,
    make_institution,
    make_member,
    make_standard_set,
)

from .doing import criterion, verbs_of

pytestmark = pytest.mark.django_db


def test_save_answer_counts_versions():
    application = make_application()
    write = {"by": application.opened_by, "self_rating": None}
    first = criterion(application)

    services.save_answer(application, first, text="raz", expected_version=0, **write)
    answer = services.save_answer(application, first, text="dwa", expected_version=1, **write)

    assert (answer.version, answer.text) == (2, "dwa")
    assert verbs_of(application) == ["applications.save_answer"] * 2


def test_save_answer_from_an_older_version_is_refused():
    application = make_application()
    first, by = criterion(application), application.opened_by
    editor = make_member(application.institution, MemberRole.EDITOR)
    services.save_answer(
        application, first, by=editor, self_rating=None, text="jej", expected_version=0
    )

    with pytest.raises(Stale) as caught:
        services.save_answer(
            application, first, by=by, self_rating=None, text="mój", expected_version=0
        )

    assert (caught.value.current.text, caught.value.current.updated_by) == ("jej", editor)
    assert Answer.objects.get().text == "jej"
    assert len(verbs_of(application)) == 1


def test_save_answer_twice_the_same_changes_nothing():
    application = make_application()
    write = {"by": application.opened_by, "self_rating": None, "text": "raz"}

    for _click in range(2):
        answer = services.save_answer(
            application, criterion(application), expected_version=0, **write
        )

    assert answer.version == 1
    assert verbs_of(application) == ["applications.save_answer"]


def test_save_answer_to_a_criterion_of_another_kind():
    application = make_application()
    alien = make_standard_set().areas.first().standards.first().criteria.first()

    with pytest.raises(CannotDo):
        services.save_answer(
            application,
            alien,
            by=application.opened_by,
            self_rating=None,
            text="x",
            expected_version=0,
        )


def test_completion_unlocks_only_the_named_criteria():
    application = in_state(State.COMPLETION)
    write = {"by": application.opened_by, "self_rating": None, "text": "x", "expected_version": 1}

    services.save_answer(application, criterion(application, "A1.1"), **write)
    with pytest.raises(CannotDo, match="A1.2"):
        services.save_answer(application, criterion(application, "A1.2"), **write)
    with pytest.raises(CannotDo, match="A1.2"):
        services.cite(
            application,
            criterion(application, "A1.2"),
            make_evidence(application.institution),
            by=application.opened_by,
        )

    assert verbs_of(application) == ["applications.save_answer"]


def test_cite_and_uncite():
    application = make_application()
    revision = make_evidence(application.institution)

    citation = services.cite(
        application, criterion(application), revision, by=application.opened_by, place=Place(page=3)
    )
    assert (citation.answer.version, citation.page) == (0, 3)
    services.uncite(citation, by=application.opened_by)

    assert application.answers.get().citations.count() == 0
    assert verbs_of(application) == ["applications.cite", "applications.uncite"]


def test_uncite_twice_changes_nothing():
    application = make_application()
    revision = make_evidence(application.institution)
    by = application.opened_by
    citation = services.cite(application, criterion(application), revision, by=by)
    again = type(citation).objects.get(pk=citation.pk)

    services.uncite(citation, by=by)
    services.uncite(again, by=by)

    assert verbs_of(application) == ["applications.cite", "applications.uncite"]


def test_cite_evidence_of_another_institution():
    application = make_application()

    with pytest.raises(CannotDo):
        services.cite(
            application,
            criterion(application),
            make_evidence(make_institution()),
            by=application.opened_by,
        )

    assert Answer.objects.count() == 0


def test_cite_the_same_twice():
    application = make_application()
    revision, by = make_evidence(application.institution), application.opened_by
    services.cite(application, criterion(application), revision, by=by)

    with pytest.raises(CannotDo):
        services.cite(application, criterion(application), revision, by=by)


def test_cite_two_versions_of_one_evidence():
    application = make_application()
    first, by = make_file(application.institution), application.opened_by
    second = add_version(first.evidence, b"%PDF-1.7 nowe", by=by)

    for revision in (first, second):
        services.cite(application, criterion(application), revision, by=by)

    assert application.answers.get().citations.count() == 2
