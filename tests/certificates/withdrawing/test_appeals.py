"""Appeals to the Board against a withdrawal, and what becomes of the certificate."""

from datetime import date

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from certification import clock
from certification.audit.models import Event
from certification.certificates.models import (
    Appeal,
    AppealRefusal,
    Certificate,
    Charges,
    Reinstatement,
)
from certification.certificates.register import state_of_register
from certification.certificates.standing import state_of_files
from certification.certificates.states import ChargesState, Status
from certification.certificates.withdrawing.appeals import (
    appeal_withdrawal,
    note_appeal,
    refuse_appeal,
    reinstate_certificate,
)
from certification.certificates.withdrawing.services import withdraw_certificate
from certification.errors import CannotDo, TransitionNotAllowed
from certification.holders.changes import changes
from certification.outbox.models import Email
from institutions.states import MemberRole, Role
from tests.certificates.factories import appeal_row, charges_row, withdraw_row, write_certificate
from tests.factories import days_from_today, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db

SECRET = "kanarekodwolania"


@pytest.fixture
def board():
    return make_user(Role.BOARD_MEMBER)


@pytest.fixture
def charges():
    """The certificate was withdrawn on them today."""
    return withdraw_row(write_certificate(1), clock.today()).charges


@pytest.fixture
def appealed(charges):
    appeal_row(charges.withdrawal)
    return Charges.objects.with_outcome().get(pk=charges.pk)


def facts(**changed):
    return {
        "resolution_number": "9/2026",
        "adopted_on": clock.today(),
        "reason": "Grupy nadal się spotykają.",
        **changed,
    }


def again(charges):
    return Certificate.objects.with_facts().get(pk=charges.certificate_id)


def page(name, charges):
    return reverse(name, args=[charges.pk])


# --- appealing ------------------------------------------------------------------------------


def test_an_appeal_is_kept_and_told_to_the_board(charges, board):
    custodian = make_member(charges.certificate.institution)

    appeal = appeal_withdrawal(charges, by=custodian, text=f" {SECRET} ")

    assert (appeal.text, appeal.appealed_on, appeal.is_late) == (SECRET, clock.today(), False)
    told = Email.objects.get(person=board)
    assert told.subject == f"Odwołanie od odebrania certyfikatu {charges.certificate.number}"
    assert SECRET not in told.body
    assert Event.objects.about(charges.certificate).get().verb == "certificates.appeal_withdrawal"
    assert again(charges).status_on(clock.today()) == Status.WITHDRAWN


def test_the_last_day_is_told_with_the_withdrawal_and_a_setting(settings):
    settings.APPEAL_DAYS = 7
    with time_machine.travel("2026-11-30T12:00:00Z", tick=False):
        charges = charges_row(write_certificate(1), date(2026, 11, 1))
        by = make_user(Role.COMMITTEE_CHAIR)
        withdrawal = withdraw_certificate(charges, by=by, withdrawn_on=clock.today(), reason="x")

    assert withdrawal.appeal_until == date(2026, 12, 7)


def test_a_late_appeal_is_refused_to_the_holder_and_noted_by_the_office():
    charges = withdraw_row(write_certificate(1), days_from_today(-15)).charges

    with pytest.raises(CannotDo):
        appeal_withdrawal(charges, by=make_user(), text="Późno.")
    appeal = note_appeal(charges, by=make_user(), text="Późno.", appealed_on=clock.today())
    assert (appeal.is_late, appeal.on_paper) == (True, True)


@pytest.mark.parametrize("day", [-1, 1])
def test_an_appeal_on_paper_of_an_impossible_day(charges, day):
    with pytest.raises(CannotDo):
        note_appeal(charges, by=make_user(), text="x", appealed_on=days_from_today(day))


def test_an_appeal_says_something_and_comes_once(charges):
    with pytest.raises(CannotDo):
        appeal_withdrawal(charges, by=make_user(), text=" ")
    appeal_withdrawal(charges, by=make_user(), text="Raz.")
    with pytest.raises(TransitionNotAllowed):
        appeal_withdrawal(charges, by=make_user(), text="Drugi raz.")
    with pytest.raises(TransitionNotAllowed):
        note_appeal(charges, by=make_user(), text="Drugi raz.", appealed_on=clock.today())
    assert Appeal.objects.count() == 1


