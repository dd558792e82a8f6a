"""What the page of a case shows of requests for completion and of the formal check."""

from typing import Any

from certification import clock
from certification.applications import access
from certification.applications.models import Application, CompletionRequest, Extension
from certification.applications.states import State
from institutions.models import User


def completions(application: Application, user: User, *, is_staff: bool) -> dict[str, Any]:
    """The request that waits, and those that were answered with what they changed.

    A wish for more time is between the institution and the office; assessors need not know.
    """
    requests = list(
        application.completion_requests.prefetch_related(
            "items__criterion", "items__evidence_type", "extensions"
        )
    )
    waits = application.state == State.COMPLETION
    waiting = next((each for each in requests if waits and not each.is_answered), None)
    may_extend = user.has_perm("applications.extend", application)
    is_party = may_extend or application.institution_id in user.institution_ids
    return {
        "waiting": waiting,
        "reads_reasons": waiting is not None and _reads_reasons(waiting, application, user),
        "extensions": list(waiting.extensions.all()) if waiting and is_party else [],
        "may_ask_extension": waiting is not None
        and _asked(waiting) is None
        and user.has_perm("applications.ask_extension", application),
        "may_extend": waiting is not None and may_extend,
        "may_lapse": waiting is not None
        and waiting.may_lapse_at(clock.now())
        and _asked(waiting) is None
        and user.has_perm("applications.lapse", application),
        "answered": [each for each in requests if each.is_answered],
        "check_is_concluded": application.formal_checks.exclude(concluded_at=None).exists(),
        "now": clock.now(),
        "is_staff": is_staff,
    }


def _reads_reasons(request: CompletionRequest, application: Application, user: User) -> bool:
    """Reasons given in the assessment are kept from whoever still judges the case."""
    in_check = request.asked_in == State.FORMAL_CHECK
    return in_check or access.may_read_reasons(user, application)


def _asked(request: CompletionRequest) -> Extension | None:
    """The wish for more time that waits for an answer; reads what is loaded."""
    return next((each for each in request.extensions.all() if each.decided_at is None), None)
