"""Outcomes, and the verbs that leave an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.audit.verbs import AuditVerb


class Outcome(models.TextChoices):
    GRANTED = "granted", pgettext_lazy("decision", "Granted")
    REFUSED = "refused", pgettext_lazy("decision", "Refused")


class Verb(AuditVerb):
    ADOPT = "decisions.adopt_resolution", _("Resolution of the Board recorded")
