"""Withdrawals of before, with their charges in one row, get charges of their own."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from certification import clock
from certification.certificates.models import Certificate, Charges
from certification.certificates.states import ChargesState
from tests.certificates.factories import write_certificate
from tests.factories import make_user

APPEALED_ON = date(2022, 3, 20)
BEFORE = ("certificates", "0007_reinstatements")


@pytest.mark.django_db(transaction=True)
def test_earlier_charges_become_rows_with_their_time_over():
    by = make_user()
    withdrawn_on = date(2022, 3, 10)
    stated = {1: withdrawn_on - timedelta(days=40), 2: withdrawn_on - timedelta(days=1)}
    certificates = {serial: write_certificate(serial) for serial in stated}
    call_command("migrate", *BEFORE, verbosity=0)
    try:
        earlier = MigrationLoader(connection).project_state(BEFORE).apps
        for serial, stated_on in stated.items():
            withdrawal = earlier.get_model("certificates", "Withdrawal").objects.create(
                certificate_id=certificates[serial].pk,
                charges=f"Zarzuty {serial}.",
                charges_stated_on=stated_on,
                withdrawn_on=withdrawn_on,
                reason="Powód.",
                withdrawn_by_id=by.pk,
                withdrawn_at=clock.now(),
            )
        earlier.get_model("certificates", "Reinstatement").objects.create(
            withdrawal=withdrawal,
            appealed_on=APPEALED_ON,
            resolution_number="9/2022",
            adopted_on=APPEALED_ON,
            reason="Powód Zarządu.",
            reinstated_by_id=by.pk,
            reinstated_at=clock.now(),
        )
    finally:
        call_command("migrate", verbosity=0)

    long_ago, on_the_eve = Charges.objects.with_outcome()
    assert (long_ago.text, long_ago.stated_on) == ("Zarzuty 1.", stated[1])
    assert long_ago.reply_until == stated[1] + timedelta(days=14)
    assert on_the_eve.reply_until == stated[2]
    for charges in (long_ago, on_the_eve):
        assert (charges.number, charges.document, charges.stated_by) == (None, None, by)
        assert charges.withdrawal.reason == "Powód."
        assert charges.withdrawal.appeal_until == withdrawn_on + timedelta(days=14)
    assert long_ago.state == ChargesState.UPHELD
    standing = Certificate.objects.with_facts().get(pk=long_ago.certificate_id)
    assert standing.withdrawal == long_ago.withdrawal
    assert on_the_eve.state == ChargesState.ANNULLED
    appeal = on_the_eve.withdrawal.appeal
    assert (appeal.appealed_on, appeal.text, appeal.on_paper) == (APPEALED_ON, "", True)
    assert (appeal.made_by, appeal.reinstatement.reason) == (by, "Powód Zarządu.")
