"""The protocol of a visit: written by one side, presented, answered by the other, closed."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.assessments.rules import cases_still_judged
from certification.audit.append_only import append_only, frozen_when
from certification.documents.models import StoredDocument
from certification.visits.states import Closing
from institutions.models import User
from institutions.states import Role

from .visit import SiteVisit


class ProtocolQuerySet(models.QuerySet["Protocol"]):
    def visible_to(self, user: User) -> "ProtocolQuerySet":
        """The institution reads what it was presented; staff what the case opens to them, but for
        those who still judge the case: it was written by another assessor. Drafts are for the
        office and for who leads the visit.
        """
        cases = Application.objects.visible_to(user)
        seen = self.filter(visit__application__in=cases.values("pk"))
        presented = Q(presented_at__isnull=False)
        own = Q(visit__application__institution__in=user.institution_ids)
        leads = ~own & Q(visit__lead=user.pk)
        judged = Application.objects.filter(cases_still_judged(user)).values("pk")
        judges_no_more = ~own & ~Q(visit__application__in=judged)
        drafts = Q() if user.has_role(Role.OFFICE) else presented
        return seen.filter((own & presented) | leads | (judges_no_more & drafts))

    def drafts(self) -> "ProtocolQuerySet":
        return self.filter(presented_at=None)

    def presented(self) -> "ProtocolQuerySet":
        return self.filter(presented_at__isnull=False)


@frozen_when("{row}.presented_at IS NOT NULL")
class Protocol(models.Model):
    """One version; a later one corrects it. What is presented is printed, and never changes.

    `of_team` says whether it holds the notes of all who went, or of the lead alone: whoever leads
    and still judged when it was presented must not read another assessor's in it.
    """

    visit = models.ForeignKey(SiteVisit, on_delete=models.PROTECT, related_name="protocols")
    number = models.PositiveSmallIntegerField(default=1)
    attendees = models.TextField(
        _("present for the institution"),
        max_length=2000,
        help_text=_("First and last name and function, each in a line of its own."),
    )
    course = models.TextField(
        _("how the visit went"),
        max_length=10_000,
        help_text=_("Where you were, whom you talked to, what you were shown."),
    )
    findings = models.TextField(
        _("what was found"),
        max_length=10_000,
        help_text=_("Facts alone. How you judge them belongs into your card."),
    )
    documents = models.TextField(
        _("documents that were shown"),
        max_length=5000,
        blank=True,
        help_text=_("Each in a line of its own; leave it empty if there were none."),
    )
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    presented_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    presented_at = models.DateTimeField(null=True, blank=True)
    remarks_until = models.DateField(null=True, blank=True)
    of_team = models.BooleanField(default=True)
    document = models.ForeignKey(
        StoredDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ProtocolQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="visits_protocol_number"),
            models.CheckConstraint(
                condition=Q(presented_by=None, presented_at=None, remarks_until=None, document=None)
                | Q(
                    presented_by__isnull=False,
                    presented_at__isnull=False,
                    remarks_until__isnull=False,
                    document__isnull=False,
                ),
                name="visits_presented_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.number}"

    @property
    def is_presented(self) -> bool:
        return self.presented_at is not None

    @property
    def ended(self) -> "ProtocolClosing | None":
        """How it ended, once it has."""
        return getattr(self, "closing", None)

    def is_late_on(self, day: date) -> bool:
        """Whether the time for remarks and for confirming has passed."""
        return self.remarks_until is not None and day > self.remarks_until


@append_only
class ProtocolRemark(models.Model):
    """What the institution says to the protocol; kept word for word and printed with it."""

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(_("remark"), max_length=5000)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="visits_remark_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.protocol_id}: {self.text[:40]}"


@append_only
class ProtocolClosing(models.Model):
    """How a protocol ended, with the document that both sides keep."""

    protocol = models.OneToOneField(Protocol, on_delete=models.PROTECT, related_name="closing")
    outcome = models.CharField(max_length=20, choices=Closing.choices)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=clock.now)
    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.protocol_id}: {self.outcome}"
