"""A visit of assessors to an institution (wizytacja), and the dates both sides proposed."""

from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification import clock
from certification.applications.models import Application
from certification.audit.append_only import append_only
from certification.visits.states import ENDED, IN_TALKS, TO_COME, UNDER_WAY, Side, State
from institutions.models import User


class SiteVisitQuerySet(models.QuerySet["SiteVisit"]):
    def visible_to(self, user: User) -> "SiteVisitQuerySet":
        """Whoever sees the case sees that it is visited, and when."""
        cases = Application.objects.visible_to(user).values("pk")
        return self.filter(application__in=cases)

    def under_way(self) -> "SiteVisitQuerySet":
        return self.filter(state__in=UNDER_WAY)

    def to_come(self, cases: Collection[int]) -> dict[int, bool]:
        """By the key of the case: whether its last visit is to come, or was made. One query."""
        visits = self.filter(application__in=cases).exclude(state=State.CANCELLED).order_by("pk")
        return {
            case: state in TO_COME for case, state in visits.values_list("application", "state")
        }

    def with_names(self) -> "SiteVisitQuerySet":
        return self.select_related("application__institution", "lead")


class SiteVisit(models.Model):
    """At most one under way a case. `starts_at` and `ends_at` are set while a date holds.

    `sequence` counts the changes that a calendar must learn of (RFC 5545, 3.8.7.4); `version`
    those of the programme, as in Answer.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="visits")
    state = models.CharField(max_length=20, choices=State.choices, default=State.PROPOSED)
    state_since = models.DateTimeField(default=clock.now)
    round = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    place = models.CharField(_("where"), max_length=300)
    agenda = models.TextField(_("programme"), max_length=5000, blank=True)
    team = models.ManyToManyField(User, related_name="site_visits")
    lead = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("leads the visit"),
    )
    version = models.PositiveIntegerField(default=1)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    cancelled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("why it is called off"), max_length=1000, blank=True)

    objects = SiteVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=sorted(UNDER_WAY)),
                name="visits_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*sorted(IN_TALKS), State.CANCELLED])
                | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="visits_dated_once_agreed",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="visits_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by=None, cancelled_at=None)
                | Q(state=State.CANCELLED, cancelled_by__isnull=False, cancelled_at__isnull=False),
                name="visits_cancelled_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("visit_detail", args=[self.pk])

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def current_round(self) -> "DateRound":
        """The dates that are on the table; one query unless rounds are prefetched."""
        return next(each for each in self.rounds.all() if each.number == self.round)

    def is_begun(self, now: datetime) -> bool:
        return self.starts_at is not None and self.starts_at <= now


@append_only
class DateRound(models.Model):
    """Dates that one side proposes at once, with a word to the other."""

    visit = models.ForeignKey(SiteVisit, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=20, choices=Side.choices)
    word = models.TextField(_("a word to the other side"), max_length=2000, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["visit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="visits_round_number")
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.number}"


@append_only
class DateOffer(models.Model):
    """One date among those proposed."""

    round = models.ForeignKey(DateRound, on_delete=models.PROTECT, related_name="offers")
    starts_at = models.DateTimeField(pgettext_lazy("visit", "from"))
    ends_at = models.DateTimeField(pgettext_lazy("visit", "to"))

    class Meta:
        ordering = ["starts_at", "pk"]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
