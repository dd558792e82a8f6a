"""A conflict of interest: a person and a case that must stay apart."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification import clock
from institutions.models import User

from .application import Application


class ConflictDeclaration(models.Model):
    """Closes the case to the person at once, in every role. It is never taken back.

    What the program knows (`applications.rules.cases_in_conflict`) closes the case by itself; it
    is recorded here with that source when the person had a part in the case. `reviewed_by` is who
    of the office said what follows from what the person had done before.
    """

    class Ground(models.TextChoices):
        WORKS = "works", _("works or worked for the institution")
        MUNICIPALITY = "municipality", _("works for the municipality that runs the institution")
        ADVISED = "advised", _("advised the institution or helped with the application")
        PARTNER = "partner", _("works together with the institution: a project or a contract")
        FAMILY = "family", _("is related to somebody who runs the institution")
        OTHER = "other", _("another reason")

    class Source(models.TextChoices):
        PERSON = "person", pgettext_lazy("source of a conflict", "declared by the person")
        OFFICE = "office", pgettext_lazy("source of a conflict", "recorded by somebody else")
        PROGRAM = "program", pgettext_lazy("source of a conflict", "found by the program")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.PERSON)
    declared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # nobody where the program found it
    declared_at = models.DateTimeField(default=clock.now)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.TextField(_("what follows"), max_length=2000, blank=True)

    class Meta:
        ordering = ["declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user"], name="applications_one_conflict"
            ),
            models.CheckConstraint(
                condition=Q(declared_by=None, source="program")
                | (Q(declared_by__isnull=False) & ~Q(source="program")),
                name="applications_conflict_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None, review_note="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(review_note="")),
                name="applications_conflict_reviewed_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.application}"

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_at is not None
