"""What the database itself refuses, and what a question about an application answers."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from certification import clock
from certification.applications.models import (
    Answer,
    Application,
    Citation,
    CompletionRequest,
    ConflictDeclaration,
    Dossier,
)
from certification.applications.states import State
from institutions.states import Role
from tests.factories import (
    make_application,
    make_evidence,
    make_institution,
    make_kind,
    make_member,
    make_user,
)

from .factories import ask, in_state

pytestmark = pytest.mark.django_db


def refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_one_application_under_way():
    application = make_application()

    refused(lambda: make_application(institution=application.institution))

    Application.objects.update(state=State.WITHDRAWN)
    make_application(institution=application.institution)


def test_number_is_given_once():
    application = make_application(State.SUBMITTED)

    refused(lambda: make_application(State.SUBMITTED, number=application.number))


@pytest.mark.parametrize("missing", ["number", "submitted_by", "submitted_at"])
def test_what_is_submitted_says_when_by_whom_and_as_what(missing):
    application = make_application(State.SUBMITTED)

    refused(lambda: Application.objects.filter(pk=application.pk).update(**{missing: None}))


def test_one_answer_to_a_criterion():
    application = make_application(State.SUBMITTED)
    answer = application.answers.first()

    refused(
        lambda: Answer.objects.create(
            application=application, criterion=answer.criterion, updated_by=answer.updated_by
        )
    )


def test_one_citation_of_a_revision_in_an_answer():
    answer = make_application(State.SUBMITTED).answers.first()
    fields = {
        "answer": answer,
        "revision": make_evidence(answer.application.institution),
        "added_by": answer.updated_by,
    }
    Citation.objects.create(**fields)

    refused(lambda: Citation.objects.create(**fields))


def test_pages_count_from_one():
    answer = make_application(State.SUBMITTED).answers.first()
    revision = make_evidence(answer.application.institution)

    refused(
        lambda: Citation.objects.create(
            answer=answer, revision=revision, page=0, added_by=answer.updated_by
        )
    )


def test_one_open_completion():
    application = make_application(State.COMPLETION)
    first = ask(application)

    refused(lambda: ask(application))

    CompletionRequest.objects.filter(pk=first.pk).update(
        answered_by=application.opened_by, answered_at=clock.now()
    )
    ask(application)


@pytest.mark.parametrize("half", ["answered_at", "answered_by"])
def test_an_answered_completion_says_when_and_by_whom(half):
    request = ask(make_application(State.COMPLETION))
    given = {"answered_at": clock.now(), "answered_by": request.asked_by}

    refused(lambda: CompletionRequest.objects.filter(pk=request.pk).update(**{half: given[half]}))


def test_one_conflict_of_a_person_in_a_case():
    application, clerk = make_application(State.SUBMITTED), make_user(Role.OFFICE)
    fields = {"application": application, "user": clerk, "ground": "other", "declared_by": clerk}
    ConflictDeclaration.objects.create(**fields)

    refused(lambda: ConflictDeclaration.objects.create(**fields))


def test_dossier_numbers_are_given_once_and_dossiers_stay():
    dossier = make_application(State.SUBMITTED).dossiers.get()

    refused(
        lambda: Dossier.objects.create(
            application=dossier.application,
            number=1,
            manifest="{}",
            sha256="0" * 64,
            frozen_by=dossier.frozen_by,
        )
    )
    refused(lambda: Dossier.objects.update(manifest="[]"))
    refused(dossier.delete)


# --- who sees what ---------------------------------------------------------------------------


def test_visible_to_the_office_once_submitted():
    clerk = make_user(Role.OFFICE)
    make_application()
    withdrawn_draft = make_application()
    Application.objects.filter(pk=withdrawn_draft.pk).update(state=State.WITHDRAWN)
    submitted = make_application(State.SUBMITTED)

    assert list(Application.objects.visible_to(clerk)) == [submitted]


def test_visible_to_its_own_institution_only():
    mine, _other = make_application(), make_application()

    assert list(Application.objects.visible_to(mine.opened_by)) == [mine]


@pytest.mark.parametrize("relation", ["itself", "parent", "unit"])
def test_not_open_to_a_clerk_who_belongs_to_the_applicant_or_its_kin(relation):
    parent = make_institution()
    unit = make_institution(parent=parent)
    applicant, own = {
        "itself": (parent, parent),
        "parent": (parent, unit),
        "unit": (unit, parent),
    }[relation]
    make_application(State.SUBMITTED, institution=applicant)
    clerk = make_member(own, user=make_user(Role.OFFICE))

    assert list(Application.objects.open_to_staff(clerk)) == []


def test_matching_finds_each_word_in_number_name_or_town():
    found = make_application(
        State.SUBMITTED,
        institution=make_institution(name="Biblioteka im. Łukasza w Śremie", town="Śrem"),
    )
    make_application(State.SUBMITTED)

    for words in ("biblioteka śrem", found.number, "ŁUKASZA", "łukasza"):
        assert list(Application.objects.matching(words)) == [found]
    assert Application.objects.matching("biblioteka radom").count() == 0
    assert Application.objects.matching("").count() == 2


# --- which criteria --------------------------------------------------------------------------


def codes(criteria):
    return [criterion.code for criterion in criteria]


def test_criteria_follow_the_kind_of_institution():
    library = make_institution(kind=make_kind("library"))

    assert codes(make_application().criteria()) == ["A1.1", "A1.2", "A2.1", "B1.1"]
    assert codes(make_application(institution=library).criteria()) == ["A1.1", "A1.2", "B1.1"]


@pytest.mark.parametrize("state", State)
def test_unlocked_criteria(state):
    expected = {
        State.DRAFT: ["A1.1", "A1.2", "A2.1", "B1.1"],
        State.COMPLETION: ["A1.1"],
    }

    assert codes(in_state(state).unlocked()) == expected.get(state, [])


def test_unlocked_forgets_an_answered_request():
    application = make_application(State.COMPLETION)
    first = ask(application, "A1.2")
    CompletionRequest.objects.filter(pk=first.pk).update(
        answered_by=application.opened_by, answered_at=clock.now()
    )
    second = ask(application, "B1.1", asked_at=clock.now() + timedelta(seconds=1))

    assert codes(application.unlocked()) == ["B1.1"]
    assert application.open_completion() == second
