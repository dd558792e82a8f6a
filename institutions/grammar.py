"""The words of Polish grammar that a name is stored by.

Case codes are those of the paragraph bank's slots: `{full_name:gen}`.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Case(TextChoices):
    """The seven cases, in the order Polish schools teach them."""

    NOM = "nom", _("nominative")
    GEN = "gen", _("genitive")
    DAT = "dat", _("dative")
    ACC = "acc", _("accusative")
    INST = "inst", _("instrumental")
    LOC = "loc", _("locative")
    VOC = "voc", _("vocative")


class Variant(TextChoices):
    """Which of its names an institution is called by."""

    FULL = "full", pgettext_lazy("institution", "full name")
    SHORT = "short", pgettext_lazy("institution", "short name")
    ACRONYM = "acronym", _("acronym")
    GENERIC = "generic", _("generic noun")


class Gender(TextChoices):
    """What a past tense and an adjective agree with (otrzymał, otrzymała, otrzymało, otrzymały)."""

    MASCULINE = "m", pgettext_lazy("gender", "masculine")
    FEMININE = "f", pgettext_lazy("gender", "feminine")
    NEUTER = "n", pgettext_lazy("gender", "neuter")
    PLURAL = "plural", pgettext_lazy("gender", "plural")
