"""What the assessors agree on for one case (karta zbiorcza), beside their own ratings."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.assessments.states import Part
from certification.audit.append_only import frozen_when
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User
from institutions.states import Role

from .assessment import Assessment, AssessmentQuerySet
from .assignment import Assignment

DECIDING = (
    Role.COMMITTEE_MEMBER,
    Role.COMMITTEE_CHAIR,
    Role.BOARD_MEMBER,
    Role.RESPONSIBLE_BOARD_MEMBER,
)


class ConsolidatedCardQuerySet(models.QuerySet["ConsolidatedCard"]):
    def closed(self) -> "ConsolidatedCardQuerySet":
        return self.filter(closed_at__isnull=False)

    def visible_to(self, user: User) -> "ConsolidatedCardQuerySet":
        """Assessors who have judged, the office once it is open, Committee and Board once closed.

        Always on a case that is open to the person as staff, and never to somebody who has yet to
        judge it themselves, whatever else they are.
        """
        judged = Assessment.objects.visible_to(user).submitted()
        readers = Q(application__in=judged.values("assignment__application"))
        case = Application.objects.open_to_staff(user).filter(pk=OuterRef("application"))
        if user.has_role(Role.OFFICE):
            readers |= Q(Exists(case))
        if user.has_role(*DECIDING):
            readers |= Q(Exists(case), closed_at__isnull=False)
        judging = Assignment.objects.still_judging().filter(assessor=user.pk)
        return self.filter(readers).exclude(application__in=judging.values("application"))


@frozen_when("{row}.closed_at IS NOT NULL")
class ConsolidatedCard(models.Model):
    """Opened when the last assessor has submitted; closed when all have signed it. `version`
    counts its changes: who signs says which one they have read.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="card")
    opened_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConsolidatedCardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="assessments_closed_by_and_at",
            )
        ]

    def __str__(self) -> str:
        return str(self.application)

    def get_absolute_url(self) -> str:
        return reverse("card_detail", args=[self.application_id])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def assessments(self) -> AssessmentQuerySet:
        """Those the card was made of, also when an assignment was ended after that; a third
        assessor's as long as they are on the case, or were when it closed.
        """
        left_later = Q(assignment__ended_at__gt=self.opened_at, assignment__part=Part.REGULAR)
        if self.closed_at is not None:
            left_later |= Q(assignment__ended_at__gt=self.closed_at)
        return Assessment.objects.submitted().filter(
            Q(assignment__ended_at=None) | left_later,
            assignment__application=self.application_id,
        )

    def signers(self) -> list[User]:
        """Whose card it is: they settle it, and all of them sign it. One query."""
        regular = self.assessments().regular().order_by("pk")
        assessments = regular.select_related("assignment__assessor")
        return [assessment.assignment.assessor for assessment in assessments]


IN_CLOSED_CARD = (
    "EXISTS (SELECT 1 FROM assessments_consolidatedcard c WHERE c.id = {row}.card_id "
    "AND c.closed_at IS NOT NULL)"
)


class ConsolidatedRatingQuerySet(models.QuerySet["ConsolidatedRating"]):
    def unsettled(self) -> "ConsolidatedRatingQuerySet":
        return self.filter(level=None)


@frozen_when(IN_CLOSED_CARD, also_insert=True)
class ConsolidatedRating(models.Model):
    """The agreed level of one criterion. Where the assessors differed, `level` is empty until
    one of them settles it with a reason. `version` counts the settlements, 0 before the first.
    """

    card = models.ForeignKey(ConsolidatedCard, on_delete=models.CASCADE, related_name="ratings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(
        RatingLevel, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    differed = models.BooleanField(default=False)
    reason = models.TextField(_("reason"), max_length=5000, blank=True)
    version = models.PositiveIntegerField(default=0)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ConsolidatedRatingQuerySet.as_manager()

    class Meta:
        ordering = ["criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "criterion"], name="assessments_one_consolidated_rating"
            ),
            models.CheckConstraint(
                condition=Q(differed=True) | Q(level__isnull=False),
                name="assessments_agreed_has_level",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None, settled_at=None)
                | (
                    Q(settled_by__isnull=False, settled_at__isnull=False, level__isnull=False)
                    & ~Q(reason="")
                ),
                name="assessments_settled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(differed=False) | Q(level=None) | Q(settled_at__isnull=False),
                name="assessments_difference_settled_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card}, {self.criterion.code}"

    @property
    def is_settled(self) -> bool:
        return self.level_id is not None
