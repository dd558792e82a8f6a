"""When each chore was last done, and who is at it now."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class TurnQuerySet(models.QuerySet["Turn"]):
    def free(self, now: datetime) -> "TurnQuerySet":
        """Nobody is at it, or who was has not been heard of for too long."""
        return self.filter(Q(held_until=None) | Q(held_until__lt=now))

    def due(self, now: datetime) -> "TurnQuerySet":
        return self.filter(due_at__lte=now)


class Turn(models.Model):
    """One chore: the last time it was done, and the worker that holds it."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()
    holder = models.CharField(max_length=32, blank=True)
    held_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    did = models.TextField(blank=True)  # the last time there was something to do
    did_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    failures = models.PositiveIntegerField(default=0)

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(holder="", held_until=None)
                | (~Q(holder="") & Q(held_until__isnull=False)),
                name="chores_holder_until",
            )
        ]

    def __str__(self) -> str:
        return self.name
