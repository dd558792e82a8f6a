"""Reminders that the time to answer charges, or to appeal against a withdrawal, ends: to each
person of the holder once. A chore: safe to do twice, as each message has a key.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from certification.applications.recipients import writers_of
from certification.audit.services import record
from certification.certificates.models import Charges
from certification.certificates.states import Verb
from certification.outbox.models import Email

from . import emails

AHEAD = timedelta(days=3)  # before the last day, and that day itself


def remind(now: datetime) -> str:
    """Write what is due; how much that was, in words."""
    reminded = sum(_remind(charges, name) for charges, name in _due(localdate(now)))
    if not reminded:
        return ""
    return ngettext(
        "%(n)s holder reminded of the last day to answer",
        "%(n)s holders reminded of the last day to answer",
        reminded,
    ) % {"n": reminded}


def _due(day: date) -> Iterator[tuple[Charges, str]]:
    """What ends soon and was told before today, with the name of its message."""
    found = Charges.objects.with_outcome().select_related("certificate__application__institution")
    soon = (day, day + AHEAD)
    unanswered = found.open().filter(replies=None, reply_until__range=soon, stated_on__lt=day)
    for charges in unanswered:
        yield charges, "reply_due"
    withdrawn = found.filter(withdrawal__appeal=None, withdrawal__appeal_until__range=soon)
    for charges in withdrawn:
        if localdate(charges.withdrawal.withdrawn_at) < day:
            yield charges, "appeal_due"


@transaction.atomic
def _remind(charges: Charges, name: str) -> bool:
    """Whether anything was written."""
    certificate, key = charges.certificate, f"{name}-{charges.pk}"
    told = Email.objects.filter(key=key)
    people = writers_of(certificate.application).exclude(pk__in=told.values("person"))
    if not people:
        return False
    emails.due(name, charges, people, key=key)
    record(Verb.REMIND_TO_ANSWER, certificate, by=None, case=certificate.application)
    return True
