from datetime import timedelta

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments import overview
from certification.assessments.overview import Stage, Step
from institutions.states import Role
from tests.assessments.factories import (
    make_assessment,
    make_assignment,
    make_card,
    make_case,
    rate_all,
    submit,
)
from tests.factories import days_from_today, make_institution, make_kind, make_member, make_user

pytestmark = pytest.mark.django_db
URL = reverse("assessment_list")


def names(response):
    return response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_an_assessor(rows, signed_in, django_assert_num_queries):
    me = make_user(Role.ASSESSOR)
    for _ in range(rows):
        rate_all(make_assignment(make_case(), me).assessment)
    hidden = make_assessment().application
    client = signed_in(me)
    client.get(URL)
    with django_assert_num_queries(6):
        response = client.get(URL)
    assert len(response.context["mine"]) == rows
    assert hidden.institution.name not in names(response)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_the_office(rows, signed_in, django_assert_num_queries):
    for _ in range(rows):
        case = make_case()
        make_assignment(case)
        make_assignment(case, declared=False)
    hidden = make_case(State.FORMAL_CHECK)
    client = signed_in(make_user(Role.OFFICE))
    client.get(URL)
    with django_assert_num_queries(15):
        response = client.get(URL)
    assert len(response.context["cases"]) == rows
    assert hidden.institution.name not in names(response)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_finished_cases(rows, signed_in, django_assert_num_queries):
    me = make_user(Role.ASSESSOR)
    for _ in range(rows):
        make_assignment(make_case(State.CERTIFIED), me)
    in_hand = make_assignment(make_case(), me).application
    client = signed_in(me)
    client.get(URL)
    with django_assert_num_queries(6):
        response = client.get(URL + "?widok=zakonczone")
    assert len(response.context["page"].object_list) == rows
    assert in_hand.institution.name not in names(response)


def test_office_does_not_follow_a_case_it_has_a_conflict_with(signed_in):
    case = make_case()
    office = make_user(Role.OFFICE)
    make_member(case.institution, user=office)
    assert signed_in(office).get(URL).context["cases"] == []


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.OFFICE, Role.ASSESSOR}])
def test_list_is_for_assessors_and_the_office(role, signed_in):
    assert signed_in(make_user(role)).get(URL).status_code == 403


def test_an_unknown_tab_shows_the_first_one(signed_in):
    response = signed_in(make_user(Role.ASSESSOR)).get(URL + "?widok=biuro")
    assert response.context["shown"] == "moje"


def test_overdue_is_said(signed_in):
    assignment = make_assignment(make_case(), due_on=days_from_today(-1))
    # the page is asked for in Polish; the msgid is the English word
    page = signed_in(assignment.assessor).get(URL, headers={"Accept-Language": "en"})
    assert "overdue" in names(page)


# --- where an assessor stands ---------------------------------------------------------------


def step_of(assessment):
    (view,) = overview.my_assignments(assessment.assignment.assessor)
    return view.step


def test_steps_of_an_assessor_in_order():
    case = make_case()
    assignment = make_assignment(case, declared=False)
    (view,) = overview.my_assignments(assignment.assessor)
    assert view.step == Step.DECLARE
    assessment = make_assessment(case)
    assert step_of(assessment) == Step.RATE
    rate_all(assessment)
    assert step_of(assessment) == Step.SUBMIT
    submit(assessment)
    assert step_of(assessment) == Step.WAIT


@pytest.mark.parametrize(("level", "step"), [(1, Step.SETTLE), (2, Step.CLOSE)])
def test_steps_with_a_card(level, step):
    card = make_card(second={"A1_1": level})
    assert step_of(card.assessments()[0]) == step


@pytest.mark.parametrize(
    ("state", "step"), [(State.COMPLETION, Step.PAUSED), (State.COMMITTEE, Step.FINISHED)]
)
def test_steps_when_the_case_is_elsewhere(state, step):
    assert step_of(make_assessment(make_case(state))) == step


def test_totals_agree_with_the_criteria_of_each_case():
    kinds = [make_kind("social_assistance"), make_kind("library")]
    cases = [make_case(institution=make_institution(kind=kind)) for kind in kinds]
    totals = overview.criteria_totals(cases)
    assert totals == {case.pk: case.criteria().count() for case in cases}
    assert set(totals.values()) == {4, 3}


# --- what the office follows ----------------------------------------------------------------


def stage_of(case):
    fresh = Application.objects.filter(pk=case.pk)
    (view,) = overview.follow(fresh, make_user(Role.OFFICE))
    return view


def test_stages_of_a_case():
    case = make_case()
    assert (stage_of(case).stage, stage_of(case).places) == (Stage.WANTED, 2)
    make_assignment(case)
    make_assignment(case)
    assert (stage_of(case).stage, stage_of(case).places) == (Stage.RATED, 0)
    assert stage_of(make_card().application).stage == Stage.SETTLED
    assert stage_of(make_case(State.COMPLETION)).stage == Stage.PAUSED


def test_an_assessor_who_joined_the_institution_is_pointed_out():
    assignment = make_assignment(make_case())
    make_member(assignment.application.institution, user=assignment.assessor)
    (one,) = stage_of(assignment.application).assignments
    assert one.obstacle != ""


def test_cases_without_two_assessors():
    lacking, full = make_case(), make_case()
    make_assignment(lacking)
    make_assignment(full)
    make_assignment(full)
    assert list(overview.lacking_assessors(make_user(Role.OFFICE))) == [lacking]


def test_the_case_waiting_longest_comes_first():
    newer, older = make_case(), make_case()
    Application.objects.filter(pk=older.pk).update(state_since=clock.now() - timedelta(days=9))
    assert list(overview.cases_under_assessment(make_user(Role.OFFICE))) == [older, newer]
