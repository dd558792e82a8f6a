"""Reminders before the time to reply, or to appeal, ends: to each person once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certification import chores, clock
from certification.audit.models import Event
from certification.certificates.models import Charges
from certification.certificates.withdrawing.appeals import appeal_withdrawal
from certification.certificates.withdrawing.reminders import remind
from certification.certificates.withdrawing.services import (
    drop_charges,
    reply_to_charges,
    withdraw_certificate,
)
from certification.outbox.models import Email
from institutions.states import MemberRole
from tests.certificates.factories import charges_row, write_certificate
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db

STATED = date(2030, 5, 6)
UNTIL = date(2030, 5, 20)
VERB = "certificates.remind_to_answer"
SECRET = "kanarekprzypomnienia"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def run(day: date) -> str:
    with clock.set_to(at(day)):
        return remind(at(day))


@pytest.fixture
def charges() -> Charges:
    certificate = write_certificate(
        1, issued_on=date(2028, 1, 1), valid_from=date(2028, 1, 1), valid_to=date(2032, 12, 31)
    )
    return charges_row(certificate, STATED, reply_until=UNTIL, text=SECRET)


@pytest.fixture
def withdrawn(charges: Charges) -> Charges:
    """On STATED; the last day of the appeal is UNTIL."""
    with clock.set_to(at(STATED)):
        reply_to_charges(charges, by=make_user(), text="Tak.")
        withdraw_certificate(charges, by=make_user(), withdrawn_on=STATED, reason="Powód.")
    found = Charges.objects.with_outcome().get()
    assert found.withdrawal.appeal_until == UNTIL
    Email.objects.all().delete()
    return found


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("charges", "Certyfikat {}: na zarzuty można odpowiedzieć do 20 maja 2030"),
        ("withdrawn", "Certyfikat {}: odwołanie można złożyć do 20 maja 2030"),
    ],
)
@pytest.mark.parametrize("day", [UNTIL - timedelta(days=3), UNTIL])
def test_who_writes_for_the_holder_is_reminded_once(request, name, subject, day):
    charges = request.getfixturevalue(name)
    institution = charges.certificate.institution
    writers = [make_member(institution, each) for each in (MemberRole.CUSTODIAN, MemberRole.EDITOR)]
    reader = make_member(institution, MemberRole.READER)

    assert run(day) == "1 instytucja z przypomnieniem o terminie odpowiedzi"
    assert run(day) == run(UNTIL) == ""

    for person in writers:
        told = Email.objects.get(person=person)
        assert told.subject == subject.format(charges.certificate.number)
        assert charges.get_absolute_url() in told.body
        assert SECRET not in told.body
    assert not Email.objects.filter(person=reader).exists()
    assert Event.objects.filter(verb=VERB).count() == 1


@pytest.mark.parametrize("name", ["charges", "withdrawn"])
@pytest.mark.parametrize("day", [UNTIL - timedelta(days=4), UNTIL + timedelta(days=1)])
def test_not_too_early_and_not_afterwards(request, name, day):
    make_member(request.getfixturevalue(name).certificate.institution)
    assert run(day) == ""
    assert not Email.objects.exists()


def test_what_was_told_today_is_not_reminded_of(charges):
    make_member(charges.certificate.institution)
    charges_row(
        write_certificate(2, institution=charges.certificate.institution),
        UNTIL - timedelta(days=2),
        reply_until=UNTIL - timedelta(days=1),
    )
    assert run(UNTIL - timedelta(days=2)).startswith("1 ")


def test_who_has_replied_or_appealed_is_left_alone(charges):
    custodian = make_member(charges.certificate.institution)
    with clock.set_to(at(STATED)):
        reply_to_charges(charges, by=custodian, text="Tak.")
    assert run(UNTIL) == ""
    with clock.set_to(at(STATED)):
        withdraw_certificate(charges, by=make_user(), withdrawn_on=STATED, reason="Powód.")
        appeal_withdrawal(charges, by=custodian, text="Odwołujemy się.")
    assert run(UNTIL) == ""


def test_dropped_charges_need_no_answer(charges):
    make_member(charges.certificate.institution)
    with clock.set_to(at(STATED)):
        drop_charges(charges, by=make_user(), reason="Omyłka.")
    assert run(UNTIL) == ""


def test_a_holder_whom_nobody_writes_for(charges):
    assert run(UNTIL) == ""
    assert not Event.objects.filter(verb=VERB).exists()


def test_it_is_a_chore():
    assert VERB in {chore.name for chore in chores.registered()}
