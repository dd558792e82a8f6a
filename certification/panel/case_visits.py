"""What the page of a case shows of site visits."""

from typing import Any

from certification.applications.models import Application
from certification.visits.models import SiteVisit
from certification.visits.services.moving import VISITED_IN
from institutions.models import User


def visits_of(application: Application, user: User) -> dict[str, Any]:
    """Its visits, the latest first, and whether the person may begin one."""
    visits = list(SiteVisit.objects.filter(application=application))
    has_open = any(not visit.has_ended for visit in visits)
    return {
        "visits": visits,
        "may_propose_visit": application.state in VISITED_IN
        and not has_open
        and user.has_perm("visits.propose_visit", application),
    }
