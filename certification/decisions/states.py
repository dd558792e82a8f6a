"""Outcomes, and the verbs that leave an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class Outcome(models.TextChoices):
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class Verb(AuditVerb):
    ADOPT = "decisions.adopt_resolution", _("Resolution of the Board recorded")
