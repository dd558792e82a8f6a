"""Where a visit's state is written, and nowhere else."""

from typing import Any

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State as CaseState
from certification.audit.services import record
from certification.errors import TransitionNotAllowed
from certification.visits.models import SiteVisit
from certification.visits.states import OF_DATES, TRANSITIONS, Verb
from institutions.models import User

VISITED_IN = frozenset({CaseState.ASSESSMENT, CaseState.COMPLETION})


def locked_for(visit: SiteVisit, verb: Verb) -> SiteVisit:
    """Lock the row for the rest of the transaction, if the verb starts where the visit is.

    Dates are talked over only while the case is assessed. Raises TransitionNotAllowed.
    """
    case = Application.objects.select_for_update().get(pk=visit.application_id)
    locked = SiteVisit.objects.select_for_update().get(pk=visit.pk)
    if locked.state not in TRANSITIONS[verb].sources:
        raise TransitionNotAllowed(verb, locked.state)
    if verb in OF_DATES and case.state not in VISITED_IN:
        raise TransitionNotAllowed(verb, case.state)
    locked.application = case
    return locked


def move(locked: SiteVisit, verb: Verb, *, by: User, **changes: Any) -> SiteVisit:
    """Move a locked visit on along TRANSITIONS, by compare-and-swap, and journal the verb."""
    changes |= {"state": TRANSITIONS[verb].target, "state_since": clock.now()}
    moved = SiteVisit.objects.filter(pk=locked.pk, state=locked.state).update(**changes)
    if not moved:
        raise TransitionNotAllowed(verb, locked.state)
    locked.refresh_from_db(fields=sorted(changes))
    record(verb, locked, by=by, case=locked.application, round=locked.round)
    return locked
