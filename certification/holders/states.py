"""What becomes of praise that is to be published, and the verbs that leave an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class Step(models.TextChoices):
    """What was done to a proposal: at most once each."""

    AGREED = "agreed", _("published with the institution's consent")
    DECLINED = "declined", _("declined by the institution")
    TAKEN_DOWN = "taken_down", _("no longer published")


class HandOverState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("handed over")
    CALLED_OFF = "called_off", _("called off")


class Verb(AuditVerb):
    PROPOSE = "holders.propose", _("Praise proposed for the public page")
    AGREE = "holders.agree", _("Publication of praise agreed to")
    DECLINE = "holders.decline", _("Publication of praise declined")
    TAKE_DOWN = "holders.take_down", _("Published praise taken down")
    PLAN_HAND_OVER = "holders.plan_hand_over", _("Hand-over planned")
    RECORD_HAND_OVER = "holders.record_hand_over", _("Hand-over recorded")
    CALL_OFF_HAND_OVER = "holders.call_off_hand_over", _("Hand-over called off")
    TELL_ENDED = "holders.tell_ended", _("Holder told that the certificate has ended")
