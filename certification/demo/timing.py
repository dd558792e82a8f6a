"""The days on which the demonstration happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from django.utils import timezone

from certification import clock


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    """Let what is inside happen on that day."""
    moment = timezone.make_aware(datetime.combine(day, time(hour, 15)))  # noqa: DTZ001 - Warsaw
    with clock.set_to(moment):
        yield
