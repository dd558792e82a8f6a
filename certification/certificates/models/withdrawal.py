"""A certificate that was withdrawn, and what the Board made of the appeal."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.audit.append_only import append_only
from institutions.models import User

from .charges import Charges


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def standing(self) -> "WithdrawalQuerySet":
        """Those that the Board has not annulled."""
        return self.filter(reinstatement=None)


@append_only
class Withdrawal(models.Model):
    """A certificate was withdrawn: the Committee stated the charges in writing, heard the holder
    or waited for it, and withdrew it (regulation, point 10). `reason` is published.
    """

    charges = models.OneToOneField(Charges, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_on = models.DateField(_("withdrawn on"))
    reason = models.CharField(_("reason to be published"), max_length=500)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(default=clock.now)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="certificates_withdrawal_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.charges.certificate)

    @property
    def is_annulled(self) -> bool:
        """Whether the Board allowed the holder's appeal."""
        return hasattr(self, "reinstatement")


@append_only
class Reinstatement(models.Model):
    """The Board allowed the holder's appeal (regulation, point 11): the withdrawal is annulled, and
    the certificate stands as if it had never been withdrawn. `reason` is published.
    """

    withdrawal = models.OneToOneField(
        Withdrawal, on_delete=models.PROTECT, related_name="reinstatement"
    )
    appealed_on = models.DateField(_("day of the appeal"))
    resolution_number = models.CharField(_("number of the resolution"), max_length=40)
    adopted_on = models.DateField(_("day of the resolution"))
    reason = models.CharField(_("reason to be published"), max_length=500)
    reinstated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reinstated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(adopted_on__gte=F("appealed_on")),
                name="certificates_appeal_before_reinstatement",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(resolution_number=""),
                name="certificates_reinstatement_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.withdrawal)
