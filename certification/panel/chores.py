"""What the worker does again and again, and whether it does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from certification import clock
from certification.chores import Chore, registered
from certification.chores.models import Turn
from institutions.requests import SignedInRequest
from institutions.states import Role

SILENCE = timedelta(minutes=5)  # after which the worker seems not to run


@dataclass(frozen=True)
class Row:
    """One chore with its last turn, None where it was never done."""

    chore: Chore
    turn: Turn | None
    now: datetime

    @property
    def is_overdue(self) -> bool:
        return self.turn is None or self.turn.due_at < self.now - SILENCE


@require_GET
def chore_list(request: SignedInRequest) -> HttpResponse:
    """For the administrator: each chore, when it was done last and what came of it."""
    if not request.user.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied
    turns, now = {turn.name: turn for turn in Turn.objects.all()}, clock.now()
    rows = [Row(chore, turns.get(chore.name), now) for chore in registered()]
    is_silent = all(row.is_overdue for row in rows)
    return render(request, "panel/chore_list.html", {"rows": rows, "is_silent": is_silent})
