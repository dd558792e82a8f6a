"""What an assessor says of themselves, so that the office knows what to give them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from institutions.identifiers import Voivodeship
from institutions.models import User
from institutions.states import Role

MOST = 6  # cases at once, for whoever has not said otherwise


class AssessorProfileQuerySet(models.QuerySet["AssessorProfile"]):
    def visible_to(self, user: User) -> "AssessorProfileQuerySet":
        """One's own; the office everybody's."""
        return self if user.has_role(Role.OFFICE) else self.filter(user=user.pk)


class AssessorProfile(models.Model):
    """How many cases at once, and between which days (both inclusive) none at all.

    It proposes and never forbids: the office may still ask. `version` grows with every change.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="assessor_profile")
    most_at_once = models.PositiveSmallIntegerField(_("most cases at once"), default=MOST)
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=clock.now)

    objects = AssessorProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None)
                | Q(
                    away_from__isnull=False,
                    away_until__isnull=False,
                    away_until__gte=F("away_from"),
                ),
                name="assessments_away_from_and_until",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def voivodeships(self) -> list[str]:
        """The codes of those where the person readily goes."""
        return [each.voivodeship for each in self.regions.all()]

    def region_names(self) -> list[str]:
        return [each.get_voivodeship_display() for each in self.regions.all()] if self.pk else []


class AssessorRegion(models.Model):
    """A voivodeship where an assessor readily goes for a visit."""

    profile = models.ForeignKey(AssessorProfile, on_delete=models.CASCADE, related_name="regions")
    voivodeship = models.CharField(_("voivodeship"), max_length=2, choices=Voivodeship.choices)

    class Meta:
        ordering = ["voivodeship"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "voivodeship"], name="assessments_one_region"
            )
        ]

    def __str__(self) -> str:
        return f"{self.profile}: {self.get_voivodeship_display()}"
