"""A third assessor wanted for criteria in dispute."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.standards.models import Criterion
from institutions.models import User

from .assignment import Assignment


class ThirdOpinionQuerySet(models.QuerySet["ThirdOpinion"]):
    def waiting(self) -> "ThirdOpinionQuerySet":
        """Neither answered nor withdrawn."""
        return self.filter(assignment=None, withdrawn_at=None)

    def open(self) -> "ThirdOpinionQuerySet":
        """Waiting, on a card that is open."""
        return self.waiting().filter(
            application__card__isnull=False, application__card__closed_at=None
        )


class ThirdOpinion(models.Model):
    """The assessors ask the office for a third one; `assignment` is the answer.

    Before the third assessor begins, the request can be withdrawn. The third assessor never reads
    either reason: they would tell what the others think.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="third_opinions"
    )
    criteria = models.ManyToManyField(Criterion, related_name="+")
    reason = models.TextField(_("why a third opinion"), max_length=2000)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(_("why it is withdrawn"), max_length=2000, blank=True)

    objects = ThirdOpinionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(assignment=None, withdrawn_at=None),
                name="assessments_one_third_asked",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | (
                    Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                    & ~Q(withdrawal_reason="")
                ),
                name="assessments_third_withdrawn_by_and_at",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="assessments_third_has_reason"),
        ]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def is_waiting(self) -> bool:
        return self.assignment_id is None and not self.is_withdrawn

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None
