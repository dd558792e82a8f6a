"""The list of applications, and opening one."""

import pytest
from django.urls import reverse

from certification.applications.models import Application
from certification.applications.states import State
from institutions.states import Role
from tests.applications.factories import person
from tests.factories import (
    make_application,
    make_institution,
    make_member,
    make_user,
)

from .sending import CANARY, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_list_for_the_office(rows, signed_in, django_assert_num_queries):
    client = signed_in(make_user(Role.OFFICE))
    shown = [make_application(State.SUBMITTED) for _row in range(rows)]
    hidden = make_application(institution=make_institution(name=CANARY))

    with django_assert_num_queries(7):
        page = page_of(client.get(reverse("application_list")))

    assert [application.number in page for application in shown] == [True] * rows
    assert hidden.institution.name not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_for_an_applicant(rows, signed_in, django_assert_num_queries):
    user = make_user()
    for _row in range(rows):
        institution = make_institution()
        make_member(institution, user=user)
        make_application(State.SUBMITTED, institution=institution)
    make_application(State.SUBMITTED, institution=make_institution(name=CANARY))

    client = signed_in(user)
    with django_assert_num_queries(6):
        response = client.get(reverse("application_list"))

    assert len(response.context["page"].object_list) == rows
    assert CANARY not in page_of(response)


def test_list_for_somebody_who_is_both(signed_in):
    mine, other = make_application(State.SUBMITTED), make_application(State.SUBMITTED)
    user = make_member(mine.institution, user=make_user(Role.OFFICE))
    client = signed_in(user)

    cases = client.get(reverse("application_list")).context["page"].object_list
    own = client.get(reverse("application_list"), {"tab": "moje"}).context["page"].object_list

    assert (list(cases), list(own)) == ([other], [mine])


def test_list_filtered(signed_in):
    found = make_application(State.ASSESSMENT, institution=make_institution(name="Śląski Ośrodek"))
    make_application(State.ASSESSMENT)
    make_application(State.SUBMITTED, institution=make_institution(name="Śląski Dom"))
    client = signed_in(make_user(Role.OFFICE))

    response = client.get(reverse("application_list"), {"q": "śląski", "state": "assessment"})
    nothing = client.get(reverse("application_list"), {"q": "nigdzie"})

    assert list(response.context["page"].object_list) == [found]
    assert "Nic nie znaleziono" in page_of(nothing)


def test_list_is_paginated(signed_in):
    for _row in range(26):
        make_application(State.SUBMITTED)

    response = signed_in(make_user(Role.OFFICE)).get(reverse("application_list"), {"page": 2})

    assert len(response.context["page"].object_list) == 1


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("custodian", 302),
        ("editor", 403),
        ("reader", 403),
        ("stranger", 404),
        ("office", 403),
        ("assessor", 404),
    ],
)
def test_opening_by_each_role(who, expected, signed_in):
    draft = make_application()
    Application.objects.update(state=State.WITHDRAWN)
    user = person(who, draft)

    response = signed_in(user).post(reverse("application_open", args=[draft.institution_id]))

    assert response.status_code == expected
    assert Application.objects.under_way().count() == (expected == 302)


def test_opening_a_second_says_why_not(signed_in):
    application = make_application()

    response = signed_in(application.opened_by).post(
        reverse("application_open", args=[application.institution_id])
    )

    assert response.status_code == 422
    assert "wniosek w toku" in page_of(response)
