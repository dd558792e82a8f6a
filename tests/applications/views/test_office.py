"""Asking for completion, and declaring a conflict of interest."""

from datetime import UTC, datetime

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


@pytest.mark.parametrize("wrong", [{"why-A1.1": ""}, {"working_days": "0"}])
def test_completion_request_refused_keeps_what_was_typed(wrong, signed_in):
    application = in_state(State.FORMAL_CHECK)
    address, data = post_of("completion_request", application)

    response = signed_in(make_user(Role.OFFICE)).post(
        address, data | {"reason": "Prosimy o staranność."} | wrong
    )

    assert response.status_code == 422
    assert application.completion_requests.count() == 0
    assert "Prosimy o staranność.</textarea>" in page_of(response)


def test_a_document_asked_for_needs_a_reason(signed_in):
    application = in_state(State.FORMAL_CHECK)
    statute = application.criteria().first().evidence_types.get()
    address, data = post_of("completion_request", application)

    response = signed_in(make_user(Role.OFFICE)).post(
        address, data | {"documents-A1.2": [statute.pk]}
    )

    assert response.status_code == 422
    assert "Napisz, dlaczego ten dokument jest potrzebny." in page_of(response)


def test_completion_request_sends_first_to_the_points(signed_in):
    application = make_application(State.FORMAL_CHECK)
    page = page_of(signed_in(make_user(Role.OFFICE)).get(url("completion_request", application)))
    assert url("formal_check", application) in page
    assert "Wyślij wezwanie" not in page


def test_completion_request_proposes_days_with_their_last_day(signed_in):
    application = in_state(State.FORMAL_CHECK)

    with clock.set_to(datetime(2026, 12, 14, 12, tzinfo=UTC)):
        response = signed_in(make_user(Role.OFFICE)).get(url("completion_request", application))

    page = page_of(response)
    assert (
        "14 dni roboczych: do 7 stycznia 2027, z pominięciem 24–26 grudnia, 1 stycznia i 6 stycznia"
    ) in page
    assert response.context["form"]["working_days"].value() == 14


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
