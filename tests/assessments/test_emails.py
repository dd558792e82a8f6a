"""Assessors hear of their cases, also of one that they have not declared themselves on yet."""

import pytest
from django.core import mail

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.applications.states import State
from certification.assessments.models import Assessment
from certification.assessments.services import assign, end_assignment, submit_assessment
from certification.assessments.states import Part
from certification.outbox.delivery import deliver_waiting
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from certification.outbox.states import Trouble
from institutions.models import User
from institutions.states import Role
from tests.assessments.factories import make_assessment, make_assignment, rate_all, submit
from tests.factories import days_from_today, make_application, make_member, make_user

pytestmark = pytest.mark.django_db


def test_assignment_is_told_before_the_case_opens() -> None:
    case, office = make_application(State.ASSESSMENT), make_user(Role.OFFICE)
    assessor = make_user(Role.ASSESSOR)
    assign(case, by=office, assessor=assessor, due_on=days_from_today(30))
    deliver_waiting(clock.now())
    [message] = mail.outbox
    assert message.to == [assessor.email]
    assert message.subject == f"Sprawa do oceny: {case.number}, {case.institution}"


def test_conflict_declared_meanwhile_stops_it() -> None:
    case, office = make_application(State.ASSESSMENT), make_user(Role.OFFICE)
    assessor = make_user(Role.ASSESSOR)
    assign(case, by=office, assessor=assessor, due_on=days_from_today(30))
    ConflictDeclaration.objects.create(
        application=case, user=assessor, ground="advised", declared_by=assessor
    )
    deliver_waiting(clock.now())
    assert mail.outbox == []
    assert Email.objects.get().trouble == Trouble.CASE_CLOSED


def test_end_of_an_assignment_names_no_case() -> None:
    case, office = make_application(State.ASSESSMENT), make_user(Role.OFFICE)
    assessor = make_user(Role.ASSESSOR)
    assignment = assign(case, by=office, assessor=assessor, due_on=days_from_today(30))
    deliver_waiting(clock.now())
    end_assignment(assignment, by=office, reason="choroba")
    deliver_waiting(clock.now())
    ended = mail.outbox[1]
    assert ended.to == [assessor.email]
    assert str(case.number) not in ended.subject + ended.body
    assert {email.kind for email in Email.objects.all()} == {Kind.WORK}


# --- the last card is in ----------------------------------------------------------------------


def _of_two_assessors(*, second: User) -> Assessment:
    """The second one's card, ready to be submitted; the first one's is in."""
    case = make_application(State.ASSESSMENT)
    first = make_assessment(case)
    rate_all(first)
    submit(first)
    last = make_assessment(case, assessor=second)
    rate_all(last)
    return last


def _told() -> list[tuple[User, str]]:
    mails = Email.objects.order_by("pk")
    return [(each.person, each.subject.split(":")[0]) for each in mails]


def test_office_hears_when_the_last_card_is_in() -> None:
    office, second = make_user(Role.OFFICE), make_user(Role.ASSESSOR)
    last = _of_two_assessors(second=second)
    assert _told() == []
    submit_assessment(last, by=second)
    assert (office, "Wszystkie karty złożone") in _told()


def test_office_hears_nothing_of_the_first_card() -> None:
    make_user(Role.OFFICE)
    first = make_assessment()
    make_assignment(first.application)
    rate_all(first)
    submit_assessment(first, by=first.assignment.assessor)
    assert _told() == []


def test_office_hears_when_a_conflict_keeps_the_card_closed() -> None:
    office, second = make_user(Role.OFFICE), make_user(Role.ASSESSOR)
    last = _of_two_assessors(second=second)
    first = last.application.assignments.exclude(assessor=second).get().assessor
    make_member(last.application.institution, user=first)
    submit_assessment(last, by=second)
    assert _told() == [(office, "Nie można otworzyć karty zbiorczej")]


def test_office_that_still_judges_the_case_hears_nothing() -> None:
    both, second = make_user(Role.OFFICE, Role.ASSESSOR), make_user(Role.ASSESSOR)
    last = _of_two_assessors(second=second)
    make_assignment(last.application, both, part=Part.THIRD)
    submit_assessment(last, by=second)
    assert "Wszystkie karty złożone" not in [name for _person, name in _told()]
