"""Who may go to a visit, and who leaves its team when a conflict of interest closes the case."""

from certification.applications.models import Application
from certification.applications.recipients import office_of
from certification.assessments.models import Assignment
from certification.assessments.rules import is_still_judging
from certification.audit.services import record
from certification.visits.models import SiteVisit
from certification.visits.states import Verb
from institutions.models import User


def assessing(application: Application) -> list[User]:
    """Who assesses the case and has declared no conflict."""
    held = Assignment.objects.active().declared().filter(application=application)
    return [each.assessor for each in held.select_related("assessor").order_by("pk")]


def office_to_go(application: Application) -> list[User]:
    """People of the office who may handle the case and do not assess it."""
    assessors = assessing(application)
    others = [person for person in office_of(application) if person not in assessors]
    return [person for person in others if not is_still_judging(person, application)]


def leave_visits(application: Application, *, user: User, by: User | None) -> None:
    """Take a person with a conflict out of the case's visits that are under way.

    Runs in the transaction that recorded the conflict (see `applications.access`). What they
    wrote stays on file; the office chooses who leads instead.
    """
    for visit in SiteVisit.objects.under_way().filter(application=application, team=user):
        visit.team.remove(user)
        SiteVisit.objects.filter(pk=visit.pk, lead=user).update(lead=None)
        record(Verb.LEAVE, visit, by=by, case=application, person=user.pk)
