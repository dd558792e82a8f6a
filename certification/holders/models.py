"""What assessors praised and the public may read, and when certificates are handed over.

Nothing is copied from an assessment by itself. Every proposal, step and entry stays on file.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.audit.append_only import append_only
from certification.certificates.models import Certificate
from certification.standards.models import Standard
from institutions.models import User

from .states import HandOverState, Step

LONGEST = 400  # characters of a sentence


class PraiseQuerySet(models.QuerySet["Praise"]):
    def visible_to(self, user: User) -> "PraiseQuerySet":
        """Of cases that are open to the person as staff, and of their own institution."""
        open_ones = Application.objects.open_to_staff(user).values("pk")
        mine = Q(application__institution__in=user.institution_ids)
        return self.filter(mine | Q(application__in=open_ones))

    def published(self) -> "PraiseQuerySet":
        """Agreed to and not taken down, of each case the newest."""
        steps = PraiseStep.objects.filter(praise=OuterRef("pk"))
        agreed = self.filter(
            Exists(steps.filter(step=Step.AGREED)), ~Exists(steps.filter(step=Step.TAKEN_DOWN))
        )
        newer = PraiseStep.objects.filter(
            praise__application=OuterRef("application"),
            praise__gt=OuterRef("pk"),
            step=Step.AGREED,
        )
        return agreed.exclude(Exists(newer))

    def awaiting(self) -> "PraiseQuerySet":
        """Proposals that the institution has not answered: of each case the newest, if any."""
        steps = PraiseStep.objects.filter(praise=OuterRef("pk"))
        newer = Praise.objects.filter(application=OuterRef("application"), pk__gt=OuterRef("pk"))
        return self.exclude(Exists(steps)).exclude(Exists(newer))


@append_only
class Praise(models.Model):
    """Sentences proposed at once. It belongs to the case, so a corrected certificate keeps it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="praises")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)

    objects = PraiseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.application}, {self.pk}"

    @property
    def is_published(self) -> bool:
        """Whether it stands on the public page now."""
        return Praise.objects.published().filter(pk=self.pk).exists()


@append_only
class PraiseSentence(models.Model):
    """One sentence, as the office worded it, and the standard that it is about."""

    praise = models.ForeignKey(Praise, on_delete=models.PROTECT, related_name="sentences")
    position = models.PositiveSmallIntegerField()
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("sentence"), max_length=LONGEST)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["praise", "standard"], name="holders_one_sentence_a_standard"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="holders_sentence_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


@append_only
class PraiseStep(models.Model):
    """The institution agreed or declined, or somebody took it down. The last one counts."""

    praise = models.ForeignKey(Praise, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12, choices=Step.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["praise", "step"], name="holders_each_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.praise}: {self.get_step_display()}"


@append_only
class HandOver(models.Model):
    """When, where and by whom a certificate is or was handed over; the newest entry counts.

    A correction is a new entry, so what was planned or recorded before stays on file.
    """

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="hand_overs"
    )
    state = models.CharField(max_length=12, choices=HandOverState.choices)
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=150)
    occasion = models.CharField(_("occasion"), max_length=150)
    presenter = models.CharField(_("handed over by"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=HandOverState.HELD) | ~Q(presenter=""),
                name="holders_hand_over_names_who",
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate}, {self.held_on}"

    @property
    def is_held(self) -> bool:
        return self.state == HandOverState.HELD

    @property
    def is_planned(self) -> bool:
        return self.state == HandOverState.PLANNED
