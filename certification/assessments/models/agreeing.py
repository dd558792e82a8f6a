"""How assessors come to agree on a card: what they say of a criterion, and their signatures."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.audit.append_only import append_only, frozen_when
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User
from institutions.states import Role

from .assessment import Assessment
from .card import IN_CLOSED_CARD, ConsolidatedCard


class CardRemarkQuerySet(models.QuerySet["CardRemark"]):
    def visible_to(self, user: User) -> "CardRemarkQuerySet":
        """Those who assessed the case and have submitted, and the office where it reads the card.

        Never Committee or Board: they read what was settled, not how it was talked over.
        """
        judged = Assessment.objects.visible_to(user).submitted()
        readers = Q(application__in=judged.values("assignment__application"))
        if user.has_role(Role.OFFICE):
            cards = ConsolidatedCard.objects.visible_to(user)
            readers |= Q(Exists(cards.filter(application=OuterRef("application"))))
        return self.filter(readers)


@append_only
class CardRemark(models.Model):
    """What an assessor says to the other about one criterion; with a level, what they settled.

    It belongs to the case, so that it stays on file when a card is dropped and made anew.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="card_remarks"
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(
        RatingLevel, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("what you say"), max_length=5000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    objects = CardRemarkQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["application", "criterion"], name="assessments_remarks_of")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="assessments_remark_has_text")
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.criterion.code}"


class CardSignatureQuerySet(models.QuerySet["CardSignature"]):
    def standing(self) -> "CardSignatureQuerySet":
        """Those that no change of the card has taken back."""
        return self.filter(taken_back_at=None)


@frozen_when(IN_CLOSED_CARD, also_insert=True)
class CardSignature(models.Model):
    """An assessor agrees with the whole card as it stands. A change of the card takes it back."""

    card = models.ForeignKey(ConsolidatedCard, on_delete=models.CASCADE, related_name="signatures")
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = CardSignatureQuerySet.as_manager()

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "signed_by"],
                condition=Q(taken_back_at=None),
                name="assessments_signed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.card}, {self.signed_by}"
