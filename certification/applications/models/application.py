"""An institution asks for the certificate."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications import access
from certification.applications.states import AHEAD, EDITABLE, ENDED, State
from certification.finding import fold
from certification.standards.models import Criterion, InstitutionKind, StandardSet
from certification.standards.questions import Questions, questions
from institutions.models import Institution, User
from institutions.states import Role

if TYPE_CHECKING:
    from .completion import CompletionRequest

NUMBER = "CAL/W/{number}/{year}"


def _open_to_staff(user: User) -> Q:
    opened = access.granted(user)
    if user.has_role(Role.OFFICE):
        opened |= Q(submitted_at__isnull=False)
    return opened if opened is access.NOBODY else opened & ~access.barred(user)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def of_applicant(self, user: User) -> "ApplicationQuerySet":
        """The applications of the institutions the person belongs to."""
        return self.filter(institution__in=user.institution_ids)

    def open_to_staff(self, user: User) -> "ApplicationQuerySet":
        """What the person may handle for the certification body: never where they are barred."""
        return self.filter(_open_to_staff(user))

    def visible_to(self, user: User) -> "ApplicationQuerySet":
        """As an applicant or as staff; what was never submitted is the institution's own."""
        return self.filter(Q(institution__in=user.institution_ids) | _open_to_staff(user))

    def under_way(self) -> "ApplicationQuerySet":
        return self.exclude(state__in=ENDED)

    def matching(self, words: str) -> "ApplicationQuerySet":
        """Those whose number or institution, by any name or by its town, holds each word."""
        found = self
        for word in fold(words).split():
            found = found.filter(
                Q(number__icontains=word) | Q(institution__search_text__contains=word)
            )
        return found

    def with_names(self) -> "ApplicationQuerySet":
        return self.select_related("institution", "kind", "standard_set")


class Application(models.Model):
    """One request for the certificate, written against one edition of the standards.

    `renews` is the application whose certificate this one continues; `kind` is the kind of
    institution at the opening, which says what it is asked. The number (`CAL/W/{nr}/{rok}`)
    is given at the first submission. `call` is empty for one of the continuous intake, and
    `end_note` says why it was withdrawn or left unexamined.
    """

    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="applications"
    )
    standard_set = models.ForeignKey(StandardSet, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(InstitutionKind, on_delete=models.PROTECT, related_name="+")
    renews = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    number = models.CharField(max_length=40, unique=True, null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    call = models.ForeignKey(
        "Call", on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    end_note = models.TextField(_("why it ended"), max_length=2000, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=~Q(state__in=sorted(ENDED)),
                name="applications_one_under_way",
                violation_error_message=_("This institution has an application under way."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN])
                | Q(number__isnull=False, submitted_by__isnull=False, submitted_at__isnull=False),
                name="applications_submitted_by_and_at",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "state_since"], name="applications_by_state"),
            models.Index(fields=["-state_since", "-id"], name="applications_latest"),
        ]

    def __str__(self) -> str:
        return self.number or gettext("Draft of %(day)s") % {
            "day": f"{self.opened_at.astimezone():%d.%m.%Y}"
        }

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        """Whether the institution may write now (in a completion: only what was named)."""
        return self.state in EDITABLE

    @property
    def is_ahead(self) -> bool:
        """Whether its answers may differ from what was last submitted: see `submitted`."""
        return self.state in AHEAD

    @cached_property
    def was_completed(self) -> bool:
        """Whether a completion froze a second dossier; one query, unless a page read it along."""
        return self.dossiers.filter(number__gt=1).exists()

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    def questions(self) -> Questions:
        """What this institution answers, and how it rates itself: to be read, in memory."""
        return questions(self)

    def criteria(self) -> "models.QuerySet[Criterion]":
        """The criteria this institution answers, in the catalogue's order."""
        return (
            Criterion.objects.of_set(self.standard_set)
            .for_kind(self.kind)
            .select_related("standard__area")
            .in_order()
        )

    def unlocked(self) -> "models.QuerySet[Criterion]":
        """The criteria the institution may write now: all of a draft's, and in a completion
        those the open request names.
        """
        if self.state == State.DRAFT:
            return self.criteria()
        if self.state == State.COMPLETION:
            named = self.completion_requests.filter(answered_at=None).values("items__criterion")
            return self.criteria().filter(pk__in=named)
        return self.criteria().none()

    def open_completion(self) -> "CompletionRequest | None":
        """The request for completion that waits for an answer."""
        return self.completion_requests.filter(answered_at=None).first()
