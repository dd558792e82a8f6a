"""The words everything else is said in: two languages, kinds of institution and of evidence."""

from django.db import models
from django.utils.translation import get_language

from certification.standards.states import State


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


class EvidenceTypeQuerySet(models.QuerySet["EvidenceType"]):
    def of_published(self) -> "EvidenceTypeQuerySet":
        """Those that a published edition names: its words, and they do not change."""
        return self.filter(criteria__standard__area__standard_set__state=State.PUBLISHED).distinct()


class EvidenceType(InTwoLanguages, models.Model):
    """A kind of evidence: a statute, a map of resources and needs, a volunteering agreement …"""

    code = models.SlugField(max_length=40, unique=True)
    name_pl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    sourced = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = EvidenceTypeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name
