"""Reminders 12, 6 and 3 months before a certificate ends: the nearest, once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification import chores, clock
from certification.applications.renewal.offers import months_before
from certification.applications.services import open_application, withdraw
from certification.audit.models import Event
from certification.certificates.reminders import STEPS, remind, step_on
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from institutions.models import NoticeChoice
from institutions.states import MemberRole, Pace, Role
from tests.certificates.factories import withdraw_row, write_certificate
from tests.factories import make_application, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db

ENDS = date(2030, 5, 31)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def make_certificate(ends=ENDS, institution=None, **fields):
    institution = institution or make_institution()
    return write_certificate(
        make_user().pk,
        institution,
        issued_on=date(2025, 6, 1),
        valid_from=date(2025, 6, 1),
        valid_to=ends,
        **fields,
    )


def run(day: date) -> str:
    with clock.set_to(at(day)):
        return remind(at(day))


def to(user):
    return list(Email.objects.filter(person=user).order_by("pk").values_list("subject", flat=True))


def bodies(user):
    return "".join(Email.objects.filter(person=user).values_list("body", flat=True))


@pytest.fixture
def certificate():
    return make_certificate()


@pytest.fixture
def custodian(certificate):
    return make_member(certificate.institution, MemberRole.CUSTODIAN)


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2029, 5, 30), None),
        (date(2029, 5, 31), 12),
        (date(2029, 11, 29), 12),
        (date(2029, 11, 30), 6),  # November has no 31st
        (date(2030, 2, 27), 6),
        (date(2030, 2, 28), 3),
        (date(2030, 5, 31), 3),
        (date(2030, 6, 1), None),
    ],
)
def test_the_nearest_step(day, step):
    assert step_on(ENDS, day) == step


@given(st.dates(date(2001, 1, 1), date(2100, 1, 1)), st.integers(0, 40))
def test_months_before_is_the_same_day_or_the_last(day, months):
    earlier = months_before(day, months)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day == day.day or (earlier + timedelta(days=1)).day == 1


def test_each_step_is_told_once(certificate, custodian):
    for months in STEPS:
        day = months_before(ENDS, months)
        for later in range(3):
            run(day + timedelta(days=later))
    assert len(to(custodian)) == 3
    assert to(custodian)[0] == f"Certyfikat {certificate.number} jest ważny do 31 maja 2030"
    for words in ("Czasu jest dużo", "Zostało pół roku", "niespełna trzy miesiące", "/odnow/"):
        assert words in bodies(custodian)


def test_what_was_missed_goes_once_and_only_the_nearest(certificate, custodian):
    assert run(months_before(ENDS, 6) + timedelta(days=20)).startswith("1 instytucja")
    assert run(months_before(ENDS, 6) + timedelta(days=21)) == ""
    assert "Zostało pół roku" in bodies(custodian)
    assert len(to(custodian)) == 1


def test_only_custodians_are_told(certificate, custodian):
    editor = make_member(certificate.institution, MemberRole.EDITOR)
    stranger = make_member(make_institution())
    run(ENDS)
    assert [len(to(each)) for each in (custodian, editor, stranger)] == [1, 0, 0]


def test_nobody_is_told_while_a_renewal_is_under_way(certificate, custodian):
    day = months_before(ENDS, 12)
    make_application(institution=certificate.institution, by=custodian)
    assert run(day) == ""
    application = certificate.institution.applications.under_way().get()
    withdraw(application, by=custodian)
    assert run(day).startswith("1 instytucja")


def test_nobody_is_told_of_what_was_renewed(certificate, custodian):
    make_certificate(ends=date(2035, 5, 31), institution=certificate.institution)
    assert run(months_before(ENDS, 3)) == ""


def test_nobody_is_told_of_what_was_withdrawn(certificate, custodian):
    withdraw_row(certificate, on=date(2029, 1, 1))
    assert run(months_before(ENDS, 3)) == ""


def test_a_corrected_certificate_is_told_of_once(certificate, custodian):
    day = months_before(ENDS, 12)
    run(day)
    write_certificate(
        make_user().pk,
        certificate.institution,
        application=certificate.application,
        replaces=certificate,
        correction_reason="Literówka.",
        issued_on=date(2025, 6, 1),
        valid_from=date(2025, 6, 1),
        valid_to=ENDS,
    )
    run(day + timedelta(days=1))
    assert len(to(custodian)) == 1


def test_a_person_who_opted_out_gets_nothing_and_no_event_each_day(certificate, custodian):
    NoticeChoice.objects.create(person=custodian, kind=Kind.RENEWAL, pace=Pace.NEVER)
    for later in range(3):
        assert run(months_before(ENDS, 6) + timedelta(days=later)) == ""
    assert to(custodian) == []
    assert not Event.objects.filter(verb="certificates.remind").exists()


def test_a_reminder_is_journalled(certificate, custodian):
    run(months_before(ENDS, 6))
    event = Event.objects.get(verb="certificates.remind")
    assert (event.by, event.facts) == (None, {"months": 6, "people": 1})


def test_the_office_gets_a_list_once_a_month(certificate, custodian):
    office = make_user(Role.OFFICE)
    later = make_certificate(ends=date(2031, 5, 31))
    for day in (date(2029, 12, 1), date(2029, 12, 20), date(2030, 1, 2)):
        run(day)
    assert to(office) == ["1 certyfikat wygaśnie w ciągu roku i nie jest odnawiany"] * 2
    assert certificate.number in bodies(office)
    assert later.number not in bodies(office)


def test_the_office_hears_nothing_when_nothing_ends():
    office = make_user(Role.OFFICE)
    run(date(2030, 1, 1))
    assert to(office) == []


def test_a_renewal_opened_in_time_is_not_told_of(certificate, custodian):
    with clock.set_to(at(months_before(ENDS, 12))):
        make_application(institution=make_institution())  # another's draft changes nothing
        open_application(certificate.institution, by=custodian, renews=certificate.application)
    assert run(months_before(ENDS, 12)) == ""


def test_the_chore_is_registered():
    assert "certificates.remind" in {chore.name for chore in chores.registered()}
