"""Conflicts that nobody declared: known at once, recorded with their source, marked when late."""

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.late import conflicts_of, waiting_late
from certification.applications.models import Application, Comment, ConflictDeclaration
from certification.applications.services import declare_conflict, review_conflict
from certification.applications.states import State, Verb
from certification.assessments import services
from certification.assessments.conflicts import Ground, conflict_between
from certification.assessments.models import Assignment, ConsolidatedCard
from certification.assessments.reminders import note_conflicts
from certification.assessments.states import Ending
from certification.audit.models import Event
from certification.correspondence.models import Message
from certification.correspondence.states import Side
from certification.errors import CannotDo, TransitionNotAllowed
from certification.outbox.models import Email
from institutions.states import Role
from tests.assessments.factories import make_assignment, make_case, rate_all
from tests.factories import days_from_today, make_evidence, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db
Source = ConflictDeclaration.Source


def upload(case, user):
    make_evidence(case.institution, by=user)


def comment(case, user):
    Comment.objects.create(
        application=case, criterion=case.criteria()[0], text="Rada.", written_by=user
    )


def write(case, user, side=Side.INSTITUTION):
    Message.objects.create(application=case, side=side, text="Dzień dobry.", author=user)


def join(case, user):
    make_member(case.institution, user=user)


def join_parent(case, user):
    case.institution.parent = make_institution()
    case.institution.save()
    make_member(case.institution.parent, user=user)


HELP = [upload, comment, write]
FOUND = [*HELP, join, join_parent]


def sees(user, case):
    fresh = type(user).objects.get(pk=user.pk)
    return Application.objects.open_to_staff(fresh).filter(pk=case.pk).exists()


# --- found by the program ---------------------------------------------------------------------


@pytest.mark.parametrize("how", FOUND)
@pytest.mark.parametrize("role", [Role.OFFICE, Role.ASSESSOR])
def test_it_closes_the_case_at_once_and_says_why(how, role):
    case, user = make_case(), make_user(role)
    make_assignment(case, user)
    assert sees(user, case)
    assert conflict_between(user, case) == ""
    how(case, user)
    assert not sees(user, case)
    assert conflict_between(user, case) != ""


@pytest.mark.parametrize("how", HELP)
def test_who_helped_is_not_assigned_and_another_case_stays_open(how):
    case, other, user = make_case(), make_case(), make_user(Role.ASSESSOR)
    how(case, user)
    with pytest.raises(CannotDo, match=user.full_name):
        services.assign(case, by=make_user(), assessor=user, due_on=days_from_today(9))
    assert services.assign(other, by=make_user(), assessor=user, due_on=days_from_today(9))


def test_what_the_office_writes_to_an_institution_is_no_help():
    case, office = make_case(), make_user(Role.OFFICE)
    write(case, office, side=Side.OFFICE)
    assert sees(office, case)


# --- recorded -----------------------------------------------------------------------------------


def test_a_found_conflict_is_recorded_once_with_its_source_and_ends_the_assignment():
    office, case = make_user(Role.OFFICE), make_case()
    assignment = make_assignment(case)
    rate_all(assignment.assessment)
    untouched = make_assignment(make_case())
    upload(case, assignment.assessor)
    note_conflicts(clock.now())
    note_conflicts(clock.now())
    [conflict] = ConflictDeclaration.objects.all()
    assert (conflict.source, conflict.ground) == (Source.PROGRAM, Ground.ADVISED)
    assert (conflict.user, conflict.declared_by) == (assignment.assessor, None)
    assignment.refresh_from_db()
    assert (assignment.ending, assignment.ended_by) == (Ending.CONFLICT, None)
    assert assignment.assessment.ratings.count() == 4
    assert list(Assignment.objects.active()) == [untouched]
    [email] = Email.objects.all()
    assert email.person == office
    assert assignment.assessor.full_name in email.body


def test_the_end_of_a_case_is_left_alone():
    assignment = make_assignment(make_case(State.CERTIFIED))
    upload(assignment.application, assignment.assessor)
    note_conflicts(clock.now())
    assert not ConflictDeclaration.objects.exists()


