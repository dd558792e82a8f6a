"""An assessor needs more time than the office gave."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.applications.models.more_time import TimeAskedFor, all_or_nothing

from .assignment import Assignment


class MoreTime(TimeAskedFor):
    """More time for one assignment: asked for by the assessor, given or refused by the office.

    The office may give it unasked; `wish`, `wanted_until` and who asked are empty then.
    """

    class Outcome(models.TextChoices):
        GIVEN = "given", pgettext_lazy("more time", "given")
        REFUSED = "refused", pgettext_lazy("more time", "refused")

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="more_time")
    wish = models.TextField(_("why you need more time"), max_length=1000, blank=True)
    wanted_until = models.DateField(_("until when"), null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    due_before = models.DateField()
    due_after = models.DateField(null=True, blank=True)

    class Meta(TimeAskedFor.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(decided_at=None),
                name="assessments_one_open_wish_for_time",
            ),
            *all_or_nothing("assessments_time"),
            models.CheckConstraint(
                condition=~Q(outcome="given") | Q(due_after__isnull=False),
                name="assessments_time_given_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.due_after or '?'}"
