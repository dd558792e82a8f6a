"""What waits for the office because of an assessor, or of somebody with a conflict of interest."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.late import waiting_late
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.states import State
from certification.assessments.models import ConsolidatedCard, MoreTime, ThirdOpinion
from certification.assessments.rules import cases_still_judged
from certification.assessments.services import UNDER_WAY
from certification.followup.states import Stage
from institutions.models import User

from .heaps import Duty, Waiting, heap


def assessors_time_asked_for(user: User) -> Waiting:
    """Wishes for more time, but for cases that the person still judges themselves."""
    cases = Application.objects.open_to_staff(user).filter(state__in=UNDER_WAY)
    cases = cases.exclude(cases_still_judged(user))
    wishes = MoreTime.objects.filter(
        decided_at=None, assignment__ended_at=None, assignment__application__in=cases
    )

    def duty(wish: MoreTime) -> Duty:
        application = wish.assignment.application
        return Duty(
            about=f"{wish.assignment.assessor} – {application.institution}",
            action=_("Answer the wish for more time"),
            url=reverse("more_time_decide", args=[wish.assignment_id]),
            number=application.number or "",
            since=clock.day_of(wish.asked_at) if wish.asked_at else None,
            ends=(Stage.MORE_TIME, application.pk),
        )

    rows = wishes.select_related("assignment__application__institution", "assignment__assessor")
    title = _("Assessors ask for more time")
    return heap(title, rows.order_by("asked_at"), duty, reverse("assessment_list"))


def late_conflicts(user: User) -> Waiting:
    """Conflicts that came to light after the person had done something in the case."""
    cases = Application.objects.open_to_staff(user).exclude(cases_still_judged(user))

    def duty(conflict: ConflictDeclaration) -> Duty:
        application = conflict.application
        return Duty(
            about=str(application.institution),
            action=_("See what somebody with a conflict of interest had done"),
            url=reverse("conflict_list", args=[application.pk]),
            number=application.number or "",
            since=clock.day_of(conflict.declared_at),
        )

    rows = waiting_late().filter(application__in=cases).order_by("declared_at", "pk")
    rows = rows.select_related("application__institution")
    return heap(_("Late conflicts of interest"), rows, duty, reverse("application_list"))


def third_assessors(user: User) -> Waiting:
    """Cards whose assessors ask for a third one."""
    cards = ConsolidatedCard.objects.visible_to(user)
    asked = ThirdOpinion.objects.open().filter(
        Exists(cards.filter(application=OuterRef("application"))),
        application__state=State.ASSESSMENT,
    )

    def duty(opinion: ThirdOpinion) -> Duty:
        return Duty(
            about=str(opinion.application.institution),
            action=_("Choose a third assessor"),
            url=reverse("third_assign", args=[opinion.application_id]),
            number=opinion.application.number or "",
            since=clock.day_of(opinion.asked_at),
        )

    rows = asked.select_related("application__institution").order_by("asked_at")
    return heap(_("Third assessor asked for"), rows, duty, reverse("assessment_list"))
