"""Assessors ask for completion: the office reads it, the other assessor does not."""

import pytest
from django.urls import reverse

from certification.applications import asking
from certification.applications import services as applications
from certification.applications.asking import Wish
from certification.applications.states import State
from certification.assessments.models import CompletionProposal
from certification.assessments.services import propose_completion
from certification.errors import Stale, TransitionNotAllowed
from certification.outbox.models import Email
from institutions.states import Role
from tests.assessments.factories import make_assignment, make_case
from tests.factories import make_user

pytestmark = pytest.mark.django_db
WHY = "Brakuje porozumienia z klubem seniora."


@pytest.fixture
def bench():
    return make_assignment(make_case()).assessment


def first_of(assessment):
    return assessment.application.criteria().get(code="A1.1")


def propose(assessment, reason=WHY, version=0):
    return propose_completion(
        assessment,
        first_of(assessment),
        by=assessment.assignment.assessor,
        reason=reason,
        expected_version=version,
    )


def test_the_wishes_of_both_become_one_request(bench):
    other = make_assignment(bench.application).assessment
    office = make_user(Role.OFFICE)
    propose(bench)
    propose(other, "Proszę o datę spotkania.")

    wishes = asking.wishes_for(bench.application, office)

    assert [(wish.criterion, wish.reason) for wish in wishes] == [
        (first_of(bench), WHY),
        (first_of(bench), "Proszę o datę spotkania."),
    ]
    assert Email.objects.filter(to=office.email).count() == 1  # once a day


def test_the_other_assessor_reads_it_nowhere(bench, signed_in):
    other = make_assignment(bench.application).assessment
    office = make_user(Role.OFFICE)
    propose(bench)
    client = signed_in(other.assignment.assessor)
    case = bench.application.get_absolute_url()
    pages = [
        case,
        reverse("assessment_detail", args=[other.pk]),
        reverse("completion_propose", args=[other.pk, "A1.1"]),
        reverse("assessment_list"),
    ]

    assert WHY in signed_in(office).get(case).content.decode()
    for address in pages:
        assert WHY not in client.get(address).content.decode()
    applications.request_completion(
        bench.application, by=office, items=[Wish(WHY, first_of(bench))]
    )
    assert WHY not in client.get(case).content.decode()
    applications.complete(bench.application, by=bench.application.opened_by)
    changes = reverse("dossier_changes", args=[bench.application.pk, 2])
    assert WHY not in client.get(changes).content.decode()
    assert WHY in signed_in(office).get(changes).content.decode()


def test_an_assessor_of_the_office_does_not_read_it_either(bench):
    both = make_user(Role.OFFICE, Role.ASSESSOR)
    make_assignment(bench.application, both)
    propose(bench)

    assert asking.wishes_for(bench.application, both) == []


def test_what_was_asked_for_waits_no_more(bench):
    office = make_user(Role.OFFICE)
    propose(bench)
    wishes = asking.wishes_for(bench.application, office)
    applications.request_completion(bench.application, by=office, items=wishes)
    applications.complete(bench.application, by=bench.application.opened_by)

    assert asking.wishes_for(bench.application, office) == []


def test_a_wish_is_taken_back(bench):
    propose(bench)
    propose(bench, reason="", version=1)

    assert asking.wishes_for(bench.application, make_user(Role.OFFICE)) == []


def test_two_tabs(bench, signed_in):
    propose(bench)
    with pytest.raises(Stale):
        propose(bench, reason="Inny powód.")

    response = signed_in(bench.assignment.assessor).post(
        reverse("completion_propose", args=[bench.pk, "A1.1"]),
        {"reason": "Moje słowa.", "version": 0},
    )

    assert response.status_code == 409
    assert "Moje słowa.</textarea>" in response.content.decode()
    assert CompletionProposal.objects.get().reason == WHY


def test_only_while_the_case_is_assessed(bench):
    bench.application.__class__.objects.update(state=State.COMMITTEE)

    with pytest.raises(TransitionNotAllowed):
        propose(bench)
