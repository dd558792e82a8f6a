"""States of a commendation letter, and the verbs that leave an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")


class Verb(AuditVerb):
    IMPORT = "letters.import_paragraphs", _("Bank of paragraphs imported")
    DRAFT = "letters.draft", _("Letter drafted")
    EDIT = "letters.edit", _("Letter edited")
    APPROVE = "letters.approve", _("Letter approved")
