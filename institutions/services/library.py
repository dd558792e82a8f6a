"""The verbs of a library beside adding: describe anew."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from certification.audit.services import record
from certification.errors import Stale
from institutions.models import Evidence, User
from institutions.services.describing import set_tags, sum_up
from institutions.states import Verb
from institutions.versions import version_of

DESCRIPTION_FIELDS = ("title", "type", "description", "occurred_from", "occurred_to")


def description_version(evidence: Evidence) -> str:
    """A mark of the description as it stands; sent back as `seen`."""
    tags = evidence.tags.values_list("text", flat=True)
    return version_of([*(getattr(evidence, field) for field in DESCRIPTION_FIELDS), *tags])


@transaction.atomic
def change_evidence(
    evidence: Evidence,
    *,
    by: User,
    seen: str = "",
    tags: Iterable[str] | None = None,
    **description: Any,
) -> Evidence:
    """Change any of DESCRIPTION_FIELDS, and the tags; what the evidence holds stays as it is.

    Raises Stale when `seen` is not the description that stands.
    """
    locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if seen and seen != description_version(locked):
        raise Stale(locked)
    changed = [name for name in DESCRIPTION_FIELDS if _differs(locked, name, description)]
    for name in changed:
        setattr(locked, name, description[name])
    locked.save(update_fields=changed)
    if tags is not None and set_tags(locked, tags):
        changed.append("tags")
    if not changed:
        return locked
    sum_up(locked)
    record(Verb.CHANGE_EVIDENCE, locked, by=by, fields=", ".join(changed))
    return locked


def _differs(evidence: Evidence, name: str, description: dict[str, Any]) -> bool:
    return name in description and getattr(evidence, name) != description[name]
