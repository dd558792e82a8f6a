"""Reminders to institutions of completions: before the deadline, and on the day after.

That a case lies because of one, the office hears from `followup` alone.
The key of each notice names the deadline, so that it goes once, and anew when the deadline moves.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import ngettext

from certification import clock
from certification.outbox.kinds import Kind
from certification.working_days import working_days_between
from institutions.notices import notify

from .models import CompletionRequest
from .recipients import writers_of
from .states import State

DAYS_BEFORE = 3  # working days


def remind_of_completions(now: datetime) -> str:
    """Remind of every request that waits and is due for it; a chore, safe to do twice."""
    waiting = CompletionRequest.objects.filter(
        application__state=State.COMPLETION, answered_at=None
    ).select_related("application__institution")
    reminded = sum(_remind(request, now) for request in waiting)
    if not reminded:
        return ""
    text = ngettext("%(n)s completion looked after", "%(n)s completions looked after", reminded)
    return text % {"n": reminded}


@transaction.atomic
def _remind(request: CompletionRequest, now: datetime) -> bool:
    if request.is_late_at(now):
        _tell_writers(request, "completion_late")
        return True
    is_near = working_days_between(clock.today(), request.deadline) <= DAYS_BEFORE
    if is_near:
        _tell_writers(request, "completion_due")
    return is_near


def _tell_writers(request: CompletionRequest, name: str) -> None:
    application = request.application
    notify(
        writers_of(application),
        name,
        kind=Kind.COMPLETION,
        about=application,
        key=f"{name}:{request.pk}:{request.deadline}",
        url=application.get_absolute_url(),
        application=application,
        request=request,
    )
