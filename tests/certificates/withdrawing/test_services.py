"""From charges in writing to what the Committee makes of them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction

from certification import clock
from certification.audit.models import Event
from certification.certificates.models import Charges, ChargesReply, Withdrawal
from certification.certificates.states import ChargesState, Status
from certification.certificates.withdrawing.deadlines import last_day
from certification.certificates.withdrawing.services import (
    drop_charges,
    note_reply,
    reply_to_charges,
    state_charges,
    withdraw_certificate,
)
from certification.documents.services import open_verified
from certification.errors import CannotDo, TransitionNotAllowed
from certification.outbox.models import Email
from institutions.states import Role
from tests.certificates.factories import charges_row, withdraw_row, write_certificate
from tests.documents.sheets import text_of
from tests.factories import days_from_today, make_member, make_user

pytestmark = pytest.mark.django_db

TEXT = "Grupy się nie spotykają.\n\nMiejsce zamknięto."


@pytest.fixture
def chair():
    return make_user(Role.COMMITTEE_CHAIR)


def old(serial=1, **fields):
    return write_certificate(serial, **{"issued_on": days_from_today(-300), **fields})


def state(certificate, by, **changed):
    return state_charges(certificate, by=by, **{"text": TEXT, "days": 14, **changed})


def again(charges):
    return Charges.objects.with_outcome().get(pk=charges.pk)


# --- stating --------------------------------------------------------------------------------


def test_charges_become_a_paper_an_event_and_a_message(chair):
    certificate = old()
    custodian = make_member(certificate.institution)

    charges = state(certificate, chair)

    year = clock.today().year
    assert (charges.number, charges.stated_on) == (f"CAL/Z/1/{year}", clock.today())
    assert charges.document.title == f"Zarzuty CAL/Z/1/{year}"
    paper = text_of(open_verified(charges.document))
    for words in (charges.number, certificate.number, certificate.holder_name, chair.full_name):
        assert words in paper
    assert "Grupy się nie spotykają." in paper
    assert [each.verb for each in Event.objects.about(certificate)] == [
        "certificates.state_charges"
    ]
    told = Email.objects.get(person=custodian)
    assert told.subject == f"Zarzuty dotyczące certyfikatu {certificate.number}"
    assert "Grupy" not in told.body
    assert again(charges).state == ChargesState.OPEN


def test_the_certificate_stands_while_it_is_charged(chair):
    certificate = old()
    state(certificate, chair)
    assert certificate.status_on(clock.today()) == Status.VALID


@pytest.mark.parametrize(
    ("stated_on", "last"),
    [
        (date(2026, 11, 30), date(2026, 12, 14)),  # a Monday
        (date(2026, 12, 5), date(2026, 12, 21)),  # a Saturday becomes a Monday
        (date(2026, 12, 11), date(2026, 12, 28)),  # Christmas, and a weekend after it
    ],
)
def test_a_last_day_that_is_free_moves_on(stated_on, last):
    assert last_day(stated_on, 14) == last


def test_one_open_charge_at_a_time(chair):
    certificate = old()
    state(certificate, chair)

    with pytest.raises(TransitionNotAllowed):
        state(certificate, chair)
    assert Charges.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_from": days_from_today(-900), "valid_to": days_from_today(-1)},
        {"issued_on": days_from_today(3)},
    ],
)
def test_what_expired_or_is_dated_ahead_is_not_charged(chair, fields):
    with pytest.raises(CannotDo):
        state(old(**fields), chair)


def test_what_is_withdrawn_is_not_charged(chair):
    certificate = old()
    withdraw_row(certificate, clock.today())

    with pytest.raises(TransitionNotAllowed):
        state(certificate, chair)


def test_charges_say_something(chair):
    with pytest.raises(CannotDo):
        state(old(), chair, text="  \n")


def test_a_refused_one_takes_no_number(chair):
    certificate = old()
    with pytest.raises(CannotDo), transaction.atomic():
        state(certificate, chair, text="x" * 10_001)

    assert state(certificate, chair).number.startswith("CAL/Z/1/")


# --- replying -------------------------------------------------------------------------------


def test_a_reply_is_kept_and_told_to_the_chair(chair):
    certificate = old()
    custodian = make_member(certificate.institution)
    charges = charges_row(certificate, clock.today())

    reply = reply_to_charges(charges, by=custodian, text=" Spotykają się w szkole. ")

    assert (reply.text, reply.is_late, reply.on_paper) == ("Spotykają się w szkole.", False, False)
    told = Email.objects.get(person=chair)
    assert told.subject == f"Odpowiedź na zarzuty dotyczące certyfikatu {certificate.number}"
    assert "Spotykają" not in told.body


def test_the_same_reply_twice_is_one_and_another_is_another(chair):
    charges, by = charges_row(old(), clock.today()), make_user()

    for text in ("Jedna.", "Jedna.", "Druga."):
        reply_to_charges(charges, by=by, text=text)

    assert list(charges.replies.values_list("text", flat=True)) == ["Jedna.", "Druga."]


def test_a_late_reply_is_taken_and_marked(chair):
    charges = charges_row(old(), days_from_today(-20))

    assert reply_to_charges(charges, by=make_user(), text="Późno.").is_late


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_reply(text):
    with pytest.raises(CannotDo):
        reply_to_charges(charges_row(old(), clock.today()), by=make_user(), text=text)


def test_a_reply_on_paper_is_noted_with_its_day():
    charges = charges_row(old(), days_from_today(-20))

    reply = note_reply(
        charges, by=make_user(Role.OFFICE), text="List.", received_on=days_from_today(-10)
    )

    assert (reply.on_paper, reply.is_late) == (True, False)
    assert again(charges).decidable_from == days_from_today(-10)


@pytest.mark.parametrize("day", [-21, 1])
def test_a_reply_on_paper_of_an_impossible_day(day):
    charges = charges_row(old(), days_from_today(-20))

    with pytest.raises(CannotDo):
        note_reply(charges, by=make_user(), text="List.", received_on=days_from_today(day))


# --- deciding -------------------------------------------------------------------------------


def drop(charges, by):
    return drop_charges(charges, by=by, reason="Wyjaśniono.")


def withdraw(charges, by, **changed):
    facts = {"withdrawn_on": clock.today(), "reason": "Powód.", **changed}
    return withdraw_certificate(charges, by=by, **facts)


def test_nothing_is_withdrawn_before_the_reply_or_its_last_day(chair):
    charges = charges_row(old(), clock.today(), reply_until=date(2030, 1, 14))

    with (
        time_machine.travel("2030-01-14T12:00:00Z", tick=False),
        pytest.raises(CannotDo, match="15\u00a0stycznia\u00a02030"),
    ):
        withdraw(charges, chair)
    assert again(charges).state == ChargesState.OPEN


def test_what_was_stated_by_mistake_is_taken_back_at_once(chair):
    charges = state(old(), chair)
    custodian = make_member(charges.certificate.institution)

    assert drop(charges, chair).was_early

    assert again(charges).state == ChargesState.DROPPED
    assert Email.objects.filter(person=custodian).count() == 1
    assert state(charges.certificate, chair).is_open


@pytest.mark.parametrize("replied", [True, False])
def test_dropped_once_it_could_be_decided_is_not_early(chair, replied):
    charges = charges_row(old(), clock.today() if replied else days_from_today(-15))
    if replied:
        reply_to_charges(charges, by=make_user(), text="Tak.")

    assert not drop(charges, chair).was_early


@pytest.mark.parametrize("decide", [drop, withdraw])
def test_after_the_last_day_it_is_decided_without_a_reply(chair, decide):
    charges = charges_row(old(), days_from_today(-15))
    decide(charges, chair)
    assert again(charges).state != ChargesState.OPEN


@pytest.mark.parametrize("decide", [drop, withdraw])
def test_after_the_reply_it_is_decided_at_once(chair, decide):
    charges = charges_row(old(), clock.today())
    reply_to_charges(charges, by=make_user(), text="Tak.")
    decide(charges, chair)
    assert again(charges).state != ChargesState.OPEN


def test_dropped_charges_leave_the_certificate_and_are_told(chair):
    charges = charges_row(old(), days_from_today(-15))
    custodian = make_member(charges.certificate.institution)

    drop(charges, chair)

    assert again(charges).state == ChargesState.DROPPED
    assert charges.certificate.status_on(clock.today()) == Status.VALID
    told = Email.objects.get(person=custodian)
    assert told.subject.startswith("Komisja odstąpiła od zarzutów")
    assert "Wyjaśniono" not in told.body


def test_a_withdrawal_rests_on_its_charges_and_is_told(chair):
    charges = charges_row(old(), days_from_today(-15))
    custodian = make_member(charges.certificate.institution)

    withdrawal = withdraw(charges, chair)

    assert withdrawal.charges == charges
    assert charges.certificate.status_on(clock.today()) == Status.WITHDRAWN
    assert Event.objects.about(charges.certificate).get().verb == "certificates.withdraw"
    assert Email.objects.get(person=custodian)


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": " "},
        {"withdrawn_on": days_from_today(1)},
        {"withdrawn_on": days_from_today(-1)},  # the last day of the reply
    ],
)
def test_a_withdrawal_that_cannot_be_right(chair, changed):
    charges = charges_row(old(), days_from_today(-15))

    with pytest.raises(CannotDo):
        withdraw(charges, chair, **changed)
    assert not Withdrawal.objects.exists()


def test_what_expired_meanwhile_is_not_withdrawn_but_may_be_dropped(chair):
    certificate = old(valid_from=days_from_today(-300), valid_to=days_from_today(-1))
    charges = charges_row(certificate, days_from_today(-15))

    with pytest.raises(CannotDo):
        withdraw(charges, chair)
    drop(charges, chair)


@pytest.mark.parametrize("first", [drop, withdraw])
@pytest.mark.parametrize(
    "then",
    [
        drop,
        withdraw,
        lambda charges, by: reply_to_charges(charges, by=by, text="Za późno."),
        lambda charges, by: note_reply(charges, by=by, text="Za późno.", received_on=clock.today()),
    ],
    ids=["drop", "withdraw", "reply", "note"],
)
def test_once_decided_nothing_more_is_done(chair, first, then):
    charges = charges_row(old(), days_from_today(-15))
    first(charges, chair)

    with pytest.raises(TransitionNotAllowed):
        then(charges, chair)
    assert not ChargesReply.objects.exists()


def test_charges_without_a_reason_are_not_dropped(chair):
    with pytest.raises(CannotDo):
        drop_charges(charges_row(old(), days_from_today(-15)), by=chair, reason=" ")


def test_after_charges_were_dropped_new_ones_may_be_stated(chair):
    charges = charges_row(old(), days_from_today(-15))
    drop(charges, chair)

    second = state(charges.certificate, chair)

    assert second.is_open
    with pytest.raises(TransitionNotAllowed):
        drop(charges, chair)
    reply_to_charges(second, by=make_user(), text="Tak.")
    withdraw(second, chair)
    assert charges.certificate.status_on(clock.today()) == Status.WITHDRAWN


def test_the_set_is_what_the_property_says(chair):
    open_one = charges_row(old(1), days_from_today(-14))
    late = charges_row(old(2), days_from_today(-15))
    replied = charges_row(old(3), clock.today())
    reply_to_charges(replied, by=make_user(), text="Tak.")
    drop(charges_row(old(4), days_from_today(-15)), chair)

    for day in (clock.today(), clock.today() + timedelta(days=1)):
        expected = [each for each in (open_one, late, replied) if each.decidable_from <= day]
        assert list(Charges.objects.open().decidable_on(day)) == expected
