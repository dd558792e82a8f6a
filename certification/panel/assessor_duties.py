"""What waits for an assessor, from a new case to a signed card."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.states import State
from certification.assessments.models import Assignment, CardSignature
from certification.assessments.states import Part
from institutions.models import User
from institutions.states import Role

from .heaps import Duty, Waiting, heap


def of_assessors(user: User) -> Iterator[Waiting]:
    if not user.has_role(Role.ASSESSOR):
        return
    today = clock.today()
    mine = Assignment.objects.held_by(user).order_by("due_on")
    mine = mine.filter(application__state=State.ASSESSMENT).select_related(
        "application__institution", "assessment"
    )

    def duty(action: str, address: Callable[[Assignment], str]) -> Callable[[Assignment], Duty]:
        return lambda assignment: Duty(
            about=str(assignment.application.institution),
            action=action,
            url=address(assignment),
            number=assignment.application.number or "",
            due=assignment.due_on,
            is_late=assignment.due_on < today,
        )

    signed = CardSignature.objects.standing().filter(
        card__application=OuterRef("application"), signed_by=user
    )
    heaps: Iterable[tuple[str, Q, str, Callable[[Assignment], str]]] = (
        (
            _("New cases for you"),
            Q(declared_at=None),
            _("Declare whether there is a conflict of interest"),
            lambda each: reverse("assignment_declare", args=[each.pk]),
        ),
        (
            _("Cases to assess"),
            Q(assessment__isnull=False, assessment__submitted_at=None),
            _("Rate the criteria"),
            lambda each: each.assessment.get_absolute_url(),
        ),
        (
            _("Consolidated cards to settle"),
            Q(assessment__submitted_at__isnull=False, application__card__closed_at=None)
            & Q(application__card__isnull=False, part=Part.REGULAR)
            & Q(~Exists(signed)),
            _("Settle the differences and sign the card"),
            lambda each: reverse("card_detail", args=[each.application_id]),
        ),
    )
    for title, condition, action, address in heaps:
        yield heap(title, mine.filter(condition), duty(action, address), reverse("assessment_list"))
