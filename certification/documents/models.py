"""Who issues, and the documents as they were issued."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.audit.append_only import append_only


class Issuer(models.Model):
    """The association that issues: one row, which its letterhead and certificates copy."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(
        _("name"), max_length=150, default="Centrum Wspierania Aktywności Lokalnej CAL"
    )
    street = models.CharField(_("street and number"), max_length=150, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    city = models.CharField(_("city"), max_length=100, default="Warszawa")
    website = models.CharField(_("website"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    founded_year = models.PositiveSmallIntegerField(_("active since the year"), default=2000)
    mark = models.FileField(_("mark (SVG or PNG)"), upload_to="issuer/", blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="documents_one_issuer")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> "Issuer":
        """The one row; the defaults where nobody has set anything yet."""
        return cls.objects.filter(id=1).first() or cls(id=1)

    def years_on(self, day: date) -> int:
        """For how many years the association has been active, counted by calendar years."""
        return day.year - self.founded_year


def stored_path(document: "StoredDocument", filename: str) -> str:
    return f"documents/{uuid.uuid4()}.pdf"


@append_only
class StoredDocument(models.Model):
    """A PDF stored once, and then only served."""

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("certificate")
        LETTER = "letter", _("commendation letter")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to=stored_path, max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title
