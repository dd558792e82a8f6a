"""Criteria that an assessor does not rate after all."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.audit.append_only import append_only
from certification.standards.models import Criterion
from institutions.models import User

from .assignment import Assignment


@append_only
class ReturnedPart(models.Model):
    """What an assessor gave back of a case they go on rating, and why (not always said when the
    case was taken only in part).
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="returned")
    criteria = models.ManyToManyField(Criterion, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.assignment}, {self.returned_at:%Y-%m-%d}"