@pytest.mark.parametrize("is_own", [True, False])
def test_a_declaration_says_whose_it_is(is_own):
    case, user = make_case(), make_user(Role.ASSESSOR)
    by = user if is_own else make_user(Role.OFFICE)
    conflict = declare_conflict(case, user=user, by=by, ground=Ground.PARTNER)
    assert conflict.source == (Source.PERSON if is_own else Source.OFFICE)
    assert Event.objects.get(verb=Verb.DECLARE_CONFLICT).facts["source"] == conflict.source


# --- late ---------------------------------------------------------------------------------------


def late_conflict():
    """One of two assessors who had submitted; the card was open."""
    case = make_case()
    first, second = (make_assignment(case) for _ in range(2))
    for each in (first, second):
        rate_all(each.assessment)
        services.submit_assessment(each.assessment, by=each.assessor)
    assert ConsolidatedCard.objects.exists()
    conflict = declare_conflict(case, user=first.assessor, by=first.assessor, ground=Ground.FAMILY)
    return conflict, second


def test_a_late_conflict_marks_what_was_done_and_drops_the_open_card():
    conflict, second = late_conflict()
    case = conflict.application
    [recorded] = conflicts_of(case)
    assert recorded.is_late
    assert recorded.waits
    assert "assessments.submit" in [done.verb for done in recorded.done]
    assert not ConsolidatedCard.objects.exists()
    assert Assignment.objects.active().get() == second
    assert list(waiting_late()) == [conflict]


def test_a_conflict_before_anything_was_done_is_not_late():
    case, user = make_case(), make_user(Role.ASSESSOR)
    make_assignment(case, user, declared=False)
    declare_conflict(case, user=user, by=user, ground=Ground.FAMILY)
    assert [each.is_late for each in conflicts_of(case)] == [False]
    assert not waiting_late().exists()
    assert not Email.objects.exists()


def test_the_office_says_what_follows_once():
    conflict, _second = late_conflict()
    with pytest.raises(CannotDo):
        review_conflict(conflict, by=make_user(Role.OFFICE), note=" ")
    office = make_user(Role.OFFICE)
    review_conflict(conflict, by=office, note="Oceny zastąpiono.")
    assert (conflict.reviewed_by, conflict.review_note) == (office, "Oceny zastąpiono.")
    assert not waiting_late().exists()
    with pytest.raises(TransitionNotAllowed):
        review_conflict(conflict, by=office, note="Raz jeszcze.")


# --- pages --------------------------------------------------------------------------------------


def test_the_office_reads_and_reviews_it_on_a_page(signed_in):
    conflict, second = late_conflict()
    case = conflict.application
    listed = reverse("conflict_list", args=[case.pk])
    review = reverse("conflict_review", args=[case.pk, conflict.pk])
    office = signed_in(make_user(Role.OFFICE))
    assert listed in office.get(reverse("panel")).content.decode()
    page = office.get(listed).content.decode()
    assert conflict.user.full_name in page
    assert review in page
    assert office.post(review, {"note": ""}).status_code == 422
    assert office.post(review, {"note": "Oceny zastąpiono."}).status_code == 302
    assert "Oceny zastąpiono." in office.get(listed).content.decode()
    assert "Oceny zastąpiono." in office.get(case.get_absolute_url()).content.decode()
    assert listed not in office.get(reverse("panel")).content.decode()
    assert signed_in(conflict.user).get(listed).status_code == 404
    assert signed_in(second.assessor).get(listed).status_code == 403


def test_who_still_judges_does_not_read_what_another_assessor_had_done(signed_in):
    conflict, _second = late_conflict()
    judging = make_user(Role.OFFICE, Role.ASSESSOR)
    make_assignment(conflict.application, judging)
    client = signed_in(judging)
    listed = reverse("conflict_list", args=[conflict.application_id])
    assert client.get(listed).status_code == 403
    for page in (reverse("panel"), conflict.application.get_absolute_url()):
        text = client.get(page).content.decode()
        assert listed not in text
        assert conflict.user.full_name not in text


def test_a_conflict_of_another_case_is_not_reviewed_here(signed_in):
    conflict, _second = late_conflict()
    address = reverse("conflict_review", args=[make_case().pk, conflict.pk])
    office = signed_in(make_user(Role.OFFICE))
    assert office.post(address, {"note": "Cokolwiek."}).status_code == 404
