"""The office or the assessors ask for something to be completed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.states import State
from certification.standards.models import Criterion
from institutions.models import User

from .application import Application


class CompletionRequest(models.Model):
    """Unlocks only the named criteria, once, until it is answered; `asked_in` is where the
    case returns to.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="completion_requests"
    )
    asked_in = models.CharField(
        max_length=20,
        choices=[(state.value, state.label) for state in (State.FORMAL_CHECK, State.ASSESSMENT)],
    )
    reason = models.TextField(_("what is missing and why"), max_length=5000)
    criteria = models.ManyToManyField(Criterion, related_name="+", verbose_name=_("criteria"))
    deadline = models.DateField(_("deadline"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at=None),
                name="applications_one_open_completion",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="applications_answered_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.asked_at:%Y-%m-%d}"
