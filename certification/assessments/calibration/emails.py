"""Messages about a calibration: one function a message. None tells of anybody's ratings."""

from collections.abc import Iterable

from django.urls import reverse

from certification.assessments.models import CalibrationRound
from certification.outbox.kinds import Kind
from institutions.models import User
from institutions.notices import notify
from institutions.states import Role


def invited(calibration: CalibrationRound, people: Iterable[User]) -> None:
    notify(
        people,
        "calibration_invited",
        kind=Kind.WORK,
        url=reverse("calibration_bench", args=[calibration.pk]),
        calibration=calibration,
    )


def due(calibration: CalibrationRound, people: Iterable[User], *, key: str) -> None:
    """A reminder, once a person: see `reminders`."""
    notify(
        people,
        "calibration_due",
        kind=Kind.DEADLINE,
        key=key,
        url=reverse("calibration_bench", args=[calibration.pk]),
        calibration=calibration,
    )


def all_in(calibration: CalibrationRound) -> None:
    """Everybody invited has submitted: the office can close the round."""
    office = User.objects.acting_as(Role.OFFICE)
    notify(
        [each for each in office if _may_see(each, calibration)],
        "calibration_all_in",
        kind=Kind.WORK,
        url=calibration.get_absolute_url(),
        calibration=calibration,
    )


def closed(calibration: CalibrationRound) -> None:
    cards = calibration.cards.submitted().select_related("assessor")
    notify(
        [card.assessor for card in cards],
        "calibration_closed",
        kind=Kind.WORK,
        url=reverse("calibration_standing", args=[calibration.pk]),
        calibration=calibration,
    )


def _may_see(person: User, calibration: CalibrationRound) -> bool:
    """Not where the sample came from a case that is closed to the person."""
    return CalibrationRound.objects.visible_to(person).filter(pk=calibration.pk).exists()
