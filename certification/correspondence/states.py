"""Who writes on which side, and the verbs that leave an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class Side(models.TextChoices):
    INSTITUTION = "institution", _("Institution")
    OFFICE = "office", _("CAL office")


class Verb(AuditVerb):
    SEND = "correspondence.send_message", _("Message sent")
    READ = "correspondence.mark_read", _("Messages read")
    ATTACH = "correspondence.attach", _("File added to a message being written")
    DISCARD = "correspondence.discard_attachment", _("File taken out of a message being written")