def test_open_charges_are_not_appealed_from():
    charges = charges_row(write_certificate(1), clock.today())
    with pytest.raises(TransitionNotAllowed):
        appeal_withdrawal(charges, by=make_user(), text="x")


# --- resolving ------------------------------------------------------------------------------


def test_it_stands_as_before_in_the_property_and_in_the_query(appealed, board):
    today, certificate = clock.today(), appealed.certificate
    before = state_of_register(today), state_of_files()

    reinstate_certificate(appealed, by=board, **facts())

    assert again(appealed).status_on(today) == Status.VALID
    assert list(Certificate.objects.in_status(Status.VALID, today)) == [certificate]
    assert list(Certificate.objects.in_status(Status.WITHDRAWN, today)) == []
    assert list(Certificate.objects.in_force(today)) == [certificate]
    after = state_of_register(today), state_of_files()
    assert [one != other for one, other in zip(before, after, strict=True)] == [True, True]


def test_what_the_board_resolves_leaves_an_event_and_is_told(appealed, board):
    custodian = make_member(appealed.certificate.institution)

    reinstate_certificate(appealed, by=board, **facts())

    assert Event.objects.about(appealed.certificate).get().verb == "certificates.reinstate"
    told = Email.objects.get(person=custodian)
    assert told.subject == f"Uchylono odebranie certyfikatu {appealed.certificate.number}"


def test_a_refused_appeal_leaves_the_withdrawal_and_is_told(appealed, board):
    custodian = make_member(appealed.certificate.institution)

    refuse_appeal(appealed, by=board, **facts(reason=SECRET))

    assert again(appealed).status_on(clock.today()) == Status.WITHDRAWN
    assert Charges.objects.with_outcome().get().state == ChargesState.UPHELD
    told = Email.objects.get(person=custodian)
    assert told.subject.startswith("Oddalono odwołanie dotyczące certyfikatu")
    assert SECRET not in told.body


RESOLVE = [reinstate_certificate, refuse_appeal]


@pytest.mark.parametrize("resolve", RESOLVE)
@pytest.mark.parametrize(
    "changed",
    [
        {"adopted_on": days_from_today(-1)},  # before the appeal
        {"adopted_on": days_from_today(1)},
        {"reason": " "},
        {"resolution_number": " "},
    ],
)
def test_what_cannot_be_right_is_refused(appealed, board, resolve, changed):
    with pytest.raises(CannotDo):
        resolve(appealed, by=board, **facts(**changed))
    assert Reinstatement.objects.count() + AppealRefusal.objects.count() == 0


@pytest.mark.parametrize("resolve", RESOLVE)
def test_whoever_recorded_the_withdrawal_does_not_record_the_appeal(appealed, resolve):
    with pytest.raises(CannotDo):
        resolve(appealed, by=appealed.withdrawal.withdrawn_by, **facts())


@pytest.mark.parametrize("resolve", RESOLVE)
def test_without_an_appeal_there_is_nothing_to_resolve(charges, board, resolve):
    for each in (charges, charges_row(write_certificate(2), clock.today())):
        with pytest.raises(TransitionNotAllowed):
            resolve(each, by=board, **facts())


@pytest.mark.parametrize("first", RESOLVE)
@pytest.mark.parametrize("then", RESOLVE)
def test_the_board_resolves_once(appealed, board, first, then):
    first(appealed, by=board, **facts())
    with pytest.raises(TransitionNotAllowed):
        then(appealed, by=board, **facts())


def test_a_second_withdrawal_takes_it_away_again(appealed, board):
    certificate = appealed.certificate
    reinstate_certificate(appealed, by=board, **facts())
    second = withdraw_row(certificate, clock.today()).charges

    stands = again(appealed)
    assert stands.status_on(clock.today()) == Status.WITHDRAWN
    assert len(stands.annulled_withdrawals) == 1
    told = changes(clock.today())
    assert len({each.key for each in told}) == len(told) == 4  # issued, withdrawn, annulled, again
    appeal_row(second.withdrawal)
    reinstate_certificate(second, by=board, **facts(resolution_number="10/2026"))
    assert again(appealed).status_on(clock.today()) == Status.VALID


