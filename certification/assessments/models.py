"""Assessors rate a case, each on their own; then one consolidated card.

The database itself keeps submitted ratings and a closed card as they are.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.audit.append_only import frozen_when
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def active(self) -> "AssignmentQuerySet":
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> "AssignmentQuerySet":
        """An assessor sees their own assignments; nothing of a case closed to them."""
        open_cases = Application.objects.open_to_staff(user).values("pk")
        return self.filter(assessor=user, application__in=open_cases)


class Assignment(models.Model):
    """A case given to an assessor, until it is ended (conflict, hand-back, replacement).

    The assessor declares that there is no conflict before any content is shown.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="assignments"
    )
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    due_on = models.DateField(_("to be done by"))
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=clock.now)
    declared_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"],
                condition=Q(ended_at=None),
                name="assessments_one_assignment",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="assessments_ended_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.assessor}"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User) -> "AssessmentQuerySet":
        """One's own, on a case that is open to one."""
        mine = Assignment.objects.visible_to(user).active().values("pk")
        return self.filter(assignment__in=mine)

    def counting(self) -> "AssessmentQuerySet":
        """Those of assignments that were not ended."""
        return self.filter(assignment__ended_at=None)

    def submitted(self) -> "AssessmentQuerySet":
        return self.filter(submitted_at__isnull=False)


@frozen_when("{row}.submitted_at IS NOT NULL")
class Assessment(models.Model):
    """One assessor's card for one case (karta oceny)."""

    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, related_name="assessment"
    )
    summary = models.TextField(_("overall remarks"), max_length=5000, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]

    def __str__(self) -> str:
        return str(self.assignment)

    def get_absolute_url(self) -> str:
        return reverse("assessment_detail", args=[self.pk])

    @property
    def application(self) -> Application:
        return self.assignment.application

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None


class RatingQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, user: User) -> "RatingQuerySet":
        """One's own ratings; another's only after one has submitted one's own.

        `private_note` of another is never shown: see `without_private_notes`.
        """
        mine = Assessment.objects.visible_to(user)
        judged = mine.submitted().values("assignment__application")
        own = Q(assessment__in=mine.values("pk"))
        others = Q(
            assessment__assignment__application__in=judged,
            assessment__assignment__ended_at=None,
            assessment__submitted_at__isnull=False,
        )
        return self.filter(own | others)

    def without_private_notes(self) -> "RatingQuerySet":
        return self.defer("private_note")


IN_SUBMITTED = (
    "EXISTS (SELECT 1 FROM assessments_assessment a WHERE a.id = {row}.assessment_id "
    "AND a.submitted_at IS NOT NULL)"
)
IN_CLOSED_CARD = (
    "EXISTS (SELECT 1 FROM assessments_consolidatedcard c WHERE c.id = {row}.card_id "
    "AND c.closed_at IS NOT NULL)"
)


@frozen_when(IN_SUBMITTED, also_insert=True)
class Rating(models.Model):
    """A level and a comment on one criterion; `version` as in Answer."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="ratings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(
        RatingLevel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("level"),
    )
    comment = models.TextField(_("comment"), max_length=5000, blank=True)
    private_note = models.TextField(
        _("private note"),
        max_length=5000,
        blank=True,
        help_text=_("For your eyes only. Nobody else will ever see it."),
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=clock.now)

    objects = RatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="assessments_one_rating"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment}, {self.criterion.code}"

    @property
    def is_complete(self) -> bool:
        return self.level_id is not None and bool(self.comment.strip())


@frozen_when("{row}.closed_at IS NOT NULL")
class ConsolidatedCard(models.Model):
    """What the assessors agree on for one case (karta zbiorcza), beside their own ratings."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="card")
    opened_at = models.DateTimeField(default=clock.now)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

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

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


@frozen_when(IN_CLOSED_CARD, also_insert=True)
class ConsolidatedRating(models.Model):
    """The agreed level of one criterion. Where the assessors differed, `level` is empty until
    one of them settles it with a reason.
    """

    card = models.ForeignKey(ConsolidatedCard, on_delete=models.CASCADE, related_name="ratings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(
        RatingLevel, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    differed = models.BooleanField(default=False)
    reason = models.TextField(_("reason"), max_length=5000, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = [
            "criterion__standard__area__position",
            "criterion__standard__position",
            "criterion__position",
        ]
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
