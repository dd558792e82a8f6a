"""More time is asked for, and given or refused: what a completion and an assignment share."""

from django.db import models
from django.db.models import Q

from institutions.models import User


class TimeAskedFor(models.Model):
    """Asked for by those whose time runs out, given or refused by the office.

    The office may give it unasked; `wish` and who asked are empty then. What the time is for, the
    `wish`, the `outcome`, its `reason` and the dates are on each class.
    """

    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]


def all_or_nothing(name: str) -> list[models.CheckConstraint]:
    """A wish has who, when and why; an answer has who, when and what. `name` begins their names."""
    return [
        models.CheckConstraint(
            condition=Q(asked_by=None, asked_at=None, wish="")
            | (Q(asked_by__isnull=False, asked_at__isnull=False) & ~Q(wish="")),
            name=f"{name}_asked_by_and_at",
        ),
        models.CheckConstraint(
            condition=Q(decided_by=None, decided_at=None, outcome="")
            | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(outcome="")),
            name=f"{name}_decided_by_and_at",
        ),
    ]
