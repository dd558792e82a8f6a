"""Real workers against a real mail server: many at once, and one that is killed."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from certification import clock
from certification.outbox.delivery import ABANDONED, deliver_waiting
from certification.outbox.models import Email
from certification.outbox.states import State
from tests.outbox.factories import make_email
from tests.outbox.mail_server import MailServer
from tests.processes import surroundings

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(settings.BASE_DIR)
PATIENCE = 180  # seconds; a busy machine is slow, not broken


def manage(mail_server: MailServer, *command: str) -> "subprocess.Popen[bytes]":
    environment = surroundings(EMAIL_URL=mail_server.url)
    return subprocess.Popen([sys.executable, "manage.py", *command], cwd=ROOT, env=environment)


@contextmanager
def worker(mail_server: MailServer) -> Iterator["subprocess.Popen[bytes]"]:
    process = manage(mail_server, "worker")
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_many_workers_send_each_message_once(mail_server: MailServer) -> None:
    emails = [make_email() for _ in range(50)]
    senders = "from certification.outbox.delivery import deliver_now; deliver_now()"
    processes = [manage(mail_server, "shell", "--no-imports", "-c", senders) for _ in range(4)]
    assert [process.wait(timeout=PATIENCE) for process in processes] == [0, 0, 0, 0]
    arrived = sorted(str(message["To"]) for message in mail_server.taken)
    assert arrived == sorted(email.to for email in emails)
    assert not Email.objects.exclude(state=State.SENT).exists()


def test_message_of_a_killed_worker_goes_once_and_later(mail_server: MailServer) -> None:
    email = make_email()
    mail_server.is_slow = True
    with worker(mail_server) as process:
        assert mail_server.was_asked.wait(timeout=PATIENCE)
        process.send_signal(signal.SIGKILL)
        process.wait()
    mail_server.is_slow = False
    email.refresh_from_db()
    assert (email.state, mail_server.taken) == (State.SENDING, [])
    later = clock.now() + ABANDONED + timedelta(seconds=1)
    with clock.set_to(later):
        deliver_waiting(later)
        deliver_waiting(later)
    assert [message["To"] for message in mail_server.taken] == [email.to]


def test_worker_that_is_asked_to_end_sends_what_it_began(mail_server: MailServer) -> None:
    email = make_email()
    mail_server.is_slow = True
    with worker(mail_server) as process:
        assert mail_server.was_asked.wait(timeout=PATIENCE)
        process.send_signal(signal.SIGTERM)
        mail_server.is_slow = False
        assert process.wait(timeout=PATIENCE) == 0
    assert [message["To"] for message in mail_server.taken] == [email.to]
    assert Email.objects.get(pk=email.pk).state == State.SENT


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="ends connections from outside")
def test_worker_outlives_a_database_that_goes_away(mail_server: MailServer) -> None:
    first = make_email()
    with worker(mail_server) as process:
        assert sent_within(30, first)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert sent_within(60, make_email())
        assert process.poll() is None


def sent_within(seconds: int, email: Email) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if Email.objects.filter(pk=email.pk, state=State.SENT).exists():
            return True
        time.sleep(0.2)
    return False
