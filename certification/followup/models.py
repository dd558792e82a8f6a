"""How long a case may lie, and that somebody was reminded of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.audit.append_only import append_only
from institutions.models import User

from .states import WAITS, Stage

LONGEST = 365  # days; a longer limit would be none


class Limit(models.Model):
    """A limit that somebody set for one kind of waiting, in days; without a row WAITS holds."""

    stage = models.CharField(max_length=20, choices=Stage.choices, unique=True)
    days = models.PositiveSmallIntegerField(_("days before the first reminder"))
    again = models.PositiveSmallIntegerField(_("days between reminders"))
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["stage"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__range=(1, LONGEST), again__range=(1, LONGEST)),
                name="followup_limit_in_range",
            )
        ]

    def __str__(self) -> str:
        return self.get_stage_display()


def limits() -> dict[Stage, tuple[int, int]]:
    """Days before the first reminder and between the next, for each kind of waiting. One query."""
    found = {stage: (wait.days, wait.again) for stage, wait in WAITS.items()}
    found |= {Stage(each.stage): (each.days, each.again) for each in Limit.objects.all()}
    return found


@append_only
class Reminder(models.Model):
    """That people were reminded of a case, for the `turn`-th time in this waiting.

    `since` is the first day of the waiting, so that a case which waits for the same thing again
    is reminded of anew. `people` counts those who were written to.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="reminders_of_lying"
    )
    stage = models.CharField(max_length=20, choices=Stage.choices)
    since = models.DateField()
    turn = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField()
    reminded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["reminded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage", "since", "turn"], name="followup_one_reminder"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_stage_display()} ({self.turn})"
