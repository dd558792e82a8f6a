"""Whom the office can choose from: every assessor, with their load and what stands in the way."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from certification.applications.models import Application
from institutions.models import User
from institutions.states import Role

from .conflicts import Conflicts
from .models import Assignment
from .services.assigning import UNDER_WAY


@dataclass(frozen=True)
class Candidate:
    """`load` counts cases in hand, `past` those rated before; `obstacle` is empty when free;
    `warning` keeps nobody from being chosen.
    """

    user: User
    load: int
    past: int
    obstacle: str
    warning: str = ""


def candidates(application: Application) -> list[Candidate]:
    """All of today's assessors, the least burdened first; seven queries."""
    assessors = list(User.objects.acting_as(Role.ASSESSOR))
    conflicts = Conflicts([application], assessors)
    taken = set(
        Assignment.objects.active()
        .filter(application=application)
        .values_list("assessor_id", flat=True)
    )
    work = _work(application, assessors)
    found = [
        Candidate(
            user,
            *work.get(user.pk, (0, 0)),
            obstacle=_("has this case already")
            if user.pk in taken
            else conflicts.between(user, application),
            warning=conflicts.namesake(user, application),
        )
        for user in assessors
    ]
    return sorted(found, key=lambda one: (bool(one.obstacle), one.load, one.user.full_name))


def _work(application: Application, assessors: list[User]) -> dict[int, tuple[int, int]]:
    """Other cases in hand and other cases submitted, by person.

    This case is left out: somebody of the office who assesses it would see the other submit.
    """
    in_hand = Q(assessment=None) | Q(assessment__submitted_at=None)
    counted = (
        Assignment.objects.active()
        .filter(assessor__in=assessors)
        .exclude(application=application)
        .order_by()
        .values("assessor_id")
        .annotate(
            load=Count("pk", filter=in_hand & Q(application__state__in=UNDER_WAY)),
            past=Count("pk", filter=Q(assessment__submitted_at__isnull=False)),
        )
    )
    return {each["assessor_id"]: (each["load"], each["past"]) for each in counted}
