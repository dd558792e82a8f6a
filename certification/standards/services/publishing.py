"""Freezing an edition, and ending its use."""

from typing import Any

from django.db import transaction

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from certification.standards.checks import findings
from certification.standards.models import Retirement, StandardSet
from certification.standards.states import Standing, State, Verb


@transaction.atomic
def publish(standard_set: StandardSet, *, by: Any) -> StandardSet:
    """Freeze a draft and let new applications be written against it.

    Raises TransitionNotAllowed when it is published already, CannotDo with what is in the way.
    """
    locked = StandardSet.objects.select_for_update().get(pk=standard_set.pk)
    if locked.state != State.DRAFT:
        raise TransitionNotAllowed(Verb.PUBLISH, locked.state)
    in_the_way = [finding.text for finding in findings(locked) if finding.blocks]
    if in_the_way:
        raise CannotDo("\n".join(in_the_way))
    locked.state, locked.published_by, locked.published_at = State.PUBLISHED, by, clock.now()
    locked.save(update_fields=["state", "published_by", "published_at"])
    record(Verb.PUBLISH, locked, by=by, code=locked.code, edition=locked.edition)
    return locked


@transaction.atomic
def retire(standard_set: StandardSet, *, by: Any) -> Retirement:
    """Let no new application be written against an edition; those begun run on."""
    locked = StandardSet.objects.select_for_update().get(pk=standard_set.pk)
    if locked.standing != Standing.PUBLISHED:
        raise TransitionNotAllowed(Verb.RETIRE, locked.standing)
    retirement = Retirement.objects.create(
        standard_set=locked, retired_by=by, retired_at=clock.now()
    )
    record(Verb.RETIRE, locked, by=by, code=locked.code, edition=locked.edition)
    return retirement
