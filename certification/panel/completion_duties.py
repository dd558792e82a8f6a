"""What waits because of a completion: to be sent, given more time, or left unexamined."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application, CompletionRequest, Extension
from certification.applications.states import State
from certification.followup.states import Stage
from institutions.models import User

from .heaps import Duty, Waiting, heap


def _waiting(cases: "QuerySet[Application]") -> "QuerySet[CompletionRequest]":
    """The requests that wait for an answer, the most urgent first."""
    open_ones = CompletionRequest.objects.filter(
        application__in=cases.filter(state=State.COMPLETION), answered_at=None
    )
    return open_ones.select_related("application__institution").order_by("deadline", "pk")


def to_complete(mine: "QuerySet[Application]") -> Waiting:
    """For the institution's people."""
    today = clock.today()

    def duty(request: CompletionRequest) -> Duty:
        return Duty(
            about=str(request.application.institution),
            action=_("Complete the application"),
            url=request.application.get_absolute_url(),
            number=request.application.number or "",
            due=request.deadline,
            is_late=request.deadline < today,
        )

    return heap(_("To be completed"), _waiting(mine), duty, reverse("application_list"))


def time_asked_for(user: User) -> Waiting:
    """Wishes for more time that the office must answer."""
    cases = Application.objects.open_to_staff(user).filter(state=State.COMPLETION)
    wishes = Extension.objects.filter(decided_at=None, request__application__in=cases)

    def duty(wish: Extension) -> Duty:
        application = wish.request.application
        return Duty(
            about=str(application.institution),
            action=_("Answer the wish for more time"),
            url=reverse("extension_decide", args=[application.pk]),
            number=application.number or "",
            since=clock.day_of(wish.asked_at) if wish.asked_at else None,
            ends=(Stage.TIME_ASKED, application.pk),
        )

    rows = wishes.select_related("request__application__institution").order_by("asked_at")
    return heap(_("More time asked for"), rows, duty, reverse("application_list"))


def overdue(user: User) -> Waiting:
    """Completions that did not come in time: to be given more time, or left unexamined."""
    late = _waiting(Application.objects.open_to_staff(user)).filter(deadline__lt=clock.today())

    def duty(request: CompletionRequest) -> Duty:
        return Duty(
            about=str(request.application.institution),
            action=_("See what can be done"),
            url=request.application.get_absolute_url(),
            number=request.application.number or "",
            due=request.deadline,
            is_late=True,
            ends=(Stage.OVERDUE, request.application_id),
        )

    return heap(_("Completions overdue"), late, duty, reverse("application_list"))
