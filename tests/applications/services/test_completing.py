"""Deadlines of a completion: kept, missed, moved, and the end after them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certification import clock
from certification.applications import services
from certification.applications.reminders import remind_of_completions
from certification.applications.states import ENDED, State
from certification.errors import CannotDo, TransitionNotAllowed
from certification.outbox.models import Email
from institutions.states import Role
from tests.applications.factories import ask, in_state
from tests.factories import make_application, make_user

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 12, 18)
OVER = datetime(2026, 12, 18, 23, tzinfo=UTC)  # the end of that day in Poland
SECOND = timedelta(seconds=1)
GRACE_OVER = datetime(2026, 12, 29, 23, tzinfo=UTC)  # five working days later


@pytest.fixture
def case():
    application = make_application(State.COMPLETION)
    ask(application, deadline=FRIDAY)
    return application


@pytest.mark.parametrize(("arrived_at", "late"), [(OVER - SECOND, False), (OVER, True)])
def test_a_late_answer_is_taken_and_marked(case, arrived_at, late):
    with clock.set_to(OVER + timedelta(hours=1)):
        services.complete(case, by=case.opened_by, arrived_at=arrived_at)

    assert case.state == State.FORMAL_CHECK
    assert case.completion_requests.get().was_late == late


def test_lapse_waits_for_the_days_of_grace(case):
    office = make_user(Role.OFFICE)
    with clock.set_to(GRACE_OVER - SECOND), pytest.raises(CannotDo, match="29.12.2026"):
        services.lapse(case, by=office)

    with clock.set_to(GRACE_OVER):
        services.lapse(case, by=office, note="Brak odpowiedzi.")

    assert (case.state, case.end_note) == (State.LAPSED, "Brak odpowiedzi.")
    assert case.state in ENDED
    assert case.answers.count() == 4
    with pytest.raises(TransitionNotAllowed):
        services.complete(case, by=case.opened_by)


def test_nothing_lapses_while_a_wish_for_time_waits(case):
    services.ask_extension(case, by=case.opened_by, wish="Choroba księgowej.")

    with clock.set_to(GRACE_OVER), pytest.raises(CannotDo, match="więcej czasu"):
        services.lapse(case, by=make_user(Role.OFFICE))


@pytest.mark.parametrize("day", [date(2026, 12, 16), date(2026, 12, 21)])
def test_more_time_is_counted_from_the_deadline_or_from_today(case, day):
    with clock.set_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        services.ask_extension(case, by=case.opened_by, wish="Choroba.")
        given = services.extend(
            case, by=make_user(Role.OFFICE), working_days=2, reason="Zgoda biura."
        )

    expected = {16: date(2026, 12, 22), 21: date(2026, 12, 23)}[day.day]
    assert (given.deadline_before, given.deadline_after) == (FRIDAY, expected)
    assert case.completion_requests.get().deadline == expected
    assert (given.wish, given.outcome) == ("Choroba.", "granted")


def test_more_time_is_given_unasked_and_refused_only_when_asked(case):
    office = make_user(Role.OFFICE)
    services.extend(case, by=office, working_days=5, reason="Awaria systemu.")
    with pytest.raises(CannotDo):
        services.refuse_extension(case, by=office, reason="Nie.")

    services.ask_extension(case, by=case.opened_by, wish="Jeszcze trochę.")
    with pytest.raises(CannotDo):
        services.ask_extension(case, by=case.opened_by, wish="I znowu.")
    refused = services.refuse_extension(case, by=office, reason="Termin był już przedłużany.")

    assert refused.outcome == "refused"
    assert case.completion_requests.get().extensions.count() == 2


def subjects(day, hour=10):
    """Remind at that moment; the subjects of the e-mails there are, then."""
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    with clock.set_to(moment):
        remind_of_completions(moment)
    return sorted(Email.objects.values_list("subject", flat=True))


def test_reminders_go_once_for_each_deadline(case):
    number = case.number

    assert subjects(date(2026, 12, 14)) == []
    due = f"Wniosek {number}: uzupełnienie do 18 grudnia 2026"
    assert subjects(date(2026, 12, 15)) == subjects(date(2026, 12, 16)) == [due]
    late = f"Wniosek {number}: minął termin uzupełnienia"
    assert subjects(date(2026, 12, 19)) == subjects(date(2026, 12, 21)) == [late, due]
    assert subjects(date(2026, 12, 30)) == [late, due]


def test_withdrawing_keeps_the_reason():
    application = in_state(State.SUBMITTED)

    services.withdraw(application, by=application.opened_by, reason=" Łączymy się z biblioteką. ")

    assert application.end_note == "Łączymy się z biblioteką."
