"""Writing mail, and what the office does when some of it does not arrive."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed

from .delivery import deliver_now
from .models import Email
from .states import TRANSITIONS, State, Trouble, Verb


def write(emails: Iterable[Email]) -> None:
    """Put messages into the outbox, inside the transaction of the verb they tell of.

    A message whose person has one of that key already is left out. In a fresh checkout they leave
    right after the commit (settings.OUTBOX_IMMEDIATELY), in production with the worker. A mail
    server that is down undoes nothing. Raises RuntimeError outside a transaction: a message must
    not outlive a verb that was rolled back.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("write() belongs inside the transaction of its verb")
    rows = list(emails)
    for row in rows:
        row.subject = " ".join(row.subject.split())  # a line break would end the header
    Email.objects.bulk_create(rows, ignore_conflicts=any(row.key for row in rows))
    if rows and settings.OUTBOX_IMMEDIATELY:
        transaction.on_commit(deliver_now, robust=True)


@transaction.atomic
def send_again(email: Email, *, by: Any) -> None:
    """Try a message anew that was given up or stopped."""
    locked = Email.objects.select_for_update().get(pk=email.pk)
    if not locked.body:
        raise CannotDo(
            _(
                "What this message said is kept no more, because it held a link for its "
                "recipient alone. Send a new one where it came from."
            )
        )
    _turn(
        locked, to=State.WAITING, since=(State.FAILED, State.STOPPED), verb=Verb.SEND_AGAIN, by=by
    )
    if settings.OUTBOX_IMMEDIATELY:
        transaction.on_commit(deliver_now, robust=True)


@transaction.atomic
def stop(email: Email, *, by: Any) -> None:
    """Let a message that has not left yet never leave."""
    locked = Email.objects.select_for_update().get(pk=email.pk)
    _turn(
        locked,
        to=State.STOPPED,
        since=(State.WAITING, State.HELD, State.FAILED),
        verb=Verb.STOP,
        by=by,
        trouble=Trouble.BY_OFFICE,
    )


def _turn(
    email: Email, *, to: State, since: tuple[State, ...], verb: Verb, by: Any, trouble: str = ""
) -> None:
    if email.state not in TRANSITIONS[to].intersection(since):
        raise TransitionNotAllowed(verb, email.state)
    email.state, email.trouble, email.attempts, email.smtp_code = to, trouble, 0, None
    email.next_attempt_at = clock.now()
    email.save()
    record(verb, email, by=by)
