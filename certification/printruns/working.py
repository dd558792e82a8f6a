"""Preparing print runs, by the worker: one worker a run, each document once, whatever is killed.

A worker holds a run for LEASE and says with each document that it is still at it. Every step is
one statement that asks whether the run is still its own: a run that was paused, cancelled or taken
over takes nothing more from it. First each document is proved to be there and whole; then those
that are ready are put into one file, in a transaction that also says of each that it was printed.
"""

import secrets
import time
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import ngettext

from certification import clock
from certification.documents.binding import count_pages
from certification.documents.mailing import envelope_that_fits, label_that_fits
from certification.documents.services import open_verified

from .addresses import address_of
from .holding import LEASE, Held, Lost
from .making import make_file
from .models import PrintItem, PrintRun
from .states import UNDER_WAY, ItemState, Kind, State, Trouble
from .troubles import EXPECTED, trouble_of

SLICE = 10.0  # seconds at a time, so that the worker's other chores get their turn
AT_ONCE = 50  # items read at a time


def print_waiting(now: datetime) -> str:
    """Prepare what waits, for SLICE and to the end of what it is at; what it was. A chore."""
    ends, done = time.monotonic() + SLICE, 0
    while time.monotonic() < ends and (held := claim()):
        try:
            done += _prepare(held, ends)
        except Lost:
            continue
        finally:
            held.release()
    if not done:
        return ""
    return ngettext("%(count)s document", "%(count)s documents", done) % {"count": done}


def claim() -> Held | None:
    """Take up the run that has waited longest and that nobody is at."""
    holder, now = secrets.token_hex(16), clock.now()
    free = PrintRun.objects.filter(Q(holder="") | Q(held_until__lt=now), state__in=UNDER_WAY)
    for pk in free.order_by("started_at", "pk").values_list("pk", flat=True):
        mine = {"state": State.WORKING, "holder": holder, "held_until": now + LEASE}
        if free.filter(pk=pk).update(**mine):
            return Held(PrintRun.objects.select_related("started_by").get(pk=pk), holder)
    return None


def _prepare(held: Held, ends: float) -> int:
    """Prove the items one by one; where none is left, make the file. How many were proved."""
    done = 0
    for item in _waiting(held.run):
        if time.monotonic() > ends:
            return done
        trouble, pages = _proved(item, held)
        state = ItemState.GAP if trouble else ItemState.READY
        held.settle(item, state=state, trouble=trouble, pages=pages)
        done += 1
    make_file(held)
    return done


def _waiting(run: PrintRun) -> Iterator[PrintItem]:
    waiting = run.items.filter(state=ItemState.WAITING).select_related(
        "document", "letter__application__institution", "certificate__institution"
    )
    while items := list(waiting[:AT_ONCE]):
        yield from items


def _proved(item: PrintItem, held: Held) -> tuple[str, int]:
    """What is wrong with an item, "" for nothing; and how many pages it has."""
    if item.pk not in held.open:
        return Trouble.BARRED, 0
    try:
        if item.document:
            return "", count_pages(open_verified(item.document))
        address, run = address_of(item), held.run
        if item.kind == Kind.ENVELOPE:
            envelope_that_fits(address, form=run.envelope)
            return "", 1
        label_that_fits(address, form=run.labels)
    except EXPECTED as error:
        return trouble_of(error), 0
    return "", 0
