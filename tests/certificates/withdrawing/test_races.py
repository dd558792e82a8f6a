"""What only PostgreSQL can show: charges stated, answered and decided at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from certification import clock
from certification.certificates.models import Charges, ChargesDropping, Withdrawal
from certification.certificates.withdrawing.services import (
    drop_charges,
    reply_to_charges,
    state_charges,
    withdraw_certificate,
)
from certification.errors import TransitionNotAllowed
from institutions.states import Role
from tests.certificates.factories import charges_row, write_certificate
from tests.factories import days_from_today, make_user

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgresql" not in str(connection.settings_dict["ENGINE"]), reason="PostgreSQL"
    ),
]


def at_once(*acts):
    """How many of them were done; the others were overtaken."""
    start = Barrier(len(acts))

    def one(act):
        try:
            start.wait()
            act()
        except TransitionNotAllowed:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return sum(threads.map(one, acts))


def test_two_statements_make_one():
    certificate = write_certificate(1, issued_on=days_from_today(-30))
    by = make_user(Role.COMMITTEE_CHAIR)

    done = at_once(*[lambda: state_charges(certificate, by=by, text="Zarzut.", days=14)] * 4)

    assert (done, Charges.objects.count()) == (1, 1)


def test_two_decisions_make_one():
    charges = charges_row(
        write_certificate(1, issued_on=days_from_today(-30)), days_from_today(-15)
    )
    by, today = make_user(Role.COMMITTEE_CHAIR), clock.today()

    done = at_once(
        *[lambda: drop_charges(charges, by=by, reason="Nie.")] * 2,
        *[lambda: withdraw_certificate(charges, by=by, withdrawn_on=today, reason="Tak.")] * 2,
    )

    assert done == 1
    assert ChargesDropping.objects.count() + Withdrawal.objects.count() == 1


def test_no_reply_comes_after_the_decision():
    for serial in range(1, 6):
        charges = charges_row(
            write_certificate(serial, issued_on=days_from_today(-30)), days_from_today(-15)
        )
        by = make_user(Role.COMMITTEE_CHAIR)

        at_once(
            lambda c=charges, by=by: reply_to_charges(c, by=by, text="Chwila."),
            lambda c=charges, by=by: drop_charges(c, by=by, reason="Nie."),
        )

        dropping = ChargesDropping.objects.get(charges=charges)
        assert all(reply.made_at <= dropping.dropped_at for reply in charges.replies.all())
