"""Who is reminded of what, when, and how often. June 2026: the 4th is a holiday (Thursday)."""

from datetime import date, datetime

import pytest

from certification import clock
from certification.applications.states import State
from certification.assessments.reminders import remind_of_assessments
from certification.assessments.services import ask_more_time
from certification.outbox.models import Email
from tests.assessments.factories import make_assignment, make_case, submit
from tests.factories import make_user

pytestmark = pytest.mark.django_db
MONDAY = "2026-06-08"


@pytest.fixture(autouse=True)
def _then():
    with clock.set_to(at("2026-06-01")):
        yield


def at(day, hour=12):
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00+02:00")


def subjects(day):
    """What is written on that day, to whom: the names of the notices and the people."""
    before = set(Email.objects.values_list("pk", flat=True))
    with clock.set_to(at(day)):
        remind_of_assessments(at(day))
        remind_of_assessments(at(day))  # a chore is safe to do twice
    new = Email.objects.exclude(pk__in=before).order_by("pk")
    return [(email.key.partition(":")[0], email.person) for email in new]


def assigned(**fields):
    fields.setdefault("assigned_at", at("2026-06-01"))
    return make_assignment(make_case(), due_on=date(2026, 6, 30), **fields)


def test_a_declaration_is_asked_for_once_after_three_working_days():
    assignment = assigned(declared=False)
    assert subjects("2026-06-03") == []
    assert subjects("2026-06-04") == []  # a holiday
    assert subjects("2026-06-05") == [("declaration_due", assignment.assessor)]
    assert subjects("2026-06-08") == []
    assert subjects("2026-06-10") == []


def test_a_card_is_asked_for_before_its_day_and_after_it():
    assignment = assigned()
    who = assignment.assessor
    assert subjects("2026-06-24") == []
    assert subjects("2026-06-25") == [("assessment_due", who)]
    assert subjects("2026-06-30") == []
    assert subjects("2026-07-01") == [("assessment_late", who)]
    assert subjects("2026-07-06") == []
    assert subjects("2026-07-07") == [("assessment_late", who)]


def test_a_later_day_is_reminded_of_anew():
    assignment = assigned()
    subjects("2026-06-25")
    assignment.due_on = date(2026, 7, 10)
    assignment.save()
    assert subjects("2026-07-01") == []
    assert subjects("2026-07-07") == [("assessment_due", assignment.assessor)]


def test_nobody_is_reminded_who_submitted_asked_for_time_left_or_waits_for_the_institution():
    submit(assigned().assessment)
    asked = assigned()
    ask_more_time(asked, by=asked.assessor, until=date(2026, 7, 20), wish="Wyjazd.")
    make_assignment(make_case(State.COMPLETION), due_on=date(2026, 6, 30))
    assigned(ended_at=clock.now(), ended_by=make_user(), ending="replaced")
    assert subjects("2026-07-01") == []
