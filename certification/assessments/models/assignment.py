"""Who assesses which case."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications import access
from certification.applications.models import Application
from certification.assessments.states import Ending, Part
from certification.standards.models import Criterion
from institutions.models import User
from institutions.states import Role


def held(user: User, path: str = "") -> Q:
    """What `AssignmentQuerySet.held_by` finds, at the end of a path from what is filtered."""
    if not user.has_role(Role.ASSESSOR):
        return access.NOBODY
    to = f"{path}__" if path else ""
    mine = Q(**{f"{to}ended_at": None, f"{to}assessor": user})
    return mine & ~access.barred(user, f"{to}application")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def active(self) -> "AssignmentQuerySet":
        return self.filter(ended_at=None)

    def regular(self) -> "AssignmentQuerySet":
        return self.filter(part=Part.REGULAR)

    def third(self) -> "AssignmentQuerySet":
        return self.filter(part=Part.THIRD)

    def still_judging(self) -> "AssignmentQuerySet":
        """Active, and the ratings not submitted yet."""
        return self.active().filter(Q(assessment=None) | Q(assessment__submitted_at=None))

    def declared(self) -> "AssignmentQuerySet":
        return self.filter(declared_at__isnull=False)

    def held_by(self, user: User) -> "AssignmentQuerySet":
        """The person's own active assignments, while they are an assessor and have no conflict.

        One that is not declared yet shows who asks for the certificate and nothing else.
        """
        return self.filter(held(user))

    def visible_to(self, user: User) -> "AssignmentQuerySet":
        """An assessor sees their own; the office those of every case open to it."""
        own = Q(pk__in=self.model.objects.held_by(user).values("pk"))
        if not user.has_role(Role.OFFICE):
            return self.filter(own)
        cases = Application.objects.open_to_staff(user).filter(pk=OuterRef("application"))
        return self.filter(own | Exists(cases))


class Assignment(models.Model):
    """A case given to an assessor, until it is ended.

    The assessor declares that there is no conflict before any content is shown. `criteria` are
    those this assessor rates; none means everything the application is asked.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="assignments"
    )
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.REGULAR)
    criteria = models.ManyToManyField(Criterion, related_name="+", blank=True)
    due_on = models.DateField(_("to be done by"))
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=clock.now)
    declared_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True, default="")
    end_reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = AssignmentQuerySet.as_manager()
    rates_all = False  # True where somebody found out that no criteria are chosen

    class Meta:
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"],
                condition=Q(ended_at=None),
                name="assessments_one_assignment",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None, ending="")
                | (Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(ending=""))
                | Q(ended_by=None, ended_at__isnull=False, ending="conflict"),
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

    @property
    def is_submitted(self) -> bool:
        return self.is_declared and self.assessment.is_submitted

    @property
    def is_partial(self) -> bool:
        """Whether it names criteria; reads a prefetch when there is one."""
        return bool(self.criteria.all())

    def asked(self) -> list[Criterion]:
        """The criteria this assessor rates, in the catalogue's order: to be read, in memory.

        One query for those that were chosen, none where `criteria` is prefetched, or where it is
        known that none were (`rates_all`).
        """
        chosen = set() if self.rates_all else {each.pk for each in self.criteria.all()}
        asked = self.application.questions().criteria
        return [each for each in asked if not chosen or each.pk in chosen]
