"""Saying how long a case may lie."""

from collections.abc import Mapping

from django.db import transaction

from certification import clock
from certification.audit.services import record
from institutions.models import User

from .models import Limit, limits
from .states import Stage, Verb


@transaction.atomic
def set_limits(given: Mapping[Stage, tuple[int, int]], *, by: User) -> int:
    """Set the days before the first reminder and between the next; how many limits changed.

    One event for each limit that changed, none for one that stays.
    """
    before = limits()
    changed = {stage: pair for stage, pair in given.items() if pair != before[stage]}
    for stage, (days, again) in changed.items():
        limit, _created = Limit.objects.update_or_create(
            stage=stage,
            defaults={"days": days, "again": again, "set_by": by, "set_at": clock.now()},
        )
        record(Verb.SET_LIMITS, limit, by=by, stage=stage.value, days=days, again=again)
    return len(changed)
