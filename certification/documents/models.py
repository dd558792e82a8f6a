"""Who issues, and the documents as they were issued."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.audit.append_only import append_only

from .marks import read_mark, validate_mark
from .seal import Level
from .sheets import Letterhead, Signatory


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
    mark = models.FileField(
        _("mark (SVG or PNG)"), upload_to="issuer/", blank=True, validators=[validate_mark]
    )
    place = models.CharField(_("place of issue"), max_length=100, default="Warszawa")
    first_signatory = models.CharField(_("first signatory"), max_length=120, blank=True)
    first_function = models.CharField(_("function"), max_length=120, default="Prezes Zarządu")
    second_signatory = models.CharField(_("second signatory"), max_length=120, blank=True)
    second_function = models.CharField(_("function"), max_length=120, default="Członek Zarządu")

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

    @property
    def signatories(self) -> tuple[Signatory, Signatory]:
        """Who signs unless a document says otherwise; without a name, a line to sign on."""
        return (
            Signatory(self.first_signatory, self.first_function),
            Signatory(self.second_signatory, self.second_function),
        )

    @property
    def address(self) -> str:
        """Street and town in one line, as far as they are known."""
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.street, town) if part)

    def letterhead(self) -> Letterhead:
        """The association as documents print it today."""
        return Letterhead(
            name=self.name,
            address=self.address,
            website=self.website,
            email=self.email,
            mark=read_mark(self.mark),
        )


def stored_path(document: "StoredDocument", filename: str) -> str:
    """A new name for every file: what people call it is a column, never a path."""
    return f"documents/{uuid.uuid4()}.pdf"


@append_only
class SealCertificate(models.Model):
    """A certificate that we seal or sealed documents with: kept, so that old seals are known."""

    fingerprint = models.CharField(_("SHA-256 of the certificate"), max_length=64, unique=True)
    subject = models.CharField(_("whose seal"), max_length=300)
    issuer = models.CharField(_("issuer of the certificate"), max_length=300)
    valid_from = models.DateTimeField(_("valid from"))
    valid_to = models.DateTimeField(_("valid to"))
    pem = models.TextField()  # the certificate, and those that came with it
    first_used_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-first_used_at", "-pk"]

    def __str__(self) -> str:
        return self.subject


@append_only
class StoredDocument(models.Model):
    """A PDF stored once, and then only served. Written by `services.store`."""

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("certificate")
        LETTER = "letter", _("commendation letter")
        SIGNED = "signed", _("document with electronic signatures")
        REQUEST = "request", _("written request")
        REPORT = "report", _("report on the standards")
        PROTOCOL = "protocol", _("protocol of a site visit")
        CHARGES = "charges", _("charges against a holder")
        WITHDRAWAL = "withdrawal", _("notice that a certificate is withdrawn")
        APPEAL_ANSWER = "appeal_answer", _("the Board's answer to an appeal")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to=stored_path, max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    seal = models.ForeignKey(
        SealCertificate, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    seal_level = models.CharField(
        max_length=5, blank=True, choices=[(level.value, level.value) for level in Level]
    )
    sealed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seal=None, seal_level="", sealed_at=None)
                | (Q(seal__isnull=False, sealed_at__isnull=False) & ~Q(seal_level="")),
                name="documents_seal_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SignedVersion(models.Model):
    """A document with signatures that were added outside the program; the newest counts.

    Each kind of document has a table of them, append-only. `findings` is what was known of the
    signatures that this one added (`signatures`).
    """

    document = models.OneToOneField(StoredDocument, on_delete=models.PROTECT, related_name="+")
    findings = models.JSONField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
        ordering = ["pk"]
