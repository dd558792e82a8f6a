"""What an edition asks: areas, standards, criteria, and where each criterion comes from."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.audit.append_only import frozen_when, guard

from .edition import Source, StandardSet
from .freezing import AREA_PUBLISHED, CRITERION_PUBLISHED, IN_PUBLISHED_SET, STANDARD_PUBLISHED
from .words import EvidenceType, InstitutionKind, InTwoLanguages

WORD_LIMIT = 600  # of an answer, in words, where the edition says nothing else


class AreaQuerySet(models.QuerySet["Area"]):
    def of_set(self, standard_set: StandardSet) -> "AreaQuerySet":
        return self.filter(standard_set=standard_set)

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
    version = models.PositiveIntegerField(default=1)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["standard_set", "code"], name="standards_one_area")
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.name}"


class StandardQuerySet(models.QuerySet["Standard"]):
    def of_set(self, standard_set: StandardSet) -> "StandardQuerySet":
        return self.filter(area__standard_set=standard_set)

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
    version = models.PositiveIntegerField(default=1)

    objects = StandardQuerySet.as_manager()

    class Meta:
        ordering = ["area__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code"], name="standards_one_standard")
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.name}"

    @property
    def standard_set(self) -> StandardSet:
        return self.area.standard_set


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
    """What is answered and rated, one at a time.

    The guidance is Markdown: what to write about, and what could show it. The limit of an answer
    is in words. `weight` and `is_required` are for the rule of the edition (`outcome_rule`).
    """

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=10)
    text_pl = models.TextField()
    text_en = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    sourced = models.BooleanField(help_text=_("Stated by a cited page; otherwise inferred."))
    sources = models.ManyToManyField(Source, blank=True, related_name="+")
    evidence_types = models.ManyToManyField(EvidenceType, blank=True, related_name="criteria")
    guidance_pl = models.TextField(blank=True)
    guidance_en = models.TextField(blank=True)
    word_limit = models.PositiveSmallIntegerField(
        default=WORD_LIMIT, validators=[MinValueValidator(50), MaxValueValidator(5000)]
    )
    weight = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    is_required = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        # rows that point at a criterion follow it: order_by("criterion")
        ordering = ["standard__area__position", "standard__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "code"], name="standards_one_criterion"),
            models.CheckConstraint(
                condition=Q(weight__range=(1, 10)), name="standards_weight_one_to_ten"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.text}"

    @property
    def guidance(self) -> str:
        return self._in_language("guidance")

    @property
    def standard_set(self) -> StandardSet:
        return self.standard.standard_set


@frozen_when(IN_PUBLISHED_SET, also_insert=True)
class Descent(models.Model):
    """One line of a pedigree: `new` of this edition comes from `old` of the edition it follows.

    Without `new`, the edition drops `old` knowingly. Whether a criterion stayed, changed, was
    split or merged follows from the lines together (`standards.descent`).
    """

    standard_set = models.ForeignKey(StandardSet, on_delete=models.CASCADE, related_name="descents")
    old = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(Criterion, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="standards_one_descent"),
            # a unique constraint takes two NULLs for different
            models.UniqueConstraint(
                fields=["standard_set", "old"],
                condition=Q(new=None),
                name="standards_dropped_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old.code} → {self.new.code if self.new else '–'}"


for through, published in (
    (Standard.applies_to.through, STANDARD_PUBLISHED),
    (Standard.appears_in.through, STANDARD_PUBLISHED),
    (Criterion.sources.through, CRITERION_PUBLISHED),
    (Criterion.evidence_types.through, CRITERION_PUBLISHED),
):
    guard(through._meta.db_table, "INSERT", "UPDATE", "DELETE", when=published)
