"""States of a standard set, and the verbs that leave an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class Verb(AuditVerb):
    IMPORT = "standards.import", _("Standards imported")
    PUBLISH = "standards.publish", _("Standards published")
