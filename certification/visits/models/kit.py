"""What an assessor writes down and photographs during a visit, each for themselves."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.applications.states import ENDED
from certification.assessments.rules import cases_still_judged
from certification.standards.models import Criterion
from certification.visits.states import PRESENTED, People
from institutions.models import User
from institutions.states import Role

from .visit import SiteVisit

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _shared_with(user: User) -> Q:
    """Rows meant for the protocol, of cases the person reads and does not judge any more.

    The institution reads them in the protocol it is presented, not here.
    """
    if not user.has_role(*Role):
        return Q(pk__in=[])
    cases = Application.objects.visible_to(user).exclude(institution__in=user.institution_ids)
    judged = Application.objects.filter(cases_still_judged(user)).values("pk")
    return Q(for_protocol=True, visit__application__in=cases.exclude(pk__in=judged).values("pk"))


def _own(user: User) -> Q:
    """One's own, while the case is open to one."""
    return Q(author=user.pk, visit__in=SiteVisit.objects.visible_to(user).values("pk"))


class VisitNoteQuerySet(models.QuerySet["VisitNote"]):
    def visible_to(self, user: User) -> "VisitNoteQuerySet":
        return self.filter(_own(user) | _shared_with(user))

    def of(self, visit: SiteVisit, author: User) -> "VisitNoteQuerySet":
        return self.filter(visit=visit, author=author)

    def for_protocol(self, visit: SiteVisit, *, of_team: bool) -> "QuerySet[VisitNote]":
        """What the protocol will print, in the catalogue's order, loose notes last."""
        told = self.filter(visit=visit, for_protocol=True).exclude(text="")
        if not of_team:
            told = told.filter(author=visit.lead_id)
        return told.select_related("criterion").order_by(
            models.F("criterion__standard__area__position").asc(nulls_last=True),
            "criterion__standard__position",
            "criterion__position",
            "written_at",
            "pk",
        )


class VisitNote(models.Model):
    """An answer to a question, or a loose note. An emptied text takes it out.

    `uuid` is made where it was written, so that what is sent twice stays one; `change` is the
    client's own mark of the last change that the row holds, and `version` counts them.
    """

    uuid = models.UUIDField(unique=True, editable=False)
    visit = models.ForeignKey(SiteVisit, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    question = models.TextField(_("question"), max_length=5000, blank=True)
    text = models.TextField(_("answer or note"), max_length=10_000, blank=True)
    for_protocol = models.BooleanField(_("goes into the protocol"), default=False)
    change = models.UUIDField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)

    objects = VisitNoteQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.question[:40] or self.text[:40]}"


class VisitPhotoQuerySet(models.QuerySet["VisitPhoto"]):
    def visible_to(self, user: User) -> "VisitPhotoQuerySet":
        """As notes; the institution sees those of a protocol that it is presented, too."""
        presented = Q(
            for_protocol=True,
            visit__state__in=PRESENTED,
            visit__application__institution__in=user.institution_ids,
        )
        return self.filter(_own(user) | _shared_with(user) | presented)

    def kept(self) -> "VisitPhotoQuerySet":
        return self.filter(removed_at=None)

    def past_keeping(self, now: datetime) -> "VisitPhotoQuerySet":
        """Still there although their case ended longer ago than photos are kept for."""
        ended = now - timedelta(days=settings.VISIT_PHOTOS_DAYS)
        return self.kept().filter(
            visit__application__state__in=ENDED, visit__application__state_since__lt=ended
        )


def photo_path(photo: "VisitPhoto", filename: str) -> str:
    """A UUID on disk, in a folder of the visit."""
    return f"visits/{photo.visit_id}/{filename}"


class VisitPhoto(models.Model):
    """A picture, written anew without hidden data (place, camera) before it is stored.

    Whoever can be recognised on it agreed, and `consent` says who and how. When somebody takes
    that back, or its time has passed, the file goes; the row stays to tell that there was one, and
    why it is gone. `removed_by` is empty where a chore removed it.
    """

    uuid = models.UUIDField(unique=True, editable=False)
    visit = models.ForeignKey(SiteVisit, on_delete=models.PROTECT, related_name="photos")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("what it shows"), max_length=300)
    people = models.CharField(_("people"), max_length=20, choices=People.choices)
    consent = models.CharField(_("who agreed, and how"), max_length=500, blank=True)
    for_protocol = models.BooleanField(_("listed in the protocol"), default=True)
    file = models.FileField(upload_to=photo_path, max_length=200, blank=True)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    removed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    remove_reason = models.CharField(_("why it is removed"), max_length=500, blank=True)

    objects = VisitPhotoQuerySet.as_manager()

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people=People.NOBODY) | ~Q(consent=""),
                name="visits_people_have_agreed",
            ),
            models.CheckConstraint(
                condition=Q(removed_by=None, removed_at=None)
                | Q(removed_at__isnull=False, file=""),
                name="visits_photo_removed_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.caption

    def get_absolute_url(self) -> str:
        return reverse("visit_photo", args=[self.pk])

    @property
    def can_be_shown(self) -> bool:
        """It is a picture that this program wrote itself."""
        return True
