"""A sample case that many assessors rate before a season, to see how alike they judge."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications import access
from certification.applications.models import Application
from certification.assessments.calibration.states import TONES, Stage
from certification.audit.append_only import frozen_when
from certification.standards.models import Criterion, InstitutionKind, RatingLevel, StandardSet
from certification.standards.questions import Questions, questions
from institutions.models import User
from institutions.states import Role

from .reasoned import Reasoned, ReasonedQuerySet

if TYPE_CHECKING:
    from django.db.models import QuerySet


class CalibrationRoundQuerySet(models.QuerySet["CalibrationRound"]):
    def visible_to(self, user: User) -> "CalibrationRoundQuerySet":
        """The office sees every round, assessors those they were invited to.

        Never one that was copied from a case which is closed to the person.
        """
        readers = Q(pk__in=[])
        if user.has_role(Role.OFFICE):
            readers |= Q(pk__isnull=False)
        if user.has_role(Role.ASSESSOR):
            mine = CalibrationCard.objects.filter(assessor=user)
            readers |= Q(pk__in=mine.values("round"))
        return self.filter(readers).exclude(access.barred(user, "source"))

    def open(self) -> "CalibrationRoundQuerySet":
        return self.filter(opened_at__isnull=False, closed_at=None)

    def closed(self) -> "CalibrationRoundQuerySet":
        return self.filter(closed_at__isnull=False)


@frozen_when("{row}.closed_at IS NOT NULL")
class CalibrationRound(models.Model):
    """One sample, rated by all who are invited until `due_on`, or until the office closes it.

    `source` is the ended case that the sample was copied from: known to the office alone.
    """

    title = models.CharField(_("title"), max_length=120)
    about = models.TextField(
        _("about the institution"),
        max_length=3000,
        blank=True,
        help_text=_("What an assessor should know before reading: its kind, size, surroundings."),
    )
    standard_set = models.ForeignKey(
        StandardSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("standards")
    )
    kind = models.ForeignKey(
        InstitutionKind,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("kind of institution"),
    )
    source = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(_("to be rated by"), null=True, blank=True)
    opened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CalibrationRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_by=None, opened_at=None)
                | Q(opened_by__isnull=False, opened_at__isnull=False, due_on__isnull=False),
                name="assessments_round_opened_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False, opened_at__isnull=False),
                name="assessments_round_closed_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calibration_detail", args=[self.pk])

    @property
    def stage(self) -> Stage:
        if self.closed_at is not None:
            return Stage.CLOSED
        return Stage.OPEN if self.opened_at is not None else Stage.PREPARED

    @property
    def tone(self) -> str:
        return TONES[self.stage]

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def questions(self) -> Questions:
        """What an institution of this kind is asked, and the scale."""
        return questions(self)

    def rated(self) -> "QuerySet[SampleAnswer]":
        """What is to be rated, in the catalogue's order."""
        return self.sample.filter(is_rated=True).select_related(
            "criterion__standard__area", "self_rating"
        )


IN_OPENED = (
    "EXISTS (SELECT 1 FROM assessments_calibrationround r WHERE r.id = {row}.round_id "
    "AND r.opened_at IS NOT NULL)"
)


@frozen_when(IN_OPENED, also_insert=True)
class SampleAnswer(models.Model):
    """What the sample says about one criterion; `evidence` describes what it would show.

    Frozen once the round is open, so that everybody rates the same. `version` as in Answer.
    """

    round = models.ForeignKey(CalibrationRound, on_delete=models.CASCADE, related_name="sample")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    is_rated = models.BooleanField(_("assessors rate this criterion"), default=True)
    self_rating = models.ForeignKey(
        RatingLevel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("self-rating"),
    )
    text = models.TextField(_("answer"), max_length=20_000, blank=True)
    evidence = models.TextField(
        _("evidence, described"),
        max_length=10_000,
        blank=True,
        help_text=_("One piece a line, and what it shows. Files of a real case are not used."),
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "criterion"], name="assessments_one_sample_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.criterion.code}"


class CalibrationCardQuerySet(models.QuerySet["CalibrationCard"]):
    def visible_to(self, user: User) -> "CalibrationCardQuerySet":
        """One's own, and nobody else's: not even to the office."""
        if not user.has_role(Role.ASSESSOR):
            return self.none()
        rounds = CalibrationRound.objects.visible_to(user)
        return self.filter(assessor=user, round__in=rounds.values("pk"))

    def submitted(self) -> "CalibrationCardQuerySet":
        return self.filter(submitted_at__isnull=False)


@frozen_when("{row}.submitted_at IS NOT NULL")
class CalibrationCard(models.Model):
    """One assessor's part in a round: invited, then submitted."""

    round = models.ForeignKey(CalibrationRound, on_delete=models.PROTECT, related_name="cards")
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = CalibrationCardQuerySet.as_manager()

    class Meta:
        ordering = ["assessor__full_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "assessor"], name="assessments_one_calibration_card"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.assessor}"

    def get_absolute_url(self) -> str:
        return reverse("calibration_bench", args=[self.round_id])

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def is_open(self) -> bool:
        """Whether the ratings on it may be written now."""
        return self.round.stage == Stage.OPEN and not self.is_submitted


IN_SUBMITTED_CARD = (
    "EXISTS (SELECT 1 FROM assessments_calibrationcard c WHERE c.id = {row}.card_id "
    "AND c.submitted_at IS NOT NULL)"
)


@frozen_when(IN_SUBMITTED_CARD, also_insert=True)
class CalibrationRating(Reasoned, models.Model):
    """A level and its reasons for one criterion of the sample; `version` as in Answer."""

    card = models.ForeignKey(CalibrationCard, on_delete=models.CASCADE, related_name="ratings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(
        RatingLevel, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    strengths = models.TextField(_("strengths"), max_length=5000, blank=True)
    weaknesses = models.TextField(_("what is missing"), max_length=5000, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=clock.now)

    TEXTS = ("strengths", "weaknesses")

    objects = ReasonedQuerySet["CalibrationRating"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["card", "criterion"], name="assessments_one_calibration_rating"
            )
        ]

    def __str__(self) -> str:
        return f"{self.card}, {self.criterion.code}"
