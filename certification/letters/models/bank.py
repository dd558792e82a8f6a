"""The banks of paragraphs that letters are drafted from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.letters.states import Level
from certification.standards.models import InstitutionKind
from institutions.models import User


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
    offered = models.BooleanField(
        default=False, help_text=_("Drafted, and left out until somebody ticks it.")
    )
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
    """A condition of a paragraph: this standard came out so in the consolidated card."""

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
