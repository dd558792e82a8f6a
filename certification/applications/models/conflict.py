"""A conflict of interest: a person and a case that must stay apart."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification import clock
from institutions.models import User

from .application import Application


class ConflictDeclaration(models.Model):
    """Closes the case to the person at once, in every role. It is never taken back.

    Belonging to the institution is a conflict too; that one is computed from memberships.
    """

    class Ground(models.TextChoices):
        WORKS = "works", _("works or worked for the institution")
        ADVISED = "advised", _("advised the institution or helped with the application")
        FAMILY = "family", _("is related to somebody who runs the institution")
        OTHER = "other", _("another reason")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user"], name="applications_one_conflict"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.application}"
