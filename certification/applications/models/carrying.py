"""Answers taken over: from the last certificate, or from the edition a draft was begun on."""

import json
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q

from certification import clock
from certification.audit.append_only import append_only
from certification.standards.models import StandardSet
from institutions.models import User

from .answer import Answer
from .application import Application


class Carried(models.Model):
    """An answer that was taken over, and who found that it still holds.

    `version` is the answer's at that moment: one that was written since needs no confirmation.
    What it was taken over from is read off the editions (see `renewal.earlier`).
    """

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="carried")
    version = models.PositiveIntegerField()
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="applications_confirmed_by_and_at",
            )
        ]

    def __str__(self) -> str:
        return str(self.answer)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


@append_only
class EditionChange(models.Model):
    """A draft went over to a newer edition; `manifest` holds its answers as they stood before."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="edition_changes"
    )
    before = models.ForeignKey(StandardSet, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(StandardSet, on_delete=models.PROTECT, related_name="+")
    manifest = models.TextField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return f"{self.application}: {self.before} → {self.after}"

    @cached_property
    def contents(self) -> dict[str, Any]:
        """The manifest, read: a dossier's, with nothing but answers."""
        read: dict[str, Any] = json.loads(self.manifest)
        return read
