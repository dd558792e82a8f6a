from datetime import timedelta

import pytest

from certification import clock
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.services import declare_conflict
from certification.applications.states import State
from certification.assessments import services
from certification.assessments.models import Assessment, Assignment, ConsolidatedCard
from certification.assessments.states import Verb
from certification.audit.models import Event
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.models import Appointment
from institutions.states import Role
from tests.assessments.factories import make_assignment, make_card, make_case, sign_all
from tests.factories import days_from_today, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db
OTHER_STATES = [state for state in State if state != State.ASSESSMENT]


def assign(case, assessor=None, **more):
    more.setdefault("due_on", days_from_today(30))
    more.setdefault("by", make_user(Role.OFFICE))
    return services.assign(case, assessor=assessor or make_user(Role.ASSESSOR), **more)


# --- assign -------------------------------------------------------------------------------


def test_assign_gives_the_case_and_leaves_an_event():
    case, assessor, office = make_case(), make_user(Role.ASSESSOR), make_user(Role.OFFICE)
    assignment = assign(case, assessor, by=office)
    assert (assignment.application, assignment.assessor) == (case, assessor)
    assert assignment.assigned_by == office
    assert not assignment.is_declared
    event = Event.objects.get(verb=Verb.ASSIGN)
    assert (event.by, event.facts["assessor"]) == (office, assessor.pk)


@pytest.mark.parametrize("state", OTHER_STATES)
def test_assign_is_refused_outside_assessment(state):
    with pytest.raises(TransitionNotAllowed):
        assign(make_case(state))
    assert not Assignment.objects.exists()


def test_assign_refuses_a_third_assessor():
    case = make_case()
    assign(case)
    assign(case)
    with pytest.raises(CannotDo, match="."):
        assign(case)
    assert Assignment.objects.count() == 2


def test_assign_refuses_the_same_person_twice():
    case, assessor = make_case(), make_user(Role.ASSESSOR)
    assign(case, assessor)
    with pytest.raises(CannotDo, match=assessor.full_name):
        assign(case, assessor)


def test_assign_again_after_the_assignment_ended():
    case, assessor, office = make_case(), make_user(Role.ASSESSOR), make_user(Role.OFFICE)
    services.end_assignment(assign(case, assessor), by=office, reason="Choroba.")
    assert assign(case, assessor).is_active


def test_assign_refuses_somebody_who_is_no_assessor():
    with pytest.raises(CannotDo):
        assign(make_case(), make_user(Role.OFFICE))


def test_assign_refuses_somebody_whose_role_has_ended():
    assessor = make_user(Role.ASSESSOR)
    Appointment.objects.update(until=days_from_today(-1))
    with pytest.raises(CannotDo):
        assign(make_case(), assessor)


def test_assign_refuses_a_day_that_has_passed():
    with pytest.raises(CannotDo):
        assign(make_case(), due_on=days_from_today(-1))


def test_assign_refuses_a_member_of_the_institution():
    case = make_case()
    assessor = make_user(Role.ASSESSOR)
    make_member(case.institution, user=assessor)
    with pytest.raises(CannotDo, match=assessor.full_name):
        assign(case, assessor)


def test_assign_refuses_a_member_of_the_parent_and_of_a_unit():
    parent = make_institution()
    case = make_case(institution=make_institution(parent=parent))
    unit = make_institution(parent=case.institution)
    for institution in (parent, unit):
        assessor = make_user(Role.ASSESSOR)
        make_member(institution, user=assessor)
        with pytest.raises(CannotDo):
            assign(case, assessor)


def test_assign_refuses_somebody_who_declared_a_conflict():
    case, assessor = make_case(), make_user(Role.ASSESSOR)
    ground = ConflictDeclaration.Ground.FAMILY
    declare_conflict(case, user=assessor, by=assessor, ground=ground)
    with pytest.raises(CannotDo, match=str(ground.label)):
        assign(case, assessor)


def test_assign_all_gives_to_everybody_or_nobody():
    case, good, bad = make_case(), make_user(Role.ASSESSOR), make_user()
    with pytest.raises(CannotDo):
        services.assign_all(case, by=make_user(), assessors=[good, bad], due_on=days_from_today(3))
    assert not Assignment.objects.exists()
    assert not Event.objects.filter(verb=Verb.ASSIGN).exists()


# --- end ----------------------------------------------------------------------------------


def test_end_keeps_who_when_and_why():
    assignment, office = make_assignment(make_case()), make_user(Role.OFFICE)
    services.end_assignment(assignment, by=office, reason="  Choroba. ")
    assignment.refresh_from_db()
    assert (assignment.ended_by, assignment.end_reason) == (office, "Choroba.")
    assert Event.objects.filter(verb=Verb.END_ASSIGNMENT, by=office).count() == 1


def test_end_needs_a_reason():
    assignment = make_assignment(make_case())
    with pytest.raises(CannotDo):
        services.end_assignment(assignment, by=make_user(), reason="  ")
    assert Assignment.objects.get().is_active


