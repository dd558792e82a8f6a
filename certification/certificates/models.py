"""Certificates, for decades: each copies all it prints, and nothing in it changes."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.applications.renewal.offers import MONTHS_AHEAD, months_before
from certification.audit.append_only import append_only
from certification.decisions.models import Resolution
from certification.documents.models import StoredDocument
from certification.documents.states import OFFERED, Design, Orientation
from certification.standards.models import StandardSet
from institutions.models import Institution, User
from institutions.states import Role

from .codes import new_code
from .states import EXPIRING, Status

SERIES = "CAL/OSL"
NUMBER = SERIES + "/{number}/{year}"
# printed, therefore Polish whatever the language of the screens
REASON = "za wdrażanie Modelu Organizowania Społeczności Lokalnej"
LABEL = "na lata {od}–{do}"
STAFF = (
    Role.OFFICE,
    Role.COMMITTEE_MEMBER,
    Role.COMMITTEE_CHAIR,
    Role.BOARD_MEMBER,
    Role.RESPONSIBLE_BOARD_MEMBER,
)


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
        """All that `status_on` asks for, in one query."""
        return self.select_related("institution", "withdrawal__reinstatement", "replaced_by")

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
    return Withdrawal.objects.standing().values_list("certificate", flat=True)


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
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn, and the Board has not annulled that."""
        return hasattr(self, "withdrawal") and not self.withdrawal.is_annulled

    @property
    def reinstatement(self) -> "Reinstatement | None":
        """The Board's annulment of a withdrawal, where there was one."""
        withdrawal = getattr(self, "withdrawal", None)
        return withdrawal.reinstatement if withdrawal and withdrawal.is_annulled else None

    @property
    def is_replaced(self) -> bool:
        """Whether a corrected certificate, `replaced_by`, has taken its place."""
        return hasattr(self, "replaced_by")

    def status_on(self, day: date) -> Status:
        """How it stands on that day; a withdrawal outweighs everything."""
        if self.is_withdrawn:
            return Status.WITHDRAWN
        if self.is_replaced:
            return Status.SUPERSEDED
        if day < self.valid_from:
            return Status.UPCOMING
        if day > self.valid_to:
            return Status.EXPIRED
        return Status.EXPIRING if self.valid_to <= day + EXPIRING else Status.VALID


class CertificateTemplate(models.Model):
    """What the form of a new certificate suggests for one edition of the standards.

    What is left empty follows the issuer's data of the day. Issued certificates copy all of it
    and do not look here again.
    """

    standard_set = models.OneToOneField(
        StandardSet, on_delete=models.PROTECT, related_name="certificate_template"
    )
    design = models.CharField(_("design"), max_length=20, choices=OFFERED, default=Design.CLASSIC)
    orientation = models.CharField(
        _("orientation"), max_length=20, choices=Orientation.choices, default=Orientation.LANDSCAPE
    )
    reason = models.CharField(_("awarded for"), max_length=600, default=REASON)
    label = models.CharField(_("printed period"), max_length=60, default=LABEL)
    place = models.CharField(_("place"), max_length=100, blank=True)
    first_signatory = models.CharField(_("first signature"), max_length=150, blank=True)
    first_function = models.CharField(_("function"), max_length=150, blank=True)
    second_signatory = models.CharField(_("second signature"), max_length=150, blank=True)
    second_function = models.CharField(_("function"), max_length=150, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.standard_set)

    @classmethod
    def of(cls, standard_set: StandardSet) -> "CertificateTemplate":
        """The one that was saved for this edition, else the defaults."""
        saved = cls.objects.filter(standard_set=standard_set).first()
        return saved or cls(standard_set=standard_set)


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def standing(self) -> "WithdrawalQuerySet":
        """Those that the Board has not annulled."""
        return self.filter(reinstatement=None)


@append_only
class Withdrawal(models.Model):
    """A certificate was withdrawn: the Committee examined and stated the charges in writing,
    heard the holder, and withdrew it (regulation, point 10). `reason` is published.
    """

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="withdrawal"
    )
    charges = models.TextField(_("charges, as stated to the holder"), max_length=10_000)
    charges_stated_on = models.DateField(_("charges stated on"))
    withdrawn_on = models.DateField(_("withdrawn on"))
    reason = models.CharField(_("reason to be published"), max_length=500)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(default=clock.now)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__gt=F("charges_stated_on")),
                name="certificates_charges_before_withdrawal",
                violation_error_message=_(
                    "Charges are stated before the certificate is withdrawn."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(charges="") & ~Q(reason=""), name="certificates_withdrawal_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.certificate)

    @property
    def is_annulled(self) -> bool:
        """Whether the Board allowed the holder's appeal."""
        return hasattr(self, "reinstatement")


@append_only
class Reinstatement(models.Model):
    """The Board allowed the holder's appeal (regulation, point 11): the withdrawal is annulled, and
    the certificate stands as if it had never been withdrawn. `reason` is published.
    """

    withdrawal = models.OneToOneField(
        Withdrawal, on_delete=models.PROTECT, related_name="reinstatement"
    )
    appealed_on = models.DateField(_("day of the appeal"))
    resolution_number = models.CharField(_("number of the resolution"), max_length=40)
    adopted_on = models.DateField(_("day of the resolution"))
    reason = models.CharField(_("reason to be published"), max_length=500)
    reinstated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reinstated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(adopted_on__gte=F("appealed_on")),
                name="certificates_appeal_before_reinstatement",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(resolution_number=""),
                name="certificates_reinstatement_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.withdrawal)


@append_only
class CredentialKey(models.Model):
    """The public half of a key that credentials are signed with: published for good."""

    multibase = models.CharField(max_length=80, unique=True)
    first_used_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-first_used_at", "-pk"]

    def __str__(self) -> str:
        return self.multibase


@append_only
class Credential(models.Model):
    """A certificate for programs, signed: the JSON that its PDF carries (`credential`)."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="credential"
    )
    key = models.ForeignKey(CredentialKey, on_delete=models.PROTECT, related_name="credentials")
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.certificate)


@append_only
class SignedCopy(models.Model):
    """A certificate with signatures that were added outside the program; the newest counts.

    `findings` is what was known of the signatures that it added (documents.signatures).
    """

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="signed_copies"
    )
    document = models.OneToOneField(StoredDocument, on_delete=models.PROTECT, related_name="+")
    findings = models.JSONField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.certificate)


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
