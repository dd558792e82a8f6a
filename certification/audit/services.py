"""Writing the journal, and proving it whole."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from certification import clock

from .models import ChainHead, Event, key
from .verbs import AuditVerb

Fact = str | int | bool | None
GENESIS = "0" * 64
_BATCH = 500  # events a statement


def record(
    verb: AuditVerb,
    subject: models.Model,
    *,
    by: Any,
    case: models.Model | None = None,
    **facts: Fact,
) -> Event:
    """Add one event to the chain, inside the transaction of the verb it speaks of.

    `by` is the acting user, or None for the system itself. Facts are short and free of
    personal data and secrets. Raises RuntimeError outside a transaction: an event must not
    outlive a verb that was rolled back.
    """
    (event,) = record_each(verb, [(subject, facts)], by=by, case=case)
    return event


def record_each(
    verb: AuditVerb,
    subjects: Iterable[tuple[models.Model, Mapping[str, Fact]]],
    *,
    by: Any,
    case: models.Model | None = None,
) -> list[Event]:
    """One event for each of the subjects with its facts, as `record` does it, in one go."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of its verb")
    head, events = _locked_head(), []
    for subject, facts in subjects:
        event = Event(
            seq=head.seq + 1,
            at=clock.now().astimezone(UTC),
            by=by,
            verb=str(verb),
            subject=key(subject),
            case=key(case) if case is not None else "",
            facts=dict(facts),
            previous=head.hash,
        )
        event.hash = seal(event)
        head.seq, head.hash = event.seq, event.hash
        events.append(event)
    Event.objects.bulk_create(events, batch_size=_BATCH)
    ChainHead.objects.filter(id=1).update(seq=head.seq, hash=head.hash)
    return events


def _locked_head() -> ChainHead:
    """The end of the chain, held until the transaction ends; made before the first event."""
    head = ChainHead.objects.select_for_update().filter(id=1).first()
    if head is None:
        ChainHead.objects.get_or_create(id=1)
        head = ChainHead.objects.select_for_update().get(id=1)
    return head


def seal(event: Event) -> str:
    """SHA-256 over the event's content as canonical JSON (sorted keys, no spaces)."""
    content = json.dumps(
        event.sealed_content(), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(content.encode()).hexdigest()


def faults(expected_head: str | None = None) -> Iterator[str]:
    """Every place where the chain does not hold, in words; nothing when it is whole.

    `expected_head` is a hash kept outside (printed, mailed, notarised): it must occur in the
    chain, so that a chain computed anew from end to end is found out too.
    """
    previous, seq, seen = GENESIS, 0, expected_head in {None, GENESIS}
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        if event.seq != seq + 1:
            yield _("Events %(first)s to %(last)s are missing.") % {
                "first": seq + 1,
                "last": event.seq - 1,
            }
        if event.previous != previous:
            yield _("Event %(seq)s does not follow the one before it.") % {"seq": event.seq}
        if seal(event) != event.hash:
            yield _("Event %(seq)s was changed after it was written.") % {"seq": event.seq}
        previous, seq = event.hash, event.seq
        seen = seen or event.hash == expected_head
    head = ChainHead.objects.filter(id=1).first() or ChainHead()
    if (head.seq, head.hash) != (seq, previous):
        yield _("The end of the journal was cut off or replaced: %(seq)s is the last event.") % {
            "seq": seq
        }
    if not seen:
        yield _("The anchored hash %(hash)s is not in the journal.") % {"hash": expected_head}
