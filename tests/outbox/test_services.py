"""Messages are written with their verb; the office sends again or stops."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from certification import clock
from certification.audit.models import Event
from certification.errors import CannotDo, TransitionNotAllowed
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from certification.outbox.services import send_again, stop, write
from certification.outbox.states import State, Trouble, Verb
from institutions.states import Role
from tests.factories import make_user
from tests.outbox.factories import make_email

pytestmark = pytest.mark.django_db


def unwritten(**fields: Any) -> Email:
    fields = {"to": "a@example.org", "kind": Kind.PROGRESS, "subject": "Temat"} | fields
    return Email(language="pl", body="Treść\n", **fields)


@pytest.mark.django_db(transaction=True)
def test_message_leaves_after_the_commit_and_never_before() -> None:
    with transaction.atomic():
        write([unwritten()])
        assert mail.outbox == []
    assert [message.subject for message in mail.outbox] == ["Temat"]


@pytest.mark.django_db(transaction=True)
def test_message_goes_with_the_verb_that_was_rolled_back() -> None:
    with transaction.atomic():
        write([unwritten()])
        transaction.set_rollback(True)
    assert (Email.objects.count(), mail.outbox) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_message_is_not_written_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        write([unwritten()])


@pytest.mark.django_db(transaction=True)
def test_message_waits_for_the_worker_in_production(settings: Any) -> None:
    settings.OUTBOX_IMMEDIATELY = False
    with transaction.atomic():
        write([unwritten()])
    assert Email.objects.get().state == State.WAITING
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_mail_server_that_is_down_undoes_nothing(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.institutions.no_mail.Backend"
    with transaction.atomic():
        write([unwritten()])
    assert Email.objects.get().trouble == Trouble.UNREACHABLE


def test_key_is_written_once_a_person() -> None:
    one, other = make_user(), make_user()
    for person in (one, other, one):
        write([unwritten(person=person, key="przypomnienie:7")])
    assert Email.objects.filter(key="przypomnienie:7").count() == 2


def test_line_break_in_a_subject_becomes_a_space() -> None:
    write([unwritten(subject="Dom\r\nBcc: kto@example.org")])
    assert Email.objects.get().subject == "Dom Bcc: kto@example.org"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.SENT},
        {"sent_at": clock.now()},
        {"state": State.SENDING},
        {"claimed_at": clock.now()},
        {"state": State.GATHERED},
        {"state": State.SENT, "sent_at": clock.now(), "has_secret": True},
    ],
)
def test_state_and_times_hold_together(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_email(**fields)


@pytest.mark.parametrize("state", [State.FAILED, State.STOPPED])
def test_given_up_message_is_tried_anew(state: State) -> None:
    office, email = make_user(Role.OFFICE), make_email(state=state, attempts=9)
    send_again(email, by=office)
    email.refresh_from_db()
    assert (email.state, email.attempts, email.trouble) == (State.WAITING, 0, "")
    assert [event.verb for event in Event.objects.about(email)] == [Verb.SEND_AGAIN]


@pytest.mark.parametrize("state", [State.WAITING, State.FAILED])
def test_message_that_has_not_left_is_stopped(state: State) -> None:
    office, email = make_user(Role.OFFICE), make_email(state=state)
    stop(email, by=office)
    email.refresh_from_db()
    assert (email.state, email.trouble) == (State.STOPPED, Trouble.BY_OFFICE)
    assert [event.verb for event in Event.objects.about(email)] == [Verb.STOP]


@pytest.mark.parametrize("verb", [send_again, stop])
def test_sent_message_is_neither_sent_again_nor_stopped(verb: Any) -> None:
    email = make_email(state=State.SENT, sent_at=clock.now())
    with pytest.raises(TransitionNotAllowed):
        verb(email, by=make_user(Role.OFFICE))


def test_forgotten_secret_cannot_be_sent_again() -> None:
    email = make_email(state=State.STOPPED, has_secret=True, body="")
    with pytest.raises(CannotDo, match="odnośnik"):
        send_again(email, by=make_user(Role.OFFICE))
