"""No case lies without somebody being reminded, and each person once a case and period."""

from datetime import timedelta

import pytest

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.applications.reminders import remind_of_completions
from certification.assessments.reminders import remind_of_assessments
from certification.chores import registered
from certification.followup.models import Reminder
from certification.followup.reminding import remind_of_stuck_cases
from certification.followup.states import WAITS, Stage
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from institutions.models import NoticeChoice, User
from institutions.states import Pace, Role
from tests.assessments.factories import make_assessment
from tests.factories import make_member, make_user

from .factories import make_stuck

pytestmark = pytest.mark.django_db


def remind() -> str:
    return remind_of_stuck_cases(clock.now())


def told() -> list[User]:
    return [email.person for email in Email.objects.filter(kind=Kind.STUCK).order_by("pk")]


def test_the_worker_does_it() -> None:
    assert remind_of_stuck_cases in [chore.do for chore in registered()]


@pytest.mark.parametrize("stage", Stage)
def test_office_is_reminded_whatever_a_case_waits_for(stage: Stage) -> None:
    office = make_user(Role.OFFICE)
    case = make_stuck(stage)
    assert remind() != ""
    email = Email.objects.get(person=office, kind=Kind.STUCK)
    assert case.number in email.subject
    assert str(stage.label) in email.body


@pytest.mark.parametrize("stage", [Stage.OVERDUE, Stage.UNDECLARED, Stage.UNRATED])
def test_one_lateness_is_one_letter_to_each(stage: Stage) -> None:
    """Whoever is late hears of it from the reminders of the work, and who watches over it, here."""
    office, now = make_user(Role.OFFICE), clock.now()
    case = make_stuck(stage)
    make_member(case.institution)
    for chore in (remind_of_completions, remind_of_assessments, remind_of_stuck_cases):
        chore(now)
    late = {mail.person for mail in Email.objects.exclude(kind=Kind.STUCK)}
    assert told() == [office]
    assert late
    assert office not in late
    assert Email.objects.count() == 1 + len(late)


def test_once_a_case_and_period() -> None:
    make_user(Role.OFFICE)
    make_stuck(Stage.SUBMITTED)
    assert remind() != ""
    assert remind() == ""
    again = clock.now() + timedelta(days=WAITS[Stage.SUBMITTED].again)
    with clock.set_to(again - timedelta(days=1)):
        assert remind() == ""
    with clock.set_to(again):
        assert remind() != ""
        assert remind() == ""
    assert [each.turn for each in Reminder.objects.all()] == [1, 2]
    assert Email.objects.count() == 2


def test_a_case_that_lies_anew_is_reminded_of_anew() -> None:
    make_user(Role.OFFICE)
    case = make_stuck(Stage.SUBMITTED)
    remind()
    case.state_since += timedelta(days=5)
    case.save()
    with clock.set_to(clock.now() + timedelta(days=5)):
        assert remind() != ""


@pytest.mark.parametrize(
    ("stage", "role"),
    [
        (Stage.COMMITTEE, Role.COMMITTEE_CHAIR),
        (Stage.BOARD, Role.BOARD_MEMBER),
        (Stage.BOARD, Role.RESPONSIBLE_BOARD_MEMBER),
    ],
)
def test_whose_move_it_is_hears_of_it_beside_the_office(stage: Stage, role: Role) -> None:
    office, mover = make_user(Role.OFFICE), make_user(role)
    make_stuck(stage)
    remind()
    assert told() == [office, mover]


def test_assessors_of_an_open_card_hear_of_it() -> None:
    office = make_user(Role.OFFICE)
    case = make_stuck(Stage.UNSETTLED)
    remind()
    assert told() == [office, *(each.assessor for each in case.assignments.all())]


def test_from_the_second_time_on_who_oversees_certification_hears_of_it() -> None:
    office, board = make_user(Role.OFFICE), make_user(Role.RESPONSIBLE_BOARD_MEMBER)
    make_stuck(Stage.SUBMITTED)
    remind()
    assert told() == [office]
    with clock.set_to(clock.now() + timedelta(days=7)):
        remind()
    assert told() == [office, office, board]


def test_who_oversees_hears_at_once_where_the_office_may_not_handle_the_case() -> None:
    office, board = make_user(Role.OFFICE), make_user(Role.RESPONSIBLE_BOARD_MEMBER)
    ConflictDeclaration.objects.create(
        application=make_stuck(), user=office, ground="other", declared_by=office
    )
    remind()
    assert told() == [board]


def test_with_nobody_left_the_administrator_hears_and_learns_no_case() -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    case = make_stuck()
    remind()
    email = Email.objects.get()
    assert (email.person, email.case) == (administrator, "")
    assert case.number not in email.subject + email.body
    assert case.institution.name not in email.subject + email.body


def test_who_still_judges_the_case_hears_nothing() -> None:
    both, office = make_user(Role.OFFICE, Role.ASSESSOR), make_user(Role.OFFICE)
    make_assessment(make_stuck(Stage.UNASSIGNED), assessor=both)
    remind()
    assert told() == [office]


def test_nobody_can_opt_out_of_it() -> None:
    office = make_user(Role.OFFICE)
    NoticeChoice.objects.create(person=office, kind=Kind.WORK, pace=Pace.NEVER)
    make_stuck()
    remind()
    assert told() == [office]


def test_mail_names_no_assessor() -> None:
    make_user(Role.OFFICE)
    case = make_stuck(Stage.UNRATED)
    remind()
    email = Email.objects.get()
    names = [each.assessor.full_name for each in case.assignments.all()]
    assert not [name for name in names if name in email.subject + email.body]
