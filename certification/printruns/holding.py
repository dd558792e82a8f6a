"""A worker's hold on a print run: every write asks whether the run is still its own."""

import time
from datetime import timedelta

from certification import clock
from institutions.states import Role

from .models import PrintItem, PrintRun
from .states import State

LEASE = timedelta(seconds=20)  # without a word for so long, another worker takes the run over


class Lost(Exception):
    """The run is this worker's no more: paused, cancelled, or taken over by another."""


class Held:
    """A run that this worker holds."""

    def __init__(self, run: PrintRun, holder: str) -> None:
        self.run, self.holder = run, holder
        self._heard = time.monotonic()
        reader = run.started_by
        may = reader.is_active and reader.has_role(Role.OFFICE)
        opened = run.items.open_to(reader) if may else run.items.none()
        self.open = set(opened.values_list("pk", flat=True))

    def settle(self, item: PrintItem, **fields: object) -> None:
        """Write what came of an item. Raises Lost."""
        mine = {"run__holder": self.holder, "run__state": State.WORKING}
        if not PrintItem.objects.filter(pk=item.pk, **mine).update(**fields):
            raise Lost
        self.alive()

    def alive(self, **fields: object) -> None:
        """Say so, every few seconds or with `fields` of the run to write. Raises Lost."""
        if not fields and time.monotonic() - self._heard < LEASE.total_seconds() / 5:
            return
        mine = PrintRun.objects.filter(pk=self.run.pk, holder=self.holder, state=State.WORKING)
        if not mine.update(held_until=clock.now() + LEASE, **fields):
            raise Lost
        self._heard = time.monotonic()

    def release(self) -> None:
        mine = PrintRun.objects.filter(pk=self.run.pk, holder=self.holder)
        mine.update(holder="", held_until=None)
