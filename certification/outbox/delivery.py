"""Sending what waits: each message by one sender at a time, again and again until it is taken.

A sender claims a message by compare-and-swap, which both databases do alike. A sender that dies
leaves it claimed, and after ABANDONED it is taken back. Between the mail server's "taken" and our
note of it lies a moment in which a crash makes the message go twice, with the same Message-ID
(docs/decisions/, "A message rather twice than never").
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.db.models import F
from django.utils.translation import gettext as _

from certification import clock

from . import gates
from .models import Email
from .sending import Failure, Postman
from .states import TRANSITIONS, State, Trouble

logger = logging.getLogger(__name__)

# After so long the next attempt; after the last of them (two and a half days) we give up.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 4 * 60, 12 * 60, 18 * 60, 24 * 60))
ABANDONED = timedelta(minutes=10)  # far beyond what EMAIL_TIMEOUT lets one message take
AT_ONCE = 200  # messages a round, so that a worker's other chores get their turn
_CANDIDATES = 20
_DATABASE_BACK_IN = (1, 2, 4, 8, 15, 30, 60)  # seconds


def deliver_now() -> None:
    """Send what waits, after the commit of a verb (settings.OUTBOX_IMMEDIATELY)."""
    deliver_waiting(clock.now())


def deliver_waiting(now: datetime) -> str:
    """Send what is due, oldest first; what came of it, in words. A chore."""
    _take_back(now)
    came: Counter[State] = Counter()
    with closing(Postman()) as postman:
        while came.total() < AT_ONCE and (email := _claim_next(now)):
            state, failure = _deliver(email, postman)
            came[state] += 1
            if failure and failure.trouble == Trouble.UNREACHABLE:
                break  # the others would wait for the same silence
    return _in_words(came)


def _in_words(came: Counter[State]) -> str:
    words = {
        State.SENT: _("sent: %(n)s"),
        State.WAITING: _("to be tried again: %(n)s"),
        State.FAILED: _("given up: %(n)s"),
        State.STOPPED: _("stopped: %(n)s"),
    }
    return ", ".join(text % {"n": came[state]} for state, text in words.items() if came[state])


def _claim_next(now: datetime) -> Email | None:
    """Make one due message this sender's own."""
    due = Email.objects.due(now).order_by("next_attempt_at", "pk").values_list("pk", flat=True)
    while candidates := list(due[:_CANDIDATES]):
        for pk in candidates:
            claim = {"claimed_at": clock.now(), "attempts": F("attempts") + 1}
            if _turn(Email.objects.filter(pk=pk), State.SENDING, **claim):
                return Email.objects.select_related("person").get(pk=pk)
    return None


def _deliver(email: Email, postman: Postman) -> tuple[State, Failure | None]:
    if objection := _objection(email):
        return _finish(email, State.STOPPED, Failure(objection))
    failure = postman.post(email)
    if failure is None:
        return _finish(email, State.SENT)
    if failure.is_final or email.attempts > len(PAUSES):
        logger.error("E-mail %s was given up: %s", email.pk, failure.trouble.value)
        return _finish(email, State.FAILED, failure)
    logger.warning("E-mail %s was not sent: %s", email.pk, failure.trouble.value)
    return _finish(email, State.WAITING, failure)


def _objection(email: Email) -> Trouble | None:
    """Why a message that was right when it was written may not leave any more."""
    if email.person and not email.person.is_active:
        return Trouble.NO_ACCOUNT
    if email.person and not gates.is_open(email.case, to=email.person):
        return Trouble.CASE_CLOSED
    return None


def _finish(
    email: Email, state: State, failure: Failure | None = None
) -> tuple[State, Failure | None]:
    """Note what came of an attempt; it is still this sender's unless it was taken back."""
    now = clock.now()
    fields: dict[str, Any] = {
        "claimed_at": None,
        "trouble": failure.trouble if failure else "",
        "smtp_code": failure.smtp_code if failure else None,
    }
    if state == State.SENT:
        fields["sent_at"] = now
    if state == State.WAITING:
        fields["next_attempt_at"] = now + PAUSES[email.attempts - 1]
    if email.has_secret and state in {State.SENT, State.STOPPED}:
        fields["body"] = ""
    mine = Email.objects.filter(pk=email.pk, attempts=email.attempts)
    _persistently(lambda: _turn(mine, state, **fields))
    return state, failure


def _take_back(now: datetime) -> None:
    _turn(
        Email.objects.abandoned(now - ABANDONED),
        State.WAITING,
        claimed_at=None,
        next_attempt_at=now,
        trouble=Trouble.INTERRUPTED,
    )


def _turn(emails: Any, to: State, **fields: Any) -> int:
    """Write a state, by compare-and-swap: how many rows were where this one leads on from.

    Of SENDING alone: the office's own turns are in services.
    """
    sources = {State.WAITING} if to == State.SENDING else {State.SENDING}
    return int(emails.filter(state__in=sources & TRANSITIONS[to]).update(state=to, **fields))


def _persistently(write: Callable[[], int]) -> None:
    """Write even if the database goes away just now: what was sent must be known as sent."""
    for pause in _DATABASE_BACK_IN:
        try:
            write()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(pause)
        else:
            return
    write()
