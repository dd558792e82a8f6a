"""A certificate that was withdrawn, and what the Board made of the appeal."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.audit.append_only import append_only
from institutions.models import User

from .charges import Charges
from .papers import OnPaper

if TYPE_CHECKING:
    from .certificate import Certificate


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def standing(self) -> "WithdrawalQuerySet":
        """Those that the Board has not annulled."""
        return self.filter(appeal__reinstatement=None)


@append_only
class Withdrawal(OnPaper):
    """A certificate was withdrawn: the Committee stated the charges in writing, heard the holder
    or waited for it, and withdrew it (regulation, point 10). `reason` is published.
    """

    charges = models.OneToOneField(Charges, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_on = models.DateField(_("withdrawn on"))
    reason = models.CharField(_("reason to be published"), max_length=500)
    appeal_until = models.DateField(_("last day for the appeal"))
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(default=clock.now)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        constraints = [
            *OnPaper.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(reason=""), name="certificates_withdrawal_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.certificate)

    @property
    def certificate(self) -> "Certificate":
        """The one that was withdrawn."""
        return self.charges.certificate

    @property
    def is_annulled(self) -> bool:
        """Whether the Board allowed the holder's appeal."""
        return hasattr(self, "appeal") and hasattr(self.appeal, "reinstatement")

    @property
    def reinstatement(self) -> "Reinstatement":
        """The Board's resolution that annulled it; only where `is_annulled`."""
        return self.appeal.reinstatement


@append_only
class Appeal(models.Model):
    """The holder appealed to the Board (regulation, point 11). `on_paper`: the office noted it.

    Those from before the program took appeals have no text.
    """

    withdrawal = models.OneToOneField(Withdrawal, on_delete=models.PROTECT, related_name="appeal")
    text = models.TextField(_("appeal"), max_length=20_000, blank=True)
    appealed_on = models.DateField(_("day of the appeal"))
    on_paper = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(on_paper=True) | ~Q(text=""), name="certificates_appeal_has_text"
            )
        ]

    def __str__(self) -> str:
        return str(self.withdrawal)

    @property
    def is_late(self) -> bool:
        """What that means for it, the Board says."""
        return self.appealed_on > self.withdrawal.appeal_until

    @property
    def is_refused(self) -> bool:
        return hasattr(self, "refusal")

    @property
    def answer(self) -> "Reinstatement | AppealRefusal | None":
        """What the Board resolved; None while it has not."""
        return getattr(self, "refusal", None) or getattr(self, "reinstatement", None)

    @property
    def is_decided(self) -> bool:
        return self.answer is not None


@append_only
class Reinstatement(OnPaper):
    """The Board allowed the appeal: the withdrawal is annulled, and the certificate stands as if it
    had never been withdrawn. `reason` is published.
    """

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="reinstatement")
    resolution_number = models.CharField(_("number of the resolution"), max_length=40)
    adopted_on = models.DateField(_("day of the resolution"))
    reason = models.CharField(_("reason to be published"), max_length=500)
    reinstated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reinstated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *OnPaper.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(resolution_number=""),
                name="certificates_reinstatement_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.appeal)


@append_only
class AppealRefusal(OnPaper):
    """The Board refused the appeal: the withdrawal stands for good. Only the holder is told why."""

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="refusal")
    resolution_number = models.CharField(_("number of the resolution"), max_length=40)
    adopted_on = models.DateField(_("day of the resolution"))
    reason = models.TextField(_("reason"), max_length=5000)
    refused_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *OnPaper.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(resolution_number=""),
                name="certificates_appeal_refusal_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.appeal)
