"""What a message said is forgotten, and in the end that it was; proofs stay."""

from datetime import timedelta

import pytest

from certification import clock
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from certification.outbox.retention import BODIES, ROWS, SECRETS, forget_old
from certification.outbox.states import State
from tests.outbox.factories import make_email

pytestmark = pytest.mark.django_db


def sent(*, ago: timedelta, **fields: object) -> Email:
    moment = clock.now() - ago - timedelta(days=1)
    return make_email(state=State.SENT, created_at=moment, sent_at=moment, **fields)


def test_body_goes_first_and_the_row_later() -> None:
    old, older = sent(ago=BODIES), sent(ago=ROWS)
    fresh = make_email()
    assert forget_old(clock.now()) == "opróżniono: 2, usunięto: 1"
    assert not Email.objects.filter(pk=older.pk).exists()
    assert Email.objects.get(pk=old.pk).body == ""
    assert Email.objects.get(pk=fresh.pk).body != ""


def test_proof_of_what_was_told_stays_whole() -> None:
    proof = sent(ago=ROWS, kind=Kind.COMPLETION)
    assert forget_old(clock.now()) == ""
    assert Email.objects.get(pk=proof.pk).body != ""


def test_secret_that_never_left_goes_after_a_week() -> None:
    moment = clock.now() - SECRETS - timedelta(hours=1)
    stuck = make_email(state=State.FAILED, has_secret=True, created_at=moment)
    forget_old(clock.now())
    assert Email.objects.get(pk=stuck.pk).body == ""


def test_summary_goes_with_what_it_gathered() -> None:
    summary = sent(ago=ROWS, kind=Kind.DIGEST)
    moment = summary.created_at
    make_email(state=State.GATHERED, digest=summary, created_at=moment)
    forget_old(clock.now())
    assert Email.objects.count() == 0
