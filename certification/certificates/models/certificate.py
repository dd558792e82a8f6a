"""Certificates, for decades: each copies all it prints, and nothing in it changes."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.applications.renewal.offers import MONTHS_AHEAD, months_before
from certification.audit.append_only import append_only
from certification.certificates.codes import new_code
from certification.certificates.states import EXPIRING, ChargesState, Status
from certification.decisions.models import Resolution
from certification.documents.models import StoredDocument
from certification.documents.states import Design, Orientation
from institutions.models import Institution, User

from .charges import Charges
from .staff import STAFF
from .withdrawal import Withdrawal

SERIES = "CAL/OSL"
NUMBER = SERIES + "/{number}/{year}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: User) -> "CertificateQuerySet":
        """Staff, and the holder's own people. (The public sees the register's columns only.)"""
        if user.has_role(*STAFF):
            return self
        return self.filter(institution__in=user.institution_ids)

    def in_force(self, day: date) -> "CertificateQuerySet":
        """Those that stand on that day, whether or not they expire soon."""
        return self.standing().filter(valid_from__lte=day, valid_to__gte=day)

    def standing(self) -> "CertificateQuerySet":
        """Neither withdrawn nor replaced. (Two short lists, not two joins over all rows.)"""
        return self.exclude(pk__in=_withdrawn()).exclude(pk__in=_replaced())

    def last_of_holders(self) -> "CertificateQuerySet":
        """Of each institution the one that stands the longest: what it holds, or held last."""
        longer = Certificate.objects.standing().filter(
            institution=OuterRef("institution"), valid_to__gt=OuterRef("valid_to")
        )
        return self.standing().exclude(Exists(longer))

    def renewable(self, day: date) -> "CertificateQuerySet":
        """What their holders may renew on that day: from a year before the end, and after it."""
        return self.last_of_holders().filter(valid_to__lte=months_before(day, -MONTHS_AHEAD))

    def with_facts(self) -> "CertificateQuerySet":
        """All that `status_on` asks for, in two queries however many there are."""
        charged = Prefetch("charges", Charges.objects.with_outcome())
        return self.select_related("institution", "replaced_by").prefetch_related(charged)

    def in_status(self, status: Status, day: date) -> "CertificateQuerySet":
        """The certificates of which `status_on(day)` says `status`."""
        if status == Status.WITHDRAWN:
            return self.filter(pk__in=_withdrawn())
        if status == Status.SUPERSEDED:
            return self.filter(pk__in=_replaced()).exclude(pk__in=_withdrawn())
        begun = Q(valid_from__lte=day)
        condition = {
            Status.UPCOMING: Q(valid_from__gt=day),
            Status.EXPIRED: Q(valid_to__lt=day),
            Status.EXPIRING: begun & Q(valid_to__gte=day, valid_to__lte=day + EXPIRING),
            Status.VALID: begun & Q(valid_to__gt=day + EXPIRING),
        }[status]
        return self.standing().filter(condition)


def _withdrawn() -> "models.QuerySet[Withdrawal, int]":
    return Withdrawal.objects.standing().values_list("charges__certificate", flat=True)


def _replaced() -> "models.QuerySet[Certificate, int]":
    corrections = Certificate.objects.filter(replaces__isnull=False).order_by()
    return corrections.values_list("replaces", flat=True)  # type: ignore[return-value]


@append_only
class Certificate(models.Model):
    """One issued certificate. `label` is printed as given ("na lata 2016–2021") and is not
    computed from the dates: practice changed over the years.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="certificates"
    )
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="certificates"
    )
    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="certificates"
    )
    number = models.CharField(_("number"), max_length=40, unique=True)
    code = models.CharField(max_length=26, unique=True, default=new_code)
    holder_name = models.CharField(_("holder"), max_length=300)
    reason = models.CharField(_("awarded for"), max_length=600)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    label = models.CharField(_("printed period"), max_length=60)
    place = models.CharField(_("place"), max_length=100)
    issued_on = models.DateField(_("day of issue"))
    first_signatory = models.CharField(_("first signature"), max_length=150, blank=True)
    first_function = models.CharField(_("function"), max_length=150)
    second_signatory = models.CharField(_("second signature"), max_length=150, blank=True)
    second_function = models.CharField(_("function"), max_length=150)
    design = models.CharField(
        _("design"), max_length=20, choices=Design.choices, default=Design.CLASSIC
    )
    orientation = models.CharField(
        _("orientation"), max_length=20, choices=Orientation.choices, default=Orientation.LANDSCAPE
    )
    issuer_name = models.CharField(max_length=150, editable=False)
    issuer_mark = models.FileField(blank=True, editable=False)  # the issuer's file of that day
    verification_url = models.URLField(max_length=300, editable=False)
    search_text = models.CharField(max_length=500, editable=False)  # folded: see finding.fold
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    correction_reason = models.CharField(_("reason for the correction"), max_length=500, blank=True)
    document = models.OneToOneField(StoredDocument, on_delete=models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(default=clock.now)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        indexes = [
            models.Index(fields=["-issued_on", "-id"], name="certificates_newest"),
            models.Index(fields=["holder_name", "id"], name="certificates_by_holder"),
            models.Index(fields=["valid_to", "valid_from"], name="certificates_by_end"),
            # nearly every `replaces` is empty: to find a correction, SQLite would rather read
            # the whole table than use the unique index, which counts the empty ones as equal
            models.Index(
                fields=["replaces"],
                condition=Q(replaces__isnull=False),
                name="certificates_corrections",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(replaces=None),
                name="certificates_one_for_an_application",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="certificates_validity_in_order",
                violation_error_message=_("The last day of validity comes after the first."),
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, correction_reason="")
                | (Q(replaces__isnull=False) & ~Q(correction_reason="")),
                name="certificates_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("certificate_detail", args=[self.pk])

    @property
    def short_number(self) -> str:
        """Its number without what is the same in all of them: "7/2026"."""
        return self.number.split("/", 2)[2]

    @property
    def newest_document(self) -> StoredDocument:
        """The file that people download: the last signed one, else the one that was issued."""
        signed = self.signed_copies.select_related("document").last()
        return signed.document if signed else self.document

    @property
    def has_credential(self) -> bool:
        """Whether it was issued with a credential for programs, `credential`."""
        return hasattr(self, "credential")

    @property
    def credential_url(self) -> str:
        """Where programs get its credential; empty where there is none."""
        if not self.has_credential:
            return ""
        return reverse("credential", args=[int(part) for part in self.short_number.split("/")])

    @property
    def withdrawal(self) -> Withdrawal | None:
        """The one that stands: the Board has not annulled it."""
        for charges in self.charges.all():
            if charges.state == ChargesState.UPHELD:
                return charges.withdrawal
        return None

    @property
    def annulled_withdrawals(self) -> list[Withdrawal]:
        """Those of before that the Board annulled, the first of them first."""
        found = self.charges.all()
        return [each.withdrawal for each in found if each.state == ChargesState.ANNULLED]

    @property
    def has_open_charges(self) -> bool:
        return any(charges.is_open for charges in self.charges.all())

    @property
    def is_replaced(self) -> bool:
        """Whether a corrected certificate, `replaced_by`, has taken its place."""
        return hasattr(self, "replaced_by")

    def status_on(self, day: date) -> Status:
        """How it stands on that day; a withdrawal outweighs everything."""
        if self.withdrawal:
            return Status.WITHDRAWN
        if self.is_replaced:
            return Status.SUPERSEDED
        if day < self.valid_from:
            return Status.UPCOMING
        if day > self.valid_to:
            return Status.EXPIRED
        return Status.EXPIRING if self.valid_to <= day + EXPIRING else Status.VALID
