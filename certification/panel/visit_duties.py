"""Site visits: whose turn it is to answer, and which are to come."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.defaultfilters import date as formatted
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.assessments.models import Assignment
from certification.assessments.rules import cases_still_judged
from certification.visits.models import Protocol, SiteVisit
from certification.visits.states import State
from institutions.models import User
from institutions.states import MemberRole, Role

from .heaps import Duty, Waiting, heap

WRITERS = (MemberRole.CUSTODIAN, MemberRole.EDITOR)


def _heap(title: str, visits: "QuerySet[SiteVisit]", action: str) -> Waiting:
    def duty(visit: SiteVisit) -> Duty:
        day = visit.starts_at and formatted(localtime(visit.starts_at), "j E Y")
        return Duty(
            about=str(visit.application.institution),
            action=f"{action}: {day}" if day else action,
            url=visit.get_absolute_url(),
            number=visit.application.number or "",
            since=clock.day_of(visit.state_since),
        )

    rows = visits.with_names()  # type: ignore[attr-defined]
    return heap(title, rows.order_by("starts_at", "state_since", "pk"), duty, reverse("visit_list"))


def visits_to_answer(user: User) -> Iterator[Waiting]:
    """Dates that CAL proposed to the person's institution, and protocols to be confirmed."""
    own = user.institution_ids_as(*WRITERS)
    visits = SiteVisit.objects.filter(application__institution__in=own)
    proposed = visits.filter(state=State.PROPOSED)
    yield _heap(_("Site visits to be agreed"), proposed, _("Choose a date of the visit"))
    presented = visits.filter(state=State.PRESENTED)
    title = _("Protocols of site visits")
    yield _heap(title, presented, _("Read the protocol and confirm it"))


def visits_to_settle(user: User) -> Iterator[Waiting]:
    """Dates that institutions proposed to the office, and protocols whose time has passed."""
    cases = Application.objects.open_to_staff(user).values("pk")
    visits = SiteVisit.objects.filter(application__in=cases)
    countered = visits.filter(state=State.COUNTERED)
    yield _heap(_("Other dates of site visits"), countered, _("Answer the institution"))
    late = Protocol.objects.filter(visit=OuterRef("pk"), remarks_until__lt=clock.today())
    overdue = visits.filter(Exists(late), state=State.PRESENTED)
    title = _("Protocols not confirmed in time")
    yield _heap(title, overdue, _("See what can be done"))


def visits_to_come(user: User) -> Iterator[Waiting]:
    """Visits of one's own, as an assessor or from the office: agreed on, or to be written about."""
    if not user.has_role(Role.ASSESSOR, Role.OFFICE):
        return
    own = Q(application__in=Assignment.objects.held_by(user).declared().values("application"))
    if user.has_role(Role.OFFICE):
        handled = Application.objects.open_to_staff(user).exclude(cases_still_judged(user))
        own |= Q(application__in=handled.values("pk"))
    visits = SiteVisit.objects.filter(own, state=State.AGREED, team=user)
    upcoming = visits.filter(ends_at__gt=clock.now())
    yield _heap(_("Site visits to come"), upcoming, _("Prepare for the visit"))
    over = Q(state=State.AGREED, ends_at__lte=clock.now()) | Q(state=State.HELD)
    unwritten = SiteVisit.objects.filter(own, over, lead=user)
    yield _heap(_("Protocols to be written"), unwritten, _("Write the protocol"))
