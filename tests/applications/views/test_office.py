"""Asking for completion, and declaring a conflict of interest."""

from datetime import timedelta

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.applications.states import State
from institutions.states import Role
from tests.applications.factories import in_state, person
from tests.factories import (
    make_application,
    make_user,
)

from .sending import page_of, post_of, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"criteria": []}, {"deadline": "today"}])
def test_completion_request_refused_keeps_what_was_typed(wrong, signed_in):
    application = make_application(State.FORMAL_CHECK)
    address, data = post_of("completion_request", application)
    if "deadline" in wrong:
        wrong = {"deadline": clock.today().isoformat()}

    response = signed_in(make_user(Role.OFFICE)).post(address, data | wrong)

    assert response.status_code == 422
    assert application.completion_requests.count() == 0
    if "reason" not in wrong:
        assert "Brakuje umowy.</textarea>" in page_of(response)
    if "criteria" not in wrong:
        assert " checked>" in page_of(response)


def test_completion_request_proposes_a_fortnight(signed_in):
    application = make_application(State.FORMAL_CHECK)

    page = page_of(signed_in(make_user(Role.OFFICE)).get(url("completion_request", application)))

    assert f'value="{(clock.today() + timedelta(days=14)).isoformat()}"' in page


def test_the_office_is_told_that_a_completion_is_being_written(signed_in):
    application = in_state(State.COMPLETION)

    page = page_of(signed_in(make_user(Role.OFFICE)).get(url("application_answers", application)))

    assert "Instytucja uzupełnia odpowiedzi" in page


def test_conflict_of_ones_own_closes_the_case(signed_in):
    application, clerk = make_application(State.FORMAL_CHECK), make_user(Role.OFFICE)
    client, address = signed_in(clerk), url("conflict_declare", application)

    response = client.post(address, {"user": clerk.pk, "ground": "family"})

    assert response["Location"] == reverse("panel")
    assert client.get(address).status_code == 404
    assert client.get(url("application_answers", application)).status_code == 404


def test_conflict_of_somebody_else_is_recorded_by_the_office(signed_in):
    application = make_application(State.FORMAL_CHECK)
    clerk, assessor = make_user(Role.OFFICE), make_user(Role.ASSESSOR)

    response = signed_in(clerk).post(
        url("conflict_declare", application), {"user": assessor.pk, "ground": "advised"}
    )

    declaration = ConflictDeclaration.objects.get()
    assert response["Location"] == application.get_absolute_url()
    assert (declaration.user, declaration.declared_by) == (assessor, clerk)


def test_conflict_recorded_twice(signed_in):
    application = make_application(State.FORMAL_CHECK)
    clerk, assessor = make_user(Role.OFFICE), make_user(Role.ASSESSOR)
    sent = {"user": assessor.pk, "ground": "advised"}
    client = signed_in(clerk)

    statuses = [
        client.post(url("conflict_declare", application), sent).status_code for _click in range(2)
    ]

    assert statuses == [302, 422]


@pytest.mark.parametrize("missing", ["user", "ground"])
def test_conflict_form_incomplete(missing, signed_in):
    application = make_application(State.FORMAL_CHECK)
    clerk = make_user(Role.OFFICE)
    sent = {"user": clerk.pk, "ground": "family"}
    del sent[missing]

    response = signed_in(clerk).post(url("conflict_declare", application), sent)

    assert response.status_code == 422
    assert ConflictDeclaration.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("custodian", 403),
        ("reader", 403),
        ("insider", 403),
        ("office", 200),
        ("stranger", 404),
        ("barred", 404),
        ("assessor", 404),
    ],
)
def test_conflict_form_by_each_role(who, expected, signed_in):
    application = make_application(State.FORMAL_CHECK)

    response = signed_in(person(who, application)).get(url("conflict_declare", application))

    assert response.status_code == expected
