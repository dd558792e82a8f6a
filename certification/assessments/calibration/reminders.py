"""Reminders to those who have not submitted: three days before the last day, and the day after.

A chore: safe to do twice, as each message has a key that is unique for its person.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from certification.assessments.models import CalibrationRound
from certification.outbox.models import Email
from institutions.models import User

from . import emails

BEFORE = timedelta(days=3)


def remind(now: datetime) -> str:
    """Write what is due; how many people were reminded, in words."""
    day = localdate(now)
    due = CalibrationRound.objects.open().filter(due_on__lte=day + BEFORE)
    reminded = sum([_remind_of(calibration.pk, day=day) for calibration in due])
    if not reminded:
        return ""
    return ngettext(
        "%(n)s assessor reminded of a calibration",
        "%(n)s assessors reminded of calibrations",
        reminded,
    ) % {"n": reminded}


@transaction.atomic
def _remind_of(pk: int, *, day: date) -> int:
    calibration = CalibrationRound.objects.select_for_update(of=("self",)).get(pk=pk)
    if calibration.is_closed or calibration.due_on is None:
        return 0
    when = "late" if calibration.due_on < day else "soon"
    key = f"calibration-{pk}-{calibration.due_on}-{when}"
    waiting = calibration.cards.filter(submitted_at=None).values("assessor")
    told = Email.objects.filter(key=key).values("person")
    people = list(User.objects.filter(pk__in=waiting).exclude(pk__in=told))
    before = Email.objects.filter(key=key).count()
    emails.due(calibration, people, key=key)
    return Email.objects.filter(key=key).count() - before
