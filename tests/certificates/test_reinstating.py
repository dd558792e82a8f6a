"""A withdrawal that the Board annulled: the certificate stands, the withdrawal stays on file."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from certification import clock
from certification.audit.models import Event
from certification.certificates.models import Certificate, Reinstatement
from certification.certificates.register import state_of_register
from certification.certificates.standing import state_of_files
from certification.certificates.states import Status
from certification.certificates.withdrawing.services import reinstate_certificate
from certification.errors import CannotDo, TransitionNotAllowed
from certification.holders.changes import changes
from certification.outbox.models import Email
from institutions.states import Role
from tests.factories import make_member, make_user

from .factories import withdraw_row, write_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_user(Role.BOARD_MEMBER)


@pytest.fixture
def withdrawn():
    certificate = write_certificate(1)
    withdraw_row(certificate, clock.today())
    return certificate


def facts(**changed):
    today = clock.today()
    return {
        "appealed_on": today,
        "resolution_number": "9/2026",
        "adopted_on": today,
        "reason": "Grupy nadal się spotykają.",
        **changed,
    }


def again(certificate):
    return Certificate.objects.with_facts().get(pk=certificate.pk)


def test_it_stands_as_before_in_the_property_and_in_the_query(withdrawn, board):
    today = clock.today()
    before = state_of_register(today), state_of_files()

    reinstate_certificate(withdrawn, by=board, **facts())

    assert again(withdrawn).status_on(today) == Status.VALID
    assert list(Certificate.objects.in_status(Status.VALID, today)) == [withdrawn]
    assert list(Certificate.objects.in_status(Status.WITHDRAWN, today)) == []
    assert list(Certificate.objects.in_force(today)) == [withdrawn]
    after = state_of_register(today), state_of_files()
    assert [one != other for one, other in zip(before, after, strict=True)] == [True, True]


def test_it_leaves_an_event_and_tells_the_holder(withdrawn, board):
    custodian = make_member(withdrawn.institution)

    reinstate_certificate(withdrawn, by=board, **facts())

    assert [each.verb for each in Event.objects.about(withdrawn)] == ["certificates.reinstate"]
    told = Email.objects.get(person=custodian)
    assert told.subject == f"Uchylono odebranie certyfikatu {withdrawn.number}"


@pytest.mark.parametrize(
    "changed",
    [
        {"appealed_on": clock.today() - timedelta(days=1)},  # before it was withdrawn
        {"adopted_on": clock.today() - timedelta(days=1)},
        {"adopted_on": clock.today() + timedelta(days=1)},
        {"reason": " "},
        {"resolution_number": " "},
    ],
)
def test_what_cannot_be_right_is_refused(withdrawn, board, changed):
    with pytest.raises(CannotDo):
        reinstate_certificate(withdrawn, by=board, **facts(**changed))
    assert Reinstatement.objects.count() == 0


def test_whoever_recorded_the_withdrawal_does_not_record_the_appeal(withdrawn):
    with pytest.raises(CannotDo):
        reinstate_certificate(withdrawn, by=withdrawn.withdrawal.withdrawn_by, **facts())


def test_only_what_is_withdrawn_is_put_back_and_once(withdrawn, board):
    with pytest.raises(TransitionNotAllowed):
        reinstate_certificate(write_certificate(2), by=board, **facts())
    reinstate_certificate(withdrawn, by=board, **facts())
    with pytest.raises(TransitionNotAllowed):
        reinstate_certificate(withdrawn, by=board, **facts())


def test_a_second_withdrawal_takes_it_away_again(client, withdrawn, board):
    reinstate_certificate(withdrawn, by=board, **facts())
    withdraw_row(withdrawn, clock.today())

    stands = again(withdrawn)
    assert stands.status_on(clock.today()) == Status.WITHDRAWN
    assert len(stands.annulled_withdrawals) == 1
    told = changes(clock.today())
    assert len({each.key for each in told}) == len(told) == 4  # issued, withdrawn, annulled, again
    reinstate_certificate(withdrawn, by=board, **facts(resolution_number="10/2026"))
    assert again(withdrawn).status_on(clock.today()) == Status.VALID
    assert again(withdrawn).withdrawal is None


def test_it_never_changes_and_says_why(withdrawn, board):
    reinstate_certificate(withdrawn, by=board, **facts())

    with pytest.raises(DatabaseError), transaction.atomic():
        Reinstatement.objects.update(reason="Inny.")
    other = withdraw_row(write_certificate(2), clock.today())
    with pytest.raises(IntegrityError), transaction.atomic():
        Reinstatement.objects.create(withdrawal=other, reinstated_by=board, **facts(reason=""))


def test_verification_says_valid_again(client, withdrawn, board):
    url = reverse("verification") + f"?q={withdrawn.number}"
    assert "Ten certyfikat został odebrany" in client.get(url).content.decode()

    reinstate_certificate(withdrawn, by=board, **facts())

    assert "Ten certyfikat jest ważny" in client.get(url).content.decode()


def test_board_records_it_on_a_page(signed_in, withdrawn, board):
    client, url = signed_in(board), reverse("certificate_reinstate", args=[withdrawn.pk])

    assert url in client.get(withdrawn.get_absolute_url()).content.decode()
    assert client.post(url, {}).status_code == 422
    assert client.post(url, facts()).status_code == 302
    page = client.get(withdrawn.get_absolute_url()).content.decode()
    assert "a Zarząd to uchylił" in page
    assert "Grupy nadal się spotykają." in page
    assert client.post(url, facts()).status_code == 409
