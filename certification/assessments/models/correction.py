"""What an assessor says instead of a rating that was submitted; the rating stays as it was."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.audit.append_only import append_only, refuse_insert
from certification.standards.models import RatingLevel
from institutions.models import User

from .assessment import Rating


@append_only
class RatingCorrection(models.Model):
    """Made while the consolidated card is open, with a reason. The last one of a rating counts:
    see `effective`.
    """

    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="corrections")
    level = models.ForeignKey(
        RatingLevel, on_delete=models.PROTECT, related_name="+", verbose_name=_("level")
    )
    strengths = models.TextField(_("strengths"), max_length=5000, blank=True)
    weaknesses = models.TextField(_("what is missing"), max_length=5000, blank=True)
    reason = models.TextField(_("why you correct it"), max_length=2000)
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="assessments_correction_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(strengths="", weaknesses=""),
                name="assessments_correction_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return str(self.rating)


# `{row}` stands in for the new correction; without an open card there is nothing to correct
NO_OPEN_CARD = (
    "NOT EXISTS (SELECT 1 FROM assessments_rating r, assessments_assessment a, "
    "assessments_assignment s, assessments_consolidatedcard c WHERE r.id = {row}.rating_id "
    "AND a.id = r.assessment_id AND s.id = a.assignment_id "
    "AND c.application_id = s.application_id AND c.closed_at IS NULL)"
)
refuse_insert(RatingCorrection, when=NO_OPEN_CARD)
