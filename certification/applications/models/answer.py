"""What the institution says about one criterion, and the evidence it points to."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.places import MAX_WORDS, Place
from certification.standards.models import Criterion, RatingLevel
from institutions.models import EvidenceRevision, User

from .application import Application

if TYPE_CHECKING:
    from .carrying import Carried


class Answer(models.Model):
    """Self-rating and text on one criterion. `version` grows with every save: a save that
    started from an older one is merged or refused, so nobody's words are overwritten unseen.
    """

    MAX_LENGTH = 50_000  # characters; what may be submitted is limited in words, by the criterion

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

    @property
    def is_to_confirm(self) -> bool:
        """Whether it was taken over from an earlier answer, and nobody has looked at it since."""
        carried = getattr(self, "carried", None)
        return bool(carried and not carried.is_confirmed and carried.version == self.version)

    @property
    def confirmation(self) -> "Carried | None":
        """Who found that it still holds, where it was taken over and not written anew since."""
        carried: Carried | None = getattr(self, "carried", None)
        stands = carried and carried.is_confirmed and carried.version == self.version
        return carried if stands else None


class CitationQuerySet(models.QuerySet["Citation"]):
    def with_newest(self) -> "CitationQuerySet":
        """Each with `newest`, the number of the newest version of what it cites."""
        versions = EvidenceRevision.objects.filter(evidence=OuterRef("revision__evidence"))
        return self.annotate(newest=Subquery(versions.order_by("-number").values("number")[:1]))


class Citation(models.Model):
    """An answer points at one revision of a piece of evidence, and may name a place in it.

    The same revision may be cited at several places, at each of them once. The columns from
    `page` to `spot` are one `Place`.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="citations")
    revision = models.ForeignKey(
        EvidenceRevision, on_delete=models.PROTECT, related_name="citations"
    )
    page = models.PositiveSmallIntegerField(
        _("page"), null=True, blank=True, validators=[MaxValueValidator(9999)]
    )
    page_to = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(9999)]
    )
    second = models.PositiveIntegerField(null=True, blank=True)
    second_to = models.PositiveIntegerField(null=True, blank=True)
    spot = models.CharField(max_length=MAX_WORDS, blank=True, default="")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    newest = 0  # unknown, unless it came `with_newest`
    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "answer",
                "revision",
                Coalesce("page", 0),
                Coalesce("page_to", 0),
                Coalesce("second", -1),
                Coalesce("second_to", -1),
                "spot",
                name="applications_one_citation",
            ),
            models.CheckConstraint(
                condition=Q(page=None) | Q(page__gte=1), name="applications_pages_from_one"
            ),
            models.CheckConstraint(
                condition=Q(page_to=None) | Q(page__isnull=False, page_to__gt=F("page")),
                name="applications_pages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(second_to=None) | Q(second__isnull=False, second_to__gt=F("second")),
                name="applications_seconds_in_order",
            ),
            models.CheckConstraint(
                condition=Q(second=None, spot="")
                | Q(page=None, spot="")
                | Q(page=None, second=None),
                name="applications_one_way_to_name_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.revision}"

    @property
    def place(self) -> Place:
        return Place(self.page, self.page_to, self.second, self.second_to, self.spot)
