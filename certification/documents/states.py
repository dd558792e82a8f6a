"""What can happen to the issuer's data, and how a certificate may look."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class Verb(AuditVerb):
    CHANGE_ISSUER = "documents.change_issuer", _("Issuer's data changed")
    USE_SEAL = "documents.use_seal", _("Documents sealed with a new certificate")


class Design(models.TextChoices):
    """How a certificate looks. FIRST is printed anew only for what was issued in it."""

    FIRST = "first", _("the first design")
    CLASSIC = "classic", _("classic, with a woven border")
    MODERN = "modern", _("modern, without a border")


class Orientation(models.TextChoices):
    LANDSCAPE = "landscape", _("lying (landscape)")
    PORTRAIT = "portrait", _("standing (portrait)")


OFFERED = tuple(choice for choice in Design.choices if choice[0] != Design.FIRST)
