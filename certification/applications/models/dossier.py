"""What was submitted, frozen."""

import json
from functools import cached_property
from typing import Any

from django.db import models
from django.urls import reverse

from certification import clock
from certification.audit.append_only import append_only
from institutions.models import EvidenceRevision, User

from .application import Application


@append_only
class Dossier(models.Model):
    """The manifest of one submission: every answer and every cited revision with its SHA-256.

    `manifest` is canonical JSON, kept as the very text that `sha256` was computed over.
    Number 1 is the submission; each completion adds the next.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="dossiers")
    number = models.PositiveSmallIntegerField()
    manifest = models.TextField()
    sha256 = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="applications_one_dossier_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("dossier_detail", args=[self.application_id, self.number])

    @cached_property
    def contents(self) -> dict[str, Any]:
        """The manifest, read."""
        read: dict[str, Any] = json.loads(self.manifest)
        return read


@append_only
class DossierFile(models.Model):
    """A revision that a dossier froze. While this row stands, the database keeps the revision."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="files")
    revision = models.ForeignKey(
        EvidenceRevision, on_delete=models.PROTECT, related_name="dossier_files"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "revision"], name="applications_one_dossier_file"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.revision}"
