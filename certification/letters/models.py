"""Commendation letters, and the bank of paragraphs they are drafted from."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.audit.append_only import frozen_when
from certification.certificates.models import Certificate
from certification.documents.models import StoredDocument
from certification.standards.models import InstitutionKind
from institutions.models import User
from institutions.states import Role

from .states import State

SERIES = "CAL/LG"
NUMBER = SERIES + "/{number}/{year}"


class Bank(models.Model):
    """One import of paragraphs for one kind of letter in one language; the newest is in use."""

    letter = models.SlugField(max_length=40)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    edition = models.CharField(max_length=60, blank=True)
    imported_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.letter}, {self.language}, {self.imported_at:%Y-%m-%d}"


class BankParagraph(models.Model):
    """A paragraph with slots. It is used when all its conditions hold, always without any."""

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="paragraphs")
    position = models.PositiveSmallIntegerField()
    function = models.SlugField(max_length=60)
    text = models.TextField()
    kinds = models.ManyToManyField(InstitutionKind, blank=True, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "position"], name="letters_one_paragraph_a_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.function}"


class Finding(models.Model):
    """A condition of a paragraph: this standard came out at least so in the consolidated card."""

    class Level(models.TextChoices):
        MET = "met", _("met")
        EXEMPLARY = "exemplary", _("exemplary")

    paragraph = models.ForeignKey(BankParagraph, on_delete=models.CASCADE, related_name="findings")
    standard = models.CharField(max_length=10)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.MET)

    class Meta:
        ordering = ["standard"]
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph", "standard"], name="letters_one_finding_a_standard"
            )
        ]

    def __str__(self) -> str:
        return f"{self.standard}: {self.get_level_display()}"


class LetterQuerySet(models.QuerySet["CommendationLetter"]):
    def visible_to(self, user: User) -> "LetterQuerySet":
        """Staff see every letter; the institution sees its own once it is approved."""
        if user.has_role(Role.OFFICE, Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER):
            return self
        return self.filter(state=State.APPROVED, certificate__institution__in=user.institution_ids)


@frozen_when("{row}.state = 'approved'")
class CommendationLetter(models.Model):
    """What this institution does well, in good Polish. Approval gives it a number and a PDF."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="letters")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    number = models.CharField(max_length=40, unique=True, null=True, blank=True)
    # given at the approval; letters from before there were codes have none
    code = models.CharField(max_length=26, unique=True, null=True, blank=True, editable=False)
    verification_url = models.URLField(max_length=300, blank=True, editable=False)
    place = models.CharField(_("place"), max_length=100)
    dated_on = models.DateField(_("date"))
    addressee = models.TextField(_("addressee"), max_length=500)
    salutation = models.CharField(_("salutation"), max_length=200)
    closing = models.CharField(_("closing"), max_length=200)
    first_signatory = models.CharField(_("first signature"), max_length=150)
    first_function = models.CharField(_("function"), max_length=150)
    second_signatory = models.CharField(_("second signature"), max_length=150, blank=True)
    second_function = models.CharField(_("function"), max_length=150, blank=True)
    # the letterhead, as it is on the day of the approval
    issuer_name = models.CharField(max_length=150, blank=True, editable=False)
    issuer_address = models.CharField(max_length=300, blank=True, editable=False)
    issuer_website = models.CharField(max_length=150, blank=True, editable=False)
    issuer_email = models.EmailField(blank=True, editable=False)
    issuer_mark = models.FileField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    document = models.OneToOneField(
        StoredDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at", "-pk"]
        indexes = [models.Index(fields=["-drafted_at", "-id"], name="letters_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state=State.DRAFT),
                name="letters_one_draft_a_certificate",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=State.DRAFT,
                    number=None,
                    code=None,
                    approved_by=None,
                    approved_at=None,
                    document=None,
                )
                | Q(
                    state=State.APPROVED,
                    number__isnull=False,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    document__isnull=False,
                )
                & ~Q(issuer_name=""),
                name="letters_approved_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.certificate)

    def get_absolute_url(self) -> str:
        return reverse("letter_detail", args=[self.pk])

    @property
    def is_approved(self) -> bool:
        return self.state == State.APPROVED


IN_APPROVED_LETTER = (
    "EXISTS (SELECT 1 FROM letters_commendationletter l WHERE l.id = {row}.letter_id "
    "AND l.state = 'approved')"
)


@frozen_when(IN_APPROVED_LETTER, also_insert=True)
class LetterParagraph(models.Model):
    """One paragraph of a letter, slots already filled. `findings` says what it rests on."""

    letter = models.ForeignKey(
        CommendationLetter, on_delete=models.CASCADE, related_name="paragraphs"
    )
    position = models.PositiveSmallIntegerField()
    function = models.SlugField(max_length=60, blank=True)
    text = models.TextField(_("text"), max_length=3000)
    findings = models.CharField(max_length=200, blank=True)
    included = models.BooleanField(_("in the letter"), default=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.letter}, {self.position}"
