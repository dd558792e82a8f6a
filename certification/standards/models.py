"""The catalogue: editions of the CAL standards, and the words everything else is said in.

Every text is kept in Polish and in English (`_pl`, `_en`); `name` and `text` give the one of
the reader's language. A published set is frozen by the database.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from certification.audit.append_only import frozen_when, guard

from .states import State


class InTwoLanguages:
    """Gives `name` or `text` in the reader's language, Polish where English is missing."""

    def _in_language(self, field: str) -> str:
        polish: str = getattr(self, f"{field}_pl")
        if (get_language() or "pl").startswith("pl"):
            return polish
        return getattr(self, f"{field}_en") or polish

    @property
    def name(self) -> str:
        return self._in_language("name")

    @property
    def text(self) -> str:
        return self._in_language("text")


class InstitutionKind(InTwoLanguages, models.Model):
    """A kind of institution as the catalogue distinguishes it: social assistance, library …"""

    code = models.SlugField(max_length=40, unique=True)
    name_pl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class EvidenceType(InTwoLanguages, models.Model):
    """A kind of evidence: a statute, a map of resources and needs, a volunteering agreement …"""

    code = models.SlugField(max_length=40, unique=True)
    name_pl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    sourced = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class StandardSetQuerySet(models.QuerySet["StandardSet"]):
    def published(self) -> "StandardSetQuerySet":
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, user: Any) -> "StandardSetQuerySet":
        """Published editions are public; a draft is seen by whoever keeps the catalogue."""
        return self if user.has_perm("standards.see_draft") else self.published()

    def newest_first(self) -> "StandardSetQuerySet":
        return self.order_by(models.F("published_at").desc(nulls_first=True), "-pk")

    def current(self) -> "StandardSet | None":
        """The edition new applications are written against: the one published last."""
        return self.published().newest_first().first()


@frozen_when("{row}.state = 'published'")
class StandardSet(InTwoLanguages, models.Model):
    """One edition of the standards."""

    code = models.SlugField(max_length=40, unique=True)
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
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)

    objects = StandardSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, published_at=None)
                | Q(state=State.PUBLISHED, published_at__isnull=False),
                name="standards_published_has_time",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue_set", args=[self.code])

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def note(self) -> str:
        return self._in_language("note")


# SQL conditions for the guards below: does the row belong to a published set?
_SET = "standards_standardset s WHERE s.state = 'published' AND s.id ="
IN_PUBLISHED_SET = f"EXISTS (SELECT 1 FROM {_SET} {{row}}.standard_set_id)"
AREA_PUBLISHED = (
    f"EXISTS (SELECT 1 FROM standards_area a, {_SET} a.standard_set_id AND a.id = {{row}}.area_id)"
)
STANDARD_PUBLISHED = (
    f"EXISTS (SELECT 1 FROM standards_standard d, standards_area a, {_SET} a.standard_set_id "
    "AND a.id = d.area_id AND d.id = {row}.standard_id)"
)
CRITERION_PUBLISHED = (
    "EXISTS (SELECT 1 FROM standards_criterion c, standards_standard d, standards_area a, "
    f"{_SET} a.standard_set_id AND a.id = d.area_id AND d.id = c.standard_id "
    "AND c.id = {row}.criterion_id)"
)


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
    """A step of the scale; `value` is None for "not applicable"."""

    standard_set = models.ForeignKey(StandardSet, on_delete=models.CASCADE, related_name="levels")
    value = models.PositiveSmallIntegerField(null=True)
    name_pl = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)

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


class AreaQuerySet(models.QuerySet["Area"]):
    def with_contents(self, kind: InstitutionKind | None = None) -> "AreaQuerySet":
        """Areas with their standards and criteria and all these point at, in seven queries.

        With a kind of institution, only the standards that it answers to.
        """
        standards = Standard.objects.for_kind(kind) if kind else Standard.objects.all()
        criteria = Criterion.objects.prefetch_related("sources", "evidence_types")
        return self.prefetch_related(
            models.Prefetch(
                "standards",
                standards.order_by("position").prefetch_related(
                    "applies_to",
                    "appears_in",
                    models.Prefetch("criteria", criteria.order_by("position")),
                ),
            )
        )


@frozen_when(IN_PUBLISHED_SET, also_insert=True)
class Area(InTwoLanguages, models.Model):
    standard_set = models.ForeignKey(StandardSet, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(max_length=10)
    name_pl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["standard_set", "code"], name="standards_one_area")
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.name}"


class StandardQuerySet(models.QuerySet["Standard"]):
    def for_kind(self, kind: InstitutionKind) -> "StandardQuerySet":
        """The standards an institution of this kind answers to."""
        return self.filter(Q(applies_to_all=True) | Q(applies_to=kind)).distinct()


@frozen_when(AREA_PUBLISHED, also_insert=True)
class Standard(InTwoLanguages, models.Model):
    """What an institution shows. It applies to every kind, or to the kinds it names."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="standards")
    code = models.CharField(max_length=10)
    name_pl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()
    sourced = models.BooleanField(help_text=_("Stated by a cited page; otherwise inferred."))
    applies_to_all = models.BooleanField(default=True)
    applies_to = models.ManyToManyField(InstitutionKind, blank=True, related_name="+")
    appears_in = models.ManyToManyField(Source, blank=True, related_name="+")

    objects = StandardQuerySet.as_manager()

    class Meta:
        ordering = ["area__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code"], name="standards_one_standard")
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.name}"


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def in_order(self) -> "CriterionQuerySet":
        return self.order_by("standard__area__position", "standard__position", "position")

    def of_set(self, standard_set: StandardSet) -> "CriterionQuerySet":
        return self.filter(standard__area__standard_set=standard_set)

    def for_kind(self, kind: InstitutionKind) -> "CriterionQuerySet":
        """The criteria an institution of this kind answers."""
        mine = Standard.objects.for_kind(kind).values("pk")
        return self.filter(standard__in=mine)


@frozen_when(STANDARD_PUBLISHED, also_insert=True)
class Criterion(InTwoLanguages, models.Model):
    """What is answered and rated, one at a time."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=10)
    text_pl = models.TextField()
    text_en = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    sourced = models.BooleanField(help_text=_("Stated by a cited page; otherwise inferred."))
    sources = models.ManyToManyField(Source, blank=True, related_name="+")
    evidence_types = models.ManyToManyField(EvidenceType, blank=True, related_name="+")

    objects = CriterionQuerySet.as_manager()

    class Meta:
        ordering = ["standard__area__position", "standard__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "code"], name="standards_one_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.text}"


for through, published in (
    (Standard.applies_to.through, STANDARD_PUBLISHED),
    (Standard.appears_in.through, STANDARD_PUBLISHED),
    (Criterion.sources.through, CRITERION_PUBLISHED),
    (Criterion.evidence_types.through, CRITERION_PUBLISHED),
):
    guard(through._meta.db_table, "INSERT", "UPDATE", "DELETE", when=published)
