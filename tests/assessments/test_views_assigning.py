import pytest
from django.urls import reverse

from certification.applications.models import ConflictDeclaration
from certification.applications.states import State
from certification.assessments.candidates import candidates
from certification.assessments.models import Assessment, Assignment
from institutions.states import Role
from tests.assessments.factories import make_assessment, make_assignment, make_case, submit
from tests.factories import days_from_today, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(signed_in):
    return signed_in(make_user(Role.OFFICE))


def create_url(case):
    return reverse("assignment_create", args=[case.pk])


def choice(*people, due_on=None):
    data = {f"assessor_{place}": person.pk for place, person in enumerate(people)}
    return data | {"due_on": (due_on or days_from_today(30)).isoformat()}


# --- assigning ------------------------------------------------------------------------------


def test_two_assessors_are_assigned_at_once(office):
    case, people = make_case(), [make_user(Role.ASSESSOR) for _ in range(2)]
    response = office.post(create_url(case), choice(*people))
    assert response.status_code == 302
    assert {each.assessor for each in Assignment.objects.all()} == set(people)


def test_the_form_proposes_thirty_days(office):
    form = office.get(create_url(make_case())).context["form"]
    assert form["due_on"].value() == days_from_today(30)


def test_one_place_left_asks_for_one_assessor(office):
    case = make_assignment(make_case()).application
    assert office.get(create_url(case)).context["form"].places == ["assessor_0"]
    assert office.post(create_url(case), choice(make_user(Role.ASSESSOR))).status_code == 302
    assert office.get(create_url(case)).context["form"].places == []


def test_candidates_show_load_and_what_stands_in_the_way(office):
    case = make_case()
    free, member, taken = (make_user(Role.ASSESSOR) for _ in range(3))
    make_assignment(make_case(), free)
    submit(make_assessment(make_case(State.CERTIFIED), assessor=free))
    make_member(case.institution, user=member)
    make_assignment(case, taken)
    found = {one.user: one for one in candidates(case)}
    assert (found[free].load, found[free].past, found[free].obstacle) == (1, 1, "")
    assert found[member].obstacle != ""
    assert found[taken].obstacle != ""
    page = office.get(create_url(case)).content.decode()
    assert f'<option value="{member.pk}" disabled>' in page
    assert found[member].obstacle in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_takes_as_many_queries_for_many_candidates(
    count, office, django_assert_num_queries
):
    case = make_case()
    for _ in range(count):
        make_user(Role.ASSESSOR)
    office.get(create_url(case))
    with django_assert_num_queries(17):
        office.get(create_url(case))


def wrong_choices(case):
    assessor, member = make_user(Role.ASSESSOR), make_user(Role.ASSESSOR)
    make_member(case.institution, user=member)
    yield {}
    yield choice(assessor, assessor)
    yield choice(member)
    yield choice(make_user())
    yield choice(assessor, due_on=days_from_today(-1))
    yield choice(assessor) | {"due_on": "jutro"}


def test_wrong_choices_come_back_with_422(office):
    case = make_case()
    for data in wrong_choices(case):
        response = office.post(create_url(case), data)
        assert response.status_code == 422
        assert response.context["form"].errors
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OFFICE])
def test_others_do_not_see_the_form(role, signed_in):
    # the responsible Board member sees the case, but does not assign
    expected = 403 if role == Role.RESPONSIBLE_BOARD_MEMBER else 404
    client = signed_in(make_user(role))
    assert client.get(create_url(make_case())).status_code == expected
    assert client.post(create_url(make_case()), {}).status_code == expected


def test_a_case_that_moved_on_gives_409(office):
    case = make_case(State.COMMITTEE)
    response = office.post(create_url(case), choice(make_user(Role.ASSESSOR)))
    assert response.status_code == 409


# --- ending ---------------------------------------------------------------------------------


def end_url(assignment):
    return reverse("assignment_end", args=[assignment.pk])


def test_an_assignment_is_ended_with_a_reason(office):
    assignment = make_assignment(make_case())
    assert office.post(end_url(assignment), {"end_reason": "Choroba."}).status_code == 302
    assignment.refresh_from_db()
    assert assignment.end_reason == "Choroba."


def test_an_assignment_is_not_ended_without_a_reason(office):
    assignment = make_assignment(make_case())
    assert office.post(end_url(assignment), {"end_reason": " "}).status_code == 422
    assert Assignment.objects.active().exists()


def test_an_assessor_cannot_end_their_own_assignment(signed_in):
    assignment = make_assignment(make_case())
    assert signed_in(assignment.assessor).get(end_url(assignment)).status_code == 403


def test_somebody_else_does_not_see_the_assignment(signed_in):
    assignment = make_assignment(make_case())
    assert signed_in(make_user(Role.ASSESSOR)).get(end_url(assignment)).status_code == 404


# --- declaring ------------------------------------------------------------------------------


def declare_url(assignment):
    return reverse("assignment_declare", args=[assignment.pk])


def conflict_url(assignment):
    return reverse("assignment_conflict", args=[assignment.pk])


def test_the_declaration_shows_who_applies_and_nothing_of_the_content(signed_in):
    assignment = make_assignment(make_case(), declared=False)
    page = signed_in(assignment.assessor).get(declare_url(assignment)).content.decode()
    case = assignment.application
    for shown in (case.institution.name, case.institution.town, case.number):
        assert shown in page
    assert "Odpowiedź na" not in page


def test_declaring_opens_the_workbench(signed_in):
    assignment = make_assignment(make_case(), declared=False)
    response = signed_in(assignment.assessor).post(declare_url(assignment))
    assert response["Location"] == Assessment.objects.get().get_absolute_url()


def test_the_declaration_leads_on_when_it_was_made(signed_in):
    assignment = make_assignment(make_case())
    response = signed_in(assignment.assessor).get(declare_url(assignment))
    assert response["Location"] == assignment.assessment.get_absolute_url()


def test_declaring_twice_gives_409(signed_in):
    assignment = make_assignment(make_case())
    assert signed_in(assignment.assessor).post(declare_url(assignment)).status_code == 409


@pytest.mark.parametrize("url", [declare_url, conflict_url])
def test_only_the_assessor_declares(url, signed_in):
    assignment = make_assignment(make_case(), declared=False)
    office, other = make_user(Role.OFFICE), make_user(Role.ASSESSOR)
    assert signed_in(office).post(url(assignment)).status_code == 403
    assert signed_in(other).post(url(assignment)).status_code == 404


def test_a_conflict_is_reported_instead(signed_in):
    assignment = make_assignment(make_case(), declared=False)
    client = signed_in(assignment.assessor)
    data = {"ground": ConflictDeclaration.Ground.ADVISED, "note": "Szkoliłem zespół."}
    assert client.post(conflict_url(assignment), data).status_code == 302
    conflict = ConflictDeclaration.objects.get()
    assert (conflict.user, conflict.note) == (assignment.assessor, "Szkoliłem zespół.")
    assert not Assignment.objects.active().exists()
    assert client.get(declare_url(assignment)).status_code == 404


@pytest.mark.parametrize("data", [{}, {"ground": "inny", "note": "Tekst zostaje."}])
def test_a_conflict_needs_its_ground(data, signed_in):
    assignment = make_assignment(make_case(), declared=False)
    response = signed_in(assignment.assessor).post(conflict_url(assignment), data)
    assert response.status_code == 422
    assert data.get("note", "") in response.content.decode()
    assert Assignment.objects.active().exists()
