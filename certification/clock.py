"""What time it is, for everything that writes a time down.

One place, so that the demo can tell a story that began in 2016 and a test can stand still.
Questions about *a* day (is it valid on the 12th?) take the day as a parameter instead.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """This moment, aware."""
    return _set_to.get() or timezone.now()


def today() -> date:
    """The calendar day in Poland."""
    return timezone.localdate(now())


def day_of(moment: datetime) -> date:
    """The calendar day in Poland of a moment: just after midnight there, not yet in UTC."""
    return timezone.localdate(moment)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let everything inside the block happen at `moment` (aware)."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
