"""What an open request for completion asks of each criterion, and what was written since.

For those who answer it, where they answer it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from certification.standards.models import Criterion

from .changes import Change, since_last_dossier
from .models import Application, CompletionItem, CompletionRequest
from .states import State


@dataclass(frozen=True)
class Asked:
    """What the request names at one criterion; `change` is None while nothing was changed."""

    request: CompletionRequest
    items: list[CompletionItem]
    change: Change | None


def asked_of(application: Application, criteria: Sequence[Criterion]) -> dict[int, Asked]:
    """By the key of the criterion, in as many queries for one as for all; none for a draft."""
    if application.state != State.COMPLETION:
        return {}
    request = application.open_completion()
    if request is None:
        return {}
    items: dict[int, list[CompletionItem]] = {}
    for item in request.items.filter(criterion__in=criteria).select_related("evidence_type"):
        items.setdefault(item.criterion_id or 0, []).append(item)
    changes = since_last_dossier(application, criteria)
    return {
        each.pk: Asked(request, items[each.pk], changes.get(each.code))
        for each in criteria
        if each.pk in items
    }
