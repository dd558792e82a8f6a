"""Doing what is due, one worker a chore at a time.

A worker holds a chore for HELD and says every third of that time that it is still alive; one that
was killed is heard of no more, and another takes its chore over.
"""

import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, connection
from django.db.models import F

from certification import clock
from certification.chores import Chore, registered

from .models import Turn

logger = logging.getLogger(__name__)

HELD = timedelta(seconds=20)
PAUSE_AFTER_ERROR = timedelta(minutes=1)


def do_due(stopping: threading.Event | None = None) -> list[str]:
    """Do every registered chore that is due; the names of those done. Stops between two."""
    now = clock.now()
    _know_all(now)
    done = []
    for chore in registered():
        if stopping and stopping.is_set():
            break
        if _do_if_due(chore):
            done.append(chore.name)
    return done


def _know_all(now: datetime) -> None:
    known = set(Turn.objects.values_list("name", flat=True))
    new = [Turn(name=chore.name, due_at=now) for chore in registered() if chore.name not in known]
    if new:
        Turn.objects.bulk_create(new, ignore_conflicts=True)


def _do_if_due(chore: Chore) -> bool:
    holder, now = secrets.token_hex(16), clock.now()
    mine = Turn.objects.filter(name=chore.name)
    if not mine.due(now).free(now).update(holder=holder, held_until=now + HELD, started_at=now):
        return False
    with _alive(chore.name, holder):
        try:
            result = _succeeded(chore, chore.do(now))
        except Exception as error:  # one chore's error must not keep the others from being done
            logger.exception("The chore %s failed", chore.name)
            if isinstance(error, Error):
                connection.close()  # it may be the database that went away
            result = _failed(chore, error)
    mine.filter(holder=holder).update(holder="", held_until=None, **result)
    return True


def _succeeded(chore: Chore, did: str) -> dict[str, Any]:
    now = clock.now()
    news = {"did": did, "did_at": now} if did else {}
    return {"finished_at": now, "due_at": now + chore.every, "error": "", "failures": 0, **news}


def _failed(chore: Chore, error: Exception) -> dict[str, Any]:
    """The error by its name alone: its text may quote what is not for everybody's eyes."""
    now = clock.now()
    return {
        "finished_at": now,
        "due_at": now + max(chore.every, PAUSE_AFTER_ERROR),
        "error": type(error).__name__,
        "failures": F("failures") + 1,
    }


@contextmanager
def _alive(name: str, holder: str) -> Iterator[None]:
    done = threading.Event()
    thread = threading.Thread(target=_keep_holding, args=(name, holder, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _keep_holding(name: str, holder: str, done: threading.Event) -> None:
    held = Turn.objects.filter(name=name, holder=holder)
    while not done.wait((HELD / 3).total_seconds()):
        try:
            held.update(held_until=clock.now() + HELD)
        except Error:
            logger.warning("The chore %s could not be held on to", name)
        finally:
            connection.close()
