"""What the institution says about one criterion, and the evidence it points to."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.standards.models import Criterion, RatingLevel
from institutions.models import EvidenceRevision, User

from .application import Application


class Answer(models.Model):
    """Self-rating and text on one criterion. `version` grows with every save: a save that
    started from an older one is refused, so nobody's words are overwritten unseen.
    """

    MAX_LENGTH = 10_000

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    self_rating = models.ForeignKey(
        RatingLevel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("self-rating"),
    )
    text = models.TextField(_("answer"), max_length=MAX_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "criterion"], name="applications_one_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.criterion.code}"

    @property
    def is_complete(self) -> bool:
        return bool(self.text.strip()) and self.self_rating_id is not None


class Citation(models.Model):
    """An answer points at one revision of a piece of evidence, and may name a place in it."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="citations")
    revision = models.ForeignKey(
        EvidenceRevision, on_delete=models.PROTECT, related_name="citations"
    )
    page = models.PositiveSmallIntegerField(
        _("page"), null=True, blank=True, validators=[MaxValueValidator(9999)]
    )
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "revision"], name="applications_one_citation"
            ),
            models.CheckConstraint(
                condition=Q(page=None) | Q(page__gte=1), name="applications_pages_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.revision}"