def test_end_twice_is_refused():
    assignment = make_assignment(make_case())
    services.end_assignment(assignment, by=make_user(), reason="Choroba.")
    with pytest.raises(TransitionNotAllowed):
        services.end_assignment(assignment, by=make_user(), reason="Choroba.")
    assert Event.objects.filter(verb=Verb.END_ASSIGNMENT).count() == 1


@pytest.mark.parametrize("state", State)
def test_end_only_while_the_case_is_assessed(state):
    assignment = make_assignment(make_case(state))
    if state in {State.ASSESSMENT, State.COMPLETION}:
        services.end_assignment(assignment, by=make_user(), reason="Choroba.")
        assert not Assignment.objects.active().exists()
    else:
        with pytest.raises(TransitionNotAllowed):
            services.end_assignment(assignment, by=make_user(), reason="Choroba.")
        assert Assignment.objects.active().exists()


def test_end_drops_an_open_card_but_keeps_what_was_rated():
    card = make_card()
    assignment = card.assessments()[0].assignment
    services.end_assignment(assignment, by=make_user(), reason="Choroba.")
    assert not ConsolidatedCard.objects.exists()
    assert assignment.assessment.ratings.count() == 4
    assert Event.objects.filter(verb=Verb.DISCARD_CARD).count() == 1


# --- declare ------------------------------------------------------------------------------


def test_declaring_opens_the_case():
    assignment = make_assignment(make_case(), declared=False)
    assessor = assignment.assessor
    assert not Application.objects.visible_to(assessor).exists()
    assessment = services.declare_impartial(assignment, by=assessor)
    assert assessment.assignment == assignment
    assert assignment.is_declared
    assert list(Application.objects.visible_to(assessor)) == [assignment.application]
    assert Event.objects.filter(verb=Verb.DECLARE, by=assessor).count() == 1


def test_declaring_twice_is_refused():
    assignment = make_assignment(make_case(), declared=False)
    services.declare_impartial(assignment, by=assignment.assessor)
    with pytest.raises(TransitionNotAllowed):
        services.declare_impartial(assignment, by=assignment.assessor)
    assert Assessment.objects.count() == 1


def test_declaring_on_an_ended_assignment_is_refused():
    assignment = make_assignment(make_case(), declared=False)
    services.end_assignment(assignment, by=make_user(), reason="Choroba.")
    with pytest.raises(TransitionNotAllowed):
        services.declare_impartial(assignment, by=assignment.assessor)


@pytest.mark.parametrize("state", [s for s in State if s not in services.UNDER_WAY])
def test_declaring_is_refused_when_the_case_is_not_assessed(state):
    assignment = make_assignment(make_case(state), declared=False)
    with pytest.raises(TransitionNotAllowed):
        services.declare_impartial(assignment, by=assignment.assessor)


# --- a conflict of interest ---------------------------------------------------------------


def conflict(case, user):
    return declare_conflict(
        case, user=user, by=user, ground=ConflictDeclaration.Ground.ADVISED, note="Doradzałem."
    )


def test_conflict_ends_the_assignment_with_the_reason():
    assignment = make_assignment(make_case())
    conflict(assignment.application, assignment.assessor)
    assignment.refresh_from_db()
    assert not assignment.is_active
    assert assignment.ended_by == assignment.assessor
    assert assignment.end_reason != ""
    assert Event.objects.filter(verb=Verb.END_ASSIGNMENT).count() == 1


def test_conflict_leaves_the_other_assessor_alone():
    case = make_case()
    mine, other = make_assignment(case), make_assignment(case)
    conflict(case, mine.assessor)
    other.refresh_from_db()
    assert other.is_active


def test_conflict_drops_an_open_card():
    card = make_card()
    conflict(card.application, card.assessments()[0].assignment.assessor)
    assert not ConsolidatedCard.objects.exists()


def test_conflict_after_the_card_was_closed_keeps_the_card():
    card = make_card()
    first = card.assessments()[0].assignment.assessor
    sign_all(card)
    with clock.set_to(clock.now() + timedelta(days=1)):
        conflict(card.application, first)
    assert not Application.objects.visible_to(first).exists()
    assert ConsolidatedCard.objects.get().is_closed
    assert card.assessments().count() == 2


def test_conflict_closes_the_case_whatever_the_other_roles():
    case = make_case()
    user = make_user(*Role)
    make_assignment(case, user)
    make_assignment(make_case(), user)
    conflict(case, user)
    assert case not in Application.objects.visible_to(user)
    assert not Assignment.objects.visible_to(user).filter(application=case).exists()
    assert not Assessment.objects.visible_to(user).filter(assignment__application=case).exists()
    assert Assessment.objects.visible_to(user).count() == 1


def test_joining_the_institution_closes_the_case_at_once():
    assignment = make_assignment(make_case())
    assessor = assignment.assessor
    make_member(assignment.application.institution, user=assessor)
    assessor = type(assessor).objects.get(pk=assessor.pk)
    assert not Application.objects.open_to_staff(assessor).exists()
    assert not Assignment.objects.visible_to(assessor).exists()
    assert not Assessment.objects.visible_to(assessor).exists()
