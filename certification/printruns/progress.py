"""How far a run is: counted, not guessed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from .models import PrintItem, PrintRun
from .states import ItemState, State

TOLD_EACH = 10  # per cent: how often a screen reader hears of it


@dataclass(frozen=True)
class Progress:
    """Documents proved, then put into the file; `gaps` are those that could not be."""

    total: int
    proved: int
    gaps: int
    in_files: int
    bound: int
    state: str

    @property
    def done(self) -> int:
        return self.proved + self.in_files + self.bound

    @property
    def steps(self) -> int:
        return 2 * self.total - self.gaps

    @property
    def percent(self) -> int:
        return 100 * self.done // self.steps if self.steps else 0

    @property
    def told(self) -> int:
        """What a screen reader was told last, in whole tens of per cent."""
        return self.percent // TOLD_EACH * TOLD_EACH

    @property
    def words(self) -> str:
        if self.state == State.WAITING:
            return _("Waiting for its turn")
        if self.proved < self.total:
            return _("Checked: %(n)s of %(all)s") % {"n": self.proved, "all": self.total}
        put = self.in_files + self.bound
        return _("Put into the file: %(n)s of %(all)s") % {"n": put, "all": self.total - self.gaps}


def progress_of(run: PrintRun) -> Progress:
    return progress_of_each([run])[0]


def progress_of_each(runs: Sequence[PrintRun]) -> list[Progress]:
    """In one query for all of them."""
    counted = (
        PrintItem.objects.filter(run__in=[run.pk for run in runs])
        .order_by()
        .values("run", "state")
        .annotate(n=Count("pk"), filed=Count("file"))
    )
    rows = {(row["run"], row["state"]): (row["n"], row["filed"]) for row in counted}
    return [_progress(run, rows) for run in runs]


def _progress(run: PrintRun, rows: dict[tuple[int, str], tuple[int, int]]) -> Progress:
    number = {state: rows.get((run.pk, state), (0, 0)) for state in ItemState.values}
    total = sum(n for n, _filed in number.values())
    return Progress(
        total=total,
        proved=total - number[ItemState.WAITING][0],
        gaps=number[ItemState.GAP][0],
        in_files=number[ItemState.READY][1],
        bound=run.bound if run.is_under_way else 0,
        state=run.state,
    )
