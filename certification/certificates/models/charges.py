"""Charges stated to a holder in writing, what it replied, and charges that were dropped.

What came of charges is a row that points at them, and never a column of theirs: they are open
until the Committee drops them (ChargesDropping) or withdraws the certificate (Withdrawal).
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.audit.append_only import append_only
from certification.certificates.states import ChargesState
from institutions.models import User

from .papers import OnPaper
from .staff import STAFF

if TYPE_CHECKING:
    from .withdrawal import Appeal


class ChargesQuerySet(models.QuerySet["Charges"]):
    def visible_to(self, user: User) -> "ChargesQuerySet":
        """The holder's own people, and staff to whom its case is open: no conflict of interest."""
        cases = Application.objects.visible_to(user).values("pk")
        found = self.filter(certificate__application__in=cases)
        if user.has_role(*STAFF):
            return found
        return found.filter(certificate__institution__in=user.institution_ids)

    def open(self) -> "ChargesQuerySet":
        """Those that the Committee has not decided."""
        return self.filter(dropping=None, withdrawal=None)

    def decidable_on(self, day: date) -> "ChargesQuerySet":
        """Those of which `decidable_from` is that day, or before it."""
        replied = ChargesReply.objects.filter(charges=OuterRef("pk"))
        return self.filter(Q(reply_until__lt=day) | Exists(replied))

    def appealed(self) -> "ChargesQuerySet":
        """Those whose withdrawal waits for the Board, which the holder appealed to."""
        return self.filter(
            withdrawal__appeal__isnull=False,
            withdrawal__appeal__reinstatement=None,
            withdrawal__appeal__refusal=None,
        )

    def with_outcome(self) -> "ChargesQuerySet":
        """All that `state` asks for, in one query."""
        return self.select_related(
            "dropping", "withdrawal__appeal__reinstatement", "withdrawal__appeal__refusal"
        )


@append_only
class Charges(OnPaper):
    """The Committee's charges against the holder of a certificate (regulation, point 10)."""

    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="charges"
    )
    text = models.TextField(_("charges"), max_length=10_000)
    stated_on = models.DateField(_("stated on"))
    reply_until = models.DateField(_("last day for the reply"))
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=clock.now)

    objects = ChargesQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "charges"
        constraints = [
            *OnPaper.Meta.constraints,
            models.CheckConstraint(
                condition=Q(reply_until__gte=F("stated_on")),
                name="certificates_reply_after_charges",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="certificates_charges_have_text"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.certificate)

    def get_absolute_url(self) -> str:
        return reverse("charges_detail", args=[self.pk])

    @property
    def state(self) -> ChargesState:
        """Where they stand. Needs `with_outcome()`."""
        if hasattr(self, "withdrawal"):
            annulled = self.withdrawal.is_annulled
            return ChargesState.ANNULLED if annulled else ChargesState.UPHELD
        return ChargesState.DROPPED if hasattr(self, "dropping") else ChargesState.OPEN

    @property
    def is_open(self) -> bool:
        return self.state == ChargesState.OPEN

    @property
    def appeal(self) -> "Appeal | None":
        """Against the withdrawal, where there is one."""
        withdrawal = getattr(self, "withdrawal", None)
        return getattr(withdrawal, "appeal", None)

    @property
    def decidable_from(self) -> date:
        """The first day on which the Committee may decide: with the reply, or without one."""
        received = [reply.received_on for reply in self.replies.all()]
        return min(received, default=self.reply_until + timedelta(days=1))


@append_only
class ChargesReply(models.Model):
    """What the holder replied. `on_paper`: the office typed it from a letter."""

    charges = models.ForeignKey(Charges, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField(_("reply"), max_length=20_000)
    received_on = models.DateField(_("day of the reply"))
    on_paper = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="certificates_reply_has_text")
        ]

    def __str__(self) -> str:
        return str(self.charges)

    @property
    def is_late(self) -> bool:
        """It came after the last day, and before the Committee had decided."""
        return self.received_on > self.charges.reply_until


@append_only
class ChargesDropping(models.Model):
    """The charges were dropped: the certificate stands as before, nothing is published."""

    charges = models.OneToOneField(Charges, on_delete=models.PROTECT, related_name="dropping")
    reason = models.TextField(_("reason"), max_length=5000)
    dropped_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="certificates_dropping_says_why")
        ]

    def __str__(self) -> str:
        return str(self.charges)

    @property
    def was_early(self) -> bool:
        """They were stated by mistake: taken back before the Committee could have decided."""
        return localdate(self.dropped_at) < self.charges.decidable_from
