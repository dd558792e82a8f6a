"""The office asks for something to be completed, on its own or because assessors need it."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification import clock
from certification.applications.states import Paper, State
from certification.audit.append_only import append_only
from certification.standards.models import Criterion, EvidenceType
from certification.working_days import add_working_days, end_of
from institutions.models import User

from .application import Application
from .more_time import TimeAskedFor, all_or_nothing


class CompletionRequest(models.Model):
    """Unlocks only what its items name, once, until it is answered; `asked_in` is where the
    case returns to.

    `exception` says why a second request in the same stage is made. `deadline` is the one in
    force: an Extension moves it. `answer` is what the institution writes back to the office.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="completion_requests"
    )
    asked_in = models.CharField(
        max_length=20,
        choices=[(state.value, state.label) for state in (State.FORMAL_CHECK, State.ASSESSMENT)],
    )
    reason = models.TextField(
        _("a word to the institution"),
        max_length=5000,
        blank=True,
        help_text=_("Optional: what concerns the whole request."),
    )
    exception = models.TextField(_("why once more"), max_length=2000, blank=True)
    deadline = models.DateField(_("deadline"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(_("a word to the office"), max_length=5000, blank=True)
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

    @property
    def codes(self) -> list[str]:
        """The criteria it names, each once; wants `items__criterion` loaded."""
        named = (item.criterion.code for item in self.items.all() if item.criterion)
        return list(dict.fromkeys(named))

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def was_late(self) -> bool:
        """Whether it was answered after the deadline."""
        return self.answered_at is not None and self._is_past(self.answered_at)

    def is_late_at(self, moment: datetime) -> bool:
        """Whether it still waits for an answer although the deadline is over."""
        return self.answered_at is None and self._is_past(moment)

    def _is_past(self, moment: datetime) -> bool:
        return moment >= end_of(self.deadline)

    @property
    def grace_until(self) -> date:
        """The last day on which the office must still wait for a late answer."""
        return add_working_days(self.deadline, settings.COMPLETION_GRACE_WORKING_DAYS)

    def may_lapse_at(self, moment: datetime) -> bool:
        return self.answered_at is None and moment >= end_of(self.grace_until)


@append_only
class CompletionItem(models.Model):
    """One thing that is asked for, and why: a criterion (its answer, or a kind of evidence to be
    cited there), or a paper that belongs to no criterion.

    Rows from before items had reasons of their own have none, and the request says it all.
    """

    request = models.ForeignKey(CompletionRequest, on_delete=models.PROTECT, related_name="items")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence_type = models.ForeignKey(
        EvidenceType, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    paper = models.CharField(max_length=20, choices=Paper.choices, blank=True)
    reason = models.TextField(_("what is missing and why"), max_length=2000, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(criterion__isnull=False, paper="")
                | (Q(criterion=None, evidence_type=None) & ~Q(paper="")),
                name="applications_item_of_criterion_or_paper",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.criterion.code if self.criterion else self.paper}"


class Extension(TimeAskedFor):
    """More time for a completion: asked for by the institution, given or refused by the office.

    The office may give it unasked; `wish` and who asked are empty then.
    """

    class Outcome(models.TextChoices):
        GRANTED = "granted", pgettext_lazy("more time", "given")
        REFUSED = "refused", pgettext_lazy("more time", "refused")

    request = models.ForeignKey(
        CompletionRequest, on_delete=models.CASCADE, related_name="extensions"
    )
    wish = models.TextField(_("why you need more time"), max_length=2000, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    deadline_before = models.DateField()
    deadline_after = models.DateField(null=True, blank=True)

    class Meta(TimeAskedFor.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(decided_at=None),
                name="applications_one_open_extension",
            ),
            *all_or_nothing("applications_extension"),
            models.CheckConstraint(
                condition=~Q(outcome="granted") | Q(deadline_after__isnull=False),
                name="applications_extension_has_new_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.deadline_after or '?'}"
