"""Whom the office can invite to a round, and what stands in the way of the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from certification.assessments.conflicts import Conflicts
from certification.assessments.models import Assignment, CalibrationRound
from institutions.models import User
from institutions.states import Role


@dataclass(frozen=True)
class Invitee:
    """`obstacle` is empty for who can be invited; `note` says what the office should weigh."""

    user: User
    obstacle: str = ""
    note: str = ""


def obstacles(calibration: CalibrationRound, people: Iterable[User]) -> dict[int, str]:
    """Why these cannot take part, by person: no assessor, invited already, a conflict of interest
    with the institution of the case behind the sample.
    """
    asked = list(people)
    assessors = set(User.objects.acting_as(Role.ASSESSOR).values_list("pk", flat=True))
    invited = set(calibration.cards.values_list("assessor_id", flat=True))
    source = calibration.source
    conflicts = Conflicts([source] if source else [], asked)
    found = {}
    for person in asked:
        if person.pk not in assessors:
            found[person.pk] = _("is not an assessor today")
        elif person.pk in invited:
            found[person.pk] = _("is invited already")
        elif source and (conflict := conflicts.between(person, source)):
            found[person.pk] = conflict
    return found


def invitees(calibration: CalibrationRound) -> list[Invitee]:
    """All of today's assessors by name. Seven queries."""
    people = list(User.objects.acting_as(Role.ASSESSOR))
    stopped = obstacles(calibration, people)
    knows = set(
        Assignment.objects.filter(
            application=calibration.source_id, declared_at__isnull=False
        ).values_list("assessor_id", flat=True)
    )
    return [
        Invitee(
            person,
            obstacle=stopped.get(person.pk, ""),
            note=_("assessed the case that the sample was copied from")
            if person.pk in knows
            else "",
        )
        for person in people
    ]
