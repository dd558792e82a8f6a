"""Where a round of calibration stands, and the verbs that leave an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.audit.verbs import AuditVerb

# Whoever sees the others' levels must not be able to tell whose they are: of two people each
# would know the other's.
SMALLEST_GROUP = 3


class Stage(models.TextChoices):
    PREPARED = "prepared", pgettext_lazy("calibration", "Being prepared")
    OPEN = "open", pgettext_lazy("calibration", "Being rated")
    CLOSED = "closed", pgettext_lazy("calibration", "Closed")


TONES = {Stage.PREPARED: "neutral", Stage.OPEN: "progress", Stage.CLOSED: "success"}


class Verb(AuditVerb):
    CREATE = "calibration.create", _("Calibration: round begun")
    EDIT = "calibration.edit", _("Calibration: description changed")
    EDIT_SAMPLE = "calibration.edit_sample", _("Calibration: sample changed")
    REPLACE = "calibration.replace", _("Calibration: words replaced in the sample")
    DISCARD = "calibration.discard", _("Calibration: round dropped")
    OPEN = "calibration.open", _("Calibration: round opened")
    INVITE = "calibration.invite", _("Calibration: assessor invited")
    UNINVITE = "calibration.uninvite", _("Calibration: invitation taken back")
    RATE = "calibration.rate", _("Calibration: rating saved")
    SUBMIT = "calibration.submit", _("Calibration: assessor submitted the ratings")
    CLOSE = "calibration.close", _("Calibration: round closed")
