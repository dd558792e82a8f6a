"""One assessor's card for one case (karta oceny), and the ratings on it."""

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

from .assignment import Assignment, held
from .reasoned import Reasoned, ReasonedQuerySet


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User) -> "AssessmentQuerySet":
        """One's own, on a case that is open to one and for which one has declared."""
        return self.filter(held(user, "assignment"), assignment__declared_at__isnull=False)

    def counting(self) -> "AssessmentQuerySet":
        """Those of assignments that were not ended."""
        return self.filter(assignment__ended_at=None)

    def regular(self) -> "AssessmentQuerySet":
        return self.filter(assignment__part=Part.REGULAR)

    def submitted(self) -> "AssessmentQuerySet":
        return self.filter(submitted_at__isnull=False)


@frozen_when("{row}.submitted_at IS NOT NULL")
class Assessment(models.Model):
    """One assessor's card for one case (karta oceny)."""

    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, related_name="assessment"
    )
    summary = models.TextField(_("overall remarks"), max_length=5000, blank=True)
    seconds_spent = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("At the bench, as the page counts; for its owner.")
    )
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

    def criteria(self) -> list[Criterion]:
        """What is rated on this card, in the catalogue's order: see `Assignment.asked`."""
        return self.assignment.asked()


class RatingQuerySet(ReasonedQuerySet["Rating"]):
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

    def asked(self) -> "RatingQuerySet":
        """Those of criteria that their assessor takes. What was written of others, before they
        were handed back, stays on file and does not count.
        """
        chosen = Assignment.criteria.through.objects.filter(
            assignment=OuterRef("assessment__assignment")
        )
        mine = chosen.filter(criterion=OuterRef("criterion"))
        return self.filter(~Exists(chosen) | Exists(mine))

    def without_private_notes(self) -> "RatingQuerySet":
        return self.defer("private_note")


IN_SUBMITTED = (
    "EXISTS (SELECT 1 FROM assessments_assessment a WHERE a.id = {row}.assessment_id "
    "AND a.submitted_at IS NOT NULL)"
)


@frozen_when(IN_SUBMITTED, also_insert=True)
class Rating(Reasoned, models.Model):
    """A level on one criterion and the reasons for it; `version` as in Answer.

    The question is for the institution: the office reads it once the card is submitted, and
    nothing sends it by itself.
    """

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
    strengths = models.TextField(_("strengths"), max_length=5000, blank=True)
    weaknesses = models.TextField(_("what is missing"), max_length=5000, blank=True)
    question = models.TextField(_("question to the institution"), max_length=2000, blank=True)
    private_note = models.TextField(
        _("private note"),
        max_length=5000,
        blank=True,
        help_text=_("For your eyes only. Nobody else will ever see it."),
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=clock.now)

    TEXTS = ("strengths", "weaknesses", "question", "private_note")

    objects = RatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="assessments_one_rating"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment}, {self.criterion.code}"
