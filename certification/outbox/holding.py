"""Messages that wait for their reader's daily summary, and go in it as one line each."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from . import gates
from .models import Email
from .states import State, Trouble


def hold(email: Email, *, until: datetime) -> None:
    """Let a message that is not written yet wait for a summary."""
    email.state, email.next_attempt_at = State.HELD, until


def due(now: datetime) -> "QuerySet[Email]":
    return Email.objects.filter(state=State.HELD, next_attempt_at__lte=now)


def take(person: Any, *, now: datetime) -> list[Email]:
    """What a person's summary tells, locked, oldest first.

    Messages about cases that have been closed to the person since are stopped.
    """
    held = due(now).filter(person=person).select_for_update().order_by("created_at", "pk")
    is_open = {email: gates.is_open(email.case, to=person) for email in held}
    closed = [email.pk for email in is_open if not is_open[email]]
    _turn(closed, State.STOPPED, trouble=Trouble.CASE_CLOSED)
    return [email for email in is_open if is_open[email]]


def gather(emails: Collection[Email], digest: Email) -> None:
    """Note that they went in that summary."""
    _turn([email.pk for email in emails], State.GATHERED, digest=digest)


def _turn(pks: list[int], to: State, **fields: Any) -> None:
    Email.objects.filter(pk__in=pks, state=State.HELD).update(state=to, **fields)
