"""Institutions, and the people who act for them."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock, finding
from certification.standards.models import InstitutionKind
from institutions import identifiers
from institutions.grammar import Case, Gender, Variant
from institutions.states import MemberRole, Role

from .user import User

if TYPE_CHECKING:
    from .name_form import NameForm


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def visible_to(self, user: User) -> "InstitutionQuerySet":
        """The office, the Board and administrators see every institution; others their own."""
        if user.has_role(
            Role.OFFICE, Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER, Role.ADMINISTRATOR
        ):
            return self
        return self.filter(pk__in=user.institution_ids)

    def matching(self, text: str) -> "InstitutionQuerySet":
        """Every word typed occurs in a name it has or had, in the town or in a number; letters
        without their accents will do. A number may be typed in groups.
        """
        number = identifiers.normalise_nip(text)
        return self.filter(finding.matching(number if number.isdigit() else text))

    def that_lost_custodian(self, day: date) -> "InstitutionQuerySet":
        """Those that had a custodian, and have none on that day who can sign in."""
        custodians = Membership.objects.filter(role=MemberRole.CUSTODIAN)
        present = custodians.in_force(day).filter(
            institution=models.OuterRef("pk"), user__is_active=True
        )
        # whoever is not present is among these few: nobody looks through all institutions
        gone = custodians.filter(Q(until__lt=day) | Q(since__gt=day) | Q(user__is_active=False))
        return self.filter(pk__in=gone.order_by().values("institution")).exclude(
            models.Exists(present)
        )

    def with_confirmed_cases(self) -> "InstitutionQuerySet":
        """Attach `confirmed_cases`: of how many cases the full name was confirmed."""
        confirmed = (
            Institution.objects.filter(
                pk=models.OuterRef("pk"),
                name_forms__variant=Variant.FULL,
                name_forms__confirmed_at__isnull=False,
            )
            .order_by()
            .values("pk")
            .annotate(cases=models.Count("name_forms"))
        )
        counted = Coalesce(models.Subquery(confirmed.values("cases")), 0)
        return self.annotate(confirmed_cases=counted)


class Institution(models.Model):
    """Who applies and who holds a certificate; a unit of another institution has a `parent`.

    `name` is the full name in the nominative, as the institution writes it itself; its other
    cases, and its short names, are NameForms.
    """

    name = models.CharField(_("full name"), max_length=300)
    kind = models.ForeignKey(
        InstitutionKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("unit of"),
    )
    gender = models.CharField(
        _("grammatical gender of the name"), max_length=10, choices=Gender.choices, blank=True
    )
    nip = models.CharField("NIP", max_length=10, blank=True, validators=[identifiers.validate_nip])
    regon = models.CharField(
        "REGON", max_length=14, blank=True, validators=[identifiers.validate_regon]
    )
    krs = models.CharField("KRS", max_length=10, blank=True, validators=[identifiers.validate_krs])
    teryt = models.CharField(
        "TERYT",
        max_length=7,
        blank=True,
        validators=[identifiers.validate_teryt],
        help_text=_("Seven digits of the municipality (TERC), e.g. 1818011 for Stalowa Wola."),
    )
    town = models.CharField(_("town"), max_length=100)
    town_genitive = models.CharField(_("town in the genitive"), max_length=100, blank=True)
    town_locative = models.CharField(_("town in the locative"), max_length=100, blank=True)
    town_preposition = models.CharField(
        _("“w” or “we” before the town"),
        max_length=2,
        choices=[("w", "w"), ("we", "we")],
        default="w",
    )
    street = models.CharField(_("street and number"), max_length=150, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    county = models.CharField(_("county"), max_length=100, blank=True)
    voivodeship = models.CharField(
        _("voivodeship"), max_length=2, choices=identifiers.Voivodeship.choices
    )
    email = models.EmailField(_("e-mail"), blank=True)
    edelivery = models.CharField(
        _("e-Delivery address"),
        max_length=40,
        blank=True,
        validators=[identifiers.validate_edelivery],
    )
    town_confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    town_confirmed_at = models.DateTimeField(null=True, editable=False)
    evidence_quota = models.PositiveBigIntegerField(
        _("room for evidence, in bytes"), null=True, blank=True
    )  # none: EVIDENCE_QUOTA_BYTES of the settings
    search_text = models.CharField(max_length=3000, blank=True, default="", editable=False)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "town"]
        constraints = [
            models.UniqueConstraint(
                fields=["nip"],
                condition=~Q(nip="") & Q(parent=None),
                name="institutions_one_nip",
                violation_error_message=_("An institution with this NIP is listed already."),
            ),
            models.UniqueConstraint(
                fields=["regon"],
                condition=~Q(regon=""),
                name="institutions_one_regon",
                violation_error_message=_("An institution with this REGON is listed already."),
            ),
            models.UniqueConstraint(
                fields=["name", "town"],
                name="institutions_one_name_in_a_town",
                violation_error_message=_("An institution of this name is listed in this town."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="institutions_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(town_confirmed_by=None, town_confirmed_at=None)
                | Q(town_confirmed_by__isnull=False, town_confirmed_at__isnull=False),
                name="institutions_town_confirmed_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("institution_detail", args=[self.pk])

    @property
    def in_town(self) -> str:
        """„w Stalowej Woli”, „we Wrocławiu”; empty while the locative is not known."""
        return f"{self.town_preposition} {self.town_locative}" if self.town_locative else ""

    def name_on(self, day: str) -> str:
        """The name it had on a day in ISO 8601, which may be cut short (YYYY, YYYY-MM); the
        present one where no day is known. Reads a prefetch when there is one.
        """
        later = [one for one in self.former_names.all() if one.used_until.isoformat() >= day]
        return min(later, key=lambda one: one.used_until).name if day and later else self.name

    def form(self, variant: Variant, case: Case) -> "NameForm | None":
        """The stored form of the name, confirmed or not; reads a prefetch when there is one."""
        for form in self.name_forms.all():
            if form.variant == variant and form.case == case:
                return form
        return None


class FormerName(models.Model):
    """A name the institution used to have, through its last day. Certificates keep their own."""

    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="former_names"
    )
    name = models.CharField(_("former name"), max_length=300)
    used_until = models.DateField(_("used until"))
    basis = models.CharField(_("basis of the change"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-used_until", "-pk"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, day: date) -> "MembershipQuerySet":
        return self.begun(day).filter(Q(until=None) | Q(until__gte=day))

    def begun(self, day: date) -> "MembershipQuerySet":
        """Those of today and of the past."""
        return self.filter(since__lte=day)


class Membership(models.Model):
    """A person acts for an institution, since a day and until a day (both inclusive)."""

    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="memberships"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=MemberRole.choices)
    since = models.DateField(_("since"), default=clock.today)
    until = models.DateField(_("until"), null=True, blank=True)
    added_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["role", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "user"],
                condition=Q(until=None),
                name="institutions_one_open_membership",
                violation_error_message=_("This person belongs to this institution already."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="institutions_membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.institution}: {self.get_role_display()}"
