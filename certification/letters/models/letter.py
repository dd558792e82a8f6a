"""Letters that follow a decision, each drafted from a bank of paragraphs."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.audit.append_only import frozen_when
from certification.certificates.models import Certificate
from certification.documents.models import StoredDocument
from certification.letters.states import GOES_WITH_CERTIFICATE, TO_INSTITUTION, Kind, Level, State
from institutions.models import User
from institutions.states import Role

WITH_CERTIFICATE = [kind.value for kind in GOES_WITH_CERTIFICATE]


class LetterQuerySet(models.QuerySet["CommendationLetter"]):
    def visible_to(self, user: User) -> "LetterQuerySet":
        """Staff see every letter; the institution those written to it, once they are approved."""
        if user.has_role(Role.OFFICE, Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER):
            return self
        return self.filter(
            state=State.APPROVED,
            kind__in=TO_INSTITUTION,
            application__institution__in=user.institution_ids,
        )

    def standing(self) -> "LetterQuerySet":
        """Approved, and no newer letter has taken their place."""
        return self.filter(state=State.APPROVED).exclude(replaced_by__state=State.APPROVED)

    def to_holders(self) -> "LetterQuerySet":
        """Those that stand and go to the holder together with the certificate."""
        return self.standing().filter(kind=Kind.COMMENDATION)


@frozen_when("{row}.state = 'approved'")
class CommendationLetter(models.Model):
    """A letter that follows a decision. (Its name is that of the first kind there was.)

    It copies all that it prints; approval gives it a number, a code and a PDF. `recipient` is
    whom it is for, in the nominative: one draft of a kind for each. `replaces` is the approved
    letter whose place it takes.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.COMMENDATION
    )
    recipient = models.CharField(_("to whom"), max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    number = models.CharField(max_length=40, unique=True, null=True, blank=True)
    # given at the approval; letters from before there were codes have none
    code = models.CharField(max_length=26, unique=True, null=True, blank=True, editable=False)
    verification_url = models.URLField(max_length=300, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=120, blank=True, default="List gratulacyjny")
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
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=clock.now)
    edited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    # sent back to be mended, until somebody saves it
    returned_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    return_note = models.TextField(_("what to mend"), max_length=2000, blank=True)
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
                fields=["application", "kind", "recipient"],
                condition=Q(state=State.DRAFT),
                name="letters_one_draft_a_recipient",
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
            models.CheckConstraint(
                condition=Q(kind__in=WITH_CERTIFICATE, certificate__isnull=False)
                | (~Q(kind__in=WITH_CERTIFICATE) & Q(certificate=None)),
                name="letters_certificate_by_kind",
            ),
            models.CheckConstraint(
                condition=Q(edited_by=None, edited_at=None)
                | Q(edited_by__isnull=False, edited_at__isnull=False),
                name="letters_edited_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(returned_by=None, returned_at=None, return_note="")
                | (Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(return_note="")),
                name="letters_returned_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.get_kind_display()}, {self.recipient}"

    def get_absolute_url(self) -> str:
        return reverse("letter_detail", args=[self.pk])

    @property
    def is_approved(self) -> bool:
        return self.state == State.APPROVED

    @property
    def is_replaced(self) -> bool:
        """Whether an approved letter, `replaced_by`, has taken its place."""
        return hasattr(self, "replaced_by") and self.replaced_by.is_approved

    @property
    def stands(self) -> bool:
        """Approved, and no newer letter has taken its place."""
        return self.is_approved and not self.is_replaced

    @property
    def newest_document(self) -> StoredDocument | None:
        """The file that people download: the last signed one, else the one that was approved."""
        signed = self.signed_copies.select_related("document").last()
        return signed.document if signed else self.document

    @property
    def written_by(self) -> User:
        """Whose words these are: who saved it last."""
        return self.edited_by or self.drafted_by

    @property
    def is_returned(self) -> bool:
        return self.returned_at is not None


IN_APPROVED_LETTER = (
    "EXISTS (SELECT 1 FROM letters_commendationletter l WHERE l.id = {row}.letter_id "
    "AND l.state = 'approved')"
)


@frozen_when(IN_APPROVED_LETTER, also_insert=True)
class LetterParagraph(models.Model):
    """One paragraph of a letter, slots already filled. Its `grounds` say what it rests on."""

    letter = models.ForeignKey(
        CommendationLetter, on_delete=models.CASCADE, related_name="paragraphs"
    )
    position = models.PositiveSmallIntegerField()
    function = models.SlugField(max_length=60, blank=True)
    text = models.TextField(_("text"), max_length=3000)
    included = models.BooleanField(_("in the letter"), default=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.letter}, {self.position}"


OF_APPROVED_LETTER = (
    "EXISTS (SELECT 1 FROM letters_letterparagraph p "
    "JOIN letters_commendationletter l ON l.id = p.letter_id "
    "WHERE p.id = {row}.paragraph_id AND l.state = 'approved')"
)


@frozen_when(OF_APPROVED_LETTER, also_insert=True)
class Ground(models.Model):
    """What a paragraph rests on: how a standard came out, or what assessors praised or the
    Committee missed in one criterion, with the evidence they cite.
    """

    paragraph = models.ForeignKey(LetterParagraph, on_delete=models.CASCADE, related_name="grounds")
    standard = models.CharField(max_length=10)
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    criterion = models.CharField(max_length=20, blank=True)
    text = models.TextField(max_length=5000, blank=True)
    evidence = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["standard", "criterion", "pk"]

    def __str__(self) -> str:
        return self.criterion or self.standard