def test_rows_never_change_and_say_why(appealed, board):
    reinstate_certificate(appealed, by=board, **facts())

    for model, change in ((Reinstatement, {"reason": "x"}), (Appeal, {"text": "x"})):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**change)
    other = appeal_row(withdraw_row(write_certificate(2), clock.today()))
    for model, by in ((Reinstatement, "reinstated_by"), (AppealRefusal, "refused_by")):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(appeal=other, **{by: board}, **facts(reason=""))
    with pytest.raises(IntegrityError), transaction.atomic():
        appeal_row(withdraw_row(write_certificate(3), clock.today()), text="")


# --- pages ----------------------------------------------------------------------------------


def test_verification_says_valid_again(client, appealed, board):
    url = reverse("verification") + f"?q={appealed.certificate.number}"
    assert "Ten certyfikat został odebrany" in client.get(url).content.decode()

    reinstate_certificate(appealed, by=board, **facts())

    read = client.get(url).content.decode()
    for words in ("Ten certyfikat jest ważny", "a Zarząd to uchylił", "nadal się spotykają"):
        assert words in read


def test_the_holder_appeals_on_a_page(signed_in, charges, board):
    client = signed_in(make_member(charges.certificate.institution, MemberRole.EDITOR))
    url = page("charges_appeal", charges)
    assert url in client.get(charges.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"text": ""}).status_code == 422

    assert client.post(url, {"text": SECRET}).url == charges.get_absolute_url()

    assert client.get(url).url == charges.get_absolute_url()
    assert client.post(url, {"text": "Znowu."}).status_code == 409
    reader = signed_in(board)
    assert SECRET in reader.get(charges.get_absolute_url()).content.decode()
    assert charges.get_absolute_url() in reader.get(reverse("panel")).content.decode()


def test_the_office_notes_an_appeal(signed_in, charges):
    client, url = signed_in(make_user(Role.OFFICE)), page("charges_note_appeal", charges)
    assert client.post(url, {"text": "List."}).status_code == 422
    facts = {"text": "List.", "appealed_on": clock.today()}
    assert client.post(url, facts).url == charges.get_absolute_url()


@pytest.mark.parametrize(
    ("name", "said"),
    [("charges_reinstate", "a Zarząd to uchylił"), ("charges_refuse_appeal", "oddalił odwołanie")],
)
def test_the_board_records_its_resolution(signed_in, appealed, board, name, said):
    client, url = signed_in(board), page(name, appealed)
    assert url in client.get(appealed.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {}).status_code == 422

    assert client.post(url, facts()).url == appealed.get_absolute_url()

    read = client.get(appealed.get_absolute_url()).content.decode()
    assert said in read
    assert "Grupy nadal się spotykają." in read
    assert client.post(url, facts()).status_code == 409
    assert appealed.get_absolute_url() not in client.get(reverse("panel")).content.decode()


ROLES = (
    *(Role.COMMITTEE_CHAIR, Role.OFFICE, Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER),
    *(Role.ASSESSOR, Role.ADMINISTRATOR),
)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("charges_reinstate", (403, 403, 200, 200, 404, 404)),
        ("charges_refuse_appeal", (403, 403, 200, 200, 404, 404)),
        ("charges_appeal", (403, 403, 403, 403, 404, 404)),
        ("charges_note_appeal", (403, 302, 403, 403, 404, 404)),
    ],
)
def test_who_may_what(signed_in, appealed, name, answers):
    url = page(name, appealed)
    assert tuple(signed_in(make_user(role)).get(url).status_code for role in ROLES) == answers


def test_nobody_else_learns_of_an_appeal(client, signed_in, charges, board):
    appeal_row(charges.withdrawal, text=SECRET)
    refuse_appeal(charges, by=board, **facts(reason=SECRET))
    certificate = charges.certificate
    stranger = signed_in(make_member(make_institution()))
    for url in (
        reverse("verification_code", args=[certificate.code]),
        reverse("holder", args=[certificate.institution_id, "x"]),
        reverse("register_changes"),
        reverse("register_json"),
    ):
        for who in (client, stranger):
            assert SECRET not in who.get(url, follow=True).getvalue().decode()
    assert stranger.get(page("charges_appeal", charges)).status_code == 404
