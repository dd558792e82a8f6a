"""A call for applications, beside the continuous intake or instead of it."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification import clock
from certification.standards.models import InstitutionKind, StandardSet
from certification.working_days import end_of, start_of
from institutions.models import Institution, User


class CallState(models.TextChoices):
    """Computed from the days of a call and the moment, never stored."""

    UPCOMING = "upcoming", pgettext_lazy("call", "upcoming")
    OPEN = "open", pgettext_lazy("call", "open")
    CLOSED = "closed", pgettext_lazy("call", "closed")


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: Any) -> "CallQuerySet":
        """Calls are public."""
        return self

    def open_on(self, day: date) -> "CallQuerySet":
        return self.filter(opens_on__lte=day, closes_on__gte=day, closed_at=None)

    def announced_on(self, day: date) -> "CallQuerySet":
        """Open, or to be opened."""
        return self.filter(closes_on__gte=day, closed_at=None)

    def for_kinds(self, kinds: Any) -> "CallQuerySet":
        """Those that any of the kinds may answer; a call that names none is for all."""
        named = self.model.kinds.through.objects.filter(call=OuterRef("pk"))
        return self.filter(~Exists(named) | Exists(named.filter(institutionkind__in=kinds)))


class Call(models.Model):
    """Applications opened within it are handed in from the first day to the end of the last.

    `version` grows with every change. An early closing is a moment, with who and why.
    """

    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    kinds = models.ManyToManyField(
        InstitutionKind, blank=True, related_name="+", verbose_name=_("for which institutions")
    )
    standard_set = models.ForeignKey(
        StandardSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("standards")
    )
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.TextField(_("reason"), max_length=2000, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="applications_call_opens_first"
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None, closing_reason="")
                | (Q(closed_by__isnull=False, closed_at__isnull=False) & ~Q(closing_reason="")),
                name="applications_call_closed_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("call_detail", args=[self.pk])

    @property
    def ends_at(self) -> datetime:
        """The first moment that is too late, but for an extension."""
        end = end_of(self.closes_on)
        return min(end, self.closed_at) if self.closed_at else end

    def state_at(self, moment: datetime) -> CallState:
        if moment >= self.ends_at:
            return CallState.CLOSED
        return CallState.OPEN if moment >= start_of(self.opens_on) else CallState.UPCOMING

    def is_open_at(self, moment: datetime) -> bool:
        return self.state_at(moment) == CallState.OPEN

    def ends_for(self, institution: Institution) -> datetime:
        """The first moment that is too late for that institution: `ends_at`, or an extension's."""
        longest = self.extensions.filter(institution=institution).aggregate(Max("until"))
        until = longest["until__max"]
        return max(self.ends_at, end_of(until)) if until else self.ends_at

    def institutions(self) -> "models.QuerySet[Institution]":
        """Those it is meant for."""
        kinds = [kind.pk for kind in self.kinds.all()]
        found = Institution.objects.all()
        return found.filter(kind__in=kinds) if kinds else found

    def takes(self, institution: Institution, moment: datetime) -> bool:
        """Whether the institution may begin or hand in an application within it then."""
        kinds = {kind.pk for kind in self.kinds.all()}
        has_begun = moment >= start_of(self.opens_on)
        is_meant = not kinds or institution.kind_id in kinds
        return has_begun and is_meant and moment < self.ends_for(institution)


class CallExtension(models.Model):
    """More time for one institution in a call, with a reason; the longest holds."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="extensions")
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    until = models.DateField(_("new last day"))
    reason = models.TextField(_("reason"), max_length=2000)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.call}, {self.institution}: {self.until}"
