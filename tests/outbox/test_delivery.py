"""Messages leave once, later if the server is down, and are given up only in the end."""

from datetime import datetime, timedelta

import pytest

from certification import clock
from certification.outbox import gates
from certification.outbox.delivery import ABANDONED, PAUSES, deliver_waiting
from certification.outbox.models import Email
from certification.outbox.states import State, Trouble
from tests.factories import make_user
from tests.outbox.factories import make_email
from tests.outbox.mail_server import MailServer

pytestmark = pytest.mark.django_db


def deliver(after: timedelta = timedelta()) -> str:
    moment: datetime = clock.now() + after
    with clock.set_to(moment):
        return deliver_waiting(moment)


def test_message_arrives_with_what_mail_programs_need(mail_server: MailServer) -> None:
    email = make_email(
        to="anna@example.org",
        subject="Wniosek przyjęty",
        body="Dzień dobry,\nzażółć gęślą jaźń.\n",
        unsubscribe_url="https://cal.example/powiadomienia/x/",
    )
    assert deliver() == "wysłano: 1"
    [message] = mail_server.taken
    assert message["To"] == "anna@example.org"
    assert message["Subject"] == "Wniosek przyjęty"
    assert message.get_content().splitlines() == ["Dzień dobry,", "zażółć gęślą jaźń."]
    assert message["Message-ID"] == f"<{email.message_id}@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<https://cal.example/powiadomienia/x/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    email.refresh_from_db()
    assert (email.state, email.attempts, email.trouble) == (State.SENT, 1, "")


def test_sent_message_does_not_go_again(mail_server: MailServer) -> None:
    make_email()
    deliver()
    assert deliver(timedelta(days=30)) == ""
    assert len(mail_server.taken) == 1


def test_server_down_and_back_sends_each_once(mail_server: MailServer) -> None:
    emails = [make_email(), make_email()]
    mail_server.stop()
    assert deliver() == "do ponowienia: 1"  # the other one would meet the same silence
    first = Email.objects.get(pk=emails[0].pk)
    assert (first.state, first.trouble) == (State.WAITING, Trouble.UNREACHABLE)
    mail_server.start()
    assert deliver() == "wysłano: 1"
    assert deliver(PAUSES[0] + timedelta(seconds=1)) == "wysłano: 1"
    assert [message["To"] for message in mail_server.taken] == [emails[1].to, emails[0].to]


def test_message_is_given_up_after_the_last_pause(mail_server: MailServer) -> None:
    email = make_email()
    mail_server.stop()
    gone = timedelta()
    for pause in PAUSES:
        assert deliver(gone) == "do ponowienia: 1"
        assert deliver(gone + pause - timedelta(minutes=1)) == ""
        gone += pause + timedelta(seconds=1)
    assert deliver(gone) == "zaniechano: 1"
    email.refresh_from_db()
    assert (email.state, email.trouble) == (State.FAILED, Trouble.UNREACHABLE)
    assert email.attempts == len(PAUSES) + 1


@pytest.mark.parametrize(
    ("answer", "state", "code"),
    [("550 No such mailbox", State.FAILED, 550), ("451 Greylisted", State.WAITING, 451)],
)
def test_address_is_given_up_only_when_it_will_never_do(
    mail_server: MailServer, answer: str, state: State, code: int
) -> None:
    email, other = make_email(to="nikt@example.org"), make_email()
    mail_server.answers["nikt@example.org"] = answer
    deliver()
    email.refresh_from_db()
    assert (email.state, email.trouble, email.smtp_code) == (state, Trouble.ADDRESS, code)
    assert [message["To"] for message in mail_server.taken] == [other.to]


def test_secret_is_forgotten_once_it_left(mail_server: MailServer) -> None:
    email = make_email(body="https://cal.example/tajne/\n", has_secret=True)
    assert not email.may_be_read
    deliver()
    email.refresh_from_db()
    assert (email.state, email.body) == (State.SENT, "")
    assert "tajne" in mail_server.taken[0].get_content()


def test_closed_account_gets_nothing(mail_server: MailServer) -> None:
    person = make_user()
    email = make_email(person=person, to=person.email)
    person.is_active = False
    person.save()
    assert deliver() == "zatrzymano: 1"
    email.refresh_from_db()
    assert (email.state, email.trouble) == (State.STOPPED, Trouble.NO_ACCOUNT)
    assert mail_server.taken == []


def test_case_that_was_closed_to_its_reader_is_not_told_of(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_user()
    email = make_email(person=person, to=person.email, case="nie.ma:1")
    monkeypatch.setattr(gates, "_open_to", [lambda reader, case: False])
    deliver()
    email.refresh_from_db()
    assert (email.state, email.trouble) == (State.STOPPED, Trouble.CASE_CLOSED)
    assert mail_server.taken == []


def test_message_of_a_sender_who_died_is_taken_back(mail_server: MailServer) -> None:
    email = make_email(state=State.SENDING, claimed_at=clock.now(), attempts=1)
    assert deliver(ABANDONED - timedelta(seconds=1)) == ""
    assert deliver(ABANDONED + timedelta(seconds=1)) == "wysłano: 1"
    assert mail_server.taken[0]["Message-ID"] == f"<{email.message_id}@example.org>"
