"""Print runs: what is printed together, what came of each document, and who had what printed."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.audit.append_only import append_only
from certification.certificates.models import Certificate
from certification.documents.models import StoredDocument
from certification.letters.models import CommendationLetter
from institutions.models import Institution, User
from institutions.states import Role

from .states import (
    ENDED,
    UNDER_WAY,
    Envelope,
    Grouping,
    ItemState,
    Kind,
    Labels,
    Order,
    Output,
    Sending,
    State,
    Trouble,
)

MOST_SHIFT = 20  # millimetres
_SHIFT = [MinValueValidator(-MOST_SHIFT), MaxValueValidator(MOST_SHIFT)]


class Printer(models.Model):
    """A printer with a tray, and how far it puts things from where they should be.

    The shifts are what the program moves all by, to the right and down, in millimetres.
    """

    name = models.CharField(_("printer and tray"), max_length=80, unique=True)
    right = models.DecimalField(max_digits=4, decimal_places=1, default=0, validators=_SHIFT)
    down = models.DecimalField(max_digits=4, decimal_places=1, default=0, validators=_SHIFT)
    moves_all = models.BooleanField(
        _("move certificates and letters as well"),
        default=False,
        help_text=_("Otherwise only envelopes and labels are moved."),
    )
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, editable=False, related_name="+")
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PrintRunQuerySet(models.QuerySet["PrintRun"]):
    def visible_to(self, user: User) -> "PrintRunQuerySet":
        """The office alone prints; what of a run is closed to a person, its items tell."""
        return self if user.has_role(Role.OFFICE) else self.none()


class PrintRun(models.Model):
    """Documents printed together. How it is printed does not change once it has started.

    `started_by` is who prepares it: whoever started or resumed it last. Cases closed to them are
    not in it. A worker that is at it holds the run until `held_until`.
    """

    title = models.CharField(_("name of the run"), max_length=100)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    with_certificates = models.BooleanField(_("certificates"), default=True)
    with_letters = models.BooleanField(_("letters"), default=True)
    with_other_letters = models.BooleanField(
        _("letters to the head of the municipality and to partners"), default=False
    )
    envelope = models.CharField(_("envelopes"), max_length=5, choices=Envelope.choices, blank=True)
    labels = models.CharField(_("labels"), max_length=5, choices=Labels.choices, blank=True)
    first_label = models.PositiveSmallIntegerField(_("first free label"), default=1)
    with_delivery_list = models.BooleanField(_("delivery list"), default=True)
    with_ceremony_list = models.BooleanField(_("ceremony list"), default=False)
    ceremony = models.CharField(_("place and day of the ceremony"), max_length=150, blank=True)
    sending = models.CharField(
        _("way of sending"), max_length=12, choices=Sending.choices, default=Sending.REGISTERED
    )
    output = models.CharField(_("result"), max_length=5, choices=Output.choices, default=Output.PDF)
    grouping = models.CharField(
        _("grouping"), max_length=15, choices=Grouping.choices, default=Grouping.BY_KIND
    )
    order = models.CharField(_("order"), max_length=15, choices=Order.choices, default=Order.NUMBER)
    duplex = models.BooleanField(_("for printing on both sides"), default=True)
    reprint_reason = models.CharField(_("why it is printed again"), max_length=200, blank=True)
    # the printer's settings of the moment in which the run started
    printer_name = models.CharField(max_length=80, blank=True)
    right = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    down = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    moves_all = models.BooleanField(default=False)
    left_out = models.PositiveIntegerField(default=0)  # chosen, but closed to who started it
    bound = models.PositiveIntegerField(default=0)  # how many items the file being made has so far
    holder = models.CharField(max_length=32, blank=True)
    held_until = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(holder="", held_until=None)
                | (~Q(holder="") & Q(held_until__isnull=False, state=State.WORKING)),
                name="printruns_holder_while_working",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at=None)),
                name="printruns_ended_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("print_run_detail", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


class PrintFile(models.Model):
    """What came out of a run: what was ready the first time, then what was made up for.

    `file` goes after settings.PRINT_FILES_DAYS; the row stays and says that it was there.
    """

    run = models.ForeignKey(PrintRun, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(max_length=200, blank=True)
    filename = models.CharField(max_length=150)
    content_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(default=0)  # of a PDF
    made_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    can_be_shown = False  # printed from where it was saved; see institutions.downloads

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="printruns_one_file_a_number"),
            models.CheckConstraint(
                condition=Q(file="", removed_at__isnull=False) | (~Q(file="") & Q(removed_at=None)),
                name="printruns_file_or_removed_at",
            ),
        ]

    def __str__(self) -> str:
        return self.filename


CASE = Coalesce("certificate__application", "letter__application")


class ItemQuerySet(models.QuerySet["PrintItem"]):
    def open_to(self, user: User) -> "ItemQuerySet":
        """Those of cases that are not closed to the person."""
        cases = Application.objects.open_to_staff(user)
        return self.alias(case=CASE).filter(case__in=cases)

    def closed_to(self, user: User) -> "ItemQuerySet":
        cases = Application.objects.open_to_staff(user)
        return self.alias(case=CASE).exclude(case__in=cases)


class PrintItem(models.Model):
    """One document of a run, in its place. It is in one file, once; a label is in none of its own.

    `letter` is set where something goes to somebody else than the holder: the letter itself, its
    envelope and its label. A letter of a refused case has no `certificate`. `pages` counts the
    sheet's sides it takes in a PDF, from page `first_page` of its file on.
    """

    run = models.ForeignKey(PrintRun, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, null=True, related_name="+"
    )
    letter = models.ForeignKey(
        CommendationLetter, on_delete=models.PROTECT, null=True, related_name="+"
    )
    document = models.ForeignKey(
        StoredDocument, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    trouble = models.CharField(max_length=12, choices=Trouble.choices, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    first_page = models.PositiveIntegerField(null=True)
    file = models.ForeignKey(PrintFile, on_delete=models.PROTECT, null=True, related_name="items")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "position"], name="printruns_one_item_a_position"
            ),
            models.UniqueConstraint(
                fields=["run", "document"],
                condition=Q(document__isnull=False),
                name="printruns_document_once",
            ),
            models.UniqueConstraint(
                fields=["run", "kind", "certificate"],
                condition=Q(document=None, letter=None),
                name="printruns_one_envelope_a_certificate",
            ),
            models.UniqueConstraint(
                fields=["run", "kind", "letter"],
                condition=Q(document=None, letter__isnull=False),
                name="printruns_one_envelope_a_letter",
            ),
            models.CheckConstraint(
                condition=Q(certificate__isnull=False) | Q(letter__isnull=False),
                name="printruns_of_certificate_or_letter",
            ),
            models.CheckConstraint(
                condition=(Q(state=ItemState.GAP) & ~Q(trouble=""))
                | (~Q(state=ItemState.GAP) & Q(trouble="")),
                name="printruns_gap_says_why",
            ),
            models.CheckConstraint(
                condition=Q(file=None) | Q(state=ItemState.READY), name="printruns_ready_in_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run}, {self.position}"

    @property
    def about(self) -> Certificate | CommendationLetter:
        """The certificate it goes with, or the letter of a case that has none."""
        return self.certificate or self.letter  # type: ignore[return-value]  # it has either

    @property
    def addressee(self) -> Institution | None:
        """The institution it goes to; None where it goes to somebody else."""
        if self.certificate is None:
            return self.about.application.institution
        return None if self.letter else self.certificate.institution

    @property
    def number(self) -> str:
        """Of the letter that goes alone, or of the certificate."""
        return str(self.letter or self.certificate)

    @property
    def recipient(self) -> str:
        if self.letter:
            return self.letter.recipient
        return self.certificate.holder_name if self.certificate else ""


@append_only
class Printing(models.Model):
    """A stored document was put into a file to print: the first print, or copy `number` with the
    same bytes, and then why.
    """

    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="printings")
    run = models.ForeignKey(PrintRun, on_delete=models.PROTECT, related_name="printings")
    number = models.PositiveIntegerField()  # 1 is the first print
    reason = models.CharField(max_length=200, blank=True)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    printed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="printruns_one_print_a_number"
            ),
            models.UniqueConstraint(fields=["document", "run"], name="printruns_one_print_a_run"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="printruns_copy_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.number}"
