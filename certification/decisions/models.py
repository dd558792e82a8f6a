"""The Committee decides, with reasons; the Board resolves. Both are written once."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.audit.append_only import append_only
from certification.standards.models import Criterion
from institutions.models import User

from .states import Outcome


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> "DecisionQuerySet":
        """A decision is seen by whoever sees its case, the institution included."""
        cases = Application.objects.visible_to(user).filter(pk=OuterRef("application"))
        return self.filter(Exists(cases))


@append_only
class Decision(models.Model):
    """What the Certification Committee decided on one application (rozstrzygnięcie).

    A refusal is given in writing with its reasons (regulation, point 8): a general
    justification here, and a Reason for each criterion that is not met.
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    session_on = models.DateField(_("day of the session"))
    justification = models.TextField(_("justification"), max_length=10_000, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(fields=["-decided_at", "-id"], name="decisions_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.GRANTED) | ~Q(justification=""),
                name="decisions_refusal_has_justification",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"

    @property
    def is_refusal(self) -> bool:
        return self.outcome == Outcome.REFUSED


@append_only
class Reason(models.Model):
    """Why one criterion is not met."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reasons")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("reason"), max_length=5000)

    class Meta:
        ordering = ["criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "criterion"], name="decisions_one_reason_a_criterion"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="decisions_reason_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}, {self.criterion.code}"


@append_only
class Resolution(models.Model):
    """The Board's resolution that a granted certificate is issued (regulation, point 4)."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="resolution")
    number = models.CharField(
        _("number of the resolution"), max_length=40, unique=True, help_text=_("e.g. 7/2026")
    )
    adopted_on = models.DateField(_("day of the resolution"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-adopted_on", "-pk"]

    def __str__(self) -> str:
        return self.number
