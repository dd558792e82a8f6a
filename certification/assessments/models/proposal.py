"""What an assessor needs from the institution before rating on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.standards.models import Criterion

from .assessment import Assessment


class CompletionProposal(models.Model):
    """An assessor's wish that one criterion be completed. The office makes a request of it.

    It is never shown to another assessor, for each judges alone. An emptied reason takes the
    wish back; `version` grows with every change.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="proposals")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("what is missing and why"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="assessments_one_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment}, {self.criterion.code}"
