"""What becomes of praise that is to be published, and the verbs that leave an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class Step(models.TextChoices):
    """What was done to a proposal: at most once each."""

    AGREED = "agreed", _("published with the institution's consent")
    DECLINED = "declined", _("declined by the institution")
    TAKEN_DOWN = "taken_down", _("no longer published")


class Verb(AuditVerb):
    PROPOSE = "holders.propose", _("Praise proposed for the public page")
    AGREE = "holders.agree", _("Publication of praise agreed to")
    DECLINE = "holders.decline", _("Publication of praise declined")
    TAKE_DOWN = "holders.take_down", _("Published praise taken down")
