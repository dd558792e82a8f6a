"""Awards from before this register."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification import clock
from institutions.models import Institution, User


class EarlierAward(models.Model):
    """An award from before this register, known from a public source only.

    What the source does not say stays empty; no status is made up for it.
    """

    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="earlier_awards"
    )
    presented = models.CharField(
        _("presented"), max_length=40, blank=True, help_text=_("YYYY, YYYY-MM or YYYY-MM-DD")
    )
    label = models.CharField(_("printed period"), max_length=60, blank=True)
    source = models.URLField(_("source"), max_length=500)
    search_text = models.CharField(max_length=500, editable=False)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-presented", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "presented", "label"], name="certificates_one_earlier_award"
            )
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.presented}"
