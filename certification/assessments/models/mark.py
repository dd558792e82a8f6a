"""A place in the evidence that an assessor cites in a rating (miejsce w dowodzie)."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.places import Place
from certification.audit.append_only import frozen_when
from certification.standards.models import Criterion
from institutions.models import EvidenceRevision, User
from institutions.reading.passages import MAX_CONTEXT, MAX_QUOTE, Passage
from institutions.viewing.spots import Region, Spot

from .assessment import IN_SUBMITTED, Assessment, Rating
from .card import ConsolidatedCard


class EvidenceMarkQuerySet(models.QuerySet["EvidenceMark"]):
    def visible_to(self, user: User) -> "EvidenceMarkQuerySet":
        """As the rating it belongs to: one's own, another's once one has submitted, and those
        of a consolidated card that one may read.
        """
        mine = Assessment.objects.visible_to(user).values("pk")
        rated = Rating.objects.visible_to(user).filter(
            assessment=OuterRef("assessment"), criterion=OuterRef("criterion")
        )
        case = "assessment__assignment__application"
        cards = ConsolidatedCard.objects.visible_to(user).filter(application=OuterRef(case))
        ended_at = "assessment__assignment__ended_at"
        of_card = Q(**{ended_at: None}) | Q(**{f"{ended_at}__gt": F(f"{case}__card__opened_at")})
        submitted = Q(assessment__submitted_at__isnull=False)
        return self.filter(
            Q(assessment__in=mine) | Q(Exists(rated)) | Q(submitted, of_card, Exists(cards)),
        )

    def to_show(self) -> "EvidenceMarkQuerySet":
        """With all that showing them reads."""
        return self.select_related("criterion", "revision__evidence")


@frozen_when(IN_SUBMITTED, also_insert=True)
class EvidenceMark(models.Model):
    """A passage, a part of a page or a time in a revision that the case holds.

    It is numbered within one assessor's rating of one criterion; `[1]` in the texts of that
    rating is a link to it. Who may read the rating may read it. A revision is named and not a
    citation, since the institution may drop a citation when it completes the case, and what
    was judged stays in an earlier dossier.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    revision = models.ForeignKey(EvidenceRevision, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveSmallIntegerField(
        _("page"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9999)],
    )
    quote = models.CharField(_("passage"), max_length=MAX_QUOTE, blank=True, default="")
    before = models.CharField(max_length=MAX_CONTEXT, blank=True, default="")
    after = models.CharField(max_length=MAX_CONTEXT, blank=True, default="")
    left = models.FloatField(null=True, blank=True)  # of the width of the page, as the next three
    top = models.FloatField(null=True, blank=True)
    width = models.FloatField(null=True, blank=True)
    height = models.FloatField(null=True, blank=True)
    second = models.PositiveIntegerField(null=True, blank=True)
    second_to = models.PositiveIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = EvidenceMarkQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion", "number"], name="assessments_one_mark_number"
            ),
            models.CheckConstraint(
                condition=Q(left=None, top=None, width=None, height=None)
                | Q(
                    left__isnull=False,
                    left__gte=0,
                    top__isnull=False,
                    top__gte=0,
                    width__isnull=False,
                    width__gt=0,
                    height__isnull=False,
                    height__gt=0,
                    quote="",
                    second=None,
                ),
                name="assessments_mark_is_one_region",
            ),
            models.CheckConstraint(
                condition=Q(page=None) | Q(second=None), name="assessments_mark_page_or_time"
            ),
            models.CheckConstraint(
                condition=Q(second_to=None) | Q(second__isnull=False, second_to__gt=F("second")),
                name="assessments_mark_time_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}, {self.criterion.code} [{self.number}]"

    def get_absolute_url(self) -> str:
        return reverse("mark_view", args=[self.assessment_id, self.criterion.code, self.number])

    @property
    def place(self) -> Place:
        return Place(page=self.page, second=self.second, second_to=self.second_to)

    @property
    def spot(self) -> Spot:
        """What is marked when the evidence is opened there."""
        passage = Passage(self.quote, self.before, self.after) if self.quote else None
        return Spot(self.page, self.second, self.second_to, passage, self.region)

    @property
    def region(self) -> Region | None:
        sides = (self.left, self.top, self.width, self.height)
        known = [side for side in sides if side is not None]
        return Region(*known) if len(known) == 4 else None

    @property
    def source(self) -> str:
        """Which evidence and where in it: “Statut, p. 4”."""
        title = self.revision.evidence.title
        return f"{title}, {self.place}" if self.place else title


def columns_of(spot: Spot) -> dict[str, Any]:
    """The fields of a mark that hold it."""
    passage, region = spot.passage or Passage(""), spot.region
    return {
        "page": spot.page,
        "second": spot.second,
        "second_to": spot.second_to,
        "quote": passage.quote,
        "before": passage.before,
        "after": passage.after,
        "left": region.left if region else None,
        "top": region.top if region else None,
        "width": region.width if region else None,
        "height": region.height if region else None,
    }
