"""An edition of the standards, what it cites and how it rates, and its end."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification.audit.append_only import append_only, frozen_when
from certification.standards.states import RuleKind, Standing, State

from .freezing import IN_PUBLISHED_SET
from .words import InTwoLanguages


class StandardSetQuerySet(models.QuerySet["StandardSet"]):
    def published(self) -> "StandardSetQuerySet":
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, user: Any) -> "StandardSetQuerySet":
        """Published editions are public; a draft is seen by whoever keeps the catalogue."""
        return self if user.has_perm("standards.see_draft") else self.published()

    def newest_first(self) -> "StandardSetQuerySet":
        return self.order_by(models.F("published_at").desc(nulls_first=True), "-pk")

    def with_criteria_counted(self) -> "StandardSetQuerySet":
        return self.annotate(criterion_count=models.Count("areas__standards__criteria"))

    def in_use(self) -> "StandardSetQuerySet":
        """The published editions that are not retired."""
        return self.published().filter(retirement=None)

    def current(self) -> "StandardSet | None":
        """The edition new applications are written against: the one in use published last."""
        return self.in_use().newest_first().first()


# /standardy/edycje/ is the list of editions
not_an_address = RegexValidator(r"^(?!edycje$)", _("This word has a meaning of its own here."))


@frozen_when("{row}.state = 'published'")
class StandardSet(InTwoLanguages, models.Model):
    """One edition of the standards."""

    code = models.SlugField(max_length=40, unique=True, validators=[not_an_address])
    name_pl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    edition = models.CharField(max_length=40)
    note_pl = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    validity_years = models.PositiveSmallIntegerField(
        default=5, help_text=_("How many years a certificate is given for (regulation, point 9).")
    )
    met_from = models.PositiveSmallIntegerField(
        default=2, help_text=_("The lowest level that counts as met.")
    )
    rule_kind = models.CharField(
        _("a standard is met when"), max_length=10, choices=RuleKind.choices, default=RuleKind.ALL
    )
    mean_from = models.DecimalField(
        _("the weighted mean is at least"),
        max_digits=4,
        decimal_places=2,
        default=Decimal(2),
        validators=[MinValueValidator(0)],
    )
    met_percent = models.PositiveSmallIntegerField(
        _("percent of the criteria that are met"), default=100, validators=[MaxValueValidator(100)]
    )
    exemplary_percent = models.PositiveSmallIntegerField(
        _("exemplary with that percent of criteria at the top"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )
    version = models.PositiveIntegerField(default=1)

    objects = StandardSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, published_at=None)
                | Q(state=State.PUBLISHED, published_at__isnull=False),
                name="standards_published_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED, rule_kind=RuleKind.MEAN)
                | Q(mean_from__lte=models.F("met_from")),
                name="standards_mean_within_met",
            ),
            models.CheckConstraint(
                condition=Q(met_percent__lte=100, exemplary_percent__range=(1, 100)),
                name="standards_percents",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue_set", args=[self.code])

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def is_retired(self) -> bool:
        return getattr(self, "retirement", None) is not None

    @property
    def standing(self) -> Standing:
        """Draft, published or retired: a published set never changes, so its end is a row."""
        return Standing.RETIRED if self.is_retired else Standing(self.state)

    @property
    def note(self) -> str:
        return self._in_language("note")


@append_only
class Retirement(models.Model):
    """From then on no new application is written against the edition; those begun run on."""

    standard_set = models.OneToOneField(
        StandardSet, on_delete=models.PROTECT, related_name="retirement"
    )
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    retired_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.standard_set}, {self.retired_at:%Y-%m-%d}"


@frozen_when(IN_PUBLISHED_SET, also_insert=True)
class Source(models.Model):
    """Where a requirement was read: a page, an act, a letter."""

    class Kind(models.TextChoices):
        CAL_OWN = "cal_own", _("CAL's own page")
        METHOD = "cal_method_guidance", _("guidance on the method")
        HOLDER = "holder_or_partner_summary", _("a holder's or partner's summary")
        PRACTICE = "municipal_osl_practice", _("municipal practice")
        LAW = "law", _("law")

    standard_set = models.ForeignKey(StandardSet, on_delete=models.CASCADE, related_name="sources")
    code = models.SlugField(max_length=40)
    address = models.CharField(max_length=500)
    kind = models.CharField(max_length=40, choices=Kind.choices, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["standard_set", "code"], name="standards_one_source")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def site(self) -> str:
        """The host of a web address, e.g. `osl.org.pl`; empty for a source that is not a page."""
        return (urlsplit(self.address).hostname or "").removeprefix("www.")


@frozen_when(IN_PUBLISHED_SET, also_insert=True)
class RatingLevel(InTwoLanguages, models.Model):
    """A step of the scale; `value` is None for "not applicable".

    The descriptor says what a criterion rated so looks like, whichever criterion it is.
    """

    standard_set = models.ForeignKey(StandardSet, on_delete=models.CASCADE, related_name="levels")
    value = models.PositiveSmallIntegerField(null=True)
    name_pl = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    descriptor_pl = models.TextField(max_length=400, blank=True)
    descriptor_en = models.TextField(max_length=400, blank=True)

    class Meta:
        ordering = [models.F("value").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["standard_set", "value"], name="standards_one_level_a_value"
            ),
            # SQLite cannot be told that two NULLs are the same
            models.UniqueConstraint(
                fields=["standard_set"],
                condition=Q(value=None),
                name="standards_one_level_not_applicable",
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.value is None else f"{self.value} – {self.name}"

    @property
    def descriptor(self) -> str:
        return self._in_language("descriptor")
