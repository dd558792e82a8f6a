"""What the office finds on the form of an application, point by point."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.states import CheckOutcome, Result
from certification.audit.append_only import frozen_when
from institutions.models import User

from .application import Application


@frozen_when("{row}.concluded_at IS NOT NULL")
class FormalCheck(models.Model):
    """One round of the formal check. It ends with acceptance or a request for completion, and
    is frozen then; what the institution answers is checked in the next round, which begins
    with all points that need not be looked at again.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="formal_checks"
    )
    number = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=20, choices=CheckOutcome.choices, blank=True)
    concluded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="applications_one_check_number"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(concluded_at=None),
                name="applications_one_open_check",
            ),
            models.CheckConstraint(
                condition=Q(concluded_by=None, concluded_at=None, outcome="")
                | (Q(concluded_by__isnull=False, concluded_at__isnull=False) & ~Q(outcome="")),
                name="applications_concluded_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.number}"

    @property
    def is_concluded(self) -> bool:
        return self.concluded_at is not None


OF_CONCLUDED_CHECK = (
    "EXISTS (SELECT 1 FROM applications_formalcheck f WHERE f.id = {row}.formal_check_id "
    "AND f.concluded_at IS NOT NULL)"
)


@frozen_when(OF_CONCLUDED_CHECK, also_insert=True)
class CheckedPoint(models.Model):
    """What was found on one point; `code` is that of `formal.points`. `version` grows with every
    save, so that a stale tab is found out; `is_carried` says it stands from the round before.
    """

    formal_check = models.ForeignKey(FormalCheck, on_delete=models.CASCADE, related_name="points")
    code = models.CharField(max_length=40)
    result = models.CharField(max_length=20, choices=Result.choices)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_carried = models.BooleanField(default=False)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["formal_check", "code"], name="applications_one_checked_point"
            ),
            models.CheckConstraint(
                condition=Q(result=Result.MET) | ~Q(note=""),
                name="applications_point_not_met_has_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.formal_check}: {self.code}"
