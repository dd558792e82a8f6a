"""One change to a draft at a time."""

from typing import Any, TypeVar

from django.db import models

from certification.errors import Stale, TransitionNotAllowed
from certification.standards.models import Area, Criterion, Standard, StandardSet
from certification.standards.states import State, Verb

Part = Area | Standard | Criterion
P = TypeVar("P", bound=models.Model)


def lock_draft(standard_set: StandardSet, verb: Verb) -> StandardSet:
    """Hold the edition until the transaction ends. Raises TransitionNotAllowed once published."""
    locked = StandardSet.objects.select_for_update().filter(pk=standard_set.pk).first()
    if locked is None or locked.state != State.DRAFT:
        raise TransitionNotAllowed(verb, locked.state if locked else "")
    return locked


def fresh(row: P, verb: Verb, *, expected_version: int | None = None) -> P:
    """The row as it stands, of an edition that is locked.

    Raises TransitionNotAllowed when it is gone, Stale when it is not of the expected version.
    """
    found: Any = type(row)._default_manager.filter(pk=row.pk).first()
    if found is None:
        raise TransitionNotAllowed(verb, "")
    if expected_version is not None and found.version != expected_version:
        raise Stale(found)
    return found  # type: ignore[no-any-return]
