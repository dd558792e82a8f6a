"""Rounds of calibration: to be rated by an assessor, to be closed by the office."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from certification.assessments.models import CalibrationCard, CalibrationRound
from institutions.models import User
from institutions.states import Role

from .heaps import Duty, Waiting, heap


def calibrations_to_rate(user: User) -> Iterator[Waiting]:
    """Of an assessor: the rounds to which they are invited and have not submitted."""
    if not user.has_role(Role.ASSESSOR):
        return
    today = clock.today()
    mine = CalibrationCard.objects.visible_to(user).filter(
        submitted_at=None, round__closed_at=None, round__opened_at__isnull=False
    )

    def duty(card: CalibrationCard) -> Duty:
        return Duty(
            about=card.round.title,
            action=_("Rate the sample case"),
            url=card.get_absolute_url(),
            due=card.round.due_on,
            is_late=card.round.due_on is not None and card.round.due_on < today,
        )

    rows = mine.select_related("round").order_by("round__due_on", "pk")
    yield heap(_("Calibration"), rows, duty, reverse("calibration_list"))


def calibrations_to_close(user: User) -> Iterator[Waiting]:
    """Of the office: open rounds that everybody has submitted, or whose last day has passed.

    Not one that the person still rates: it would tell them that the others are done.
    """
    if not user.has_role(Role.OFFICE):
        return
    today = clock.today()
    missing = CalibrationCard.objects.filter(round=OuterRef("pk"), submitted_at=None)
    rows = (
        CalibrationRound.objects.visible_to(user)
        .open()
        .filter(Q(due_on__lt=today) | ~Exists(missing))
        .exclude(Exists(missing.filter(assessor=user.pk)))
    )

    def duty(calibration: CalibrationRound) -> Duty:
        return Duty(
            about=calibration.title,
            action=_("Close the round and see the results"),
            url=calibration.get_absolute_url(),
            due=calibration.due_on,
            is_late=calibration.due_on is not None and calibration.due_on < today,
        )

    title = _("Calibrations to close")
    yield heap(title, rows.order_by("due_on", "pk"), duty, reverse("calibration_list"))
