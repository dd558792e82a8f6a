"""The papers of an application: what was printed of its dossiers, and what came back signed."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.audit.append_only import append_only
from certification.documents.models import StoredDocument
from institutions.models import User

from .application import Application
from .dossier import Dossier


class Paper(models.TextChoices):
    """What the regulation asks for in writing (points 2 and 3)."""

    REQUEST = "request", _("request")
    REPORT = "report", _("report")

    @property
    def slug(self) -> str:
        """Its word in an address."""
        return {Paper.REQUEST: "prosba", Paper.REPORT: "raport"}[self]


@append_only
class PrintedPaper(models.Model):
    """A paper of one dossier, printed from its manifest and stored once."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="prints")
    paper = models.CharField(max_length=10, choices=Paper.choices)
    document = models.OneToOneField(StoredDocument, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["dossier", "-paper"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "paper"], name="applications_printed_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier}, {self.get_paper_display()}"

    @property
    def url(self) -> str:
        args = [self.dossier.application_id, self.dossier.number, Paper(self.paper).slug]
        return reverse("printed_paper", args=args)


def signed_path(signed: "SignedPaper", filename: str) -> str:
    """A UUID on disk, under a folder of its own."""
    return f"signed/{signed.application_id}/{filename}"


class SignedPaperQuerySet(models.QuerySet["SignedPaper"]):
    def with_review(self) -> "SignedPaperQuerySet":
        return self.select_related("dossier", "uploaded_by", "review__reviewed_by")

    def accepted(self) -> "SignedPaperQuerySet":
        return self.filter(review__is_accepted=True)

    def newest(self) -> "SignedPaperQuerySet":
        """The last of each kind in its case: one that came later stands in for those before."""
        later = SignedPaper.objects.filter(
            application=OuterRef("application"), paper=OuterRef("paper"), pk__gt=OuterRef("pk")
        )
        return self.exclude(Exists(later))

    def awaiting(self) -> "SignedPaperQuerySet":
        """Those the office is to look at."""
        return self.newest().filter(review=None)


@append_only
class SignedPaper(models.Model):
    """A signed request or report as it came, byte for byte (a picture without its hidden data).

    `findings` is JSON: what was found about its signatures and its words when it came. The office
    says in a `PaperReview` what it made of it.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="signed")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(_("what it is"), max_length=10, choices=Paper.choices)
    signatory = models.CharField(_("who signed it"), max_length=200)
    file = models.FileField(upload_to=signed_path, max_length=200)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    findings = models.TextField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    objects = SignedPaperQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.application}, {self.get_paper_display()}"

    def get_absolute_url(self) -> str:
        return reverse("signed_paper", args=[self.application_id, self.pk])

    @property
    def can_be_shown(self) -> bool:
        """A picture, which we drew anew; a stranger's PDF is only ever saved or drawn."""
        return not self.is_pdf

    @property
    def is_pdf(self) -> bool:
        return self.content_type == "application/pdf"

    @property
    def is_superseded(self) -> bool:
        """Whether another came after it, before the office looked at this one. One query."""
        papers = SignedPaper.objects.filter(application=self.application_id, paper=self.paper)
        return self.verdict is None and papers.filter(pk__gt=self.pk).exists()

    @property
    def verdict(self) -> "PaperReview | None":
        return getattr(self, "review", None)


@append_only
class PaperReview(models.Model):
    """What the office made of a signed paper: it stands, or it is refused with a reason."""

    signed = models.OneToOneField(SignedPaper, on_delete=models.PROTECT, related_name="review")
    is_accepted = models.BooleanField()
    note = models.TextField(_("note"), max_length=2000, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(note=""),
                name="applications_refused_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.signed}, {self.reviewed_at:%Y-%m-%d}"
