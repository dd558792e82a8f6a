"""A letter that somebody signed outside the program."""

from django.db import models

from certification import clock
from certification.audit.append_only import append_only
from certification.documents.models import StoredDocument
from institutions.models import User

from .letter import CommendationLetter


@append_only
class SignedLetter(models.Model):
    """A letter with signatures that were added outside the program; the newest counts.

    `findings` is what was known of the signatures that it added (documents.signatures).
    """

    letter = models.ForeignKey(
        CommendationLetter, on_delete=models.PROTECT, related_name="signed_copies"
    )
    document = models.OneToOneField(StoredDocument, on_delete=models.PROTECT, related_name="+")
    findings = models.JSONField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.letter)
