"""Who assesses which case."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications import access
from certification.applications.models import Application
from institutions.models import User
from institutions.states import Role


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def active(self) -> "AssignmentQuerySet":
        return self.filter(ended_at=None)

    def declared(self) -> "AssignmentQuerySet":
        return self.filter(declared_at__isnull=False)

    def held_by(self, user: User) -> "AssignmentQuerySet":
        """The person's own active assignments, while they are an assessor and have no conflict.

        One that is not declared yet shows who asks for the certificate and nothing else.
        """
        if not user.has_role(Role.ASSESSOR):
            return self.none()
        barred = Application.objects.filter(access.barred(user)).values("pk")
        return self.active().filter(assessor=user).exclude(application__in=barred)

    def visible_to(self, user: User) -> "AssignmentQuerySet":
        """An assessor sees their own; the office those of every case open to it."""
        own = Q(pk__in=self.model.objects.held_by(user).values("pk"))
        if not user.has_role(Role.OFFICE):
            return self.filter(own)
        cases = Application.objects.open_to_staff(user).filter(pk=OuterRef("application"))
        return self.filter(own | Exists(cases))


class Assignment(models.Model):
    """A case given to an assessor, until it is ended (conflict, hand-back, replacement).

    The assessor declares that there is no conflict before any content is shown.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="assignments"
    )
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    due_on = models.DateField(_("to be done by"))
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=clock.now)
    declared_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"],
                condition=Q(ended_at=None),
                name="assessments_one_assignment",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="assessments_ended_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.assessor}"

    def get_absolute_url(self) -> str:
        return reverse("assignment_declare", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.ended_at is None

    @property
    def is_declared(self) -> bool:
        return self.declared_at is not None
